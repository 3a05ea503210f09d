"""What a door, a rule or a service refuses. The web turns each into a page, a command into a line.

`code` is `noun-state` and names a sentence in `web/messages`; `values` fill that sentence.
"""


class Problem(Exception):
    """A refusal that the reader can understand and act upon."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Missing(Problem):
    """It is not there, or not yours: the two look the same."""


class Forbidden(Problem):
    """You are known, and your roles do not include this act anywhere."""


class Conflict(Problem):
    """The thing has moved on since you looked at it."""


class Invalid(Problem):
    """What was given cannot be used."""


class TooMany(Problem):
    """Too often in too short a time."""

    def __init__(self, code: str, retry_after_seconds: int, **values: object) -> None:
        super().__init__(code, **values)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(Problem):
    """Not now; nothing was changed; try again in a moment."""
