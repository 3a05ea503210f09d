"""What every application of a test run would compile anew: templates, addresses, statements.

An application is made for nearly every test; both are the same each time, and compiling them takes
longer than most tests do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule


class _Templates(BytecodeCache):
    """Compiled templates by name and content, as Jinja keeps them on a disk."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code


_templates = _Templates()
_rules: dict[tuple[object, ...], Rule] = {}
_engines: dict[str, Engine] = {}


class _Rule(Rule):
    """What reads an address, and what writes it, depends on the words of the rule alone."""

    def compile(self) -> None:
        if self.defaults:
            super().compile()
            return
        key = (self.rule, self.subdomain, self.host, self.merge_slashes)
        if key not in _rules:
            super().compile()
            _rules[key] = self
            return
        first = _rules[key]
        self._parts, self._trace, self._converters = first._parts, first._trace, first._converters
        self.arguments = set(first.arguments)
        self._build = first._build.__func__.__get__(self)  # type: ignore[attr-defined]
        self._build_unknown = first._build_unknown.__func__.__get__(self)  # type: ignore[attr-defined]


def with_templates_kept(app: Flask) -> Flask:
    app.jinja_env.bytecode_cache = _templates
    return app


def with_statements_kept(engine: Engine) -> None:
    """A compiled statement belongs to a dialect: all databases of a kind have that of the first."""
    first = _engines.setdefault(engine.name, engine)
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


@contextmanager
def addresses_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "url_rule_class", _Rule)
        yield
