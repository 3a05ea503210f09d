"""What a save did, in words: on the page that has just done it, and in the history."""

from collections.abc import Mapping

from flask_babel import LazyString

from elearn.authoring.rules.sketch import Sketch
from elearn.authoring.rules.words import brief
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import page_language

_LONGEST_NAME = 60

# Code of the act -> words; %(name)s is what it was done to.
_SENTENCES: Mapping[str, LazyString] = {
    "begun": _l("The course was begun"),
    "begun-from-version": _l("Begun on top of the published version"),
    "uploaded": _l("The course was uploaded"),
    "undone-to": _l("Back to the state of save %(name)s"),
    "module-added": _l("Module “%(name)s” added"),
    "module-moved": _l("Module “%(name)s” moved"),
    "module-duplicated": _l("Module “%(name)s” duplicated"),
    "module-deleted": _l("Module “%(name)s” deleted"),
    "module-edited": _l("About the module “%(name)s”"),
    "lesson-added": _l("Lesson “%(name)s” added"),
    "lesson-moved": _l("Lesson “%(name)s” moved"),
    "lesson-renamed": _l("Lesson “%(name)s” renamed or moved"),
    "lesson-duplicated": _l("Lesson “%(name)s” duplicated"),
    "lesson-deleted": _l("Lesson “%(name)s” deleted"),
    "lesson-written": _l("Text of the lesson “%(name)s”"),
    "question-added": _l("Question “%(name)s” added"),
    "question-edited": _l("Question “%(name)s”"),
    "question-moved": _l("Question “%(name)s” moved"),
    "question-recast": _l("Question “%(name)s”: kind or module"),
    "question-duplicated": _l("Question “%(name)s” duplicated"),
    "question-deleted": _l("Question “%(name)s” deleted"),
    "questions-imported": _l("Questions imported"),
    "bank-edited": _l("How the quiz is drawn"),
    "facts-edited": _l("About the course"),
    "language-added": _l("A language added"),
    "language-removed": _l("A language removed with all that was written in it"),
    "task-edited": _l("Practical task"),
    "task-removed": _l("Practical task taken out"),
    "file-edited": _l("File %(name)s"),
    "pictures-added": _l("Pictures added"),
    "file-deleted": _l("File %(name)s deleted"),
    "picture-deleted": _l("Picture %(name)s deleted"),
}


def said(what: str, name: str) -> str:
    """The sentence of an act. name: of what it was done to, as people call it."""
    sentence = _SENTENCES.get(what)
    if sentence is None:
        return _("Changed: %(name)s", name=name) if name else _("The course was changed")
    return str(sentence) % {"name": name} if "%" in str(sentence) else str(sentence)


def name_of(picture: Sketch, what: str, about: str) -> str:
    """What people call the thing that a save was about; its key when it is no longer there."""
    language = page_language()
    kind = what.partition("-")[0]
    if kind == "module" and (module := picture.module(about)):
        return module.title(language)
    if kind == "lesson" and (lesson := picture.lesson(about.partition("/")[0])):
        return lesson[1].title(language)
    if kind == "question" and (question := picture.question(about)):
        words = question[1].text.get(language) or next(iter(question[1].text.values()), about)
        return brief(words, _LONGEST_NAME) or about
    return about
