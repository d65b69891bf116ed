"""A pivot's totals are the coarser questions' answers, and add up where there is no such answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.queries.explore import Chosen
from dashboard.queries.pivot import CHOSEN, Rule, _over_areas, pivot
from dashboard.queries.rows import rows
from dashboard.queries.values import Value

D = "demonstration"
PARTS = ("620700-00", *(f"6207{n}" for n in ("02", "21", "22", "23", "24", "25")))
MONEY = Chosen(D, ("condolence_fund",), PARTS, ("_T",), "2024-Q1", "2024-Q3")


def figures(found, *areas):
    periods = found.members["period"]
    return {
        area: [
            getattr(found.cells.get(("condolence_fund", "_T", area, p)), "obs_value", "no cell")
            for p in periods
        ]
        for area in areas
    }


def test_the_total_of_all_parts_is_the_parents_own_value(con):
    found = pivot(con, MONEY)
    assert found.members["area"] == (*PARTS, "620700")
    assert found.members["period"] == ("2024-Q1", "2024-Q2", "2024-Q3", "2024+")
    assert found.totals == {
        "620700": PARTS,
        "2024+": ("2024-Q1", "2024-Q2", "2024-Q3"),
    }
    assert figures(found, "620700", "620702", "620721") == {
        "620700": [627_000, 280_000, 939_000, 1_846_000],
        "620702": [220_000, 90_000, 330_000, 640_000],
        "620721": [40_000, None, 66_000, None],
    }


def test_some_of_the_parts_are_added_up_and_counted(con):
    found = pivot(con, MONEY._replace(areas=("620702", "620725", "620721")))
    some = f"620700{CHOSEN}"
    assert found.members["area"] == ("620702", "620721", "620725", some)
    assert figures(found, some) == {some: [260_000, 110_000, 484_000, 640_000]}
    total = found.cells["condolence_fund", "_T", some, "2024-Q1"]
    assert (total.n_reported, total.n_expected, total.series_id) == (2, 3, 0)
    assert found.cells["condolence_fund", "_T", some, "2024-Q3"].qualifier == "about"


def test_periods_that_do_not_begin_the_year_are_added_all_or_none(con):
    found = pivot(con, MONEY._replace(first="2024-Q2", areas=("620702", "620721")))
    assert figures(found, "620702", "620721") == {
        "620702": [90_000, 330_000, 420_000],
        "620721": [None, 66_000, None],
    }
    assert found.cells["condolence_fund", "_T", "620721", "2024+"].reason == "incomplete"


def test_a_stock_is_the_last_one(con):
    found = pivot(con, MONEY._replace(indicators=("issues_overdue",), first="2024-Q2"))
    value = found.cells["issues_overdue", "_T", "620722", "2024+"]
    assert value.obs_value == 2


def test_the_year_so_far_has_no_totals_of_periods(con):
    found = pivot(con, MONEY._replace(measure="ytd"))
    assert found.members["period"] == ("2024-Q1", "2024-Q2", "2024-Q3")


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_totals_are_what_the_coarser_question_answers(con, data):
    quarters = [f"{year}-Q{n}" for year in (2023, 2024) for n in (1, 2, 3, 4)]
    first, last = sorted(data.draw(st.lists(st.sampled_from(quarters), min_size=2, max_size=2)))
    codes = ("condolence_fund", "recruits_sent", "job_fairs", "issues_overdue")
    indicators = data.draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
    chosen = MONEY._replace(first=first, last=last, indicators=tuple(indicators))
    found = pivot(con, chosen)
    for (indicator, _, area, period), value in found.cells.items():
        if area == "620700" and period not in found.totals:
            (own,) = rows(con, D, (indicator,), (area,), (period,))
            assert value == own
        several = [p for p in quarters if first <= p <= last and p[:4] == period.rstrip(CHOSEN)]
        if period in found.totals and several[0].endswith("Q1"):
            (year,) = rows(con, D, (indicator,), (area,), (several[-1],), "ytd")
            assert value.obs_value == year.obs_value


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=8))
def test_a_rate_is_rebuilt_from_sums_and_lies_between_its_parts(pairs):
    def value(indicator, area, number):
        return Value(1, indicator, area, "_T", "2024", number, None, None, "A", "exact", False,
                     "reported", 1, 1, "")  # fmt: skip

    areas = tuple(str(n) for n in range(len(pairs)))
    cells = {}
    for area, (n, d) in zip(areas, pairs, strict=True):
        for indicator, number in (("n", n), ("d", d), ("rate", 100 * n / d)):
            cells[indicator, "_T", area, "2024"] = value(indicator, area, number)
    rule = Rule("rate", "ratio", "n", "d", 100.0)
    found = _over_areas(cells, ("rate", "_T", "all", "2024"), areas, rule)
    assert found is not None
    above, below = (sum(pair[k] for pair in pairs) for k in (0, 1))
    assert found.obs_value == pytest.approx(100 * above / below)
    rates = [100 * n / d for n, d in pairs]
    assert min(rates) - 1e-9 <= found.obs_value <= max(rates) + 1e-9 * max(1, max(rates))
    assert found.n_reported == len(pairs)
