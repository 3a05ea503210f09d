"""What changes persons, credentials, the library tree and the ways in."""

from elearn.accounts.service.credentials import change_password, make_reset, use_reset
from elearn.accounts.service.people import (
    Details,
    add_member,
    add_person,
    change_details,
    end_grant,
    end_membership,
    grant,
)

__all__ = [
    "Details",
    "add_member",
    "add_person",
    "change_details",
    "change_password",
    "end_grant",
    "end_membership",
    "grant",
    "make_reset",
    "use_reset",
]
