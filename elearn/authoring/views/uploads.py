"""What an author uploads: a zip, or a folder file by file. Nothing of it is believed."""

from werkzeug.datastructures import FileStorage

from elearn.authoring.forms import UploadForm
from elearn.authoring.rules import Files
from elearn.core.errors import Invalid
from elearn.core.i18n import page_language
from elearn.coursepack import names
from elearn.coursepack.archive import unpacked
from elearn.coursepack.limits import Limits, megabytes
from elearn.coursepack.problems import Language, Problem, Report
from elearn.courses.limits import course_limits


def uploaded(form: UploadForm) -> Files:
    """The files of the course that was sent, checked for names, number and size only.

    Raises Invalid upload-empty, or upload-unfit with the sentence of the first problem.
    """
    limits = course_limits()
    folder = [file for file in form.folder.data or [] if file.filename]
    if form.archive.data:
        files, problems = unpacked(form.archive.data.read(), limits)
    elif folder:
        files, problems = _from_folder(folder), ()
    else:
        raise Invalid("upload-empty")
    if files is None:
        raise _unfit(problems)
    return _checked(files, limits)


def _from_folder(sent: list[FileStorage]) -> dict[str, bytes]:
    """A browser names each file by its path below the chosen folder, that folder included."""
    files = {}
    for file in sent:
        _top, _slash, path = (file.filename or "").rpartition("/")[0].partition("/")
        name = (file.filename or "").rpartition("/")[2]
        path = f"{path}/{name}" if path else name
        if not names.is_leftover(path):
            files[path] = file.read()
    return files


def _checked(files: dict[str, bytes], limits: Limits) -> Files:
    report = Report(limits.problems)
    good = names.check_paths(files, limits, report)
    for path in good:
        if len(files[path]) > limits.file_bytes:
            report.add(path, 0, "file-bytes", longest=megabytes(limits.file_bytes))
    if len(files) > limits.files:
        report.add("", 0, "course-files", count=str(len(files)), longest=str(limits.files))
    if sum(map(len, files.values())) > limits.total_bytes:
        report.add("", 0, "course-bytes", longest=megabytes(limits.total_bytes))
    if report.has_errors:
        raise _unfit(report.sorted())
    return {path: files[path] for path in good}


def _unfit(problems: tuple[Problem, ...]) -> Invalid:
    language: Language = "en" if page_language() == "en" else "id"
    return Invalid("upload-unfit", reason=problems[0].format(language))
