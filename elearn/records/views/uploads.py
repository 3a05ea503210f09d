"""How evidence goes out again: as a file, never as part of a page."""

from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.permissions import Action
from elearn.records import queries
from elearn.records.formats.evidence import SUFFIXES
from elearn.records.views.blueprint import bp
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.looks import note_look
from elearn.web.session import actor

EVIDENCE_LOOK = "records:evidence:look"  # subject: the code of whose evidence it is
_SHOWN_OF_CODE = 8  # characters: enough to tell two files in one folder apart


@bp.get("/records/evidence/<code>")
@requires(Action.RECORDS_ACTIVITY_LOG)
def evidence(code: str) -> ResponseReturnValue:
    """The file, for the person and for those who may decide about her; she is told who looked."""
    now = clock.now()
    found = queries.evidence_for(actor(), code, now)
    if found.of_code:
        note_look(EVIDENCE_LOOK, found.of_code, now, found.code)
    name = f"bukti-{found.code[:_SHOWN_OF_CODE]}{SUFFIXES[found.media_type]}"
    response = attachment(found.content, found.media_type, name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
