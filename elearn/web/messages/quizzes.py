"""Attempts, answers, and keys that were wrong."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    # Attempts and answers
    "attempt-missing": _l("This attempt does not exist, or it is not yours."),
    "attempt-closed": _l("This attempt was handed in on %(submitted_at)s. Its answers are final."),
    "attempts-used-up": _l(
        "All attempts at this quiz have been used. Ask your library office to grant one more."
    ),
    "attempts-not-limited": _l(
        "This quiz can be taken as often as one likes, so no attempt needs to be given."
    ),
    "attempts-left": _l(
        "Attempts left at this quiz: %(left)s. One more can be granted when they are used up."
    ),
    "attempt-too-early": _l("You can try again from %(from_at)s."),
    "answer-stale": _l(
        "A newer answer was saved at %(time)s on another page or device. That one counts; "
        "what is on this page was not saved."
    ),
    "pre-test-taken": _l("You have taken the pre-test. It is taken once."),
    "pre-test-over": _l(
        "The pre-test is taken before the first quiz: later it would not show where you began."
    ),
    "answer-too-long": _l("This is too long: at most %(most)s characters. It was not saved."),
    "answer-not-saved": _l("This answer is not saved yet. Press Save."),
    "reason-missing": _l("Say why. The reason is kept, and shown where a record is revoked."),
    "answer-invalid": _l("This answer does not fit the question. Choose again."),
    "question-missing": _l("This question is not part of the attempt."),
    # Keys that were wrong
    "question-unknown": _l("Version %(number)s has no question %(key)s."),
    "correction-version": _l(
        "The right key comes from a version of the same course that is newer than %(number)s. "
        "Publish one with the corrected key first."
    ),
    "correction-shape": _l(
        "In version %(number)s the question %(key)s is another one: its kind, its edition, its "
        "options or their order differ, so that answers cannot be marked by its key. Publish a "
        "version in which only the key is changed."
    ),
    "correction-empty": _l(
        "The question %(key)s has the same key in version %(number)s: there is nothing to correct."
    ),
    "correction-older": _l(
        "The key of %(key)s was corrected from a newer version already, on %(at)s. That one counts."
    ),
}
