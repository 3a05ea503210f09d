"""Reading drafts: the doors, their files, their saves."""

from elearn.authoring.queries.checked import (
    findings_of,
    notes_of,
    problems_of,
    state_of,
)
from elearn.authoring.queries.comments import (
    Said,
    comments_of,
    comments_of_version,
    open_comments,
)
from elearn.authoring.queries.drafts import (
    OpenDraft,
    authors_of,
    drafts_for,
    may_write_at,
    open_draft_of,
    own_draft,
    own_draft_to_change,
    publishers_of,
    slugs_for,
)
from elearn.authoring.queries.files import (
    bytes_of,
    files_of,
    some_of,
    texts_of,
    tree_at,
    tree_of,
)
from elearn.authoring.queries.keys import published_keys
from elearn.authoring.queries.reviews import (
    Reviewed,
    digest_of,
    draft_under_review,
    reviews_of,
)
from elearn.authoring.queries.saves import is_saved_by_others, saves_of
from elearn.authoring.queries.versions import own_version, own_versions

__all__ = [
    "OpenDraft",
    "Reviewed",
    "Said",
    "authors_of",
    "bytes_of",
    "comments_of",
    "comments_of_version",
    "digest_of",
    "draft_under_review",
    "drafts_for",
    "files_of",
    "findings_of",
    "is_saved_by_others",
    "may_write_at",
    "notes_of",
    "open_comments",
    "open_draft_of",
    "own_draft",
    "own_draft_to_change",
    "own_version",
    "own_versions",
    "problems_of",
    "published_keys",
    "publishers_of",
    "reviews_of",
    "saves_of",
    "slugs_for",
    "some_of",
    "state_of",
    "texts_of",
    "tree_at",
    "tree_of",
]
