"""What an import or export says of a question, in words."""

from elearn.accounts.rules import Fault
from elearn.core.i18n import page_language
from elearn.coursepack.sentences import SENTENCES
from elearn.web.messages import sentence


def words_of(fault: Fault) -> str:
    """The sentence of a fault: what the check would say has its sentence there."""
    if fault.code in SENTENCES:
        language = "id" if page_language() == "id" else "en"
        return SENTENCES[fault.code][language].format_map(dict(fault.values))
    return sentence(fault.code, fault.values)
