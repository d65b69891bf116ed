"""Queries give literal rows from the small vintage."""

import pytest

from dashboard.queries import choices, counties, gaps, issues, lineage, overview, standing
from dashboard.queries import rows as vintage_rows
from dashboard.queries.ask import Asking
from dashboard.queries.few import few
from dashboard.queries.periods import between, month_number, year_before
from dashboard.queries.rows import rows
from dashboard.queries.standing import standings
from dashboard.queries.trend import trend

D = "demonstration"


def test_choices(con):
    assert choices.datasets(con) == (D, "published")
    assert choices.frequencies(con, "published") == ("A",)
    assert choices.frequencies(con, D) == ("Q",)
    assert choices.periods(con, D, "Q")[0] == "2023-Q1"
    assert choices.periods(con, D, "Q")[-1] == "2024-Q3"
    assert choices.parents(con, D) == ("620700", "620000")
    assert choices.available_indicators(con, D, "Q") == (
        "publicity_events", "condolence_fund", "condolence_letters", "recruits_sent", "job_fairs",
        "issues_overdue",
    )  # fmt: skip


def test_periods():
    assert between("2023-Q3", "2024-Q2") == ("2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2")
    assert between("2023-M11", "2024-M02") == ("2023-M11", "2023-M12", "2024-M01", "2024-M02")
    assert between("2022", "2024") == ("2022", "2023", "2024")
    assert between("2023-S2", "2024-S1") == ("2023-S2", "2024-S1")
    assert year_before("2024-M06") == "2023-M06"


def test_months_are_counted_from_1900():
    found = [month_number(p) for p in ("1900", "1900-M12", "2024-Q2", "2024-S2", "2024")]
    assert found == [0, 11, 1491, 1494, 1488]


@pytest.mark.parametrize("few", [0, 100_000])
@pytest.mark.parametrize("listed", [1, 50])
def test_rows_are_those_asked_for_and_no_other(con, few, listed, monkeypatch):
    monkeypatch.setattr(vintage_rows, "FEW", few)
    monkeypatch.setattr(vintage_rows, "MOST_LISTED", listed)
    found = rows(
        con, D, ("condolence_fund", "job_fairs", "mission_incidents"), ("620721", "620702"),
        ("2023-Q1", "2024-Q2"), "value", ("_T", "recipient:部队"),
    )  # fmt: skip
    assert sorted(v[1:6] for v in found if v.obs_value is not None) == [
        ("condolence_fund", "620702", "_T", "2023-Q1", 205_000.0),
        ("condolence_fund", "620702", "_T", "2024-Q2", 90_000.0),
        ("condolence_fund", "620702", "recipient:部队", "2023-Q1", 100_000.0),
        ("condolence_fund", "620721", "_T", "2023-Q1", 40_000.0),
        ("job_fairs", "620702", "_T", "2023-Q1", 2.0),
        ("job_fairs", "620702", "_T", "2024-Q2", 2.0),
        ("job_fairs", "620721", "_T", "2023-Q1", 1.0),
        ("job_fairs", "620721", "_T", "2024-Q2", 0.0),
    ]
    assert [v[1:5] for v in found if v.obs_value is None] == [
        ("condolence_fund", "620721", "_T", "2024-Q2")
    ]
    assert rows(con, "reported", ("condolence_fund",), ("620702",), ("2023-Q1",)) == []
    assert rows(con, D, ("condolence_fund",), ("620702",), ("2023",)) == []


def test_trend_keeps_gaps_and_their_reasons(con):
    rows = trend(con, D, ("condolence_fund",), ["620721"], "2024-Q1", "2024-Q4")
    assert [(r.time_period, r.obs_value, r.obs_status) for r in rows] == [
        ("2024-Q1", 40_000.0, "A"),
        ("2024-Q2", None, "O"),
        ("2024-Q3", 66_000.0, "A"),
        ("2024-Q4", None, "_D"),
    ]
    assert round(rows[2].change.growth, 6) == 10
    assert rows[1].change is None


