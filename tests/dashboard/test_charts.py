"""Charts describe what a person must not misread: gaps, marks, places, units."""

import base64
import re

import plotly.graph_objects as go
import pytest

from dashboard import charts
from dashboard.charts.chart import SEQUENCE
from dashboard.locale import words
from dashboard.queries import counties
from dashboard.queries.trend import trend
from dashboard.ui.figures import Drawn, figure

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")


@pytest.fixture
def two_areas(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620721", "620725"), "2024-Q1", "2024-Q4")
    return charts.trend(values, zh, ORIGIN)


def test_a_trend_keeps_its_gaps(two_areas):
    sunan, shandan = two_areas.series
    assert [p.value for p in sunan.points] == [4.0, None, 6.6, None]
    assert [p.text for p in sunan.points] == ["4.00万元", "未报", "6.60万元", "未到期"]
    assert [p.mark for p in shandan.points] == ["gap", "final", "inexact", "gap"]
    assert shandan.points[2].text == "约8.8万元"
    assert shandan.points[2].change == "约+10.0%"


def test_a_trend_says_what_its_marks_mean_and_no_more(two_areas):
    assert two_areas.notes == ("◇ 约数", "断开处 无数值")
    assert two_areas.unit_line == "单位：万元"
    assert (
        two_areas.alt == "折线图：慰问金发放额（2个地区）。2024年一季度至2024年四季度，单位万元。"
    )


def test_gaps_are_drawn_as_gaps(two_areas):
    drawn = figure(two_areas, words("zh"))
    assert [trace["y"] for trace in drawn["data"]] == [
        [4.0, None, 6.6, None],
        [None, 2.0, 8.8, None],
    ]
    assert all(trace["connectgaps"] is False for trace in drawn["data"])
    assert drawn["data"][1]["marker"]["symbol"][2] == "diamond-open"


def test_the_ticks_of_small_counts_are_whole(con, zh):
    values = trend(con, D, ("job_fairs",), ("620702",), "2024-Q1", "2024-Q3")
    assert figure(charts.trend(values, zh, ORIGIN), words("zh"))["layout"]["yaxis"]["dtick"] == 1
    values = trend(con, D, ("recruits_sent",), ("620702",), "2024-Q1", "2024-Q3")
    layout = figure(charts.trend(values, zh, ORIGIN), words("zh"))["layout"]
    assert "dtick" not in layout["yaxis"]


def test_provisional_and_conflicting_values_differ_without_colour(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620722", "620724"), "2024-Q3", "2024-Q3")
    provisional, conflict = (
        figure(charts.trend(values, zh, ORIGIN, shape=shape), words("zh"))["data"]
        for shape in ("lines", "bars")
    )
    assert [t["marker"]["symbol"] for t in provisional] == [["circle-open"], ["x"]]
    drawn, in_legend = conflict[:2], conflict[2:]
    assert [t["marker"]["pattern"]["shape"] for t in drawn] == [["/"], ["x"]]
    assert [t["marker"].get("pattern") for t in in_legend] == [None, None]


def test_growth_has_no_value_without_a_base(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620721",), "2023-Q1", "2024-Q3")
    chart = charts.trend(values, zh, ORIGIN, what="growth")
    assert [p.value and round(p.value, 1) for p in chart.series[0].points] == [
        None, None, None, None, 0.0, None, 10.0,
    ]  # fmt: skip
    assert chart.unit == "%"


def test_a_sum_over_fewer_areas_says_so(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620700",), "2024-Q1", "2024-Q1")
    chart = charts.trend(values, zh, ORIGIN)
    assert "同比只比较两年都上报的地区，最少的一期为6个" in chart.notes
    assert "不含未报的地区：张掖市2024年一季度（应报7个，已报6个）" in chart.notes
    assert chart.points[0].coverage == "应报7个，已报6个"


def test_a_year_to_date_counts_the_areas_without_a_gap_in_it(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620700",), "2024-Q1", "2024-Q1", "ytd")
    chart = charts.trend(values, zh, ORIGIN, measure="ytd")
    assert chart.points[0].coverage == "应报7个，累计齐全6个"
    assert "不含未报的地区：张掖市2024年1—3月（应报7个，累计齐全6个）" in chart.notes


def test_the_ranking_leaves_out_who_did_not_report(con, zh):
    rows = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q1")
    chart = charts.ranking(rows, "condolence_fund", "2024-Q1", zh, ORIGIN)
    assert [label for _, label in chart.categories] == [
        "1  甘州 —", "2  市本级 —", "3  民乐 ↑1", "3  临泽 —", "5  高台 —", "6  肃南 —",
    ]  # fmt: skip
    assert chart.title == "2024年一季度慰问金发放额：甘州居首"
    assert chart.notes[0] == "未参加排名：山丹（未报）"
    assert "620725" not in {p.category for p in chart.points}


def test_where_low_is_good_the_ranking_says_so(con, zh):
    rows = counties.ranking(con, D, "issues_overdue", "620700", "2024-Q3")
    chart = charts.ranking(rows, "issues_overdue", "2024-Q3", zh, ORIGIN)
    assert "数值越低名次越靠前。" in chart.notes


def test_the_heat_map_leaves_gaps_blank_framed_and_named(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620721", "620725"), "2024-Q1", "2024-Q3")
    chart = charts.heat_map(values, zh, ORIGIN)
    cells, gaps = figure(chart, words("zh"))["data"]
    assert cells["z"] == [[4.0, None, 6.6], [None, 2.0, 8.8]]
    assert cells["colorscale"][0] == [0.0, SEQUENCE[0]]
    assert [row.index("") for row in cells["text"]] == [1, 0]  # a gap says why once
    assert list(zip(gaps["y"], gaps["x"], gaps["text"], strict=True)) == [
        ("肃南裕固族自治县", "2024-Q2", "未报"),
        ("山丹县", "2024-Q1", "未报"),
    ]
    shapes = figure(chart, words("zh"))["layout"]["shapes"]
    assert [(s["x0"], s["y0"]) for s in shapes] == [(1 - 0.46, -0.42), (-0.46, 1 - 0.42)]


def test_plotly_finds_every_kind_of_figure_valid(con, zh):
    values = trend(con, D, ("condolence_fund",), ("620721", "620725"), "2024-Q1", "2024-Q3")
    rows = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q3")
    for chart in (
        charts.trend(values, zh, ORIGIN, shape="lines"),
        charts.trend(values, zh, ORIGIN, shape="bars"),
        charts.ranking(rows, "condolence_fund", "2024-Q3", zh, ORIGIN),
        charts.heat_map(values, zh, ORIGIN),
    ):
        spec = figure(chart, words("zh"))
        assert len(go.Figure(spec).data) == len(spec["data"])
        assert Drawn(spec).to_dict() is spec


def test_a_spark_line_breaks_at_a_gap():
    url = charts.sparkline([1.0, 2.0, None, 4.0])
    picture = base64.b64decode(url.removeprefix("data:image/svg+xml;base64,")).decode()
    assert picture.count("<polyline") == 2
    assert charts.sparkline([None, None]) == ""
    flat = base64.b64decode(charts.sparkline([3.0, 3.0]).partition(",")[2]).decode()
    assert re.findall(r'points="([^"]+)"', flat) == ["4.0,16.0 116.0,16.0"]
