"""Each question in words, beside the file of the same name in `queries/questions`."""

from collections.abc import Mapping

from elearn.supervision.rules.questions import Question
from elearn.supervision.views.questions.shapes.acts import FINISHED, STARTED
from elearn.supervision.views.questions.shapes.gain import GAIN, GAIN_BY_PART
from elearn.supervision.views.questions.shapes.jp import JP
from elearn.supervision.views.questions.shapes.shape import Reading, Shape
from elearn.supervision.views.questions.shapes.silence import CONTACT
from elearn.supervision.views.questions.shapes.untrained import UNTRAINED
from elearn.supervision.views.questions.shapes.waiting import LATE, WAITING

SHAPES: Mapping[Question, Shape] = {
    Question.STARTED: STARTED,
    Question.FINISHED: FINISHED,
    Question.JP: JP,
    Question.LATE: LATE,
    Question.UNTRAINED: UNTRAINED,
    Question.GAIN: GAIN,
    Question.GAIN_BY_PART: GAIN_BY_PART,
    Question.WAITING: WAITING,
    Question.CONTACT: CONTACT,
}
LISTED = tuple(question for question in SHAPES if question is not Question.GAIN_BY_PART)

__all__ = ["LISTED", "SHAPES", "Reading", "Shape"]
