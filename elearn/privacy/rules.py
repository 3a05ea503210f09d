"""How long something is kept."""

from calendar import monthrange
from datetime import datetime


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier; the month's last day where it is shorter."""
    whole = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(whole, 12)
    last_day = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last_day))
