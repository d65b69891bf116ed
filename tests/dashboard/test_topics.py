"""Topics: what is stacked and what is missing from it, two stages, festivals, fairs to jobs."""

import csv
import io

import plotly.graph_objects as go
import pytest
from pptx import Presentation

from dashboard import charts, exports
from dashboard.charts.stacked import stacks
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.locale.numbers import in_language
from dashboard.locale.sentences_topics import quotient, rate_text
from dashboard.queries import choices, topics
from dashboard.queries.topics import Part
from dashboard.queries.values import Value
from dashboard.ui.figures import figure

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
CASH, PENSIONS = Part("condolence_fund", "_T"), Part("pension_paid", "_T")
QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3")


def value(indicator, period, number, n=7, of=7, **named):
    given = {"obs_status": "A", "qualifier": "exact", "conflict": False, "reason": ""} | named
    return Value(
        series_id=0, indicator=indicator, ref_area="620700", breakdown="_T", time_period=period,
        obs_value=number, low=None, high=None, method="summed", n_reported=n, n_expected=of,
        **given,
    )  # fmt: skip


@pytest.fixture
def labels(con):
    say = words("zh")
    indicators = {c: in_language(i, say) for c, i in choices.indicators(con).items()}
    names = choices.breakdown_names(con)
    return Labels(say, indicators, choices.areas(con), choices.statuses(con), names)


@pytest.fixture
def chart(labels):
    values = [
        value("condolence_fund", "2024-Q1", 620_000),
        value("condolence_fund", "2024-Q2", 280_000, qualifier="about"),
        value("condolence_fund", "2024-Q3", 939_000, n=6),
        value("pension_paid", "2024-Q1", 5_000_000),
        value("pension_paid", "2024-Q3", None, obs_status="O", reason="not_reported"),
    ]
    drawn = stacks(values, (CASH, PENSIONS), QUARTERS, labels)
    silent = (Part("job_fairs", "_T", reported=False),)
    return charts.stacked(drawn, "620700", labels, ORIGIN, silent)


def test_a_stack_that_lacks_a_part_says_so(chart):
    assert chart.title == "张掖市2024年三季度经费发放合计93.90万元（不全，见＊）"
    assert [label for _, label in chart.categories] == ["一季<br>2024", "二季<br>＊", "三季<br>＊"]
    assert chart.notes[0] == (
        "＊ 合计不全：2024年二季度缺抚恤补助发放额（无数值）；2024年三季度缺慰问金发放额"
        "（7个地区只报了6个）、抚恤补助发放额（未报）"
    )
    assert "不在图中（没有数）：退役军人招聘会场次" in chart.notes


def test_what_does_not_apply_is_not_missing(labels):
    values = [
        value("condolence_fund", "2024-Q1", 620_000),
        value("pension_paid", "2024-Q1", None, obs_status="M", reason="not_applicable"),
        value("pension_paid", "2024-Q2", 10_000),
    ]
    first, second, _ = stacks(values, (CASH, PENSIONS), QUARTERS, labels)
    assert (first.lacking, first.total) == ((), 620_000)
    assert [part for part, _ in second.lacking] == [CASH]


def test_gaps_and_marks_reach_the_screen_the_slide_the_drawing_and_the_sheet(chart):
    spec = figure(chart, words("zh"))
    bars = [t for t in go.Figure(spec).data if t.type == "bar"]
    assert len(bars) == 2
    assert spec["layout"]["barmode"] == "stack"
    assert [t["y"] for t in spec["data"][:2]] == [[62.0, 28.0, 93.9], [500.0, None, None]]
    assert spec["data"][0]["marker"]["pattern"]["shape"] == ["", ".", ""]
    released = exports.Released(**{f: getattr(chart, f) for f in chart.__dataclass_fields__})
    [slide] = Presentation(io.BytesIO(exports.to_pptx(released))).slides
    [frame] = [s for s in slide.shapes if s.has_chart]
    assert [tuple(s.values) for s in frame.chart.plots[0].series] == [
        (62.0, 28.0, 93.9), (500.0, None, None),
    ]  # fmt: skip
    assert frame.chart.plots[0].overlap == 100
    drawn = exports.to_svg(released)
    assert drawn.count("<pattern") == 1
    assert "约28" in drawn
    rows = list(
        csv.DictReader(io.StringIO(exports.to_csv(released, words("zh")).decode("utf-8-sig")))
    )
    assert [r["数值"] for r in rows] == ["62", "28", "93.9", "500", "", ""]


