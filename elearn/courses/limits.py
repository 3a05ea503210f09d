"""How much a course may hold on this site."""

from flask import current_app

from elearn.coursepack.limits import Limits


def course_limits() -> Limits:
    """The limits of the operator's settings."""
    settings = current_app.config["SETTINGS"]
    return Limits(
        files=settings.course_files,
        total_bytes=settings.course_mb * 1024 * 1024,
        file_bytes=settings.course_file_kb * 1024,
        text_bytes=settings.course_text_kb * 1024,
        depth=settings.course_depth,
    )
