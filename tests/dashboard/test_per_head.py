"""Per head: what is divided, by what, and where there is no quotient."""

import duckdb
import pytest

from dashboard import charts, store
from dashboard.locale import words
from dashboard.locale.labels import Labels
from dashboard.queries import choices
from dashboard.queries.per_head import Denominator, denominators, per_head, quotient
from dashboard.queries.values import Value
from tests.dashboard.small_vintage import write_vintage
from tests.dashboard.test_pages import ROOT, app_of

D = "demonstration"
TRENDS = str(ROOT / "pages" / "trends.py")
RECRUITS = Denominator("recruits_sent", 1, "元", "yuan", "人", "persons")
OVERDUE = Denominator("issues_overdue", 10_000, "场", "events", "个", "issues_overdue")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The small vintage, whose money may be divided by recruits, and job fairs by a stock."""
    folder = write_vintage(tmp_path_factory.mktemp("divided"))
    with duckdb.connect(store.newest(folder)) as con:
        con.execute(
            "insert into per_head values ('condolence_fund', 'recruits_sent', 1),"
            " ('job_fairs', 'issues_overdue', 10000), ('job_fairs', 'veterans_registered', 10000),"
            " ('job_fairs', 'mission_incidents', 1)"
        )
        con.execute("insert into unit values ('元', 'yuan', 'yuan', 1)")
    return folder


@pytest.fixture(scope="module")
def divided(folder):
    return store.open_vintage(store.newest(folder))


def test_denominators_are_those_with_values_that_may_be_seen(divided):
    found = denominators(divided, D)
    assert {code: [(d.indicator, d.per) for d in of] for code, of in found.items()} == {
        "condolence_fund": [("recruits_sent", 1)],
        "job_fairs": [("issues_overdue", 10_000)],
    }
    assert found["condolence_fund"] == (RECRUITS,)


def asked(con, indicator, by, area, measure="value"):
    return per_head(con, D, indicator, by, (area,), "2024-Q1", "2024-Q3", measure)


def test_numerator_and_denominator_are_of_the_same_area_and_period(divided):
    rows = asked(divided, "condolence_fund", RECRUITS, "620702")
    # 22.00 万元 for 66 recruits, 9.00 for none, 33.00 for 88
    assert [(v.obs_value and round(v.obs_value, 6), v.reason) for v in rows] == [
        (3333.333333, ""), (None, "no_denominator"), (3750.0, ""),
    ]  # fmt: skip
    # last year 20.50 万元 for 60
    assert rows[0].change.before == pytest.approx(3416.666667)
    assert rows[0].divisor > 0


def test_what_is_inexact_in_either_is_inexact_in_the_quotient(divided):
    rows = asked(divided, "condolence_fund", RECRUITS, "620721")
    assert (rows[2].obs_value, rows[2].qualifier) == (6600.0, "about")
    assert rows[1].reason == "not_reported"


def test_a_stock_divides_the_year_to_date_by_its_last_count(divided):
    rows = asked(divided, "job_fairs", OVERDUE, "620702", "ytd")
    assert [v.obs_value for v in rows] == [30_000, 50_000, 80_000]


def test_six_counties_over_seven_are_nobodys_share(divided):
    rows = asked(divided, "condolence_fund", RECRUITS, "620700")
    assert [v.reason for v in rows] == ["incomplete", "no_denominator", "incomplete"]


def test_counties_that_are_exempt_from_one_make_no_share():
    def city(n_expected, method="summed"):
        return Value(
            0, "i", "city", "_T", "2024-Q1", 6.0, 6.0, 6.0, "A", "exact", False, method,
            n_expected, n_expected, "",
        )  # fmt: skip

    assert quotient(city(7), city(7), 1).obs_value == 1
    assert quotient(city(6), city(7), 1).reason == "incomplete"
    assert quotient(city(6, "reported"), city(7, "reported"), 1).obs_value == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "甘州区慰问金发放额（按输送新兵人数平均）：2024年三季度为3,750.00元/人，同比持平"),
        (
            "en",
            "Ganzhou, Condolence money by recruits sent: 3,750.00 yuan per head in Q3 2024,"
            " unchanged on the year before",
        ),
    ],
)
def test_a_chart_says_by_what_it_is_divided(divided, language, title):
    labels = Labels(
        words(language), choices.indicators(divided), choices.areas(divided), {}
    ).divided("condolence_fund", RECRUITS)
    origin = charts.Provenance("", D, "v1", "2024-10-15", "", "")
    values = asked(divided, "condolence_fund", RECRUITS, "620702")
    assert charts.trend(values, labels, origin).title == title


def test_a_link_divides_and_the_cells_of_both_are_shown(folder):
    app = app_of(folder)
    app.switch_page(TRENDS)
    address = {"indicators": "condolence_fund,publicity_events", "areas": "620702"}
    for key, value in (address | {"per": "recruits_sent"}).items():
        app.query_params[key] = value
    app.session_state["sources_trend_condolence_fund"] = True
    app.session_state["source_trend_condolence_fund"] = {"selection": {"cells": [[0, "指标"]]}}
    app.run()
    assert [s.value for s in app.subheader] == [
        "甘州区慰问金发放额（按输送新兵人数平均）：2024年三季度为3,750.00元/人，同比持平"
    ]
    assert [i.value for i in app.info] == ["双拥宣传活动场次没有规定按输送新兵人数平均，不显示。"]
    cells = app.dataframe[1].value
    assert cells["作用"].tolist() == ["分子", "分母"]
    assert cells["原文"].tolist() == ["20.50 万元", "60 人"]
