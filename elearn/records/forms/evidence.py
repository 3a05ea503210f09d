"""A paper or photo that is sent as evidence."""

from typing import Any

from flask_wtf.file import FileField

from elearn.records.formats.evidence import LONG_SIDE, MOST_BYTES, Prepared, prepared


class EvidenceField(FileField):
    """A file, judged by its content; with js/photo.js on its page a photo is sent small."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        shown = {"accept": "image/jpeg,image/png,application/pdf", "data-long-side": LONG_SIDE}
        super().__init__(*args, render_kw=shown, **kwargs)

    def prepared(self) -> Prepared | None:
        """What was sent, ready to be kept; None when no file was chosen. Raises Invalid.

        A photo takes up to a second to be read and written anew: call it before `saving()`.
        """
        if self.data is None or not self.data.filename:
            return None
        return prepared(self.data.read(MOST_BYTES + 1))
