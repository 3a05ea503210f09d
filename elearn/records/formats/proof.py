"""The public check for programs: everything that an outsider needs to check a record alone.

What the fields mean and how they are checked: docs/verifying-a-record.md.
"""

from datetime import datetime
from typing import Any

from elearn.records import rules
from elearn.records.formats import signature
from elearn.records.rules import transcript


def proof(
    payload: str,
    signed: str,
    public_key: str,
    holder: dict[str, Any] | None,
    standing: rules.Standing,
    checked_at: datetime,
) -> dict[str, Any]:
    """The contents of /verify/<code>.json. `holder` is rules.published_holder, None when erased."""
    return {
        "format": rules.FORMAT,
        "signed": payload,
        "signature": signed,
        "key": key(public_key),
        "holder": holder,
        "state": {
            "value": standing.state,
            "since": standing.since.isoformat(),
            "reason": standing.reason,
        },
        "checked_at": checked_at.isoformat(),
    }


def transcript_proof(
    payload: str, signed: str, public_key: str, checked_at: datetime
) -> dict[str, Any]:
    """The contents of /verify/transcript/<code>.json."""
    return {
        "format": transcript.FORMAT,
        "signed": payload,
        "signature": signed,
        "key": key(public_key),
        "checked_at": checked_at.isoformat(),
    }


def key(public_key: str) -> dict[str, str]:
    """A public key under its name, raw and as openssl reads it."""
    return {
        "id": signature.key_id(public_key),
        "algorithm": signature.ALGORITHM,
        "public": public_key,
        "pem": signature.public_pem(public_key),
    }
