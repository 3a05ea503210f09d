"""/healthz: the process answers. /readyz: the database answers and is not behind the code."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from elearn.core import schema
from elearn.core.db import db
from elearn.web.guard import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    try:
        found = schema.revision_of(db.session.connection())
    except SQLAlchemyError:
        return {"status": "unavailable", "reason": "the database does not answer"}, 503
    if schema.is_behind(found):
        return {"status": "unavailable", "reason": "run `elearn db upgrade`"}, 503
    return {"status": "ok"}
