"""Who may do what: one table, one function.

`may(actor, action)` asks whether the act is the actor's anywhere (the view guard asks this);
`may(actor, action, owner_id=...)` asks about one thing that belongs to a person.
The doors in `queries` put the same answer into the WHERE of each statement.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    LEARNER = "learner"
    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    ACCOUNTS_PROFILE_CHANGE = "accounts:profile:change"
    ACCOUNTS_PEOPLE_MANAGE = "accounts:people:manage"
    ACCOUNTS_TREE_MANAGE = "accounts:tree:manage"
    ACCOUNTS_WAYS_IN_MAKE = "accounts:ways-in:make"
    ADMIN_POLICY_CHANGE = "admin:policy:change"
    AUTHORING_DRAFT_WRITE = "authoring:draft:write"
    AUTHORING_DRAFT_REVIEW = "authoring:draft:review"
    COURSES_VERSION_PUBLISH = "courses:version:publish"
    LEARNING_COURSE_STUDY = "learning:course:study"
    LEARNING_PROGRESS_CORRECT = "learning:progress:correct"
    PRIVACY_DATA_READ = "privacy:data:read"
    PRIVACY_PERSON_ERASE = "privacy:person:erase"
    QUIZZES_ATTEMPT_TAKE = "quizzes:attempt:take"
    QUIZZES_ATTEMPT_GRANT = "quizzes:attempt:grant"
    QUIZZES_QUESTION_CORRECT = "quizzes:question:correct"
    RECORDS_ACTIVITY_LOG = "records:activity:log"
    RECORDS_ACTIVITY_DECIDE = "records:activity:decide"
    RECORDS_RECORD_READ = "records:record:read"
    RECORDS_RECORD_REISSUE = "records:record:reissue"
    RECORDS_RECORD_REVOKE = "records:record:revoke"
    SUPERVISION_PEOPLE_READ = "supervision:people:read"
    SUPERVISION_PERSON_REMIND = "supervision:person:remind"


class Reach(StrEnum):
    OWN = "own"  # only what belongs to the actor
    PART = "part"  # what stands under the node of the grant, on that day; the doors ask the tree
    ALL = "all"  # by a role for the whole site; one for a part of the tree reaches no further


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, for the whole site or (node_id) for one part of the library tree."""

    role: Role
    node_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as far as rights go. Loaded once a request; never a database row."""

    person_id: int | None
    grants: frozenset[Grant] = frozenset()

    @property
    def is_known(self) -> bool:
        return self.person_id is not None


NOBODY = Actor(None)
# Whoever has a shell on the machine can do everything to the database anyway; the log says nobody.
OPERATOR = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))


@dataclass(frozen=True, slots=True)
class SessionUser:
    """The signed-in person, as far as every page needs: loaded with one query a request."""

    person_id: int
    generation: int
    full_name: str
    language: str
    time_zone: str
    actor: Actor
    text_since: date | None = None  # when the office's text on personal data last changed
    since: int = 0  # seconds since the epoch: when this session or kept sign-in began
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Person, generation and beginning: raising the generation ends every session."""
        return f"{self.person_id}.{self.generation}.{self.since}"


_EVERY_ROLE_OWN = dict.fromkeys(Role, Reach.OWN)
_ADMINISTRATORS = {Role.ADMINISTRATOR: Reach.ALL}
_SUPERVISORS = {Role.SUPERVISOR: Reach.PART, Role.ADMINISTRATOR: Reach.ALL}

TABLE: dict[Action, dict[Role, Reach]] = {
    Action.ACCOUNTS_PROFILE_CHANGE: _EVERY_ROLE_OWN,
    Action.ACCOUNTS_PEOPLE_MANAGE: _ADMINISTRATORS,
    Action.ACCOUNTS_TREE_MANAGE: _ADMINISTRATORS,
    Action.ACCOUNTS_WAYS_IN_MAKE: _SUPERVISORS,
    Action.ADMIN_POLICY_CHANGE: _ADMINISTRATORS,
    Action.AUTHORING_DRAFT_WRITE: {Role.AUTHOR: Reach.OWN, Role.ADMINISTRATOR: Reach.ALL},
    Action.AUTHORING_DRAFT_REVIEW: _EVERY_ROLE_OWN,
    Action.COURSES_VERSION_PUBLISH: {Role.AUTHOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    Action.LEARNING_COURSE_STUDY: _EVERY_ROLE_OWN,
    Action.LEARNING_PROGRESS_CORRECT: _SUPERVISORS,
    Action.PRIVACY_DATA_READ: _EVERY_ROLE_OWN,
    Action.PRIVACY_PERSON_ERASE: {**_EVERY_ROLE_OWN, Role.ADMINISTRATOR: Reach.ALL},
    Action.QUIZZES_ATTEMPT_TAKE: _EVERY_ROLE_OWN,
    Action.QUIZZES_ATTEMPT_GRANT: _SUPERVISORS,
    Action.QUIZZES_QUESTION_CORRECT: {Role.AUTHOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    Action.RECORDS_ACTIVITY_LOG: _EVERY_ROLE_OWN,
    Action.RECORDS_ACTIVITY_DECIDE: _SUPERVISORS,
    Action.RECORDS_RECORD_READ: _EVERY_ROLE_OWN,
    Action.RECORDS_RECORD_REISSUE: _ADMINISTRATORS,
    Action.RECORDS_RECORD_REVOKE: _ADMINISTRATORS,
    Action.SUPERVISION_PEOPLE_READ: _SUPERVISORS,
    Action.SUPERVISION_PERSON_REMIND: _SUPERVISORS,
}


def may(actor: Actor, action: Action, owner_id: int | None = None) -> bool:
    """Whether the actor's roles allow the action; with owner_id, on a thing of that person.

    A role for a part of the tree says yes to "anywhere?" only: who belongs to the part on a day is
    the tree's to say (`accounts.queries.reach`).
    """
    if actor.person_id is None:
        return False
    for grant in actor.grants:
        reach = TABLE[action].get(grant.role)
        if reach is Reach.ALL and grant.node_id is None:
            return True
        if reach is Reach.OWN and owner_id in (None, actor.person_id):
            return True
        if reach is Reach.PART and grant.node_id is not None and owner_id is None:
            return True
    return False


def is_everywhere(actor: Actor, action: Action) -> bool:
    """Whether the action is the actor's on the whole site, whatever the tree says."""
    return actor.person_id is not None and any(
        TABLE[action].get(grant.role) is Reach.ALL and grant.node_id is None
        for grant in actor.grants
    )


def parts(actor: Actor, action: Action) -> frozenset[int]:
    """Numbers of the nodes under which the actor may do this by a role for a part."""
    return frozenset(
        grant.node_id
        for grant in actor.grants
        if grant.node_id is not None and TABLE[action].get(grant.role) is Reach.PART
    )
