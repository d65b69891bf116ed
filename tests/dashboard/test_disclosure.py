"""No file tells a count of one or two persons, nor lets it be worked out from what it shows."""

import csv
import inspect
import io
from dataclasses import replace
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import charts, exports, store
from dashboard.exports.disclosure import MOST_SHOWN, small, withheld
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.queries import choices, disclosure
from dashboard.queries.disclosure import Count, Structure
from dashboard.queries.trend import trend
from tests.dashboard.small_vintage import write_vintage

COUNTIES = ("a", "b", "c")
CITY = Structure({"city": COUNTIES, **{c: (c,) for c in COUNTIES}})


def count(area, value, first=0, last=2, breakdown="_T"):
    return Count("recruits_sent", area, breakdown, first, last, False, value)


def shown(counts, structure=CITY):
    hidden = withheld(counts, structure)
    return [None if n in hidden else c.persons for n, c in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "left"),
    [
        # one alone; 0 names nobody
        ([count("a", 2), count("b", 3), count("c", 0)], [None, 3, 0]),
        # the next smallest goes with it where the total stands beside; 0 does not
        ([count(*p) for p in (("city", 15), ("a", 2), ("b", 8), ("c", 5))], [15, None, 8, None]),
        ([count(*p) for p in (("city", 10), ("a", 2), ("b", 8), ("c", 0))], [10, None, None, 0]),
        # a county that was not asked for is told by the total and the others
        ([count(*p) for p in (("city", 15), ("a", 8), ("b", 5))], [15, 8, None]),
        # two ones, and three: whoever knows that they make two, or three, knows each of them
        ([count(*p) for p in (("city", 10), ("a", 1), ("b", 1), ("c", 8))], [10, None, None, None]),
        ([count(*p) for p in (("city", 3), ("a", 1), ("b", 1), ("c", 1))], [None] * 4),
        # the year to June, and to September: two came between
        ([count("a", 20, 0, 5), count("a", 22, 0, 8), count("a", 30, 0, 11)], [None, 22, 30]),
        ([count("a", 20, 0, 5), count("b", 22, 0, 8)], [20, 22]),
        # a part of the total leaves a rest of one
        ([count("a", 9), count("a", 8, breakdown="recipient:部队")], [9, None]),
    ],
)
def test_what_is_withheld(counts, left):
    assert shown(counts) == left


def test_what_stands_in_the_file_already_is_not_withheld_but_what_it_would_tell_is():
    """The first quarter's ten stay: to June twelve would tell the second's two."""
    counts = [count("a", 12, 0, 5), count("a", 10, 0, 2), count("a", 30, 0, 8)]
    assert withheld(counts, CITY) == {1}
    assert withheld(counts, CITY, told={1}) == {0}
    assert withheld(counts, CITY, told={0, 1}) == set()  # nothing that could be done


@pytest.mark.parametrize(("june", "hidden"), [(2, True), (5, False)])
def test_a_long_list_tells_no_small_count_between_two_of_its_sums(june, hidden):
    """Sixty counties from January to each month: more than can be looked at together."""
    areas = [f"c{n}" for n in range(60)]
    steps = {area: [5] * 12 for area in areas}
    steps["c7"][5] = june
    counts = [count(a, sum(steps[a][: m + 1]), 0, m) for a in areas for m in range(12)]
    assert len(counts) > MOST_SHOWN
    found = withheld(counts, Structure({a: (a,) for a in areas}))
    around = {n for n, c in enumerate(counts) if c.ref_area == "c7" and c.last in (4, 5)}
    assert (bool(around & found), bool(found)) == (hidden, hidden)


def test_parts_that_are_all_there_tell_each_other():
    parts = tuple(("recipient", f"recipient:{p}", None, True) for p in "甲乙丙")
    structure = Structure({}, parts)
    counts = [count("a", 20), *(count("a", v, breakdown=f"recipient:{p}")
                                for p, v in zip("甲乙丙", (2, 8, 10), strict=True))]  # fmt: skip
    assert shown(counts, structure) == [20, None, None, 10]


def solved(rows, target):
    """Whether exact elimination finds ``target`` among the sums of ``rows``."""
    pivots = []
    for row in [*rows, target]:
        row = [Fraction(x) for x in row]
        for pivot, basis in pivots:
            if row[pivot]:
                factor = row[pivot] / basis[pivot]
                row = [x - factor * y for x, y in zip(row, basis, strict=True)]
        lead = next((n for n, x in enumerate(row) if x), None)
        if lead is not None:
            pivots.append((lead, row))
    return lead is None


CELLS = st.lists(st.integers(0, 6), min_size=12, max_size=12)  # three counties, four quarters
SPANS = [(0, 0), (1, 1), (2, 2), (3, 3), (0, 1), (0, 2), (0, 3)]
PICKED = st.sets(
    st.sampled_from([(a, s, e) for a in (*COUNTIES, "city") for s, e in SPANS]), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(CELLS, PICKED)
def test_no_small_count_can_be_solved_from_what_is_shown(cells, picked):
    def form(area, start, end):
        inside = COUNTIES if area == "city" else (area,)
        return [int(c in inside and start <= q <= end) for c in COUNTIES for q in range(4)]

    def value(area, start, end):
        return sum(x * v for x, v in zip(form(area, start, end), cells, strict=True))

    wanted = sorted(picked)
    counts = [count(a, value(a, s, e), 3 * s, 3 * e + 2) for a, s, e in wanted]
    hidden = withheld(counts, CITY)
    rows = [form(*key) for n, key in enumerate(wanted) if n not in hidden]
    every = [(a, s, e) for a in (*COUNTIES, "city") for s in range(4) for e in range(s, 4)]
    told = [key for key in every if small(value(*key)) and solved(rows, form(*key))]
    assert told == []


# --- charts ---------------------------------------------------------------------------------------

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "", "版本 v1")


