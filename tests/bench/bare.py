"""The bare page: what Flask, one SELECT, a signed session and a template cost by themselves.

A second application in the same server process, with tables of its own and none of the
product's hooks, so that the reference does not become slower when the product does.
"""

from pathlib import Path

from flask import Flask, render_template, session
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LINKS = 30

_BASE = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/static/app.css"></head>
<body>
<header><a href="{{ url_for("page") }}">elearn</a></header>
<main>{% block content %}{% endblock %}</main>
<footer><p>{{ session["name"] }}</p></footer>
</body>
</html>
"""
_PAGE = """{% extends "base.html" %}
{% block title %}{{ row.title }}{% endblock %}
{% block content %}
<h1>{{ row.title }}</h1>
{% for paragraph in row.text.split("\\n") %}
<p>{{ paragraph }}</p>
{% endfor %}
<ul>
{% for number in range(links) %}
<li><a href="{{ url_for("page", part=number) }}">{{ row.title }}, {{ number }}</a></li>
{% endfor %}
</ul>
{% endblock %}
"""
_SENTENCE = "Sebuah halaman dengan teks yang cukup panjang untuk dibaca beberapa menit. "
_TEXT = "\n".join([_SENTENCE * 9] * 23)


class _Base(DeclarativeBase):
    pass


_db = SQLAlchemy(model_class=_Base)


class Text(_db.Model):
    """What the bare page shows."""

    __tablename__ = "bare_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    text: Mapped[str]


class Note(_db.Model):
    """What the bare write adds."""

    __tablename__ = "bare_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    writer: Mapped[int]
    text: Mapped[str]


def bare_app(scratch: Path, database_url: str) -> Flask:
    """The reference as an application, on the same kind of database as the product.

    database_url: the product's. On SQLite a file of its own is made in the scratch folder, else
    two tables beside the product's, until `dropped`.
    """
    if database_url.startswith("sqlite"):
        database_url = f"sqlite:///{scratch / 'bare.sqlite'}"
    app = Flask("bare")
    app.config.update(
        SECRET_KEY="the bare page signs its sessions with this",
        SESSION_COOKIE_NAME="bare",
        SQLALCHEMY_DATABASE_URI=database_url,
    )
    app.jinja_loader = DictLoader({"base.html": _BASE, "page.html": _PAGE})
    _db.init_app(app)
    with app.app_context():
        _db.create_all()
        if _db.session.get(Text, 1) is None:
            _db.session.add(Text(id=1, title="Halaman", text=_TEXT))
            _db.session.commit()
        _db.session.remove()
        _db.engine.dispose()  # connections must not cross a fork

    @app.get("/enter")
    def enter():
        session.update(text=1, name="Siti Aminah, S.IP.")
        return "", 204

    @app.get("/page")
    def page():
        row = _db.session.scalars(select(Text).where(Text.id == session["text"])).one()
        return render_template("page.html", row=row, links=LINKS)

    @app.post("/note")
    def note():
        _db.session.add(Note(writer=session["text"], text="one durable row"))
        _db.session.commit()
        return {"saved": True}

    return app


def drop(database_url: str) -> None:
    """Take the two tables away again."""
    engine = create_engine(database_url)
    _Base.metadata.drop_all(engine)
    engine.dispose()
