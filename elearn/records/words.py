"""A record in words: the same lines for the page, the PDF and the public check.

Made from the signed facts and the holder alone, in the language that is asked for.
"""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from flask_babel import get_locale

from elearn.core import clock, ids
from elearn.core.i18n import day, ngettext
from elearn.core.i18n import gettext as _
from elearn.records import rules
from elearn.records.models import Credit, Record
from elearn.records.queries import Kept

_LINE = 16  # characters of the code on the first line


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One row of the list of modules."""

    number: int
    title: str
    score: int | None
    jp: int


@dataclass(frozen=True, slots=True)
class RecordWords:
    """Everything that is printed, line by line."""

    language: str
    course_language: str  # of course and module titles: the page's, where the course has it
    number: str
    code: str
    code_lines: tuple[str, str]  # in groups, on two short lines as on paper
    name: str | None  # None: erased at the holder's wish
    nip: str  # '' unless the holder wants it printed
    post: str  # with the institution
    course: str
    version: int
    period: str
    result: str  # the post-test: what the first sheet shows
    scores: tuple[str, ...]
    modules: tuple[ModuleLine, ...]
    jp: int
    minutes_per_jp: int
    rule: str
    organiser: str
    signatory: str
    signatory_post: str
    issued: str  # place and day
    edition: int
    replaces: str

    @property
    def code_shown(self) -> str:
        return "".join(self.code_lines)

    @property
    def shown_name(self) -> str:
        return self.name or _("(name removed at the holder's wish)")

    @property
    def holder_lines(self) -> tuple[str, ...]:
        """What stands below the name."""
        nip = _("NIP %(nip)s", nip=self.nip) if self.nip else ""
        return tuple(line for line in (nip, self.post) if line)

    @property
    def course_lines(self) -> tuple[str, ...]:
        """What stands below the course."""
        period = _("%(period)s, version %(version)s", period=self.period, version=self.version)
        return tuple(line for line in (period, self.result) if line)

    @property
    def annex(self) -> str:
        return _(
            "Annex to completion record %(number)s of %(name)s",
            number=self.number,
            name=self.shown_name,
        )


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger of JP; number: of the record that it stands on, if there is one."""

    title: str
    language: str  # of the title; "" when it is not known
    jp: int
    at: datetime
    number: str | None


def ledger_line(credit: Credit, record: Record | None, language: str) -> LedgerLine:
    """A line with the title that the course has in this language, or in its own."""
    if record is None:
        return LedgerLine(credit.title, "", credit.jp, credit.at, None)
    facts = rules.read(record.payload)
    chosen = _course_language(facts, language)
    return LedgerLine(facts.course_titles[chosen], chosen, credit.jp, credit.at, record.number)


def facts_of(lines: RecordWords, standing: rules.Standing) -> tuple[tuple[str, str], ...]:
    """The second sheet's names and values."""
    rows = [
        (_("One JP"), minutes_of_study(lines.minutes_per_jp)),
        (_("Completed with"), lines.rule),
        (_("Scores"), ", ".join(lines.scores)),
        (_("Organiser"), lines.organiser),
        (_("Edition"), edition_line(lines)),
        (_("Status"), status_line(standing)),
    ]
    return tuple((name, value) for name, value in rows if value)


def minutes_of_study(minutes: int) -> str:
    return ngettext("%(num)d minute of study", "%(num)d minutes of study", minutes)


def edition_line(lines: RecordWords) -> str:
    """Only for a later edition: which one it is and what it stands for."""
    if lines.edition == 1:
        return ""
    return _(
        "%(edition)s, in place of number %(number)s", edition=lines.edition, number=lines.replaces
    )


def status_line(standing: rules.Standing) -> str:
    """The state on the day of printing; a sheet of paper cannot know what comes later."""
    status = {
        rules.State.VALID: _("Valid."),
        rules.State.REPLACED: _("Replaced by a newer edition."),
        rules.State.REVOKED: _("Revoked: %(reason)s", reason=standing.reason),
    }[standing.state]
    later = _("Any change of the status is shown on the public check.")
    return f"{status} {later}"


def words(kept: Kept, language: str) -> RecordWords:
    """The lines of a record; the caller has made `language` the one of gettext, too."""
    facts, holder = kept.facts, kept.holder_words
    course_language = _course_language(facts, language)
    return RecordWords(
        language=language,
        course_language=course_language,
        number=facts.number,
        code=facts.code,
        code_lines=(ids.grouped(facts.code[:_LINE]) + "-", ids.grouped(facts.code[_LINE:])),
        name=holder.name if holder else None,
        nip=holder.nip if holder and holder.show_nip else "",
        post=_joined(holder.post, holder.institution) if holder else "",
        course=facts.course_titles[course_language],
        version=facts.course_version,
        period=_period(facts),
        result=_post_test(facts),
        scores=_scores(facts),
        modules=tuple(
            ModuleLine(place, module.titles[course_language], module.score_percent, module.jp)
            for place, module in enumerate(facts.modules, 1)
        ),
        jp=facts.jp,
        minutes_per_jp=facts.minutes_per_jp,
        rule=_rule(facts.rule),
        organiser=facts.organiser.name,
        signatory=facts.organiser.signatory,
        signatory_post=facts.organiser.signatory_post,
        issued=_joined(facts.organiser.place, day(facts.issued_at, facts.zone)),
        edition=facts.edition,
        replaces=facts.replaces,
    )


def _course_language(facts: rules.Facts, language: str) -> str:
    return language if language in facts.course_titles else facts.languages[0]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def days(first: date, last: date) -> str:
    """2 March 2026; 2 to 4 March 2026; 2 March to 4 April 2026."""
    if first >= last:
        return day(last)
    start = day(first)
    if first.year == last.year:
        form = "d" if first.month == last.month else "d MMMM"
        start = format_date(first, form, locale=get_locale())
    return _("%(first)s to %(last)s", first=start, last=day(last))


def _period(facts: rules.Facts) -> str:
    """From enrolment to the last requirement, as days in the holder's zone."""
    start = clock.day_in(facts.enrolled_at, facts.zone)
    return days(start, clock.day_in(facts.completed_at, facts.zone))


def _scores(facts: rules.Facts) -> tuple[str, ...]:
    lines = []
    if facts.pre_test_percent is not None:
        lines.append(_("pre-test %(score)s of 100", score=facts.pre_test_percent))
    if facts.post_test_percent is not None:
        lines.append(_post_test(facts))
    return tuple(lines)


def _post_test(facts: rules.Facts) -> str:
    if facts.post_test_percent is None:
        return ""
    return _("post-test %(score)s of 100", score=facts.post_test_percent)


def _rule(rule: rules.MetRule) -> str:
    """What had to be done, as one line."""
    parts = []
    if rule.lessons:
        parts.append(ngettext("%(num)d lesson done", "%(num)d lessons done", rule.lessons))
    if rule.quizzes:
        parts.append(
            ngettext(
                "%(num)d quiz with a score of at least %(percent)s",
                "%(num)d quizzes with a score of at least %(percent)s each",
                rule.quizzes,
                percent=rule.pass_percent,
            )
        )
    if rule.post_test:
        parts.append(_("the post-test passed"))
    if rule.task:
        parts.append(_("the practical task assessed"))
    return _joined(*parts)
