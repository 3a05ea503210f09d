"""The questions that an office asks of its people, by the name that stands in their addresses."""

from enum import StrEnum


class Question(StrEnum):
    """In the order in which they are listed."""

    STARTED = "started"
    FINISHED = "finished"
    JP = "jp"
    LATE = "late"
    UNTRAINED = "untrained"
    GAIN = "gain"
    WAITING = "waiting"
    CONTACT = "contact"
    GAIN_BY_PART = "gain-by-part"  # a second view of the gain


class Target(StrEnum):
    """Which people the question of JP is about, those that need something first."""

    SHORT = "short"
    REACHED = "reached"
    NONE = "none"  # nothing is expected of them
    ALL = "all"
