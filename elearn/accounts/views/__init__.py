"""Pages of this room: in and out, passwords, joining, and what is mine."""

from flask import Blueprint

bp = Blueprint("accounts", __name__, template_folder="../templates")

from elearn.accounts.views import (  # noqa: E402  the pages hang themselves on bp
    consenting,  # noqa: F401
    forgotten,  # noqa: F401
    joining,  # noqa: F401
    profile,  # noqa: F401
    session,  # noqa: F401
)
