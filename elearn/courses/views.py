"""Media of published versions, public by digest: a browser keeps them for ever."""

import mimetypes

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from elearn.courses import queries
from elearn.web.guard import public
from elearn.web.security import PICTURE_POLICY

bp = Blueprint("courses", __name__)

_FOREVER = "public, max-age=31536000, immutable"


@bp.get("/media/<digest>/<name>")
@public
def media(digest: str, name: str) -> ResponseReturnValue:
    found = queries.media(digest, name)
    kind = mimetypes.guess_type(found.path)[0] or "application/octet-stream"
    response = Response(found.content, mimetype=kind)
    response.headers["Cache-Control"] = _FOREVER
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.set_etag(digest)
    return response
