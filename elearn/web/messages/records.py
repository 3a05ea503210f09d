"""Completion records, and what was done elsewhere."""

from flask_babel import LazyString

from elearn.core.i18n import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "record-missing": _l("No completion record has this code. Compare it with the sheet."),
    "record-not-yours": _l("This completion record does not exist, or it is not yours."),
    "record-unprintable": _l(
        "The PDF cannot show these characters: %(characters)s. Open the record as a page instead "
        "and print it from the browser."
    ),
    "record-not-in-force": _l("The record %(number)s has been replaced or revoked already."),
    "record-holder-erased": _l(
        "The holder was erased at her own wish. A new edition would bring the name back."
    ),
    "record-key-missing": _l(
        "The key file %(file)s for signing records is not in its folder. "
        "Nothing was issued; put the file back from the backup."
    ),
    "organiser-missing": _l(
        "Nobody is named as issuer (%(organiser)s) on that day. Add the organiser first."
    ),
    "transcript-missing": _l("This transcript does not exist, or it is not for you to see."),
    "transcript-unprintable": _l(
        "The PDF cannot show these characters: %(characters)s. Open the transcript as a page "
        "instead and print it from the browser."
    ),
    "activity-missing": _l("This activity does not exist, or it is not for you to see."),
    "activity-there": _l(
        "“%(title)s” of %(day)s is logged already, and it waits or counts. Look at the list."
    ),
    "activity-stands": _l("This activity waits or counts; it need not be logged again."),
    "activity-own": _l("Nobody decides about an activity of her own. Another supervisor does."),
    "activity-decided-meanwhile": _l(
        "This activity has been decided about meanwhile. Open its page to see how."
    ),
    "activity-approved-already": _l("%(by)s approved this activity on %(at)s."),
    "activity-refused-already": _l("%(by)s refused this activity on %(at)s."),
    "activity-withdrawn-already": _l("%(by)s withdrew this activity on %(at)s."),
    "activity-not-approved": _l("Only an activity that was approved can be corrected later."),
    "activities-chosen": _l("Choose at least one activity, and at most %(most)s at once."),
    "amendment-same": _l("%(jp)s JP count already. Write how many should count."),
    "category-unknown": _l("Choose what kind of activity it was."),
    "role-unknown": _l("Choose what you were in it."),
    "role-of-mentoring": _l("Mentor and mentee belong to mentoring, the other roles to the rest."),
    "text-length": _l("Write %(least)s to %(most)s characters."),
    "days-order": _l("The first day cannot be after the last day."),
    "day-to-come": _l("This day is still to come. Log the activity when it is over."),
    "year-closed": _l(
        "Only activities that ended in %(year)s or later can be logged. "
        "Ask your library office about older ones."
    ),
    "jp-range": _l("JP are whole hours from 1 to %(most)s."),
    "reason-length": _l("Write why, in %(least)s to %(most)s characters. The person reads it."),
    "evidence-missing": _l("This file does not exist any more, or it is not for you to see."),
    "evidence-needed": _l("Choose a photo of the certificate, or its PDF."),
    "evidence-empty": _l("This file is empty. Choose it once more."),
    "evidence-large": _l(
        "This file has more than %(most)s MB. Take the photo with a lower resolution, "
        "or photograph the paper instead of scanning it."
    ),
    "evidence-kind": _l(
        "This is neither a PDF nor a photo (JPEG or PNG), whatever its name says. "
        "Photograph the paper with the camera of your phone, or save the file as PDF."
    ),
    "evidence-pdf-broken": _l(
        "This PDF is cut off or damaged. Download it once more from where it came, "
        "or photograph the paper."
    ),
    "evidence-webp": _l(
        "This is a WebP picture, as browsers save them. Make a screenshot of it, "
        "or photograph the paper, and send that."
    ),
    "attendance-there": _l("This list was imported on %(at)s already. Nothing was added."),
    "attendance-changed": _l(
        "Something has changed since you looked: nothing was written. Look once more."
    ),
    "attendance-needed": _l("Choose a file, or paste the names below."),
    "attendance-empty": _l("No row of this list can be imported."),
    "attendee-unknown": _l("Nobody in your part of the library tree has this name or login."),
    "attendee-several": _l(
        "%(count)s people have this name. Add the library, or what the person signs in with."
    ),
    "attendee-self": _l("This is you. Log it yourself, and another supervisor decides."),
    "attendee-has-it": _l("This event counts or waits for this person already."),
}
