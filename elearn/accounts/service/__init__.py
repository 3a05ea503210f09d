"""What changes persons, credentials, the library tree and the ways in."""

from elearn.accounts.service.administrators import one_stays
from elearn.accounts.service.credentials import (
    change_password,
    make_reset,
    use_reset,
)
from elearn.accounts.service.organisers import OrganiserWords, add_organiser
from elearn.accounts.service.people import (
    Details,
    add_member,
    add_person,
    change_details,
    end_membership,
)
from elearn.accounts.service.privacy import forget, sweep_uploads
from elearn.accounts.service.roles import end_grant, grant
from elearn.accounts.service.tree import (
    add_node,
    place,
)
from elearn.accounts.service.ways_in import (
    join_as_new_person,
    join_with_account,
    make_invitation,
    make_setup_code,
    register,
    registration,
    set_up,
)

__all__ = [
    "Details",
    "OrganiserWords",
    "add_member",
    "add_node",
    "add_organiser",
    "add_person",
    "change_details",
    "change_password",
    "end_grant",
    "end_membership",
    "forget",
    "grant",
    "join_as_new_person",
    "join_with_account",
    "make_invitation",
    "make_reset",
    "make_setup_code",
    "one_stays",
    "place",
    "register",
    "registration",
    "set_up",
    "sweep_uploads",
    "use_reset",
]
