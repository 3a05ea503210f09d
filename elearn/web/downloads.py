"""Files that are made for whoever asks: to be kept by the reader, and by nothing on the way."""

from collections.abc import Iterable

from flask import Response


def attachment(content: bytes | str | Iterable[bytes], mimetype: str, name: str) -> Response:
    """The content as a file. name: with its ending; letters, digits, dots and hyphens."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
