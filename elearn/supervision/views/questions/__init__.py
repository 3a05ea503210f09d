"""The questions of the office: their list, and one page each, with its files."""

from elearn.supervision.views.questions import pages

__all__ = ["pages"]
