"""Where a browser may be sent next: only to a path of this site.

Judged as a browser would: it drops tabs and line breaks, and reads a backslash as a slash, so that
"/\\tevil" and "/\\\\evil" leave the site although they look like paths.
"""

import re

_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f]*")


def safe_path(target: str | None, otherwise: str = "/") -> str:
    """The target when it is a plain path of this site, else `otherwise`."""
    if target and len(target) <= 2000 and _PATH.fullmatch(target):
        return target
    return otherwise
