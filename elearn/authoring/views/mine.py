"""My courses: what is being written, and what is published."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.queries import OpenDraft
from elearn.authoring.views.blueprint import bp
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.courses.rules import Outline
from elearn.learning import queries as learning
from elearn.web.guard import requires
from elearn.web.session import actor


@dataclass(frozen=True, slots=True)
class Published:
    """A published course as the list shows it. draft: its open one."""

    outline: Outline
    language: str
    gaps: Mapping[str, int]  # language -> translations that are behind their source
    learners: int  # on its newest version
    earlier: int  # on older ones
    draft: OpenDraft | None

    @property
    def title(self) -> str:
        return self.outline.words[self.language].title


@bp.get("/")
@requires(Action.AUTHORING_DRAFT_WRITE)
def mine() -> ResponseReturnValue:
    drafts = queries.drafts_for(actor())
    return render_template("authoring/mine.html", drafts=drafts, published=_published(drafts))


def _published(drafts: list[OpenDraft]) -> list[Published]:
    own = queries.slugs_for(actor())
    outlines = [outline for outline in courses.newest_of_all() if outline.slug in own]
    studying = learning.learners_by_version(outline.course_id for outline in outlines)
    open_drafts = {draft.slug: draft for draft in drafts}
    return [
        Published(
            outline=outline,
            language=outline.language_for(page_language()),
            gaps=Counter(language for unit in outline.units for language in unit.outdated),
            learners=studying[outline.course_id].get(outline.version_id, 0),
            earlier=sum(
                count
                for version_id, count in studying[outline.course_id].items()
                if version_id != outline.version_id
            ),
            draft=open_drafts.get(outline.slug),
        )
        for outline in outlines
    ]
