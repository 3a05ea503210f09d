"""Headers and limits that every answer carries."""

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from elearn.core.config import Settings

csrf = CSRFProtect()
_compress = Compress()

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Of a picture that somebody has drawn: opened by itself, an SVG may show and nothing else.
PICTURE_POLICY = "default-src 'none'; sandbox"
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FORM_BYTES = 1_000_000  # the longest form is a quiz of long texts
_FORM_PARTS = 2_000
_PLAIN = "application/x-www-form-urlencoded"  # a form without files: %E2%80%99 for one letter


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        # A page that may show a person is kept by nobody; the back button asks again.
        response.headers["Cache-Control"] = "no-store"
    if response.mimetype == "text/html":
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def _bound_plain_form() -> None:
    """It is read in one go, whoever sends it: only the length of the whole can bound it."""
    if request.mimetype == _PLAIN:
        most = request.max_content_length or 3 * _FORM_BYTES
        request.max_content_length = min(most, 3 * _FORM_BYTES)


def register_security(app: Flask, settings: Settings) -> None:
    hosts = settings.trusted_hosts or (urlsplit(settings.site_url).hostname or "",)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=[*hosts, *(("127.0.0.1", "localhost") if not settings.is_secure else ())],
        MAX_CONTENT_LENGTH=settings.upload_mb * 1_000_000,
        MAX_FORM_MEMORY_SIZE=_FORM_BYTES,
        MAX_FORM_PARTS=_FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session: an hour loses answers
        WTF_CSRF_SSL_STRICT=settings.is_secure,
        COMPRESS_MIMETYPES=["text/html", "application/json"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_REGISTER=True,
    )
    app.before_request(_bound_plain_form)  # before the token is looked for in the form
    csrf.init_app(app)
    _compress.init_app(app)
    app.after_request(_add_headers)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
