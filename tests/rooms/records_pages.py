"""What the tests of the pages about records begin with."""

from elearn.accounts.models import Person
from elearn.core.db import db, saving
from tests.conftest import person_id

NIP = "198501012010012001"
ENGLISH = {"Accept-Language": "en"}
LONG = "Dr. Hj. Raden Ayu Siti Nurhaliza Kusumawardhani Prawiroatmodjo, S.Sos., M.Si."


def change_siti(**values: object) -> None:
    with saving():
        siti = db.session.get_one(Person, person_id("siti"))
        for name, value in values.items():
            setattr(siti, name, value)


def in_english(client):
    """The same browser after a touch on "English"; for a stranger the browser's wish is enough."""
    client.get("/language/en")
    return client
