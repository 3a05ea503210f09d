"""Sums by group: what is shown is right, and nobody's own figures can be reckoned from it."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.supervision.rules.groups import Hidden, Sums, Table, added_up, percent, protected

SMALL = 5
MARKS = {Hidden.FEW: "few", Hidden.GUARD: "guard"}


def of(people: int) -> Sums:
    return Sums(people=people, started=people, jp=2 * people)


def drawn(table: Table) -> list[object]:
    """What a reader sees of the numbers of people, the total last."""
    cells = [group.shown for group in table.groups] + [table.total]
    return [cell.people if isinstance(cell, Sums) else MARKS[cell] for cell in cells]


@pytest.mark.parametrize(
    ("sizes", "seen"),
    [
        ([24, 31, 19], [24, 31, 19, 74]),
        ([5, 6], [5, 6, 11]),
        ([24, 4, 31, 2], [24, "few", 31, "few", 61]),
        ([24, 4, 31], ["guard", "few", 31, 59]),
        ([24, 1, 31, 2], ["guard", "few", 31, "few", 58]),
        ([6, 4, 6], ["guard", "few", 6, 16]),
        ([24, 4], ["guard", "few", 28]),
        ([0, 24, 4, 0], [0, "guard", "few", 0, 28]),
        ([0, 24, 31], [0, 24, 31, 55]),
        ([4], ["few", "few"]),
        ([4, 0], ["few", 0, "few"]),
        ([1, 2], ["few", "few", "few"]),
        ([4, 4], ["few", "few", 8]),
        ([0], [0, 0]),
        ([], [0]),
    ],
)
def test_small_groups_are_hidden_with_what_would_give_them_away(sizes, seen):
    groups = [(f"library-{place}", of(people)) for place, people in enumerate(sizes)]
    table = protected(groups, SMALL)
    assert drawn(table) == seen
    assert [group.key for group in table.groups] == [key for key, _ in groups]


def test_how_many_are_few_is_the_offices_to_say():
    assert drawn(protected([("a", of(9)), ("b", of(12)), ("c", of(30))], 10)) == [
        "few", "guard", 30, 51,
    ]  # fmt: skip


def hidden_sums(groups: list[tuple[str, Sums]], table: Table) -> Iterator[Sums]:
    for (_, sums), group in zip(groups, table.groups, strict=True):
        if isinstance(group.shown, Hidden):
            yield sums


sizes = st.lists(st.integers(0, 12), max_size=8)


@settings(max_examples=200)
@given(sizes, st.integers(1, 8))
def test_the_total_less_all_that_is_shown_is_never_one_group_nor_a_few_people(sizes, small):
    groups = [(str(place), of(people)) for place, people in enumerate(sizes)]
    table = protected(groups, small)
    hidden = list(hidden_sums(groups, table))
    for (_, sums), group in zip(groups, table.groups, strict=True):
        assert isinstance(group.shown, Hidden) or group.shown == sums
        assert isinstance(group.shown, Hidden) or not 0 < sums.people < small
        assert group.shown != Hidden.FEW or sums.people < small
    if hidden and isinstance(table.total, Sums):
        assert len(hidden) > 1
        assert sum(sums.people for sums in hidden) >= small


@given(sizes)
def test_a_guard_is_never_larger_than_a_group_that_is_shown(sizes):
    table = protected([(str(place), of(people)) for place, people in enumerate(sizes)], SMALL)
    guards = [
        people
        for people, group in zip(sizes, table.groups, strict=True)
        if group.shown == Hidden.GUARD
    ]
    shown = [
        group.shown.people
        for group in table.groups
        if isinstance(group.shown, Sums) and group.shown.people
    ]
    assert not guards or not shown or max(guards) <= min(shown)


def test_sums_of_libraries_add_up_to_those_of_their_districts():
    libraries = [
        ("sukamaju", Sums(people=6, started=5, finished=2, running=3, stuck=1, jp=20)),
        ("mekarsari", Sums(people=9, started=9, finished=9, stuck=0, jp=180)),
        ("sukamaju", Sums(people=4, started=0, finished=0, stuck=4, jp=0)),
    ]
    assert added_up(libraries) == {
        "sukamaju": Sums(people=10, started=5, finished=2, running=3, stuck=5, jp=20),
        "mekarsari": Sums(people=9, started=9, finished=9, stuck=0, jp=180),
    }


@pytest.mark.parametrize(
    ("part", "of", "share"), [(0, 7, 0), (299, 300, 99), (7, 7, 100), (1, 300, 0), (0, 0, None)]
)
def test_a_share_is_rounded_down_so_that_100_means_all(part, of, share):
    assert percent(part, of) == share
