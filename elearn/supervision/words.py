"""Messages to people who are stuck, in their own language; `rules.message` chooses sentences."""

from elearn.core.i18n import force_locale, ngettext
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.supervision.rules.message import Message, Sentence, fitted, plan

# A name often ends in a degree with its full stop, so no sentence ends right behind one.
_SENTENCES = {
    Sentence.GREETING: _l("Hello %(name)s, I hope you are well."),
    Sentence.GREETING_AGAIN: _l(
        "Hello %(name)s, I am writing once more about the course “%(course)s”."
    ),
    Sentence.NOT_PASSED: _l(
        "In the course “%(course)s”, the score of “%(unit)s” is still below the pass mark. That "
        "is all right: the best score counts."
    ),
    Sentence.IF_UNCLEAR: _l("If something is unclear or all attempts are used, let me know."),
    Sentence.WHICH_PART: _l(
        "Which part of “%(unit)s” is the hardest? We can go through it by phone or when we meet."
    ),
    Sentence.WHEN_SUITS: _l("Just tell me when it suits you."),
    Sentence.ONE_STEP_LEFT: _l("In the course “%(course)s” only one step is left: %(timed_unit)s."),
    Sentence.STILL_ONE_STEP: _l("One step is still left: %(timed_unit)s."),
    Sentence.RECORD_FOLLOWS: _l("Your completion record is issued right after it."),
    Sentence.PROGRESS_KEPT: _l("Your progress in the course “%(course)s” is kept."),
    Sentence.GO_ON: _l("You can go on with %(timed_unit)s."),
    Sentence.IF_TROUBLE: _l("If something is in your way, let me know."),
    Sentence.WHAT_HINDERS: _l(
        "Is it the time, the signal or the lessons? A short answer is enough, so that I can help."
    ),
    Sentence.ENROLLED: _l("You are enrolled in the course “%(course)s”."),
    Sentence.BEGINS_WITH: _l("It begins with %(timed_unit)s; a phone is enough."),
    Sentence.IF_NO_WAY_IN: _l("If you cannot sign in, let me know."),
    Sentence.IS_INSIDE: _l("Have you been able to sign in? If not, let me know and I will help."),
    Sentence.IF_LATER: _l("If now is not a good time, just tell me when you could begin."),
    Sentence.SIGNED: _l("Regards, %(supervisor)s"),
}


def message_text(message: Message, language: str) -> str:
    """The message as it can be copied, in the language of the person it is for."""
    with force_locale(language):
        values = {
            "name": message.name,
            "supervisor": message.supervisor,
            "course": message.course,
            "unit": message.unit,
            "timed_unit": _timed_unit(message),
        }
        return fitted(
            [
                (code, _COUNTED[code](message) if code in _COUNTED else _SENTENCES[code] % values)
                for code in plan(message.reason, message.contact)
            ]
        )


def _timed_unit(message: Message) -> str:
    """A title in the midst of a sentence, with the time that the unit takes where it is known."""
    if message.minutes is None:
        return _("“%(unit)s”", unit=message.unit)
    return ngettext(
        "“%(unit)s” (about %(num)d minute)",
        "“%(unit)s” (about %(num)d minutes)",
        message.minutes,
        unit=message.unit,
    )


def _read_again(message: Message) -> str:
    if message.minutes is None:
        return _("Please read its lessons again, then try once more.")
    return ngettext(
        "Please read its lessons again, about %(num)d minute, then try once more.",
        "Please read its lessons again, about %(num)d minutes, then try once more.",
        message.minutes,
    )


def _steps_left(message: Message) -> str:
    return ngettext(
        "%(num)d step is left to the end of the course.",
        "%(num)d steps are left to the end of the course.",
        message.left_count,
    )


_COUNTED = {Sentence.READ_AGAIN: _read_again, Sentence.STEPS_LEFT: _steps_left}
