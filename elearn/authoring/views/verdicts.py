"""What an import or export says of a question, in words."""

from elearn.accounts.rules import Fault
from elearn.authoring.views.plain_words import said
from elearn.coursepack.problems import Problem
from elearn.coursepack.sentences import SENTENCES
from elearn.web.messages import sentence


def words_of(fault: Fault) -> str:
    """The sentence of a fault: what the check would say has its sentence there."""
    if fault.code in SENTENCES:
        values = tuple((name, str(value)) for name, value in fault.values.items())
        return said(Problem("", 0, fault.code, values, "error"))
    return sentence(fault.code, fault.values)