@pytest.fixture(scope="module")
def small_con(tmp_path_factory):
    """The small vintage, where Sunan sent two recruits, and Minle two the year before."""
    folder = write_vintage(tmp_path_factory.mktemp("few"))
    with duckdb.connect(str(store.newest(folder))) as writing:
        writing.execute("""
            update series set obs_value = 2 where indicator = 'recruits_sent'
            and (ref_area, time_period) in (('620721', '2024-Q1'), ('620722', '2023-Q1'))
        """)
    return store.open_vintage(store.newest(folder))


@pytest.fixture
def labels(con):
    return Labels(words("zh"), choices.indicators(con), choices.areas(con), choices.statuses(con))


def behind(con, chart):
    ids = [
        s - months for p in chart.points for s in p.series_ids for months in (0, disclosure.YEAR)
    ]
    counts = disclosure.counts_behind(con, ids)
    return exports.Behind(
        {(s, "value"): of for s, of in counts.items()},
        "value",
        disclosure.structure(con),
        disclosure.units_of_persons(con),
    )


def test_a_chart_without_small_counts_leaves_as_it_is(con, labels):
    values = trend(con, D, ("recruits_sent",), ("620702",), "2024-Q1", "2024-Q3")
    chart = charts.trend(values, labels, ORIGIN)
    released = exports.release(chart, behind(con, chart), words("zh"))
    assert (released.title, released.series) == (chart.title, chart.series)


def test_every_file_of_a_chart_withholds_and_says_so(small_con, labels):
    values = trend(small_con, D, ("recruits_sent",), ("620721", "620702"), "2024-Q1", "2024-Q1")
    chart = charts.trend(values, labels, ORIGIN)
    assert "2人" in [p.text for p in chart.points]
    released = exports.release(chart, behind(small_con, chart), words("zh"))
    assert [p.text for p in released.points] == ["66人", "不公布"]
    assert released.title == "输送新兵人数"
    assert "2人" not in released.alt
    [_, few] = csv.DictReader(
        io.StringIO(exports.to_csv(released, words("zh")).decode("utf-8-sig"))
    )
    assert (few["数值"], few["显示"], few["同比"], few["说明"]) == (
        "",
        "不公布",
        "",
        "不公布",
    )
    assert released.notes[-1].startswith("人数不足3人的")


def test_a_county_that_did_not_report_is_no_place_to_hide_in(tmp_path, labels):
    """A total is over those who did: less the others it would tell Sunan's two."""
    folder = write_vintage(tmp_path)
    told = {"620700": 107, "620700-00": 0, "620702": None, "620721": 2, "620722": 33,
            "620723": 30, "620724": 22, "620725": 20}  # fmt: skip
    with duckdb.connect(str(store.newest(folder))) as writing:
        for area, recruits in told.items():
            writing.execute(
                """update series set obs_value = $n where indicator = 'recruits_sent'
                   and ref_area = $area and time_period = '2024-Q1'""",
                {"n": recruits, "area": area},
            )
    con = store.open_vintage(store.newest(folder))
    values = trend(con, D, ("recruits_sent",), tuple(told), "2024-Q1", "2024-Q1")
    chart = charts.trend(values, labels, ORIGIN)
    released = exports.release(chart, behind(con, chart), words("zh"))
    hidden = [p.area for p in released.points if p.mark == "withheld"]
    assert hidden == ["肃南裕固族自治县", "山丹县"]


def test_a_change_tells_last_years_two_and_goes(small_con, labels):
    values = trend(small_con, D, ("recruits_sent",), ("620722",), "2024-Q1", "2024-Q1")
    chart = charts.trend(values, labels, ORIGIN)
    [point] = exports.release(chart, behind(small_con, chart), words("zh")).points
    assert (point.text, point.change) == ("33人", "")


def test_a_value_of_no_series_is_judged_by_its_size(con, labels):
    values = trend(con, D, ("recruits_sent",), ("620702",), "2024-Q1", "2024-Q3")
    chart = charts.trend(values, labels, ORIGIN)
    [line] = chart.series
    sizes = zip(line.points, (1, 9, 4), strict=True)
    points = tuple(replace(p, value=v, text=f"{v}人", series_id=0) for p, v in sizes)
    worked_out = replace(chart, series=(replace(line, points=points),))
    released = exports.release(worked_out, behind(con, worked_out), words("zh"))
    assert [p.value for p in released.points] == [None, 9, None]


def test_every_exporter_takes_a_released_chart_and_nothing_else():
    exporters = [getattr(exports, n) for n in exports.__all__ if n.startswith("to_")]
    assert len(exporters) >= 2
    for exporter in exporters:
        first = next(iter(inspect.signature(exporter).parameters.values()))
        assert first.annotation in ("Released", "ReleasedDossier"), exporter.__name__
