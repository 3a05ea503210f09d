"""Workbooks for tests: of rows, and with parts exchanged behind the writer's back."""

import io
import zipfile
from datetime import date, datetime

from xlsxwriter import Workbook

SHEET = "xl/worksheets/sheet1.xml"
_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}


def csv_of(*rows, separator=";"):
    return "\r\n".join(separator.join(row) for row in rows).encode("utf-8-sig")


def xlsx_of(rows, options=None, change=None):
    """Sheet 1 holds the rows; change(book, page) does what rows cannot say."""
    content = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, settings | (options or {})) as book:
        formats = {kind: book.add_format({"num_format": f}) for kind, f in _FORMATS.items()}
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(number, column, cell, formats.get(type(cell)))
        if change:
            change(book, page)
    return content.getvalue()


def part(content, name):
    """The bytes of one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read(name)


def changed(content, changes):
    """A workbook with some of its parts exchanged, added, or (None) taken out."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, body in parts.items():
            if body is not None:
                new.writestr(name, body)
    return result.getvalue()
