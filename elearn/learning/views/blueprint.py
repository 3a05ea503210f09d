"""The blueprint that every page of this room hangs on."""

from flask import Blueprint

bp = Blueprint("learning", "elearn.learning", template_folder="templates")
