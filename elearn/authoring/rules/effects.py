"""What publishing a draft changes for those who study the course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from elearn.coursepack import model
from elearn.coursepack.model import Course, Unit
from elearn.courses.rules import Outline, QuestionFacts, facts_in


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """One unit that is not as it was. titles: language -> title, "" where the product words it."""

    key: str
    kind: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Effects:
    """Against the newest published version. JP and pass marks: before and after.

    again: whoever has done the former edition is asked to do the new one.
    """

    new: tuple[UnitEffect, ...]
    gone: tuple[UnitEffect, ...]
    again: tuple[UnitEffect, ...]
    now_required: tuple[UnitEffect, ...]
    no_longer_required: tuple[UnitEffect, ...]
    jp: tuple[int, int]
    pass_percent: tuple[int, int]
    new_questions: tuple[str, ...]
    gone_questions: tuple[str, ...]
    corrected_questions: tuple[str, ...]  # another answer counts as right

    @property
    def touches_learners(self) -> bool:
        """Whether more than wording changes: nothing has to be done again or anew otherwise."""
        return bool(
            self.new
            or self.gone
            or self.again
            or self.now_required
            or self.no_longer_required
            or self.corrected_questions
            or self.jp[0] != self.jp[1]
            or self.pass_percent[0] != self.pass_percent[1]
        )


def effects(course: Course, base: Outline, bank: Mapping[str, QuestionFacts]) -> Effects:
    """course: as it would be published. base, bank: the version that it follows."""
    now = {unit.key: unit for unit in model.units(course)}
    then = {unit.key: unit for unit in base.units}
    both = [unit for key, unit in now.items() if key in then]
    questions = dict(_facts(course))
    return Effects(
        new=_shown(unit for key, unit in now.items() if key not in then),
        gone=tuple(
            UnitEffect(unit.key, unit.kind, unit.titles)
            for key, unit in then.items()
            if key not in now
        ),
        again=_shown(unit for unit in both if unit.edition > then[unit.key].edition),
        now_required=_shown(u for u in both if u.required and not then[u.key].is_required),
        no_longer_required=_shown(u for u in both if then[u.key].is_required and not u.required),
        jp=(base.jp, course.jp),
        pass_percent=(base.pass_percent, course.completion.pass_percent),
        new_questions=tuple(key for key in questions if key not in bank),
        gone_questions=tuple(key for key in bank if key not in questions),
        corrected_questions=corrected(questions, bank),
    )


def corrected(
    now: Mapping[str, QuestionFacts], then: Mapping[str, QuestionFacts]
) -> tuple[str, ...]:
    """Keys of the questions of both banks that mark the same answer otherwise."""
    return tuple(key for key in now if key in then and _is_corrected(now[key], then[key]))


def _shown(units: Iterable[Unit]) -> tuple[UnitEffect, ...]:
    return tuple(UnitEffect(unit.key, unit.kind, unit.titles) for unit in units)


def _facts(course: Course) -> Iterable[tuple[str, QuestionFacts]]:
    """The new bank in the shape of the published one; places are of no concern here."""
    for module in course.modules:
        for one in module.quiz.questions if module.quiz else ():
            yield one.key, facts_in(one, module.key, 0)


def _is_corrected(now: QuestionFacts, then: QuestionFacts) -> bool:
    """Whether the same answer is marked otherwise, wherever the question stands."""
    anywhere = {"position": 0, "edition": 1, "module_key": "", "lesson_key": "", "pool": ""}
    return replace(now, **anywhere) != replace(then, **anywhere)  # type: ignore[arg-type]