def test_a_budget_stands_beside_what_it_covers_in_its_year(labels):
    budget = Part("publicity_events", "_T")
    spent = [value("condolence_fund", year, 500_000) for year in ("2023", "2024")]
    drawn = stacks(spent, (CASH,), ("2023", "2024"), labels)
    budgets = {"2024": value("publicity_events", "2024", 800_000)}
    chart = charts.against_budget(drawn, budgets, budget, "620700", labels, ORIGIN)
    assert [key for key, _ in chart.categories] == ["2024-budget", "2024-spent"]
    assert [[p.category for p in s.points] for s in chart.series] == [
        ["2024-spent"], ["2024-budget"],
    ]  # fmt: skip


def test_a_rate_needs_both_stages_whole_and_uncontradicted():
    say = words("zh")
    allocated, paid = value("a", "2024", 8_330_600), value("b", "2024", 6_510_000)
    assert rate_text(allocated, paid, say) == "78.1%"
    assert rate_text(allocated, paid._replace(qualifier="about"), say) == "约78.1%"
    for other in (
        paid._replace(n_reported=6), paid._replace(conflict=True),
        paid._replace(obs_value=None), None,
    ):  # fmt: skip
        assert rate_text(allocated, other, say) == ""
    assert quotient(paid, allocated._replace(obs_value=0.0)) is None


def test_there_are_no_values_before_the_first_period(con):
    parts = [Part("condolence_fund", "_T")]
    assert topics.values(con, "demonstration", parts, ("620700",), "2023", "2022") == ()


def test_festivals_of_a_quarter_stand_under_their_year(con, labels):
    found = topics.visits(con, "published", "condolence_fund", "150300")
    assert found == ()
    visit = value("condolence_fund", "2024", 100_000)._replace(breakdown="festival:春节")
    rows = [
        topics.Visits("festival:春节", "2023", visit._replace(time_period="2023"), (1,)),
        topics.Visits("festival:春节", "2024", visit, (2, 3)),
        topics.Visits("_T", "2024", visit._replace(breakdown="_T", obs_value=150_000), (4,)),
    ]
    named = Labels(labels.words, labels.indicators, labels.areas, labels.statuses,
                   {"festival:春节": ("春节", "Spring Festival")})  # fmt: skip
    chart = charts.visits(rows, "condolence_fund", "620700", named, ORIGIN)
    assert [label for _, label in chart.categories] == ["春节", "全年"]
    assert [s.name for s in chart.series] == ["2023", "2024"]
    assert [(p.value, p.rests_on) for p in chart.points] == [(10, (1,)), (10, (2, 3)), (15, (4,))]


def test_fairs_are_said_and_have_no_bar(labels):
    steps = (Part("job_fairs", "_T"), Part("publicity_events", "_T"), Part("recruits_sent", "_T"))
    numbers = zip(steps, (42, 11_340, 1_624), strict=True)
    values = [value(step.indicator, "2024", float(n)) for step, n in numbers]
    chart = charts.job_steps(values, steps, "620700", "2024", labels, ORIGIN)
    assert chart.title == "张掖市2024年招聘会：每场岗位数270.0；每百个岗位意向人数14.3"
    chart = charts.job_steps(values[1:], steps, "620700", "2024", labels, ORIGIN)
    assert chart.title == "张掖市2024年招聘会：每百个岗位意向人数14.3"
    chart = charts.job_steps(values[:1], steps, "620700", "2024", labels, ORIGIN)
    assert chart.title == "张掖市2024年招聘会与意向"
    assert chart.notes[0] == "不在图中（没有数）：双拥宣传活动场次、输送新兵人数"
    chart = charts.job_steps(values, steps, "620700", "2024", labels, ORIGIN)
    assert [(p.value, p.text) for p in chart.points] == [
        (None, "42场"), (11_340, "11,340场"), (1_624, "1,624人"),
    ]  # fmt: skip


def test_a_stack_speaks_of_all_its_periods_and_of_the_least_covered_of_its_last_bar(labels):
    """The subtitle gave the one period of a type without a report, and a full type's coverage."""
    values = [
        value("condolence_fund", "2024-Q3", 939_000, n=6),
        value("pension_paid", "2024-Q1", 5_000_000),
        value("pension_paid", "2024-Q2", 5_000_000),
        value("pension_paid", "2024-Q3", 5_000_000),
    ]
    drawn = stacks(values, (CASH, PENSIONS), QUARTERS, labels)
    chart = charts.stacked(drawn, "620700", labels, ORIGIN)
    assert (
        chart.period.split(" – ") == [p.period for p in chart.series[0].points][:: len(drawn) - 1]
    )
    assert {p.measure for p in chart.points} == {"value"}
    assert chart.coverage == "应报7个，已报6个"
