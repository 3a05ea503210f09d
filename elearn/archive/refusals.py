"""What backup and restore refuse, as the one sentence that the operator reads."""


class Refused(Exception):
    """Nothing was changed; the text says why and what to do. It never reaches a web page."""


def reason(fault: BaseException) -> str:
    """What a database or a system says of a fault, on one line."""
    said = str(getattr(fault, "orig", None) or getattr(fault, "strerror", None) or fault)
    return (said.splitlines() or [type(fault).__name__])[0].rstrip(".")


def row_refused(table: str, why: str) -> Refused:
    return Refused(f"{table}: the database refuses what the archive holds ({why}).")
