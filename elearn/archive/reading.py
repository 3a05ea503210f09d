"""Reading an archive: whatever is wrong with it is one sentence.

Nothing is ever unpacked to a path that the archive names: members are read by the names that this
code expects, and an archive that holds any other is refused.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from elearn.archive import manifest as manifests
from elearn.archive.manifest import KeyEntry, Manifest, NotOurs, TableEntry, TooNew
from elearn.archive.refusals import Refused, reason

_CHUNK = 1024 * 1024
_LONGEST_LINE = 256 * 1024 * 1024  # beyond the largest file of a course (ELEARN_COURSE_FILE_KB)
_LONGEST_KEY = 64 * 1024
_BROKEN = (  # zipfile raises all of these on archives that were cut, changed or made to hurt
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,  # includes NotImplementedError: encrypted or packed in an unknown way
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    MemoryError,
)

Tick = Callable[[int], object]  # so many rows or bytes are done


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened archive and its manifest."""

    path: Path
    manifest: Manifest
    _zip: zipfile.ZipFile

    def check(self, tick: Tick) -> None:
        """Read every byte and compare it with the manifest. Raises Refused when one differs."""
        with _sound(self.path):
            for table in self.manifest.tables:
                self._check_table(table, tick)
            for key in self.manifest.keys:
                self.key(key)

    def lines(self, table: TableEntry) -> Iterator[bytes]:
        """The rows of a table, a line each."""
        with _sound(self.path), self._zip.open(table.member) as member:
            # zipfile finds the ends of lines slowly.
            unpacked = io.BufferedReader(member, _CHUNK)  # type: ignore[type-var]
            while line := unpacked.readline(_LONGEST_LINE):
                yield line

    def key(self, entry: KeyEntry) -> bytes:
        """The content of a private file."""
        with _sound(self.path), self._zip.open(entry.member) as member:
            content = member.read(_LONGEST_KEY)
            if hashlib.sha256(content).hexdigest() != entry.sha256:
                raise ValueError(entry.member)
            return content

    def _check_table(self, table: TableEntry, tick: Tick) -> None:
        digest, size = hashlib.sha256(), 0
        with self._zip.open(table.member) as member:
            while chunk := member.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > table.bytes:
                    break
                tick(len(chunk))
        if (size, digest.hexdigest()) != (table.bytes, table.sha256):
            raise ValueError(table.member)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive in this file. Raises Refused, with a sentence for each way of being unusable."""
    try:
        file = path.open("rb")
    except OSError as fault:
        raise Refused(f"{path} cannot be read ({reason(fault)}).") from None
    with file:
        with _sound(path):
            packed = zipfile.ZipFile(file)
            found = Archive(path, _manifest(packed), packed)
            if sorted(packed.namelist()) != sorted(found.manifest.members):
                raise ValueError("members that the manifest does not name")
        yield found


def is_archive(path: Path) -> bool:
    """Whether the file is an archive of ours, so that a newer backup may take its place."""
    try:
        with zipfile.ZipFile(path) as packed:
            _manifest(packed)
    except TooNew:
        return True
    except _BROKEN:
        return False
    return True


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    if manifests.NAME not in packed.namelist():
        raise NotOurs(manifests.NAME)
    with packed.open(manifests.NAME) as member:
        return manifests.read(member.read(manifests.LONGEST))


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Every way in which reading can fail becomes a sentence."""
    try:
        yield
    except TooNew:
        raise Refused(
            f"{path} has a newer format than this elearn can read. Nothing was changed; "
            "install the newest elearn and restore with it."
        ) from None
    except NotOurs:
        raise Refused(f"{path} is not an elearn archive.") from None
    except _BROKEN as fault:
        raise Refused(
            f"{path} is not an elearn archive, or it is damaged ({_shown(fault)}). "
            "Nothing was changed; use another backup."
        ) from None


def _shown(fault: Exception) -> str:
    """Whatever the file says of itself, on one line and not at length."""
    return "".join(c if c.isprintable() else "?" for c in str(fault)[:120])
