"""A change as a sentence, a waterfall, a slide and a page: what a reader must not misread."""

import csv
import io
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard import charts, exports
from dashboard.charts.waterfall import axis_start, bars
from dashboard.exports.svg import CARD
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.locale.numbers import in_language
from dashboard.locale.sentences_changes import refusal, sentence
from dashboard.queries import choices
from dashboard.queries.contributions import Comparison, by_area
from dashboard.queries.definitions import DefinitionChange
from dashboard.queries.months import read_window, window_of, year_earlier
from dashboard.ui.figures import figure

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")


def asked(period, indicator="condolence_fund", area="620700"):
    now = window_of(period)
    return Comparison(D, indicator, area, now, year_earlier(now))


@pytest.fixture
def labels(con):
    def in_(language):
        say = words(language)
        indicators = {c: in_language(i, say) for c, i in choices.indicators(con).items()}
        return Labels(
            say, indicators, choices.areas(con), choices.statuses(con),
            choices.breakdown_names(con),
        )  # fmt: skip

    return in_


@pytest.fixture
def chart(con, labels):
    def of(period, **named):
        comparison = asked(period, **named)
        return charts.waterfall(by_area(con, comparison), comparison, labels("zh"), ORIGIN)

    return of


def test_the_sentence_says_how_much_from_where_and_like_for_like(con, labels):
    comparison = asked("2024-Q1")
    explained = by_area(con, comparison)
    assert sentence(explained, comparison, labels("zh")) == (
        "2024年一季度，张掖市慰问金发放额62.70万元，同比增加4.20万元（7.2%）（按6个可比县区），"
        "主要来自甘州（+1.50万元）、市本级（+1.00万元）。"
    )
    assert sentence(explained, comparison, labels("en")) == (
        "Q1 2024, Zhangye: Condolence money 627.0 thousand yuan, up 42.0 thousand yuan (7.2%) on "
        "last year (over the 6 counties in both), mostly from Ganzhou (+15.0 thousand yuan), "
        "Zhangye city level (+10.0 thousand yuan)."
    )


def test_windows_are_named_and_what_moved_against_the_whole(con, labels):
    windows = [read_window(t) for t in ("2023-07..2023-12", "2023-01..2023-06")]
    comparison = Comparison(D, "recruits_sent", "620700", *windows)
    said = sentence(by_area(con, comparison), comparison, labels("zh"))
    assert said.startswith(
        "2023年下半年，张掖市输送新兵人数220人，比2023年上半年增加53人（31.7%），主要来自甘州"
    )


def test_a_fall_that_rounds_to_nothing_is_no_change(con, labels):
    comparison = asked("2024-Q2", "recruits_sent", "620702")
    assert sentence(by_area(con, comparison), comparison, labels("zh")) == (
        "2024年二季度，甘州区输送新兵人数0人，同比持平。"
    )


def test_what_cannot_be_compared_is_refused_with_its_reason(con, labels):
    comparison = asked("2024-Q1", area="620725")
    explained = by_area(con, comparison)
    assert sentence(explained, comparison, labels("zh")) == (
        "2024年一季度，山丹县慰问金发放额未报。2023年一季度没有可比的数（6.00万元），不能比较。"
    )
    redefined = explained._replace(
        refused="redefined", redefined=(DefinitionChange("2024-01-01", "不含物资", "no goods"),)
    )
    assert "口径有变化（2024年1月1日 不含物资）" in refusal(redefined, comparison, labels("zh"))


def test_bars_lead_from_the_base_to_now(chart):
    drawn = chart("2024-Q3")
    placed = bars(drawn)
    assert [round(b.end, 2) for b in placed] == [
        87.0, 90.0, 92.0, 92.8, 93.4, 93.9, 93.9, 93.9, 93.9,
    ]  # fmt: skip
    assert [b.role for b in placed][:2] == ["level", "rise"]
    assert [p.short for p in drawn.points] == [
        "87.00", "+3.00", "+2.00", "约+0.80", "+0.60", "+0.50", "0.00", "0.00", "93.90",
    ]  # fmt: skip


