"""Who a record is for: the words, their digests, and what of them outsiders may see."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any

from elearn.core.text import normalized
from elearn.records.rules.signed_text import canonical

# The holder's fields in the digest. The last two never leave the server, only their digests do.
PUBLIC_FIELDS = ("name", "post", "institution", "nip_printed")
SECRET_FIELDS = ("nip", "person")


@dataclass(frozen=True, slots=True)
class HolderWords:
    """Who the record is for, as printed; person_id ties it to the account without naming it."""

    person_id: int
    name: str
    nip: str  # '' when there is none
    show_nip: bool
    post: str
    institution: str


def holder_values(holder: HolderWords) -> dict[str, str]:
    """The holder's fields as text, in the form that is digested."""
    values = {
        "name": holder.name,
        "post": holder.post,
        "institution": holder.institution,
        "nip_printed": "yes" if holder.show_nip else "no",
        "nip": holder.nip,
        "person": str(holder.person_id),
    }
    return {field: normalized("NFC", value) for field, value in values.items()}


def field_salt(salt: str, field: str) -> str:
    """The salt of one field. Publishing it tells nothing about the salt of another field."""
    return hmac.new(bytes.fromhex(salt), field.encode(), hashlib.sha256).hexdigest()


def field_digests(salt: str, holder: HolderWords) -> dict[str, str]:
    """SHA-256 of each field's salt and value.

    One digest over all fields would need the NIP to be checked, and a NIP with a public salt can
    be guessed: it is mostly a birth date. So each field stands for itself.
    """
    return {
        field: hashlib.sha256(f"{field_salt(salt, field)}\n{value}".encode()).hexdigest()
        for field, value in holder_values(holder).items()
    }


def holder_digest(salt: str, holder: HolderWords) -> str:
    """What the signed bytes say of the holder: SHA-256 of the canonical list of field digests."""
    return hashlib.sha256(canonical(field_digests(salt, holder)).encode()).hexdigest()


def published_holder(salt: str, holder: HolderWords) -> dict[str, Any]:
    """The holder as outsiders may check it: values and salts, but of the secret fields digests."""
    values, digests = holder_values(holder), field_digests(salt, holder)
    shown: dict[str, Any] = {
        field: {"salt": field_salt(salt, field), "value": values[field]} for field in PUBLIC_FIELDS
    }
    shown.update({field: {"digest": digests[field]} for field in SECRET_FIELDS})
    return shown


def is_same_nip(typed: str, kept: str) -> bool:
    """Whether a typed NIP is the holder's, in the same time whatever the answer."""
    given = re.sub(r"[\s.\-]", "", typed)
    return hmac.compare_digest(given.encode(), kept.encode()) and kept != ""
