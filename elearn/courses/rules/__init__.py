"""Published versions as values: their outline and their questions."""

from elearn.courses.rules.outline import (
    ModuleWords,
    Outline,
    OutlineModule,
    OutlineUnit,
    VersionWords,
)
from elearn.courses.rules.questions import (
    OptionBody,
    QuestionBody,
    QuestionFacts,
    definition_of,
    facts_in,
    facts_of,
)

__all__ = [
    "ModuleWords",
    "OptionBody",
    "Outline",
    "OutlineModule",
    "OutlineUnit",
    "QuestionBody",
    "QuestionFacts",
    "VersionWords",
    "definition_of",
    "facts_in",
    "facts_of",
]
