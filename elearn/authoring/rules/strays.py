"""Files that no course may have, told by their paths alone."""

from elearn.authoring.rules.pictures import MEDIA, is_picture
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.limits import DEFAULT_LIMITS
from elearn.coursepack.manifest import MODULE_FOLDER
from elearn.coursepack.names import path_fault
from elearn.coursepack.reading import TOP_FILES

_OF_A_MODULE = ("module.yml", "quiz.yml")


def is_stray(path: str) -> bool:
    """Whether a file of this path has no place in a course, whatever it holds."""
    if path_fault(path, DEFAULT_LIMITS.depth) is not None:
        return True
    if path.startswith(MEDIA):
        return not is_picture(path)
    folder, _slash, name = path.rpartition("/")
    if not MODULE_FOLDER.fullmatch(folder):
        return path not in TOP_FILES
    return name not in _OF_A_MODULE and LESSON_FILE.fullmatch(name) is None
