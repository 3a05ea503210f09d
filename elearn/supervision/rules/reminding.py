"""How often somebody may be reminded."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from elearn.core.clock import day_in
from elearn.supervision.rules.period import begins_at


class Channel(StrEnum):
    """How a supervisor reached somebody."""

    WHATSAPP = "whatsapp"
    MAIL = "mail"
    PHONE = "phone"
    VISIT = "visit"


# What is written is a reminder, and a second one within days is a nuisance. Who was called or
# visited has been talked with: that happened, and is noted whenever it did.
REMINDERS = (Channel.WHATSAPP, Channel.MAIL)


def next_reminder_on(last_at: datetime | None, days: int, zone: str) -> date | None:
    """The first day on which the person may be reminded again; None when nobody has yet.

    days: between two reminders at least, from the office's policy. Days are those of the calendar
    in the person's zone: who wrote on a Monday at noon may write on the next Monday morning. A talk
    counts as well.
    """
    return None if last_at is None else day_in(last_at, zone) + timedelta(days=days)


def reminded_since(today: date, days: int, zone: str) -> datetime:
    """Who was contacted at this moment or later may not be reminded on that day.

    It says of many what `next_reminder_on` says of one, by the calendar of one zone.
    """
    return begins_at(today - timedelta(days=days - 1), zone)
