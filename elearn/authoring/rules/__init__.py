"""What an author does to a course folder, as pure functions over its files.

Files: path in the course folder -> bytes. Changes: path -> new bytes, or None for a file that goes.
"""

from collections.abc import Mapping

Files = Mapping[str, bytes]
Changes = dict[str, bytes | None]
