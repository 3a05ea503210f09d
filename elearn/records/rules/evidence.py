"""What the floor above hands down about one completed enrolment. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ModuleEvidence:
    """One module of the version that was studied; the score is the best one of its quiz."""

    titles: Mapping[str, str]
    jp: int
    score_percent: int | None


@dataclass(frozen=True, slots=True)
class MetRule:
    """What had to be done: so many lessons and quizzes, with which pass mark, and what else."""

    lessons: int
    quizzes: int
    pass_percent: int
    post_test: bool
    task: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that learning knows about one completed enrolment."""

    enrolment_id: int
    person_id: int
    course_slug: str
    version_number: int
    languages: tuple[str, ...]
    course_titles: Mapping[str, str]
    modules: tuple[ModuleEvidence, ...]
    organiser_code: str
    minutes_per_jp: int
    enrolled_at: datetime
    completed_at: datetime
    pre_test_percent: int | None
    post_test_percent: int | None
    rule: MetRule
