"""Pages of this room: in and out, passwords, joining, and what is mine."""

from flask import Blueprint

bp = Blueprint("accounts", __name__, template_folder="../templates")

from elearn.accounts.views import joining, profile, session  # noqa: E402, F401  the pages hang themselves on bp
