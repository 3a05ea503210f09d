"""Writing courses."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    # Writing courses
    "page-old": _l(
        "You have signed in again since this page was opened, so nothing was saved. What you "
        "typed is still here: look at it, and press Save."
    ),
    "lesson-missing": _l("This lesson is not in the draft. Perhaps it was moved or deleted."),
    "lesson-unreadable": _l(
        "The head of the lesson's file cannot be read (line %(line)s): %(why)s"
    ),
    "draft-question-missing": _l(
        "This question is not in the draft. Perhaps somebody has deleted it."
    ),
    "picture-missing": _l("This picture is not in the draft."),
    "picture-used": _l(
        "%(picture)s was not deleted: texts show it, as listed below. Take it out there first."
    ),
    "pictures-many": _l("The pictures of a course may have %(most)s MB in all. Delete some first."),
    "pictures-at-once": _l("At most %(most)s pictures are taken at a time. Send the others again."),
    "review-missing": _l(
        "This link leads to no draft. Perhaps it has ended: ask whoever sent it for a new one."
    ),
    "review-over": _l(
        "This draft has been published or discarded: it takes no comments and no links any more."
    ),
    "comment-missing": _l("This comment is not there. Perhaps its place was deleted meanwhile."),
    "draft-missing": _l("This draft does not exist, or it is not yours to write at."),
    "draft-moved": _l(
        "Somebody else has saved something in this draft since you opened this page. Look at what "
        "would be published now, then publish."
    ),
    "draft-faulty": _l("There are problems that keep this draft from being published."),
    "draft-ended": _l(
        "This draft has been published or discarded meanwhile. What you typed was not saved; "
        "copy it, and begin a new draft of the course."
    ),
    "slug-taken": _l(
        "Another course has the name %(slug)s in its address. Choose another name; "
        "if the course is yours, open it under “My courses”."
    ),
    "author-missing": _l("Nobody with the rights of an author has this username, NIP or e-mail."),
    "author-published": _l("Who has published a version of this course stays one of its authors."),
    "author-last": _l("A course keeps at least one author."),
    "upload-empty": _l("Choose a zip file or a folder."),
    "upload-no-course": _l(
        "There is no readable course.yml at the top of what you sent, so it is not known which "
        "course it is. Nothing was changed."
    ),
    "upload-unfit": _l("This cannot be taken in. Nothing was changed. %(reason)s"),
    "edition-lower": _l(
        "The unit %(key)s has edition %(edition)s, but edition %(former)s is published. "
        "An edition never goes down."
    ),
    "organiser-unknown": _l(
        "No organiser %(organiser)s is known on this day. Add it first, or correct course.yml."
    ),
    # Pasted texts and pictures of authors
    "paste-too-large": _l(
        "This is more than 1 MB and was not pasted. Paste it in parts, without its pictures."
    ),
    "paste-pictures": _l("Pictures were left out. Upload each one and say what it shows."),
    "paste-media": _l("Video, sound and embedded pages were left out. Put a link in their place."),
    "paste-links": _l("Links within the document or to files were left out; their words are here."),
    "paste-form-fields": _l("Fields and buttons of a form were left out."),
    "paste-scripts": _l("Program code of the page (scripts) was left out."),
    "paste-styles": _l("Fonts, colours and sizes were left out: the course has its own look."),
    "paste-formulas": _l("Formulas were left out. Write them as text or as a picture."),
    "paste-comments": _l("Comments of reviewers were left out."),
    "paste-changes": _l("Text that was deleted with tracked changes was left out."),
    "paste-hidden": _l("Hidden text was left out."),
    "paste-struck": _l(
        "Text that was struck through stands here as plain text. Delete it if it is out of date."
    ),
    "paste-raised": _l("Some raised or lowered letters stand on the line now. Check them."),
    "paste-merged-cells": _l(
        "Merged cells of a table were divided, each with the same text. Check the table."
    ),
    "paste-cells": _l("Paragraphs and lists within a cell of a table became one line."),
    "paste-table-large": _l("A table was too large and became paragraphs. Divide it."),
    "paste-numbers": _l("A numbered list that did not begin at 1 begins at 1 now."),
    "picture-empty": _l("This file is empty. Choose the picture again."),
    "picture-kind": _l(
        "This file is not a picture that can be used. Use JPEG, PNG, GIF, WebP or SVG."
    ),
    "picture-heic": _l(
        "This is a HEIC photo, as iPhones take them. Save it as JPEG and upload it again: in "
        "the phone's settings choose Camera, Formats, Most Compatible, or send the photo to "
        "yourself by e-mail."
    ),
    "picture-pixels": _l(
        "This picture has %(width)s x %(height)s pixels. At most %(most_million)s million can "
        "be read; make it smaller and upload it again."
    ),
    "picture-broken": _l(
        "This picture is damaged or cut off. Save it again and upload it once more."
    ),
    "picture-bytes": _l("This drawing is larger than %(most_kib)s KB. Simplify it."),
    "picture-svg": _l(
        "This SVG drawing cannot be used because of %(found)s (line %(line)s). Save it as plain"
        " SVG, without script, style and links to the outside."
    ),
    "picture-first-frame": _l("This picture moves; only its first frame was taken."),
}
