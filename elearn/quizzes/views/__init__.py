"""Pages of this room: before the start, the attempt, handing in, the review."""

from flask import Blueprint

bp = Blueprint("quizzes", __name__, template_folder="../templates")

from elearn.quizzes.views import attempt, before, review  # noqa: E402, F401  the pages hang themselves on bp