def test_year_on_year_of_a_sum_compares_the_areas_present_in_both(con):
    [row] = trend(con, D, ("condolence_fund",), ["620700"], "2024-Q1", "2024-Q1")
    assert (row.obs_value, row.n_reported, row.n_expected) == (627_000.0, 6, 7)
    # without Shandan: 64.5 万元 last year less its 6 is 58.5
    assert (row.change.now, row.change.before, row.change.n_areas) == (627_000, 585_000, 6)


def test_year_to_date(con):
    rows = trend(con, D, ("job_fairs",), ["620702"], "2024-Q1", "2024-Q3", "ytd")
    assert [r.obs_value for r in rows] == [3, 5, 8]


def test_ranking_ties_share_a_place_and_the_silent_stand_apart(con):
    rows = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q1")
    assert [(r.ref_area, r.place, r.climbed) for r in rows] == [
        ("620702", 1, 0),
        ("620700-00", 2, 0),
        ("620722", 3, 1),
        ("620723", 3, 0),
        ("620724", 5, 0),
        ("620721", 6, 0),
        ("620725", None, None),
    ]
    assert rows[-1].obs_status == "O"


def test_where_down_is_good_the_lowest_is_first(con):
    rows = counties.ranking(con, D, "issues_overdue", "620700", "2024-Q3")
    assert [r.place for r in rows] == [1, 1, 1, 4, 4, 6, None]
    assert rows[5].ref_area == "620722"


def test_a_county_stands_so_far_from_the_first_and_from_the_average(con):
    found = standings(con, D, "condolence_fund", "620700", "2024-Q1")
    assert (round(found.average), found.exact) == (104_500, True)
    assert [
        (s.row.ref_area, s.to_first, round(s.to_average), round(s.share, 1), s.small_base)
        for s in found.rows[:3]
    ] == [
        ("620702", 0, 115_500, 35.1, False),
        ("620700-00", -110_000, 5_500, 17.5, False),
        ("620722", -130_000, -14_500, 14.4, False),
    ]
    assert found.rows[-1][1:4] == (None, None, None)


def test_a_county_without_a_figure_makes_no_average_approximate():
    came = counties.Ranked(1, "620702", "_T", 1, None, 30, "A", "exact", False, 1, 1, "", None)
    silent = came._replace(place=None, obs_value=None, obs_status="O", qualifier="")
    found = standing._standings([came, silent], 30.0, 30.0, counted=False)
    assert (found.average, found.exact) == (30.0, True)


def test_growth_on_a_few_persons_is_marked(con):
    found = standings(con, D, "job_fairs", "620700", "2024-Q1")
    assert {s.small_base for s in found.rows} == {True}
    found = standings(con, D, "recruits_sent", "620700", "2024-Q1")
    assert [s.row.ref_area for s in found.rows if s.small_base] == ["620700-00"]


def test_lineage_names_the_cell(con):
    [row] = trend(con, D, ("recruits_sent",), ["620721"], "2024-Q3", "2024-Q3")
    [cell] = lineage.cells(con, row.series_id)
    assert (cell.role, cell.printed, cell.sheet, cell.cell) == ("reported", "10余", "季度表", "I7")
    [city] = trend(con, D, ("recruits_sent",), ["620700"], "2024-Q3", "2024-Q3")
    assert [c.role for c in lineage.cells(con, city.series_id)] == ["part"] * 6


