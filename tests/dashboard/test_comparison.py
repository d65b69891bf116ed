"""Comparisons that offices mean: on the period before, to date, like quarters, like areas."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from dashboard import charts, exports
from dashboard.charts.panels import limits
from dashboard.exports.pptx.markers import markers_of
from dashboard.queries.annotations import Annotation
from dashboard.queries.comparison import compared
from dashboard.queries.periods import between, period_before
from dashboard.queries.trend import trend
from dashboard.queries.values import Value
from dashboard.ui.figures import figure

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
COUNTIES = ("620702", "620721", "620722", "620723", "620724", "620725")


@given(st.integers(1990, 2090), st.sampled_from(("A", "S2", "Q4", "M12")), st.data())
def test_the_period_before_is_the_one_that_precedes_it(year, last, data):
    end = str(year) if last == "A" else f"{year}-{last}"
    start = str(year - 1) if last == "A" else f"{year - 1}-{last[0]}{1:0{len(last) - 1}d}"
    periods = between(start, end)
    n = data.draw(st.integers(1, len(periods) - 1))
    assert period_before(periods[n]) == periods[n - 1]


def test_a_first_quarter_is_compared_with_the_fourth_of_the_year_before(con):
    values = trend(
        con, D, ("condolence_fund",), ("620702",), "2024-Q1", "2024-Q2", against="previous"
    )
    assert [(v.change.before, v.change.now) for v in values] == [
        (90_000, 220_000), (220_000, 90_000),
    ]  # fmt: skip


def test_the_period_before_counts_the_areas_that_are_in_both(con):
    [row] = trend(
        con, D, ("condolence_fund",), ("620700",), "2024-Q1", "2024-Q1", against="previous"
    )
    # Shandan is silent in 2024-Q1: its 2.5 万元 of 2023-Q4 are left out of 30.5
    assert (row.change.now, row.change.before, row.change.n_areas) == (627_000, 280_000, 6)


def value(area, period, number, n_reported=1, n_expected=1, method="reported"):
    return Value(
        0, "i", area, "_T", period, number, number, number, "A", "exact", False, method,
        n_reported, n_expected, "",
    )  # fmt: skip


amounts = st.lists(
    st.tuples(st.floats(0, 1e9), st.floats(1, 1e9)), min_size=1, max_size=8
)  # this year, last year


def growth_of(parts):
    """Growth of a sum over (now, before) of areas, None where an area did not report."""
    found = {}
    for n, both in enumerate(parts):
        for period, number in zip(("2024-Q1", "2023-Q1"), both, strict=True):
            if number is not None:
                found["i", str(n), period] = value(str(n), period, number)
    for period, place in (("2024-Q1", 0), ("2023-Q1", 1)):
        came = [both[place] for both in parts if both[place] is not None]
        found["i", "city", period] = value(
            "city", period, sum(came), len(came), len(parts), "summed"
        )
    now = found["i", "city", "2024-Q1"]
    return compared(now, "2023-Q1", found, [str(n) for n in range(len(parts))]).growth


@given(amounts, st.floats(0, 1e9), st.booleans())
def test_an_area_present_in_one_year_only_changes_no_growth(parts, number, new):
    alone = (number, None) if new else (None, number)
    assert growth_of([*parts, alone]) == pytest.approx(growth_of(parts), rel=1e-9, abs=1e-9)


def test_changes_are_named_and_their_units_too(con, zh):
    values = trend(
        con, D, ("issues_overdue",), ("620702",), "2024-Q1", "2024-Q3", against="previous"
    )
    chart = charts.trend(values, zh, ORIGIN, what="previous")
    assert chart.title == "甘州区超期未整改问题数环比增长"
    assert [p.text for p in chart.points] == ["0.0%", "0.0%", "0.0%"]
    assert {(p.indicator, p.change) for p in chart.points} == {("超期未整改问题数环比", "")}
    first, second, _ = chart.points  # exports look for small counts behind both periods
    assert second.rests_on == (second.series_id, first.series_id)


def test_what_has_seasons_says_so_beside_its_change_on_the_period_before(con, zh):
    values = trend(
        con, D, ("condolence_fund",), ("620702",), "2024-Q1", "2024-Q2", against="previous"
    )
    note = "慰问金发放额随节日和征兵等季节起落，环比主要反映季节，不宜据此判断增减"
    assert note in charts.trend(values, zh, ORIGIN, what="previous").notes
    assert note not in charts.trend(values, zh, ORIGIN, what="growth").notes


def test_like_quarters_stand_side_by_side_a_series_a_year(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620721",), "2023-Q1", "2024-Q3")
    chart = charts.trend(values, zh, ORIGIN, shape="years")
    assert chart.title == "肃南裕固族自治县慰问金发放额：历年同期"
    assert (chart.kind, chart.categories) == (
        "bars", (("-Q1", "一季"), ("-Q2", "二季"), ("-Q3", "三季"), ("-Q4", "四季")),
    )  # fmt: skip
    assert [(s.name, [p.value for p in s.points]) for s in chart.series] == [
        ("2023", [4.0, 2.0, 6.0, 2.0]), ("2024", [4.0, None, 6.6]),
    ]  # fmt: skip
    assert chart.points[-1].period == "2024年三季度"


def test_panels_part_the_areas_and_share_their_axis(con, zh):
    values = trend(con, D, ("condolence_fund",), COUNTIES, "2024-Q1", "2024-Q3")
    chart = charts.trend(values, zh, ORIGIN, facet="area")
    parts = charts.panels(chart)
    assert [part.title for part in parts] == [zh.area(code) for code in COUNTIES]
    assert {part.limits for part in parts} == {(0.0, 50.0)}
    assert [p.value for p in parts[1].points] == [4.0, None, 6.6]
    free = charts.panels(charts.trend(values, zh, ORIGIN, facet="area", axes="free"))
    assert {part.limits for part in free} == {None}


def test_panels_of_indicators_keep_their_units_everywhere(con, zh):
    codes = ("condolence_fund", "recruits_sent")
    values = trend(con, D, codes, ("620702", "620723"), "2024-Q1", "2024-Q3")
    chart = charts.trend(values, zh, ORIGIN, facet="indicator")
    assert chart.title == "慰问金发放额等2项指标（2个地区）"
    assert [part.title for part in charts.panels(chart)] == [
        "慰问金发放额（万元）", "输送新兵人数（人）",
    ]  # fmt: skip
    rows = csv.DictReader(io.StringIO(exports.to_csv(chart, zh.words).decode("utf-8-sig")))
    assert {(r["指标"], r["单位"]) for r in rows} == {
        ("慰问金发放额", "万元"), ("输送新兵人数", "人"),
    }  # fmt: skip


def test_a_slide_draws_every_panel_natively_on_one_axis(con, zh):
    values = trend(con, D, ("condolence_fund",), COUNTIES, "2023-Q1", "2024-Q3")
    chart = charts.trend(values, zh, ORIGIN, facet="area", shape="years")
    [slide] = Presentation(io.BytesIO(exports.to_pptx(chart))).slides
    natives = [s.chart for s in slide.shapes if s.has_chart]
    assert [n.chart_title.text_frame.text for n in natives] == [zh.area(c) for c in COUNTIES]
    assert {n.value_axis.maximum_scale for n in natives} == {50.0}
    assert [[tuple(s.values) for s in n.plots[0].series] for n in natives][1] == [
        (4.0, 2.0, 6.0, 2.0), (4.0, None, 6.6, None),
    ]  # fmt: skip


@given(st.lists(st.floats(-1e12, 1e12), min_size=1))
def test_a_shared_axis_holds_every_value_and_nought(values):
    low, high = limits(values)
    assert low <= min(0, *values)
    assert high >= max(0, *values)


NOTE = Annotation("2024-M05", ("condolence_fund",), (), "慰问标准调整", "standards adjusted")


def test_what_happened_is_a_dotted_line_and_a_numbered_note_everywhere(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620702",), "2024-Q1", "2024-Q3")
    chart = charts.trend(values, zh, ORIGIN, annotations=[NOTE])
    assert [(m.category, m.sign) for m in chart.markers] == [("2024-Q2", "①")]
    assert chart.notes == ("① 2024年5月：慰问标准调整",)
    drawn = figure(chart, zh.words)["layout"]
    assert [(s["x0"], s["line"]["dash"]) for s in drawn["shapes"]] == [("2024-Q2", "dot")]
    assert [a["text"] for a in drawn["annotations"]] == ["①"]
    rows = csv.DictReader(io.StringIO(exports.to_csv(chart, zh.words).decode("utf-8-sig")))
    assert [r["注释"] for r in rows] == ["", "2024年5月：慰问标准调整", ""]
    [slide] = Presentation(io.BytesIO(exports.to_pptx(chart))).slides
    [frame] = [s for s in slide.shapes if s.has_chart]
    shapes = etree.fromstring(markers_of(frame.chart.part).encode("utf-8"))
    # in the middle of the second of three categories, as a share of the chart's width
    axis, margin, width = 1.0, 0.1, frame.width / Inches(1)
    middle = (axis + (width - axis - margin) / 2) / width
    assert float(next(shapes.iter("{*}x")).text) == pytest.approx(middle, abs=0.001)


def test_what_happened_concerns_its_own_indicator_and_area_only(con, zh):
    codes = ("condolence_fund", "recruits_sent")
    values = trend(con, D, codes, ("620702",), "2024-Q1", "2024-Q3")
    money, recruits = charts.panels(charts.trend(values, zh, ORIGIN, annotations=[NOTE]))
    assert [len(part.markers) for part in (money, recruits)] == [1, 0]
    elsewhere = NOTE._replace(ref_areas=("620721",))
    assert charts.trend(values, zh, ORIGIN, annotations=[elsewhere]).markers == ()
    years = charts.trend(values[:3], zh, ORIGIN, shape="years", annotations=[NOTE])
    assert (years.markers, years.notes) == ((), ("2024年5月：慰问标准调整",))