def test_marks_and_gaps_are_drawn(chart):
    drawn = chart("2024-Q1")
    assert drawn.points[-1].category == "620725"
    assert (drawn.points[-1].value, drawn.points[-1].short) == (None, "未报")
    spec = figure(drawn, words("zh"))
    assert len(go.Figure(spec).data) == len(spec["data"])
    assert spec["data"][2]["text"][-1] == " 未报"
    assert "620725" not in spec["data"][1]["y"]
    marked = figure(chart("2024-Q3"), words("zh"))["data"][1]["marker"]["pattern"]["shape"]
    assert marked == ["", "", "/", ".", "", "", "", "x", ""]


def test_below_a_withheld_part_nothing_is_drawn_at_a_wrong_place(chart):
    drawn = chart("2024-Q1")
    hidden = replace(drawn.points[2], value=None, mark="withheld", short="不公布")
    for out, left in (({2}, ["base", drawn.points[1].category, "now"]), ({*range(9)}, [])):
        points = tuple(hidden if n in out else p for n, p in enumerate(drawn.points))
        few = replace(drawn, series=(replace(drawn.series[0], points=points),))
        assert [b.point.category for b in bars(few)] == left
        assert exports.to_pptx(few).startswith(b"PK")
        assert "不公布" in exports.to_svg(few)


def test_an_axis_that_does_not_start_at_nought_says_so(chart):
    drawn = chart("2024-Q3")
    assert axis_start(drawn.points) == 83
    assert "横轴起于83万元，起止两端柱形的长短不能相比。" in drawn.notes
    few = replace(drawn, series=(replace(drawn.series[0], points=drawn.points[:1]),))
    assert axis_start(few.points) == 0


def test_a_waterfall_is_a_native_chart_on_its_slide(chart):
    drawn = chart("2024-Q1")
    [slide] = Presentation(io.BytesIO(exports.to_pptx(drawn))).slides
    [frame] = [s for s in slide.shapes if s.has_chart]
    hidden, visible, below, _ = frame.chart.plots[0].series
    assert [round(v, 2) for v in hidden.values[:3]] == [0, 58.5, 60.0]
    assert [v if v is None else round(v, 2) for v in visible.values] == [
        58.5, 1.5, 1.0, 1.0, 0.7, 0, 0, 62.7, None,
    ]  # fmt: skip
    assert set(below.values) <= {0, None}
    texts = [e.text for e in frame.chart._chartSpace.findall(f".//{qn('c:dLbl')}//{qn('a:t')}")]
    assert texts == [p.short for p in drawn.points]


def test_the_csv_holds_each_contribution(chart):
    rows = list(
        csv.DictReader(
            io.StringIO(exports.to_csv(chart("2024-Q1"), words("zh")).decode("utf-8-sig"))
        )
    )
    assert [(r["地区"], r["时期"], r["数值"], r["显示"]) for r in rows[:2]] == [
        ("张掖市", "2023年一季度", "58.5", "58.50万元"),
        ("甘州区", "2023年一季度 → 2024年一季度", "1.5", "20.50万元 → 22.00万元（+1.50万元）"),
    ]


def test_a_waterfall_is_drawn_as_a_picture_with_its_marks_and_gaps(chart):
    picture = exports.to_svg(chart("2024-Q3"))
    assert picture.count("<pattern ") == 3
    assert "约+0.80" in picture
    assert ">未报<" in exports.to_svg(chart("2024-Q1"), CARD)


def test_a_sum_below_nought_stacks_downwards_on_its_slide(chart):
    """A negative difference of reports is shown as it is (D12)."""
    drawn = chart("2024-Q1")
    base, step, *_, now = drawn.points[:-1]
    points = (replace(base, value=2.0), replace(step, value=-5.0), replace(now, value=-3.0))
    below = replace(
        drawn,
        categories=tuple((p.category, p.category) for p in points),
        series=(replace(drawn.series[0], points=points),),
    )
    [slide] = Presentation(io.BytesIO(exports.to_pptx(below))).slides
    [frame] = [s for s in slide.shapes if s.has_chart]
    assert [tuple(s.values) for s in frame.chart.plots[0].series][:3] == [
        (0, 0, 0), (2, 2, 0), (0, -3, -3),
    ]  # fmt: skip
