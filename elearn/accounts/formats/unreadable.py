"""What a reader of files raises when it cannot go on."""

from elearn.accounts.rules import Fault


class Unreadable(Exception):
    """A file, or the rest of it, cannot be read; line: where, from 1."""

    def __init__(self, code: str, line: int = 1) -> None:
        super().__init__(code)
        self.fault = Fault(code)
        self.line = line
