"""The blueprint that every page of this room hangs on."""

from flask import Blueprint

bp = Blueprint("privacy", "elearn.privacy", template_folder="templates")
