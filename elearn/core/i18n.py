"""Languages: sentences, dates, numbers and sizes as the reader's language writes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, g, has_app_context
from flask_babel import Babel, LazyString, get_translations
from flask_babel import force_locale as _force_in_library
from markupsafe import escape

from elearn.core import clock

__all__ = ["LANGUAGES", "force_locale", "gettext", "lazy_gettext", "ngettext"]

# Language codes with their own names, the product's first language first.
LANGUAGES = {"id": "Indonesia", "en": "English"}
DEFAULT_LANGUAGE = "id"

_babel = Babel()
_catalogues: dict[str, NullTranslations] = {}  # by language; a page has some sixty sentences
_NO_CATALOGUE = NullTranslations()
_forced: ContextVar[str | None] = ContextVar("forced_language", default=None)


def register_i18n(app: Flask) -> None:
    """Tell Flask-Babel where the sentences are and put the filters into Jinja."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT_LANGUAGE)
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    _babel.init_app(app, locale_selector=page_language)
    app.jinja_env.install_gettext_callables(
        gettext=lambda text: _catalogue().gettext(text),
        ngettext=lambda one, many, count: _catalogue().ngettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["language_name"] = language_name
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        clock=clock_time,
        size=size,
        duration=duration,
        percent=percent,
        number=number,
    )


def gettext(text: str, /, **values: Any) -> str:
    """The sentence in the reader's language, with the values in their places."""
    found = _catalogue().gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
    """The sentence for this number in the reader's language."""
    return _catalogue().ngettext(one, many, num) % {"num": num, **values}


class _Sentence(LazyString):
    """Words, not HTML: the library lets them into a page unescaped, with whatever is in them."""

    def __html__(self) -> str:
        return escape(str(self))


def lazy_gettext(text: str, /, **values: Any) -> LazyString:
    """A sentence that is put into the reader's language when it is shown."""
    return _Sentence(gettext, text, **values)


_NAMES = {"id": lazy_gettext("Indonesian"), "en": lazy_gettext("English")}


def language_name(language: str) -> str:
    """What the reader calls a language: Bahasa Inggris; its code where the product has no name."""
    return str(_NAMES.get(language, language))


@contextmanager
def force_locale(language: str) -> Iterator[None]:
    """Inside, sentences, dates and numbers are of this language."""
    before = _forced.set(language)
    try:
        with _force_in_library(language):
            yield
    finally:
        _forced.reset(before)


def _catalogue() -> NullTranslations:
    """Sentences of the present language; of none, outside the application."""
    if not has_app_context():
        return _NO_CATALOGUE
    language = _language()
    found = _catalogues.get(language)
    if found is None:
        with _force_in_library(language):
            found = _catalogues[language] = get_translations()
    return found


def page_language() -> str:
    """The language of this request; the session room sets it, the default is Indonesian."""
    return str(g.get("language", DEFAULT_LANGUAGE))


def _zone() -> str:
    return str(g.get("time_zone", clock.DEFAULT_ZONE)) if g else clock.DEFAULT_ZONE


def _language() -> str:
    """The present language. Flask-Babel's own way asks the request four times, and a page with a
    table asks two hundred times."""
    return _forced.get() or (page_language() if has_app_context() else DEFAULT_LANGUAGE)


def day(value: date | datetime, zone: str | None = None) -> str:
    """2 Maret 2026; 2 March 2026. An instant is read in the reader's zone unless one is given."""
    if isinstance(value, datetime):
        value = clock.day_in(value, zone or _zone())
    return _date(value, _language())


@lru_cache(maxsize=4000)
def _date(value: date, language: str) -> str:
    """Kept: a list has fifty dates, many of them alike, and the library takes one to pieces."""
    return format_date(value, "d MMMM y", locale=language)


def clock_time(value: datetime, zone: str | None = None) -> str:
    """10.42 WIB; 10:42 WIB."""
    zone = zone or _zone()
    local = value.astimezone(ZoneInfo(zone))
    mark = "." if _language() == "id" else ":"
    return f"{local:%H}{mark}{local:%M} {clock.zone_name(zone)}"


def moment(value: datetime, zone: str | None = None) -> str:
    """2 Maret 2026 pukul 10.42 WIB; 2 March 2026, 10:42 WIB."""
    between = " pukul " if _language() == "id" else ", "
    return day(value, zone) + between + clock_time(value, zone)


def number(value: float | Decimal) -> str:
    """1.234,5; 1,234.5."""
    if isinstance(value, int) and -1000 < value < 1000:
        return str(value)  # the same in every language, and a hundred of them on some pages
    return format_decimal(value, locale=_language())


def percent(value: int) -> str:
    """26 %, with a space that does not break."""
    return f"{value}\u00a0%"


def duration(minutes: int) -> str:
    """About 12 minutes; about 10 hours. Zero is said in minutes, too."""
    if minutes < 2 * 60:
        return ngettext("about %(num)d minute", "about %(num)d minutes", minutes)
    return ngettext("about %(num)d hour", "about %(num)d hours", round(minutes / 60))


def size(byte_count: int) -> str:
    """14 KB; 1,2 MB. Powers of ten, as mobile data is sold."""
    kilobytes = max(1, round(byte_count / 1000))
    if kilobytes < 1000:
        return f"{kilobytes}\u00a0KB"
    return f"{number(round(byte_count / 1_000_000, 1))}\u00a0MB"
