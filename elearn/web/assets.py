"""Style sheets, scripts and pictures: read once, named by their content, answered from memory.

Why not a folder and WhiteNoise: docs/decisions/003-static-files.md.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import brotli
from flask import Flask, has_request_context, request
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/static/"
# One sheet on a learner's page: each further request costs a round trip on a slow phone.
SHEETS = {
    "app.css": ("tokens", "base", "components", "print"),
    "author.css": ("author",),  # beside app.css, where courses are written
    "office.css": ("office",),  # beside app.css, where people are overseen
}
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}


class Asset:
    """One file: its bytes, its address, and its compressed forms when they are first wanted."""

    def __init__(self, name: str, content: bytes) -> None:
        stem, dot, ending = name.rpartition(".")
        self.content = content
        self.etag = hashlib.sha256(content).hexdigest()[:12]
        self.path = f"{PREFIX}{stem}.{self.etag}{dot}{ending}"
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.content_type = TYPES.get(f".{ending}", guessed)

    @cached_property
    def brotli(self) -> bytes:
        return bytes(brotli.compress(self.content))

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.content, mtime=0)

    def body(self, accepted: str) -> tuple[str, bytes]:
        """The smallest form that the browser takes, with the name of its encoding."""
        wanted = parse_accept_header(accepted)
        forms = [("identity", self.content)]
        forms += [("gzip", self.gzip)] if wanted["gzip"] else []
        forms += [("br", self.brotli)] if wanted["br"] else []
        return min(forms, key=lambda form: len(form[1]))


def register_assets(app: Flask) -> None:
    """Read the files, give Jinja `asset("app.css")`, and answer /static/ in front of the app."""
    assets = _assets()
    by_path = {asset.path: asset for asset in assets.values()}
    app.extensions["elearn-assets"] = assets

    def asset(name: str) -> str:
        """Address of a static file. KeyError for a name that does not exist."""
        root = request.script_root if has_request_context() else ""
        return root + assets[name].path

    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = _answering(by_path, app.wsgi_app)  # type: ignore[method-assign,assignment]


def _answering(by_path: dict[str, Asset], inner: "WSGIApplication") -> "WSGIApplication":
    """In front of the app, so that no session, cookie or query can come to hang on a file."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return inner(environ, start_response)
        return _response(by_path, Request(environ))(environ, start_response)

    return answer


def _response(by_path: dict[str, Asset], request: Request) -> Response:
    asset = by_path.get(request.path)
    if asset is None:
        missing = {**HEADERS, "Cache-Control": "no-store"}
        return Response("Not found\n", 404, missing, content_type="text/plain; charset=utf-8")
    if request.method not in ("GET", "HEAD"):
        return Response(status=405, headers={**HEADERS, "Allow": "GET, HEAD"})
    encoding, body = asset.body(request.headers.get("Accept-Encoding", ""))
    response = Response(body, headers=HEADERS, content_type=asset.content_type)
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    response.set_etag(f"{asset.etag}-{encoding}")
    return response.make_conditional(request)


@cache
def _assets() -> dict[str, Asset]:
    """By logical name. A process that makes several applications reads and compresses once."""
    return {name: Asset(name, content) for name, content in _found()}


def _found() -> Iterable[tuple[str, bytes]]:
    """(logical name, bytes) of every file that pages may ask for."""
    root = files("elearn.web") / "static"
    for sheet, names in SHEETS.items():
        parts = [(root / "css" / f"{name}.css").read_text(encoding="utf-8") for name in names]
        yield sheet, _tightened("\n".join(parts)).encode("utf-8")
    for folder in root.iterdir():
        if folder.is_dir() and folder.name != "css":
            yield from _below(folder, f"{folder.name}/")


def _below(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        elif not entry.name.startswith("."):
            yield prefix + entry.name, entry.read_bytes()


def _tightened(css: str) -> str:
    """Our own style sheets without comments and spaces: a seventh less to send."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,])\s*|(?<=:) ", r"\1", css).replace(";}", "}").strip()
