"""How a letter leaves: by SMTP, or into a folder of `.eml` files where no server is set."""

import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete

from elearn.core.config import Settings, write_once
from elearn.core.db import db
from elearn.core.outbox import Letter, Mail
from elearn.core.text import tidy

FOLDER = "mail"  # in the data folder
_TIMEOUT_SECONDS = 30
_FOR_GOOD = range(500, 600)  # answers of a server that will not change its mind

Post = Callable[[Letter, EmailMessage], None]


class Refused(Exception):
    """The letter was not taken, but may be later."""


class RefusedForGood(Exception):
    """The letter was not taken and never will be."""


class Unsure(Exception):
    """The connection broke while the letter was handed over: it may have left."""


def message(letter: Letter, settings: Settings, now: datetime) -> EmailMessage:
    """The letter as mail: plain text, in UTF-8.

    Raises RefusedForGood for an address that cannot be one.
    """
    host = urlsplit(settings.site_url).hostname or "localhost"
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"] = Address(addr_spec=letter.recipient)
        mail["From"] = Address(
            _header(settings.site_name), addr_spec=settings.smtp_from or f"elearn@{host}"
        )
    except (ValueError, IndexError) as fault:
        raise RefusedForGood(f"not an address: {type(fault).__name__}") from None
    mail["Subject"] = _header(letter.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{letter.id}.{letter.created_at:%Y%m%d%H%M%S}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"  # no out-of-office answers, please
    mail.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    return mail


def _header(text: str) -> str:
    """The text as one line, and nothing but text: the library would take apart an encoded word
    (=?utf-8?q?...?=) that somebody typed, with the line breaks in it, which begin further headers.
    """
    return tidy(text).replace("=?", "= ?")


def post_for(settings: Settings) -> Post:
    """How letters leave on this machine."""
    return _by_smtp(settings) if settings.smtp_host else _into_folder(settings)


def _into_folder(settings: Settings) -> Post:
    def post(letter: Letter, mail: EmailMessage) -> None:
        """A private file (mode 600), whole or not at all."""
        name = _file_name(letter.id, letter.created_at)
        write_once(settings.data / FOLDER / name, mail.as_bytes())

    return post


def _file_name(number: int, created_at: datetime) -> str:
    return f"{_stamp(created_at)}-{number}.eml"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d-%H%M%S}"


def forget_letters(person_id: int) -> None:
    """Delete every letter to this person, and its file where letters leave into the folder."""
    query = delete(Mail).where(Mail.person_id == person_id).returning(Mail.id, Mail.created_at)
    for number, created_at in db.session.execute(query).all():
        (_folder() / _file_name(number, created_at)).unlink(missing_ok=True)


def forget_files(before: datetime) -> int:
    """Delete files of letters that were written before then; how many."""
    old = [file for file in _folder().glob("*.eml") if file.name < _stamp(before)]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data
    return folder / FOLDER


def _by_smtp(settings: Settings) -> Post:
    def post(_letter: Letter, mail: EmailMessage) -> None:
        """A connection for each letter: what one has broken does not keep the next one back."""
        try:
            server = _connected(settings)
        except (OSError, smtplib.SMTPException) as fault:
            raise Refused(_words(fault)) from None
        with server:
            try:
                server.send_message(mail)
            except smtplib.SMTPNotSupportedError as fault:  # an address of letters it cannot write
                raise RefusedForGood(_words(fault)) from None
            except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
                for_good = _code(fault) in _FOR_GOOD
                raise (RefusedForGood if for_good else Refused)(_words(fault)) from None
            except OSError as fault:  # smtplib's own, too: the server hung up
                raise Unsure(_words(fault)) from None

    return post


def _connected(settings: Settings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    where = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=_TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=_TIMEOUT_SECONDS)
    if settings.smtp_security == "starttls":
        server.starttls(context=context)
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password)
    return server


def _code(fault: smtplib.SMTPException) -> int:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return int(next(iter(fault.recipients.values()))[0])
    return int(getattr(fault, "smtp_code", 0))


def _words(fault: Exception) -> str:
    """What happened, without what the server said: that may name the address."""
    code = _code(fault) if isinstance(fault, smtplib.SMTPException) else 0
    return f"{type(fault).__name__} {code}" if code else type(fault).__name__
