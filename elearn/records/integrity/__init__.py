"""What can be wrong with the rows of this room, for `elearn db check`."""

from elearn.records.integrity import activities, evidence, sheets, transcripts

PARTS = (sheets.PART, activities.PART, evidence.PART, transcripts.PART)
