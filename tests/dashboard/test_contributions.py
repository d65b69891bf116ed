"""Contributions add up to the change; areas in one window only change nothing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.queries.comparison import known_change
from dashboard.queries.contributions import (
    Comparison,
    Explanation,
    by_area,
    of_sum,
)
from dashboard.queries.dimensions import by_dimension
from dashboard.queries.months import read_window, window_of, year_earlier
from dashboard.queries.rates import Counted, shifts
from dashboard.queries.values import Value

D = "demonstration"


def asked(indicator, period, area="620700", measure="value", breakdown="_T"):
    now = window_of(period, measure)
    return Comparison(D, indicator, area, now, year_earlier(now), breakdown)


def valued(area, number, qualifier="exact", low=None, high=None, *, method="reported", n=1, of=1):
    return Value(
        1, "condolence_fund", area, "_T", "2024-Q1", number, low, high, "A", qualifier, False,
        method if number is not None else "", n, of, "" if number is not None else "not_reported",
    )  # fmt: skip


amounts = st.one_of(st.none(), st.floats(0, 1e8))
counties = st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8)


def summed(rows):
    """A city's value over the counties that have one."""
    known = [number for number in rows if number is not None]
    return valued(
        "city", sum(known) if known else None, method="summed", n=len(known), of=len(rows)
    )


def explained(rows):
    now, before = (summed(column) for column in zip(*rows, strict=True))
    pairs = {
        f"{n}": (valued(f"{n}", a, n=a is not None), valued(f"{n}", b, n=b is not None))
        for n, (a, b) in enumerate(rows)
    }
    return divided(now, before, pairs)


def divided(now, before, pairs):
    """Divide a change, after dating what is compared with a year earlier."""
    earlier = {code: (a, b._replace(time_period="2023-Q1")) for code, (a, b) in pairs.items()}
    return of_sum(Explanation(now, before._replace(time_period="2023-Q1")), earlier)


@given(counties)
def test_contributions_add_up_to_the_change(rows):
    found = explained(rows)
    both = [(a, b) for a, b in rows if a is not None and b is not None]
    if not both:
        assert (found.change, found.refused) == (None, "no_value")
        return
    whole = sum(p.effect for p in found.parts) + found.rest
    size = sum(a + b for a, b in both)
    assert math.isclose(whole, found.change.difference, rel_tol=1e-9, abs_tol=1e-9 * size)
    assert math.isclose(found.change.now, sum(a for a, _ in both), rel_tol=1e-9)
    assert [p.effect for p in found.parts] == sorted((p.effect for p in found.parts), reverse=True)


@given(counties, st.floats(0, 1e8), st.booleans())
def test_an_area_present_in_one_year_only_changes_nothing(rows, number, now):
    found = explained(rows)
    more = explained([*rows, (number, None) if now else (None, number)])
    assert [p.effect for p in more.parts] == [p.effect for p in found.parts]
    if found.change:
        assert more.change.difference == pytest.approx(
            found.change.difference, rel=1e-9, abs=1e-9 * (found.change.now + found.change.before)
        )
    assert str(len(rows)) in dict(more.apart)


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(1, 1e6), st.floats(1, 1e6)),
        min_size=1,
        max_size=8,
    )
)
def test_a_rate_is_divided_without_a_remainder(rows):
    shift = shifts({f"{n}": Counted(*row) for n, row in enumerate(rows)}, 100.0)
    above, above_before, below, below_before = (sum(c) for c in zip(*rows, strict=True))
    assert shift.now == 100 * above / below
    assert shift.before == 100 * above_before / below_before
    divided = sum(e.own + e.mix for e in shift.effects.values())
    size = sum(abs(e.own) + abs(e.mix) for e in shift.effects.values())
    assert math.isclose(divided, shift.now - shift.before, rel_tol=1e-9, abs_tol=1e-9 * size)


