"""What was copied from Word, Google Docs or a page, as Markdown for the text being written."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from elearn.authoring.formats.pasted import MAX_PASTED_BYTES, markdown_from_html
from elearn.authoring.views.blueprint import bp
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.messages import sentence


@bp.post("/paste")
@requires(Action.AUTHORING_DRAFT_WRITE)
def paste() -> ResponseReturnValue:
    """The body of the request is the HTML of the clipboard, since no form field holds so much."""
    html = request.stream.read(MAX_PASTED_BYTES + 1).decode(errors="replace")
    pasted = markdown_from_html(html)
    return jsonify(markdown=pasted.markdown, left_out=[sentence(code) for code in pasted.left_out])
