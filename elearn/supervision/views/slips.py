"""Slips of paper that let somebody in: where to go, as whom, the code, and what to do then."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from elearn.accounts.rules import shown_code
from elearn.core.i18n import force_locale, moment
from elearn.core.i18n import gettext as _
from elearn.records.formats.qr import QrCode, qr_code
from elearn.records.printing import site_host, site_url


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a slip is."""

    full_name: str
    login: str
    language: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed, in its reader's language; the code is kept nowhere."""

    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    code: str
    notes: tuple[str, ...]
    qr_label: str


def slip_for(reader: Reader, code: str, until: datetime) -> Slip:
    with force_locale(reader.language):
        return Slip(
            language=reader.language,
            title=_("Way in for %(name)s", name=reader.full_name),
            facts=(
                (_("Open this address"), f"{site_host()}{url_for('accounts.reset')}"),
                (_("Username, NIP or e-mail"), reader.login),
            ),
            code=shown_code(code),
            notes=(
                _(
                    "Choose a password of your own there. The code works once, until %(moment)s.",
                    moment=moment(until, reader.time_zone),
                ),
                _("Give this paper to nobody. If you did not ask for it, tell your office."),
            ),
            qr_label=_("The page on which the code is typed"),
        )


def page_of_codes() -> str:
    """The address of the page on which every code is typed."""
    return f"{site_url()}{url_for('accounts.reset')}"


def qr_of_codes() -> QrCode:
    return qr_code(page_of_codes())
