"""The blueprint that every page of this room hangs on."""

from flask import Blueprint, Response

from elearn.records.words import days

bp = Blueprint("records", "elearn.records", template_folder="templates")
bp.add_app_template_global(days, "days")


@bp.after_request
def keep_out_of_search_engines(response: Response) -> Response:
    """Whoever has the code may see the name; nobody should meet it in a search."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
