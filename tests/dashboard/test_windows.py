"""A window's value is the sum of its months, however they were reported, or a gap that says why."""

from copy import copy
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.locale import words
from dashboard.locale.periods import window_name
from dashboard.queries.months import is_finer, read_window, window_of, year_earlier
from dashboard.queries.paths import Known, Step, shortest, way
from dashboard.queries.values import Value
from dashboard.queries.windows import values

D = "demonstration"
MONTHS = 36


def stated(start, end, number, *, qualifier="exact", conflict=False, n=1):
    value = Value(
        1, "job_fairs", "620702", "_T", f"{start}", number, None, None, "A", qualifier, conflict,
        "reported" if n == 7 else "summed", n, 7, "",
    )  # fmt: skip
    return Step(start, end, "value", value)


@st.composite
def reported(draw):
    """Months' numbers, and some of the sums that offices report of them."""
    months = draw(st.lists(st.integers(0, 900), min_size=MONTHS, max_size=MONTHS))
    spans = [(m, m + n) for n in (1, 3, 6, 12) for m in range(0, MONTHS, n)]
    spans += [(year, year + n) for year in range(0, MONTHS, 12) for n in range(1, 13)]
    shown = draw(st.lists(st.sampled_from(spans), unique=True, max_size=30))
    return months, [stated(a, b, float(sum(months[a:b])), n=7) for a, b in shown]


@given(reported(), st.integers(0, MONTHS - 1), st.integers(1, MONTHS))
def test_steps_add_up_to_the_months_of_the_window(case, first, n):
    months, steps = case
    end = min(first + n, MONTHS)
    known = Known()
    for step in steps:
        known.add(step.start, step.end, partial(copy, step))
    for found in (way(known, first, end), shortest(steps, first, end)):
        if found:
            assert sum(sign * s.value.obs_value for sign, s in found) == sum(months[first:end])
    if not found and all(any(s[:2] == (m, m + 1) for s in steps) for m in range(first, end)):
        pytest.fail("every month is known, and the window is not")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([stated(0, 9, 9.0, n=7), stated(0, 6, 5.0, n=7)], 4.0),
        ([stated(0, 9, 9.0, n=7, qualifier="about"), stated(0, 6, 5.0, n=7)], 4.0),
        ([stated(0, 9, 9.0, n=7), stated(0, 6, 5.0, n=7, qualifier="about")], None),
        ([stated(6, 8, 2.0, n=7), stated(8, 9, 3.0, n=7, qualifier="about")], 5.0),
        ([stated(6, 8, 2.0, n=7), stated(8, 9, 3.0, n=7, conflict=True)], None),
        ([stated(6, 8, 2.0, n=7), stated(8, 9, 3.0, n=6)], None),
    ],
    ids=["difference", "from inexact", "less inexact", "weakest", "conflict", "county missing"],
)
def test_what_may_be_added_and_taken_off(steps, expected):
    found = shortest(steps, 6, 9)
    assert (sum(sign * s.value.obs_value for sign, s in found) if found else None) == expected


def test_windows_are_written_as_in_an_address():
    window = read_window("2019-04..2023-03")
    assert (str(window), window.n_months, str(year_earlier(window))) == (
        "2019-04..2023-03", 48, "2018-04..2022-03",
    )  # fmt: skip
    assert read_window("2023-03..2019-04") is None
    assert read_window("2019-13..2023-03") is None
    assert is_finer("2019-04-15..2023-03-31")
    assert not is_finer("2019-04..2023-03")
    assert str(window_of("2024-Q3", "ytd")) == "2024-01..2024-09"
    assert str(window_of("2024-S2")) == "2024-07..2024-12"


def test_windows_are_called_as_offices_call_them():
    zh, en = words("zh"), words("en")
    names = {
        "2024-04..2024-06": ("2024年二季度", "Q2 2024"),
        "2024-01..2024-09": ("2024年1—9月", "Jan–Sep 2024"),
        "2023-01..2023-12": ("2023年", "2023"),
        "2019-04..2023-03": ("2019年4月—2023年3月", "Apr 2019 – Mar 2023"),
        "2024-05..2024-05": ("2024年5月", "May 2024"),
    }
    for text, name in names.items():
        window = read_window(text)
        assert (window_name(window, zh), window_name(window, en)) == name


def test_a_window_of_quarters_in_the_small_vintage(con):
    spans = [read_window(t) for t in ("2023-04..2024-03", "2024-04..2024-06", "2024-02..2024-06")]
    found = values(con, D, "condolence_fund", ("620702", "620721", "150300"), spans)
    said = {
        (w.value.ref_area, str(w.window)): (w.value.obs_value, w.value.reason, len(w.steps))
        for w in found.values()
    }
    assert said == {
        ("620702", "2023-04..2024-03"): (690_000.0, "", 4),
        ("620702", "2024-04..2024-06"): (90_000.0, "", 1),
        ("620702", "2024-02..2024-06"): (None, "not_derivable", 0),
        ("620721", "2023-04..2024-03"): (140_000.0, "", 4),
        ("620721", "2024-04..2024-06"): (None, "not_reported", 1),
        ("620721", "2024-02..2024-06"): (None, "not_reported", 0),
    }


def test_a_stock_is_the_last_count_inside(con):
    windows = (read_window("2023-03..2023-12"),)  # counts of 3, 3 and 2
    [found] = values(con, D, "issues_overdue", ("620725",), windows).values()
    assert (found.value.obs_value, found.value.time_period) == (2.0, "2023-03..2023-12")
