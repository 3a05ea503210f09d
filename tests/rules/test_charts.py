"""Column charts: the picture says what the numbers say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.charts import Columns, columns
from elearn.supervision.formats.chart import (
    MonthCount,
    jp_columns,
    progress_parts,
    year_columns,
)
from elearn.supervision.rules.groups import Sums
from elearn.supervision.rules.year import jp_counts


@pytest.mark.parametrize(
    ("highest", "scale"),
    [
        (0, [0, 1, 2]), (2, [0, 1, 2]), (3, [0, 2, 4]), (5, [0, 5, 10]), (10, [0, 5, 10]),
        (11, [0, 10, 20]), (41, [0, 50, 100]), (1200, [0, 1000, 2000]), (2001, [0, 2000, 4000]),
    ],
)  # fmt: skip
def test_the_scale_is_in_round_numbers_with_room_for_the_highest_column(highest, scale):
    chart = columns([("Jan", [("done", highest)])], slot_count=1)
    assert [number for number, _ in chart.scale] == scale
    assert [y for _, y in chart.scale] == [Columns.base, 60, Columns.top]


def test_a_chart_of_nothing_has_a_scale_and_no_columns():
    chart = columns([], slot_count=12)
    assert (chart.slots, chart.line_x) == ((), None)
    assert [number for number, _ in chart.scale] == [0, 1, 2]


rows = st.lists(
    st.lists(st.tuples(st.sampled_from(["done", "current"]), st.integers(0, 5000)), min_size=1, max_size=3),
    max_size=12,
)  # fmt: skip


@settings(max_examples=100)
@given(rows)
def test_columns_are_as_high_as_their_numbers_and_beside_each_other(rows):
    chart = columns([(str(place), parts) for place, parts in enumerate(rows)], slot_count=12)
    highest, top_y = chart.scale[-1]
    right = float(Columns.left)
    for parts, slot in zip(rows, chart.slots, strict=True):
        assert [(column.kind, column.value) for column in slot.columns] == parts
        for column in slot.columns:
            exact = (Columns.base - top_y) * column.value / highest
            assert column.height == pytest.approx(max(exact, 1) if column.value else 0, abs=0.01)
            assert column.y + column.height == pytest.approx(Columns.base)
            assert column.x >= right - 0.02
            right = column.x + column.width
        assert slot.columns[0].x < slot.middle < right
    assert right <= Columns.right


def test_a_year_that_is_not_over_leaves_room_for_the_months_to_come():
    chart = year_columns([MonthCount("Jan", 42, 0), MonthCount("Feb", 31, 12)])
    assert [slot.name for slot in chart.slots] == ["Jan", "Feb"]
    assert [(c.kind, c.value) for c in chart.slots[1].columns] == [("current", 31), ("done", 12)]
    assert chart.slots[1].middle == Columns.left + 1.5 * (Columns.right - Columns.left) / 12


@pytest.mark.parametrize(
    ("target", "kinds", "line_x"),
    [(20, ["plain"] * 5 + ["done"], 274.0), (1, ["plain", "done"], 182.0), (None, ["plain"] * 6, None)],
)  # fmt: skip
def test_a_line_stands_before_those_who_have_reached_the_target(target, kinds, line_x):
    chart = jp_columns(jp_counts({0: 7, 3: 2, 40: 5}, target), target)
    assert [slot.columns[0].kind for slot in chart.slots] == kinds
    assert chart.line_x == line_x
    assert sum(slot.columns[0].value for slot in chart.slots) == 14


def test_classes_of_jp_are_named_in_numbers():
    chart = jp_columns(jp_counts({}, 20), 20)
    assert [slot.name for slot in chart.slots] == ["0", "1–5", "6–10", "11–15", "16–19", "20+"]


def test_the_bar_of_a_group_leaves_room_for_who_has_not_begun():
    sums = Sums(people=24, finished=9, running=11, stuck=3)
    assert progress_parts(sums) == (("done", 9), ("current", 11), ("stuck", 3))
