"""What every application of a test run would compile anew: templates, addresses, statements.

An application is made for nearly every test; both are the same each time, and compiling them takes
longer than most tests do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Map, Rule, RuleFactory


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
_maps: dict[tuple[object, ...], Map] = {}
_engines: dict[str, Engine] = {}


class _Map(Map):
    """Addresses, read and written with what the first map of the same rules has made of them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._added: list[Rule] = []
        super().__init__(*given, **named)

    def add(self, rulefactory: RuleFactory) -> None:
        self._added.extend(rulefactory.get_rules(self))
        self._remap = True

    def update(self) -> None:
        if self._remap:
            key = (*sorted(self.converters.items()), *map(_said_of, self._added))
            if key not in _maps:
                first = _maps[key] = Map(
                    converters=self.converters, host_matching=self.host_matching
                )
                for rule in self._added:
                    first.add(copy(rule))
                first.update()
            self._matcher = _maps[key]._matcher
            self._rules_by_endpoint = _maps[key]._rules_by_endpoint
            self._remap = False


def _said_of(rule: Rule) -> tuple[object, ...]:
    methods = frozenset(rule.methods or ())
    more = (rule.subdomain, rule.host, rule.strict_slashes, rule.merge_slashes, rule.build_only)
    automatic = getattr(rule, "provide_automatic_options", None)  # Flask's own mark
    return rule.rule, rule.endpoint, methods, automatic, str(rule.defaults), *more


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
        patch.setattr(Flask, "url_map_class", _Map)
        yield
