"""The papers of the office: chosen, shown to be printed, and as PDF."""

from elearn.supervision.views.papers import pages

__all__ = ["pages"]
