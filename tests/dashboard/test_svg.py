"""Pictures without a browser: numbers, gaps and marks are there, and nothing leaves its place."""

import re
from dataclasses import replace
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, exports
from dashboard.charts.chart import Kind
from dashboard.exports import svg
from dashboard.exports.svg.scale import scale
from dashboard.exports.svg.words import width_of, wrapped
from dashboard.queries import counties
from dashboard.queries.annotations import Annotation
from dashboard.queries.trend import trend

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
AREAS = ("620721", "620724", "620725")
S = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def values(con):
    return trend(con, D, ("condolence_fund",), AREAS, "2024-Q1", "2024-Q4")


def drawn(chart, size=svg.SLIDE):
    return ET.fromstring(exports.to_svg(chart, size))


def said(picture):
    return [e.text for e in picture.iter(f"{S}text")]


def test_every_kind_of_chart_has_a_hand():
    assert set(svg.HANDS) == set(get_args(Kind))


@pytest.mark.parametrize("size", [svg.SLIDE, svg.CARD])
def test_a_picture_says_all_that_must_stand_beside_it(zh, values, size):
    picture = drawn(charts.trend(values, zh, ORIGIN), size)
    told = "".join(said(picture))
    for part in ("慰问金发放额（3个地区）", "演示数据", "单位：万元", "肃南裕固族自治县",
                 "断开处 无数值", "来源：甲.xlsx", "版本 v1"):  # fmt: skip
        assert part in told
    assert picture.find(f"{S}desc").text.startswith("折线图：")


def test_a_line_breaks_at_a_gap_and_marks_are_shapes(zh, values):
    picture = drawn(charts.trend(values, zh, ORIGIN))
    runs = [len(e.get("points").split()) for e in picture.iter(f"{S}polyline")]
    assert runs == [1, 1, 3, 2]  # 4.0 . 6.6 | 7.7 2.5 9.0! | . 2.0 8.8~
    assert {"约8.8", "9.00"} <= set(said(picture))
    assert len({e.get("stroke-dasharray") for e in picture.iter(f"{S}polyline")}) == 3


def test_a_chart_without_a_figure_says_why_instead_of_standing_empty(zh, values):
    chart = charts.trend(values[:4], zh, ORIGIN)
    hidden = [replace(p, value=None, text="不公布", mark="withheld") for p in chart.points]
    chart = replace(chart, series=(replace(chart.series[0], points=tuple(hidden)),))
    assert said(drawn(chart)).count("不公布") == 1
    assert not list(drawn(chart).iter(f"{S}line"))
    low, high = drawn(chart, svg.CARD), drawn(charts.trend(values[:4], zh, ORIGIN), svg.CARD)
    assert int(low.get("height")) < int(high.get("height")) / 1.5


def test_bars_leave_a_gap_empty_and_hatch_what_is_not_final(zh, values):
    picture = drawn(charts.trend(values, zh, ORIGIN, shape="bars"))
    filled = [e.get("fill") for e in picture.iter(f"{S}rect")]
    hatched = [f for f in filled if f.startswith("url(#")]
    patterns = {f"url(#{e.get('id')})" for e in picture.iter(f"{S}pattern")}
    assert len(hatched) == 2
    assert set(hatched) == patterns


def test_bars_of_a_ranking_are_as_long_as_their_values(con, zh):
    rows = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q3")
    chart = charts.ranking(rows, "condolence_fund", "2024-Q3", zh, ORIGIN)
    picture = drawn(chart)
    bars = [float(e.get("width")) for e in picture.iter(f"{S}rect") if e.get("stroke")]
    known = [p.value for p in chart.points]
    assert bars == pytest.approx([v / known[0] * bars[0] for v in known], abs=0.1)
    assert "33.00 (+10.0%)" in said(picture)


