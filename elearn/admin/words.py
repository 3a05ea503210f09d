"""The office's rules in words: what each is called, what it does, and what its values mean."""

from dataclasses import dataclass

from flask_babel import LazyString

from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class RuleWords:
    label: LazyString
    help: LazyString


_EXPECTED = _l("What is expected of each person.")
_CAPPED = _l("In one year; above it, JP are kept but not counted.")
GROUPS: dict[LazyString, dict[str, RuleWords]] = {
    _l("JP and targets"): {
        "minutes_per_jp": RuleWords(
            _l("Minutes in one JP"), _l("Printed on each record; records keep what held then.")
        ),
        "target_jp_pns": RuleWords(_l("JP a year for PNS"), _EXPECTED),
        "target_jp_pppk": RuleWords(_l("JP a year for PPPK"), _EXPECTED),
        "target_jp_other": RuleWords(_l("JP a year for others"), _EXPECTED),
        "cap_jp_pppk": RuleWords(
            _l("JP a year that count for PPPK, at most"),
            _CAPPED,
        ),
        "cap_jp_seminar": RuleWords(_l("JP of seminars, at most"), _CAPPED),
        "cap_jp_webinar": RuleWords(_l("JP of webinars, at most"), _CAPPED),
        "cap_jp_workshop": RuleWords(
            _l("JP of workshops, at most"),
            _CAPPED,
        ),
        "cap_jp_association": RuleWords(
            _l("JP of events of associations, at most"),
            _CAPPED,
        ),
        "cap_jp_mentoring": RuleWords(
            _l("JP of mentoring, at most"),
            _CAPPED,
        ),
    },
    _l("When somebody is stuck"): {
        "stuck_start_days": RuleWords(
            _l("Days without a beginning"), _l("After joining a course, without a first step.")
        ),
        "stuck_idle_days": RuleWords(
            _l("Days without an act of study"), _l("In a course that was begun.")
        ),
        "stuck_fails": RuleWords(
            _l("Times that a quiz was not passed"), _l("From this number on, help is needed.")
        ),
        "reminder_days": RuleWords(
            _l("Days between two reminders"), _l("To the same person, whoever writes.")
        ),
        "small_group": RuleWords(
            _l("Smallest group shown as a rate"),
            _l("Of fewer people no percentage is shown, so that nobody is recognised."),
        ),
    },
    _l("Papers"): {
        "letterhead": RuleWords(
            _l("Letterhead"),
            _l("Lines at the head of office papers and transcripts; the first two are large."),
        ),
    },
    _l("Accounts and personal data"): {
        "registration": RuleWords(_l("New accounts"), _l("Who may make an account.")),
        "consent_id": RuleWords(
            _l("Text on personal data, Indonesian"),
            _l("Everybody is asked to agree to it once, and again when a newer one holds."),
        ),
        "consent_en": RuleWords(
            _l("Text on personal data, English"), _l("The same for those who read English.")
        ),
        "keep_answers_months": RuleWords(
            _l("Months that answers to quizzes are kept"), _l("After completion; scores stay.")
        ),
        "keep_evidence_months": RuleWords(
            _l("Months that evidence is kept"),
            _l("After the decision or correction that it was for; what was decided stays."),
        ),
        "keep_holder_names": RuleWords(
            _l("Names on records after erasing"),
            _l(
                "Whether a record keeps the name of a person who is erased, as an archive may need."
            ),
        ),
    },
}
RULE_WORDS = {name: words for rules in GROUPS.values() for name, words in rules.items()}
CHOICES: dict[str, dict[str, LazyString]] = {
    "registration": {
        "open": _l("everybody, for a library they choose"),
        "invite": _l("who holds an invitation"),
        "closed": _l("nobody; the office makes each account"),
    },
    "keep_holder_names": {"yes": _l("keep the name"), "no": _l("drop the name")},
}
TEXTS = ("letterhead", "consent_id", "consent_en")


def shown_value(name: str, value: str) -> str:
    """A value as a page says it."""
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    if value in ("none", ""):
        return _("none")
    return value
