"""What learners were told is saved, and its comparison with what the database holds.

One answer at a time per learner, so that after any fault the database must hold either the last
answer that was acknowledged or the one that was under way, and that one whole.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine, bindparam, text


@dataclass
class Sheet:
    """One question of one attempt: what was sent by counter, and what of it was acknowledged."""

    attempt: str
    number: int
    sent: dict[int, str] = field(default_factory=dict)
    acknowledged: int = 0


@dataclass
class Ledger:
    """What a learner was told."""

    who: str
    sheets: list[Sheet] = field(default_factory=list)
    handed_in: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    answers: int = 0

    @property
    def writes(self) -> int:
        return self.answers + len(self.handed_in) + len(self.done)


@dataclass
class Wrong:
    """What of an acknowledged write was not found, not whole, or found more than once."""

    lost: int = 0
    torn: int = 0
    doubled: int = 0

    def __str__(self) -> str:
        return f"{self.lost} lost, {self.torn} torn, {self.doubled} doubled"

    @property
    def count(self) -> int:
        return self.lost + self.torn + self.doubled


def compare_last(engine: Engine, ledgers: Sequence[Ledger], wrong: Wrong) -> None:
    """The attempt that each learner is at, against the database."""
    for ledger in ledgers:
        at_work = [s for s in ledger.sheets if s.attempt == ledger.sheets[-1].attempt]
        _compare_sheets(engine, at_work, wrong)


def compare_all(engine: Engine, ledgers: Sequence[Ledger], wrong: Wrong) -> None:
    """Everything that anybody was ever told, against the database."""
    for ledger in ledgers:
        _compare_sheets(engine, ledger.sheets, wrong)
        _compare_handed_in(engine, ledger, wrong)
        _compare_done(engine, ledger, wrong)


def _compare_sheets(engine: Engine, sheets: Sequence[Sheet], wrong: Wrong) -> None:
    found = dict(_answers(engine, {sheet.attempt for sheet in sheets}))
    for sheet in sheets:
        counter, value = found.get((sheet.attempt, sheet.number), (0, ""))
        if counter < sheet.acknowledged:
            wrong.lost += 1
        elif counter and sheet.sent.get(counter) != value:
            wrong.torn += 1


def _answers(
    engine: Engine, attempts: set[str]
) -> Iterator[tuple[tuple[str, int], tuple[int, str]]]:
    """(attempt, place of the question) and (counter, what was typed)."""
    query = text(
        "SELECT a.code, a.drawn, q.question_key, q.counter, q.given FROM quizzes_attempt a "
        "JOIN quizzes_answer q ON q.attempt_id = a.id WHERE a.code IN :codes"
    ).bindparams(bindparam("codes", expanding=True))
    with engine.connect() as connection:
        for code, drawn, key, counter, given in connection.execute(query, {"codes": [*attempts]}):
            place = [one["key"] for one in json.loads(drawn)].index(key) + 1
            value = json.loads(given)
            yield (code, place), (counter, value if isinstance(value, str) else value["typed"])


def _compare_handed_in(engine: Engine, ledger: Ledger, wrong: Wrong) -> None:
    query = text("SELECT code FROM quizzes_attempt WHERE state = 'submitted'")
    with engine.connect() as connection:
        found = set(connection.execute(query).scalars())
    wrong.lost += len(set(ledger.handed_in) - found)


def _compare_done(engine: Engine, ledger: Ledger, wrong: Wrong) -> None:
    query = text(
        "SELECT c.slug, e.unit_key, count(*) FROM learning_event e "
        "JOIN learning_enrolment n ON n.id = e.enrolment_id "
        "JOIN courses_course c ON c.id = n.course_id "
        "JOIN accounts_login l ON l.person_id = n.person_id "
        "WHERE e.kind = 'done' AND l.key = :who GROUP BY c.slug, e.unit_key"
    )
    with engine.connect() as connection:
        counts = {(s, unit): n for s, unit, n in connection.execute(query, {"who": ledger.who})}
    wrong.lost += len(set(ledger.done) - set(counts))
    wrong.doubled += sum(count > 1 for count in counts.values())
