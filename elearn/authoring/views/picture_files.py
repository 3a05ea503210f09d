"""Files that are uploaded as pictures: made fit for a course one by one, or refused in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from werkzeug.datastructures import FileStorage

from elearn.authoring.formats.pictures import prepared, prepared_svg
from elearn.core.errors import Invalid
from elearn.courses.limits import course_limits
from elearn.web.messages import sentence, sentence_for

MOST_AT_ONCE = 20  # each takes up to a second to be read and written anew
_SHOWN_NAME = 80


@dataclass(frozen=True, slots=True)
class Good:
    """A picture for a course. name: as its file was called; suffix: with its dot."""

    name: str
    content: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """refused, notes: sentences that begin with the name of the file."""

    good: list[Good] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def prepared_files(files: Iterable[FileStorage]) -> Prepared:
    """What of these files a course can have. Takes time: call it before `saving()`."""
    done = Prepared()
    sent = [file for file in files if file.filename]
    for file in sent[:MOST_AT_ONCE]:
        name = file.filename or ""
        try:
            picture, notes = _one(name, file.read())
        except Invalid as refusal:
            done.refused.append(f"{name[:_SHOWN_NAME]}: {sentence_for(refusal)}")
        else:
            done.good.append(picture)
            done.notes.extend(f"{name[:_SHOWN_NAME]}: {sentence(note)}" for note in notes)
    if len(sent) > MOST_AT_ONCE:
        done.refused.append(sentence("pictures-at-once", {"most": MOST_AT_ONCE}))
    return done


def _one(name: str, content: bytes) -> tuple[Good, tuple[str, ...]]:
    limits = course_limits()
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Good(name, prepared_svg(content, limits), ".svg"), ()
    picture = prepared(content, limits)
    return Good(name, picture.content, picture.suffix), picture.notes
