"""A paper in words: rows of a question under a letterhead. The caller has set the language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import current_app
from flask_babel import LazyString
from sqlalchemy import Row

from elearn.accounts.models import Node
from elearn.core import clock
from elearn.core.i18n import day, moment, number
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.courses import queries as courses
from elearn.records.formats import office_columns
from elearn.records.formats.office_pdf import Column, OfficeLabels, Paper, Signature
from elearn.records.rules import Category
from elearn.supervision.labels import CATEGORIES, EMPLOYMENTS
from elearn.supervision.queries import questions
from elearn.supervision.queries.questions import Answer, Asked
from elearn.supervision.queries.signing import Signer
from elearn.supervision.rules.papers import PaperKind
from elearn.supervision.rules.period import Span, period
from elearn.supervision.rules.questions import Target


@dataclass(frozen=True, slots=True)
class Order:
    """Which paper is wanted: of which place, about what, in which language, signed by whom."""

    kind: PaperKind
    node: Node
    asked: Asked
    span: Span
    language: str
    signer: Signer | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one kind of paper consists of. totals: the cells behind the first one of its row."""

    title: LazyString
    asks: LazyString
    columns: Callable[[], tuple[Column, ...]]
    put: Callable[[Asked], Answer]
    cells: Callable[[Row[Any], Order], tuple[str, ...]]
    totals: Callable[[Row[Any]], tuple[str, ...]]
    about: Callable[[Order], str]
    note: LazyString


def paper(order: Order, answer: Answer) -> Paper:
    """The paper with all its rows."""
    sheet, node = SHEETS[order.kind], order.node
    total = questions.totals(answer, order.asked)
    rows = tuple(sheet.cells(row, order) for row in questions.every(answer, order.asked))
    return Paper(
        language=order.language,
        issuer=current_app.config["SETTINGS"].site_name,
        letterhead=tuple(order.asked.office.letterhead.splitlines()),
        title=str(sheet.title),
        subtitles=(node.name, sheet.about(order)),
        as_of=_("As of %(moment)s", moment=moment(order.asked.now, node.time_zone)),
        columns=sheet.columns(),
        rows=rows,
        totals=(_("Total"), *sheet.totals(total)) if rows else (),
        notes=(str(sheet.note),),
        signature=_signature(order),
        labels=OfficeLabels(
            number=_("No."),
            none=_("Nothing in this period."),
            nip=_("NIP"),
            page=_("Page {page} of {pages}"),
        ),
    )


def _signature(order: Order) -> Signature:
    """What is not known is left to be written by hand."""
    today = day(order.asked.on)
    signer = order.signer
    if signer is None:
        return Signature(order.node.place, today, "", "", "")
    post = _("Acting %(post)s", post=signer.acting_for) if signer.acting_for else signer.post
    return Signature(order.node.place, today, post, signer.name, signer.nip)


def _in_period(order: Order) -> str:
    """The days of the period; of one that runs, up to today."""
    days = period(order.span, order.asked.on)
    if days.from_on is None or days.until_on is None:
        return _("Until %(day)s", day=day(order.asked.on))
    last: date = min(days.until_on - timedelta(days=1), order.asked.on)
    return _("%(first)s to %(last)s", first=day(days.from_on), last=day(last))


def _in_year(order: Order) -> str:
    return _("Year %(year)s", year=order.asked.year)


def _recap_columns() -> tuple[Column, ...]:
    return office_columns.unit_recap(
        unit=_("Place"),
        people=_("People"),
        started=_("Began"),
        finished=_("Completed"),
        jp=_("JP"),
    )


def _recap_cells(row: Row[Any], _order: Order) -> tuple[str, ...]:
    return (row.name, *map(number, (row.people, row.started, row.finished, row.jp)))


def _recap_totals(total: Row[Any]) -> tuple[str, ...]:
    return tuple(map(number, (total.people, total.started, total.finished, total.jp)))


def _completion_columns() -> tuple[Column, ...]:
    return office_columns.completions(
        name=_("Name"),
        library=_("Library"),
        course=_("Course"),
        number=_("Record number"),
        day=_("Completed on"),
        jp=_("JP"),
    )


def _completion_cells(row: Row[Any], order: Order) -> tuple[str, ...]:
    title = courses.outline(row.version_id).title_in(order.language)
    completed_on = clock.day_in(row.at, order.node.time_zone)
    record = row.number or _("not issued yet")
    if row.is_revoked:
        record = _("%(number)s (revoked)", number=record)
    return (row.name, row.library, title, record, day(completed_on), number(row.jp))


def _completion_totals(total: Row[Any]) -> tuple[str, ...]:
    return ("", "", "", "", number(total.jp))


def _jp_columns() -> tuple[Column, ...]:
    return office_columns.year_recap(
        name=_("Name"),
        nip=_("NIP"),
        status=_("Status"),
        categories=[str(CATEGORIES[one]) for one in Category],
        total=_("Sum"),
        counted=_("Counted"),
        target=_("Target"),
        missing=_("Missing"),
    )


def _jp_cells(row: Row[Any], _order: Order) -> tuple[str, ...]:
    of_category = (row._mapping[category] for category in Category)
    target = "–" if row.target is None else number(row.target)
    missing = "–" if row.target is None else number(row.short)
    sums = map(number, (*of_category, row.whole, row.counted))
    return (row.name, row.nip or "", str(EMPLOYMENTS[row.employment]), *sums, target, missing)


def _jp_totals(total: Row[Any]) -> tuple[str, ...]:
    of_category = (total._mapping[category] for category in Category)
    sums = map(number, (*of_category, total.whole, total.counted))
    return ("", "", *sums, "", number(total.short))


def _jp_of_all(asked: Asked) -> Answer:
    return questions.jp(asked, Target.ALL)


SHEETS: Mapping[PaperKind, Sheet] = {
    PaperKind.RECAP: Sheet(
        title=_l("Recap of learning by place"),
        asks=_l("For each place: its people, who of them began and completed a course, and JP."),
        columns=_recap_columns,
        put=questions.recap,
        cells=_recap_cells,
        totals=_recap_totals,
        about=_in_period,
        note=_l(
            "People are those who belong there on the day of this paper. JP are those of the "
            "courses that were completed in the period."
        ),
    ),
    PaperKind.COMPLETIONS: Sheet(
        title=_l("List of completed courses"),
        asks=_l("Each completed course with its record's number, the day and the JP."),
        columns=_completion_columns,
        put=questions.finished,
        cells=_completion_cells,
        totals=_completion_totals,
        about=_in_period,
        note=_l("Each record can be checked by its number on this site. A revoked one has no JP."),
    ),
    PaperKind.JP: Sheet(
        title=_l("Recap of learning hours (JP)"),
        asks=_l("For each person: JP of the year by category, what counts, target and shortfall."),
        columns=_jp_columns,
        put=_jp_of_all,
        cells=_jp_cells,
        totals=_jp_totals,
        about=_in_year,
        note=_l(
            "JP by category are after the caps of the categories; counted is what the cap of the "
            "employment status leaves of them."
        ),
    ),
}
