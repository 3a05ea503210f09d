"""A site and a desk for the tests of questions."""

import pytest

from tests.rooms.authoring_bank import desk_at, one_site


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    with one_site(sqlite_template, tmp_path_factory.mktemp("questions")) as application:
        yield application


@pytest.fixture
def desk(site):
    return desk_at(site)
