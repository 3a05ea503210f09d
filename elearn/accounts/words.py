"""What a person is told of codes that somebody else has made for her."""

from datetime import datetime

from elearn.accounts.queries.ways_in import WayIn
from elearn.core.i18n import gettext as _
from elearn.core.i18n import moment


def way_in_in_words(way: WayIn, now: datetime) -> str:
    """Who made it and when, and what became of it; times in the reader's zone."""
    by = _("%(name)s, %(post)s", name=way.by, post=way.post) if way.post else way.by
    made = _(
        "A code for a new password was made for you by %(name)s on %(moment)s.",
        name=by or _("this site itself"),
        moment=moment(way.made_at),
    )
    return f"{made} {_what_became(way, now)}"


def _what_became(way: WayIn, now: datetime) -> str:
    if way.used_at is not None:
        return _("It was used on %(moment)s.", moment=moment(way.used_at))
    if way.until > now:
        return _("It was not used yet and works until %(moment)s.", moment=moment(way.until))
    return _("It was not used and works no more.")
