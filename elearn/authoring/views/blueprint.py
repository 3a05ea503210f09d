"""The blueprint that the pages of this room hang themselves on."""

from flask import Blueprint

bp = Blueprint("authoring", __name__, template_folder="../templates", url_prefix="/authoring")
