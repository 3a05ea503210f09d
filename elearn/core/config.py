"""The operator's settings: ELEARN_* variables, one table with type, default and help.

A bad value stops the start with one sentence. The office's own rules are dated rows in the
database instead (`core/policy`).
"""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PREFIX = "ELEARN_"
SECRET_FILE = "secret-key"  # noqa: S105  (a file name)


class SettingError(Exception):
    """A setting that cannot be used; the text is the one sentence that the operator reads."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    read: Callable[[str], Any]
    help: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value came from, for `elearn settings`."""

    setting: Setting
    text: str
    value: Any
    origin: str  # "default", "environment", "command line" or "data folder"


def _text(value: str) -> str:
    return value


def _name(value: str) -> str:
    if not value:
        raise ValueError("must not be empty")
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"\d{1,12}", value) or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return read


def _switch(value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError("must be yes or no")
    return value == "yes"


def _one_of(*known: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in known:
            raise ValueError(f"must be {' or '.join(known)}")
        return value

    return read


def _words(value: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,\s]+", value) if word)


def _database(value: str) -> str:
    if not value:
        return ""
    if value.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + value.split("://", 1)[1]
    if value.startswith(("postgresql+psycopg://", "sqlite:///")):
        return value
    raise ValueError("must begin with postgresql:// or sqlite:///")


def _site_url(value: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", value):
        raise ValueError("must look like https://elearn.example.go.id, without a path")
    return value


def _mailbox(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>,;]+@[A-Za-z0-9.-]+", value):
        raise ValueError("must look like elearn@example.go.id")
    return value


def _secret(value: str) -> str:
    if value and len(value) < 32:
        raise ValueError("must be at least 32 characters long")
    return value


SETTINGS: tuple[Setting, ...] = (
    Setting("DATA", "elearn-data", _path, "folder for the database, keys and the secret"),
    Setting(
        "DATABASE_URL",
        "",
        _database,
        "PostgreSQL address; empty = SQLite in the data folder",
        secret=True,  # the address may hold a password
    ),
    Setting(
        "SECRET_KEY", "", _secret, "signs sessions; `elearn serve` makes one if empty", secret=True
    ),
    Setting("SITE_URL", "http://127.0.0.1:8000", _site_url, "public address, used in links and QR"),
    Setting("SITE_NAME", "elearn", _name, "name of the site in the header and in titles"),
    Setting("TRUSTED_HOSTS", "", _words, "host names that are answered; empty = SITE_URL's host"),
    Setting("PROXY_HOPS", "0", _number(0, 5), "trusted reverse proxies in front of the server"),
    Setting(
        "SESSION_HOURS", "12", _number(1, 720), "a session ends so many hours after signing in"
    ),
    Setting("REMEMBER_DAYS", "30", _number(1, 365), "how long 'keep me signed in' lasts"),
    Setting("UPLOAD_MB", "20", _number(1, 500), "largest request body"),
    Setting("COURSE_MB", "50", _number(1, 1000), "largest course folder or archive"),
    Setting("COURSE_FILES", "2000", _number(10, 100_000), "most files in one course"),
    Setting("COURSE_FILE_KB", "2048", _number(10, 100_000), "largest file in a course"),
    Setting("COURSE_TEXT_KB", "256", _number(10, 256), "longest text file in a course"),
    Setting("COURSE_DEPTH", "4", _number(2, 20), "folders within folders in a course, at most"),
    Setting("SMTP_HOST", "", _text, "mail server; empty = .eml files in DATA/mail"),
    Setting("SMTP_PORT", "587", _number(1, 65535), "port of the mail server"),
    Setting(
        "SMTP_SECURITY",
        "starttls",
        _one_of("starttls", "tls", "none"),
        "how the connection to it is protected: starttls, tls (port 465) or none",
    ),
    Setting("SMTP_USER", "", _text, "who signs in there; empty = nobody"),
    Setting("SMTP_PASSWORD", "", _text, "password of that user", secret=True),
    Setting("SMTP_FROM", "", _mailbox, "address that letters come from; empty = elearn@ site"),
    Setting("WORKERS", "2", _number(1, 64), "server processes of `elearn serve`"),
    Setting("THREADS", "4", _number(1, 64), "threads in each server process"),
    Setting(
        "LOG_FORMAT", "text", _one_of("text", "json"), "form of the log on stderr: text or json"
    ),
    Setting(
        "METRICS_TOKEN",
        "",
        _secret,
        "opens /metrics to who sends it; empty = no such page",
        secret=True,
    ),
    Setting("DEVELOPMENT", "no", _switch, "yes = /styleguide and template reloading"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """All settings, read once; attributes are lower-case names: settings.site_url."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = dict(sources)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.sources[name.upper()].value
        except KeyError:
            raise AttributeError(name) from None

    @property
    def database_url(self) -> str:
        given = str(self.sources["DATABASE_URL"].value)
        return given or f"sqlite:///{self.data / 'elearn.sqlite'}"

    @property
    def is_secure(self) -> bool:
        return str(self.site_url).startswith("https://")


def load(environment: Mapping[str, str] | None = None, /, **given: str) -> Settings:
    """Read every setting. `given` wins over the environment; both win over the default.

    Raises SettingError with one sentence for the first value that cannot be used, and for an
    ELEARN_ variable that no setting has (a misspelt name would otherwise be ignored).
    """
    environment = os.environ if environment is None else environment
    unknown = [n for n in environment if n.startswith(PREFIX) and n[len(PREFIX) :] not in BY_NAME]
    if unknown:
        raise SettingError(
            f"{sorted(unknown)[0]} is not a setting; `elearn settings` lists them all."
        )
    sources = {}
    for setting in SETTINGS:
        text, origin = setting.default, "default"
        if PREFIX + setting.name in environment:
            text, origin = environment[PREFIX + setting.name].strip(), "environment"
        if setting.name in given:
            text, origin = given[setting.name], "command line"
        try:
            value = setting.read(text)
        except ValueError as fault:
            shown = "" if setting.secret else f'; it is "{text}"'
            raise SettingError(f"{PREFIX}{setting.name} {fault}{shown}.") from None
        sources[setting.name] = Source(setting, text, value, origin)
    settings = Settings(sources)
    if not settings.secret_key:
        kept = kept_secret(settings.data)
        if kept:
            source = sources["SECRET_KEY"]
            settings.sources["SECRET_KEY"] = Source(source.setting, "", kept, "data folder")
    return settings


def kept_secret(data: Path) -> str:
    """The secret that an earlier start wrote into the data folder, or ''."""
    path = data / SECRET_FILE
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def keep_secret(data: Path) -> str:
    """Write a secret into the data folder, once: two starts at a time end up with the same one."""
    write_once(data / SECRET_FILE, secrets.token_urlsafe(48).encode("ascii"))
    return kept_secret(data)


def write_once(path: Path, content: bytes) -> bool:
    """Create a private file (mode 600) whole or not at all; False when it exists already.

    A temporary file and a hard link: opening with "x" lets a second process read half a key.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        return True
    finally:
        temporary.unlink(missing_ok=True)
