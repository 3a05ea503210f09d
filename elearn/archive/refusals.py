"""What backup and restore refuse, as the one sentence that the operator reads."""


class Refused(Exception):
    """Nothing was changed; the text says why and what to do. It never reaches a web page."""