def test_panels_stand_side_by_side_on_one_axis_and_what_happened_is_numbered(zh, values):
    happened = Annotation("2024-Q3", (), (), "标准调整", "")
    chart = charts.trend(values, zh, ORIGIN, facet="area", annotations=(happened,))
    told = said(drawn(chart))
    assert [told.count(name) for name in ("肃南裕固族自治县", "高台县", "山丹县")] == [1, 1, 1]
    assert told.count("10") == 3  # the top of each axis
    assert told.count("①") == 3
    dotted = [e for e in drawn(chart).iter(f"{S}line") if e.get("stroke-dasharray") == "2 3"]
    assert len(dotted) == 3


def test_a_heat_map_frames_its_gaps_and_says_why(zh, values):
    picture = drawn(charts.heat_map(values, zh, ORIGIN))
    assert said(picture).count("未报") == 2
    framed = [e for e in picture.iter(f"{S}rect") if e.get("stroke-dasharray")]
    assert len(framed) == 5  # those two, and a fourth quarter of three areas
    assert all(e.get("fill") == "none" for e in framed)


def test_outside_words_stay_words(zh, values):
    bad = '</title><script>alert("1")</script>&'
    chart = replace(charts.trend(values, zh, ORIGIN), title=bad, notes=(bad,))
    assert drawn(chart).find(f"{S}title").text == bad
    assert "<script" not in exports.to_svg(chart)


def test_nothing_is_fetched_and_no_colour_of_the_page_is_covered(zh, values):
    inline = exports.to_svg(charts.trend(values, zh, ORIGIN), svg.CARD)
    assert re.findall(r"https?://[^\"]+", inline) == ["http://www.w3.org/2000/svg"]
    assert "#FFFFFF" not in inline


@given(st.text(st.sampled_from("张掖市 2024年，（）abc%1."), max_size=80), st.integers(40, 300))
def test_lines_keep_every_word_and_their_width(told, width):
    lines = wrapped(told, width, 10, 100)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", told)
    closing = 10 * max((len(r) for r in re.findall("[，）%]+", told)), default=0)
    longest = max((width_of(w, 10) for w in re.findall(r"[!-~]+", told)), default=0)
    assert all(width_of(line, 10) <= max(width, longest) + closing for line in lines)


@given(st.lists(st.floats(-1e9, 1e9) | st.none(), max_size=9), st.integers(0, 2))
def test_an_axis_holds_nought_and_every_value(values, decimals):
    axis = scale(values, decimals, 0, 100)
    known = [v for v in values if v is not None]
    ticks = axis.ticks()
    slack = 1e-6 * max(map(abs, [1.0, *known]))
    assert ticks[0] - slack <= min([0.0, *known])
    assert max([0.0, *known]) <= ticks[-1] + slack
    assert 2 <= len(ticks) <= 8
    printed = [f"{t:.{decimals}f}" for t in ticks]
    assert len(set(printed)) == len(printed)


def test_a_table_says_every_column_and_a_stack_every_colour(zh, values):
    heat = charts.heat_map(values, zh, ORIGIN)
    long = tuple(
        (key, f"退役军人招聘会提供的岗位数{n}") for n, (key, _) in enumerate(heat.categories)
    )
    table = replace(heat, kind="pivot", categories=long * 3)
    told = "".join(said(drawn(table)))
    assert all(name in told for _, name in long)
    stack = replace(charts.trend(values, zh, ORIGIN, shape="bars"), kind="stacked")
    assert {"肃南裕固族自治县", "高台县", "山丹县"} <= set(said(drawn(stack)))


def test_a_picture_says_the_period_of_its_figures_and_not_of_their_progress(zh, values):
    one = charts.trend(values[:1], zh, ORIGIN)
    [series] = one.series
    point = series.points[0]
    progress = replace(point, period="2024年1—3月", measure="ytd")
    both = replace(one, series=(replace(series, points=(point, progress)),))
    assert (one.period, both.period) == ("2024年一季度", "2024年一季度")
    assert charts.trend(values, zh, ORIGIN).period == "2024年一季度 – 2024年四季度"
