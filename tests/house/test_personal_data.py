"""Every column that refers to a person is known to its room's `personal_data` and `forget`."""

import importlib

from elearn.core.db import db
from elearn.privacy import service as privacy

# What each room says of a person, and why a column may stay after she is forgotten.
ROOMS = ("authoring", "accounts", "records", "learning", "quizzes", "supervision")


def test_every_room_with_rows_of_persons_can_show_and_forget_them():
    rooms_with_persons = {
        table.name.split("_", 1)[0]
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "accounts_person" and key.parent.name == "person_id"
    }
    assert rooms_with_persons == set(ROOMS)
    for room in ROOMS:
        service = importlib.import_module(f"elearn.{room}.service")
        assert callable(getattr(service, "forget", None)), room
        assert room in privacy.COLLECT