def test_two_counties_whose_rates_stay_move_the_city_by_their_weights_alone():
    shift = shifts({"a": Counted(30, 10, 40, 20), "b": Counted(10, 15, 40, 60)}, 100.0)
    own = [round(e.own, 9) for e in shift.effects.values()]
    mix = [round(e.mix, 9) for e in shift.effects.values()]
    # 25 of 80 are 31.25 %, 40 of 80 are 50 %; a went from a quarter to half of the veterans
    assert (shift.before, shift.now) == (31.25, 50.0)
    assert own == [10.9375 + 4.6875 - 6.25, 0.0]
    assert mix == [round(e, 9) for e in (0.25 * (62.5 - 40.625), -0.25 * (25 - 40.625))]


def test_the_city_is_explained_by_the_counties_in_both_years(con):
    found = by_area(con, asked("condolence_fund", "2024-Q1"))
    assert (found.change.now, found.change.before, found.change.n_areas) == (627_000, 585_000, 6)
    assert [(p.code, round(p.effect)) for p in found.parts] == [
        ("620702", 15_000), ("620700-00", 10_000), ("620722", 10_000), ("620724", 7_000),
        ("620721", 0), ("620723", 0),
    ]  # fmt: skip
    assert [(code, v.reason) for code, v in found.apart] == [("620725", "not_reported")]
    assert (found.rest, found.refused) == (0.0, "")


def test_inexact_values_are_compared_where_their_bounds_tell():
    about_22 = valued("a", 22.0, "about", 20.9, 23.1)
    assert known_change(about_22, valued("a", 20.0)).exact is False
    assert known_change(about_22, valued("a", 21.0)) is None
    assert known_change(valued("a", 22.0, "about"), valued("a", 1.0)) is None


def test_an_area_whose_direction_nobody_knows_stands_apart():
    city = [valued("city", n, "about", low, high, method="summed", n=2, of=2)
            for n, low, high in ((32.0, 30.9, 33.1), (26.0, 26.0, 26.0))]  # fmt: skip
    pairs = {
        "a": (valued("a", 22.0, "about", 20.9, 23.1), valued("a", 21.0)),
        "b": (valued("b", 10.0), valued("b", 5.0)),
    }
    found = divided(*city, pairs)
    assert (found.change.difference, found.change.n_areas, found.change.exact) == (5.0, 1, True)
    assert [p.code for p in found.parts] == ["b"]
    assert [code for code, _ in found.apart] == ["a"]


def test_a_figure_of_the_city_itself_leaves_a_rest():
    pairs = {"a": (valued("a", 6.0), valued("a", 5.0)), "b": (valued("b", None), valued("b", 1.0))}
    found = divided(valued("city", 12.0), valued("city", 10.0), pairs)
    assert (found.change.difference, found.parts[0].effect, found.rest) == (2.0, 1.0, 1.0)


def test_a_county_is_compared_and_not_divided(con):
    found = by_area(con, asked("condolence_fund", "2024-Q1", "620702"))
    assert (found.change.difference, found.parts, found.refused) == (15_000.0, (), "")


def test_windows_of_any_length_are_explained(con):
    windows = [read_window(t) for t in ("2023-10..2024-06", "2023-01..2023-09")]
    found = by_area(con, Comparison(D, "condolence_fund", "620700", *windows))
    assert [(p.code, round(p.effect)) for p in found.parts] == [
        ("620700-00", -45_000), ("620722", -50_000), ("620723", -50_000), ("620724", -53_000),
        ("620702", -185_000),
    ]  # fmt: skip


def test_the_parts_of_a_dimension_leave_a_rest(con):
    [dimension] = by_dimension(con, asked("condolence_fund", "2024-Q1"))
    found = dimension.explanation
    assert (dimension.name, dimension.overlapping) == ("对象", False)
    assert [(p.code, p.effect) for p in found.parts] == [("recipient:部队", 30_000.0)]
    assert round(found.rest) == 42_000 - 30_000
    assert by_dimension(con, asked("recruits_sent", "2024-Q1")) == ()