def test_a_breakdown_is_asked_for_apart_from_the_total(con):
    assert choices.breakdowns(con, D, "condolence_fund", "Q") == ("_T", "recipient:部队")
    assert choices.breakdowns(con, D, "condolence_letters", "Q") == (
        "festival:春节;recipient:部队",
    )  # fmt: skip
    forces = "recipient:部队"
    [row] = trend(con, D, ("condolence_fund",), ["620702"], "2024-Q1", "2024-Q4", "value", forces)
    assert (row.breakdown, row.time_period, row.obs_value) == (forces, "2024-Q1", 120_000)
    assert (row.change.before, row.change.n_areas) == (100_000, 0)
    ranked = counties.ranking(con, D, "condolence_fund", "620700", "2024-Q1", "value", forces)
    assert [(r.ref_area, r.place, r.climbed) for r in ranked] == [
        ("620702", 1, 0), ("620723", 2, 0),
    ]  # fmt: skip
    assert lineage.files(con, D, ("condolence_fund",), ("620702",), forces) == (
        ("甘州区慰问明细.xlsx", 2023, 2023),
        ("甘州区慰问明细.xlsx", 2024, 2024),
    )
    [cell] = lineage.cells(con, row.series_id)
    assert (cell.breakdown, cell.printed) == (forces, "12")


def test_files_behind_a_chart(con):
    found = lineage.files(con, D, ("recruits_sent",), ("620700",))
    assert found
    assert lineage.between(found, "2024-Q1", "2024-Q3") == ("张掖市2024年双拥报表.xlsx",)
    assert lineage.between(found, "2031-Q1", "2031-Q3") == ()
    assert lineage.files(con, D, ("recruits_sent",), ("150300",)) == ()


@pytest.mark.parametrize("area", ["620700", "620702"])
def test_files_of_several_indicators_are_those_of_each(con, area):
    codes = choices.available_indicators(con, D, "Q")
    every = lineage.by_indicator(con, D, codes, area)
    assert every == {code: lineage.files(con, D, (code,), (area,)) for code in codes}
    assert any(every.values())


def test_what_was_expected_of_several_indicators_is_that_of_each_in_turn(con):
    codes = gaps.indicators(con, D, "Q")[::-1]
    chosen = (("620702", "620721"), "2023-Q1", "2024-Q4")
    one_by_one = [e for code in codes for e in gaps.expected(con, D, (code,), *chosen)]
    assert len({e.indicator for e in one_by_one}) > 3
    assert gaps.expected(con, D, codes, *chosen) == tuple(one_by_one)
    assert gaps.all_expected(Asking(con), D, codes, *chosen) == tuple(one_by_one)


def test_restricted_indicators_never_leave(con):
    assert trend(con, D, ("mission_incidents",), ["620702"], "2023-Q1", "2024-Q4") == ()
    assert counties.ranking(con, D, "mission_incidents", "620700", "2024-Q3") == ()
    assert "mission_incidents" not in choices.indicators(con)
    assert issues.counts(con, issues.Chosen(D))["warning"] == 1
    for table in ("observation", "series", "available", "topic", "indicator"):
        sql = f"select count(*) from {table} where indicator = 'mission_incidents'"
        assert con.execute(sql).fetchone() == (0,)


def test_overview_takes_one_indicator_of_each_aspect_first(con):
    assert overview.first_indicators(con, D, "620700", "2024-Q3", 3) == (
        "publicity_events", "condolence_fund", "recruits_sent",
    )  # fmt: skip
    assert overview.latest_period(con, D, "620700", "Q") == "2024-Q3"
    assert set(overview.due_areas(con, D, "620700", "2024-Q3").values()) == {True}


@pytest.mark.parametrize(("most", "sizes"), [(1, [1, 1, 1]), (2, [2, 1]), (24, [3])])
def test_a_question_asks_of_as_many_indicators_as_a_vintage_of_its_size_allows(most, sizes):
    groups = [*few(lambda _: most, ("a", "b", "c"))]
    assert [len(group) for group in groups] == sizes
    assert [code for group in groups for code in group] == ["a", "b", "c"]
    assert [*few(lambda _: 0, ("a", "b"))] == [("a",), ("b",)]


def test_rankings_of_several_indicators_are_those_of_each(con):
    codes = choices.available_indicators(con, D, "Q")
    found = counties.rankings(con, D, codes, "620700", "2024-Q3")
    each = {code: counties.ranking(con, D, code, "620700", "2024-Q3") for code in codes}
    assert found == each
    assert any(each.values())
