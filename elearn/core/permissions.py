"""Who may do what: one table, one function.

`may(actor, action)` asks whether the act is the actor's anywhere (the view guard asks this);
`may(actor, action, owner_id=...)` asks about one thing that belongs to a person.
The doors in `queries` put the same answer into the WHERE of each statement.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    LEARNER = "learner"
    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    ACCOUNTS_PROFILE_CHANGE = "accounts:profile:change"
    ACCOUNTS_PEOPLE_MANAGE = "accounts:people:manage"
    AUTHORING_DRAFT_WRITE = "authoring:draft:write"
    AUTHORING_DRAFT_REVIEW = "authoring:draft:review"
    COURSES_VERSION_PUBLISH = "courses:version:publish"
    LEARNING_COURSE_STUDY = "learning:course:study"
    QUIZZES_ATTEMPT_TAKE = "quizzes:attempt:take"
    QUIZZES_ATTEMPT_GRANT = "quizzes:attempt:grant"
    QUIZZES_QUESTION_CORRECT = "quizzes:question:correct"
    RECORDS_RECORD_READ = "records:record:read"
    RECORDS_RECORD_REVOKE = "records:record:revoke"


class Reach(StrEnum):
    OWN = "own"  # only what belongs to the actor
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


@dataclass(frozen=True, slots=True)
class SessionUser:
    """The signed-in person, as far as every page needs: loaded with one query a request."""

    person_id: int
    generation: int
    full_name: str
    language: str
    time_zone: str
    actor: Actor
    since: int = 0  # seconds since the epoch: when this session or kept sign-in began
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Person, generation and beginning: raising the generation ends every session."""
        return f"{self.person_id}.{self.generation}.{self.since}"


_EVERY_ROLE_OWN = dict.fromkeys(Role, Reach.OWN)

TABLE: dict[Action, dict[Role, Reach]] = {
    Action.ACCOUNTS_PROFILE_CHANGE: _EVERY_ROLE_OWN,
    Action.ACCOUNTS_PEOPLE_MANAGE: {Role.ADMINISTRATOR: Reach.ALL},
    Action.AUTHORING_DRAFT_WRITE: {Role.AUTHOR: Reach.OWN, Role.ADMINISTRATOR: Reach.ALL},
    Action.AUTHORING_DRAFT_REVIEW: _EVERY_ROLE_OWN,
    Action.COURSES_VERSION_PUBLISH: {Role.AUTHOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    Action.LEARNING_COURSE_STUDY: _EVERY_ROLE_OWN,
    Action.QUIZZES_ATTEMPT_TAKE: _EVERY_ROLE_OWN,
    Action.QUIZZES_ATTEMPT_GRANT: {Role.ADMINISTRATOR: Reach.ALL},
    Action.QUIZZES_QUESTION_CORRECT: {Role.AUTHOR: Reach.ALL, Role.ADMINISTRATOR: Reach.ALL},
    Action.RECORDS_RECORD_READ: _EVERY_ROLE_OWN,
    Action.RECORDS_RECORD_REVOKE: {Role.ADMINISTRATOR: Reach.ALL},
}


def may(actor: Actor, action: Action, owner_id: int | None = None) -> bool:
    """Whether the actor's roles allow the action; with owner_id, on a thing of that person."""
    if actor.person_id is None:
        return False
    for grant in actor.grants:
        reach = TABLE[action].get(grant.role)
        if reach is Reach.ALL and grant.node_id is None:
            return True
        if reach is Reach.OWN and owner_id in (None, actor.person_id):
            return True
    return False
