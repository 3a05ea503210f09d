"""How much a course may hold on this site."""

from elearn.core.config import Settings
from elearn.coursepack.limits import Limits


def limits_of(settings: Settings) -> Limits:
    """The limits of the operator's settings."""
    return Limits(
        files=settings.course_files,
        total_bytes=settings.course_mb * 1024 * 1024,
        file_bytes=settings.course_file_kb * 1024,
        text_bytes=settings.course_text_kb * 1024,
        depth=settings.course_depth,
    )


def course_limits() -> Limits:
    """The limits of the site that is running."""
    from flask import current_app  # here: who checks a folder has no site, and needs no Flask

    return limits_of(current_app.config["SETTINGS"])
