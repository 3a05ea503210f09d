"""The blueprint that every page of this room hangs on."""

from flask import Blueprint, Response

bp = Blueprint("records", "elearn.records", template_folder="templates")


@bp.after_request
def keep_out_of_search_engines(response: Response) -> Response:
    """Whoever has the code may see the name; nobody should meet it in a search."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
