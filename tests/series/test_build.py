"""Literal rows: what a leader would compute by hand from the same reports."""

import datetime as dt
import sys

import pytest
from reported import count, report

Y23, Y24 = 36, 48  # January 2023 and 2024, in months since January 2020


def city(time_period):
    return f"ref_area = '6207' and time_period = '{time_period}'"


def test_quarters_are_differences_of_cumulative_reports(built):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 6, 58), report(Y24, Y24 + 9, 60)])
    assert found.rows(
        "time_period, obs_value, method, ytd_value, ytd_method", "ref_area = '620702'"
    ) == [
        ("2024-Q1", 20.0, "reported", 20.0, "reported"),
        ("2024-S1", 58.0, "reported", 58.0, "reported"),
        ("2024-Q2", 38.0, "derived", 58.0, "reported"),
        ("2024-Q3", 2.0, "derived", 60.0, "reported"),
    ]
    assert found.lineage("2024-Q2") == [(1, "minus", -1), (2, "plus", 1)]
    assert found.lineage("2024-Q2", "ytd") == [(2, "reported", 1)]


def test_a_difference_across_new_year(built):
    """Eighteen months less the first six are the next year."""
    found = built([report(Y23 + 6, Y24 + 12, 90), report(Y23 + 6, Y24, 30)])
    assert found.value("2024") == 60
    assert found.value("2023-S2") == 30


def test_tenths_stay_tenths(built):
    found = built([report(Y24, Y24 + 3, 0.1, half=0.05), report(Y24, Y24 + 6, 0.3, half=0.05)])
    assert found.value("2024-Q2") == 0.2


def test_an_interval_of_seven_months_is_a_year_to_date_and_nothing_else(built):
    found = built([report(Y24, Y24 + 7, 41)])
    assert found.rows("time_period, obs_value, obs_status, ytd_value, reason") == [
        ("2024-M07", None, "O", 41.0, "not_derivable")
    ]


def test_a_long_interval_alone_gives_no_row(built):
    assert built([report(0, 63, 48_000)]).rows("time_period") == []


def test_a_reported_value_beats_a_derived_one(built):
    found = built([
        report(Y24, Y24 + 3, 1000), report(Y24, Y24 + 6, 2103),
        report(Y24 + 3, Y24 + 6, 1100, qualifier="about", low=1050, high=1150),
    ])  # fmt: skip
    assert found.rows("obs_value, qualifier, low, high, method", "time_period = '2024-Q2'") == [
        (1100.0, "about", 1050.0, 1150.0, "reported")
    ]


def test_only_exact_reports_are_subtracted_and_a_sum_is_as_weak_as_its_terms(built):
    found = built([
        report(Y24, Y24 + 3, 100, qualifier="at_least", low=100),
        report(Y24 + 3, Y24 + 6, 50), report(Y24, Y24 + 9, 200),
    ])  # fmt: skip
    assert found.rows("time_period, obs_value, qualifier, low, high, reason") == [
        ("2024-Q1", 100.0, "at_least", 100.0, None, ""),
        ("2024-S1", 150.0, "at_least", 150.0, None, ""),
        ("2024-Q2", 50.0, "exact", None, None, ""),
        ("2024-Q3", None, "", None, None, "inexact"),
    ]


def test_an_inexact_value_keeps_its_bounds_beside_a_quarter_that_was_not_reported(built):
    found = built([
        report(Y24, Y24 + 3, 1100, qualifier="about", low=1050, high=1150),
        report(Y24 + 3, Y24 + 6, None, status="O"),
    ])  # fmt: skip
    assert found.rows("obs_value, low, high", "time_period = '2024-Q1'") == [
        (1100.0, 1050.0, 1150.0)
    ]


def test_provisional_reports_make_provisional_values(built):
    found = built([report(Y24, Y24 + 3, 20, status="P"), report(Y24, Y24 + 6, 58)])
    assert found.value("2024-Q2", "obs_status") == "P"
    assert found.value("2024-S1", "obs_status") == "A"


def test_a_gap_is_a_row_without_a_value(built):
    """Between its first and its last report a series is expected as often as it ever came."""
    found = built([report(Y24, Y24 + 3, 20), report(Y24 + 9, Y24 + 12, 30)])
    assert found.rows("time_period, obs_value, obs_status, reason") == [
        ("2024-Q1", 20.0, "A", ""),
        ("2024-S1", None, "O", "not_derivable"),
        ("2024", None, "O", "not_derivable"),
        ("2024-Q2", None, "O", "not_reported"),
        ("2024-Q3", None, "O", "not_reported"),
        ("2024-S2", None, "O", "not_derivable"),
        ("2024-Q4", 30.0, "A", ""),
    ]


def test_a_year_without_any_report_is_a_gap_too(built):
    found = built([report(0, 12, 1), report(36, 48, 4)])
    assert found.rows("time_period, obs_value, reason") == [
        ("2020", 1.0, ""), ("2021", None, "not_reported"), ("2022", None, "not_reported"),
        ("2023", 4.0, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "status", "reason"),
    [(dt.date(2024, 7, 10), "_D", "not_due"), (dt.date(2024, 7, 11), "O", "not_reported")],
)
def test_what_is_expected_is_due_some_days_after_its_period(
    built, expecting, as_of, status, reason
):
    found = built([report(Y24, Y24 + 3, 20, day=as_of)], expecting(due_days=10))
    assert found.value("2024-Q2", "obs_status") == status
    assert found.value("2024-Q2", "reason") == reason
    assert found.value("2024-Q1", "obs_status", area="620722") == "O"
    assert found.value("2024", "obs_status") == "_D"


def test_a_mark_says_that_there_is_nothing_to_report(built):
    found = built([report(Y24, Y24 + 3, 5), report(Y24 + 3, Y24 + 6, None, status="M")])
    assert found.rows("obs_value, obs_status, reason, method", "time_period = '2024-Q2'") == [
        (None, "M", "not_applicable", "")
    ]


def test_words_instead_of_a_number_are_kept_as_such(built):
    found = built([report(Y24, Y24 + 12, None, qualifier="non_numeric")])
    assert found.rows("time_period, obs_value, qualifier, reason") == [
        ("2024", None, "non_numeric", "non_numeric")
    ]


def test_a_plan_is_not_divided(built):
    found = built([report(Y24, Y24 + 12, 100, indicator="budget")])
    assert found.rows("time_period, obs_value, ytd_value") == [("2024", 100.0, None)]


# ── stocks and rates ────────────────────────────────────────────────────────────────────────────


def test_a_stock_is_its_last_count_in_the_period(built):
    found = built([count("2024-02-15", 7), count("2024-03-31", 8), count("2024-06-30", 9)])
    assert found.rows("time_period, freq, obs_value, ytd_value") == [
        ("2024-Q1", "Q", 8.0, None), ("2024-S1", "S", 9.0, None), ("2024", "A", 9.0, None),
        ("2024-M02", "M", 7.0, None), ("2024-M03", "M", 8.0, None),
        ("2024-Q2", "Q", 9.0, None), ("2024-M06", "M", 9.0, None),
    ]  # fmt: skip
    assert found.lineage("2024-Q1", indicator="cards") == [(2, "reported", 1)]


def test_a_count_that_was_left_out_is_a_gap(built):
    found = built([count("2024-03-31", 8), count("2024-09-30", 9)])
    assert found.rows("time_period, obs_value, reason", "freq = 'Q'") == [
        ("2024-Q1", 8.0, ""), ("2024-Q2", None, "not_reported"), ("2024-Q3", 9.0, ""),
    ]  # fmt: skip


def test_a_rate_is_rebuilt_from_its_sums_and_never_averaged(built):
    found = built([
        count("2024-03-31", 80), count("2024-03-31", 100, indicator="veterans"),
        count("2024-03-31", 10, area="620721"),
        count("2024-03-31", 100, area="620721", indicator="veterans"),
    ])  # fmt: skip
    assert found.rows("ref_area, obs_value, method, n_reported, n_expected",
                      "indicator = 'card_rate' and freq = 'Q'") == [
        ("6207", 45.0, "ratio", 2, 2), ("620702", 80.0, "ratio", 1, 1),
        ("620721", 10.0, "ratio", 1, 1),
    ]  # fmt: skip
    assert found.lineage("2024-Q1", area="6207", indicator="card_rate") == [
        (1, "numerator", 1), (2, "denominator", 1), (3, "numerator", 1), (4, "denominator", 1),
    ]  # fmt: skip


def test_a_rate_over_different_areas_is_refused(built):
    """Cards of one county over the veterans of two would be a wrong rate."""
    found = built([
        count("2024-03-31", 80), count("2024-03-31", 100, indicator="veterans"),
        count("2024-03-31", 100, area="620721", indicator="veterans"),
        count("2024-06-30", 5, area="620721"),
    ])  # fmt: skip
    assert found.value("2024-Q1", area="6207", indicator="card_rate") is None
    assert found.value("2024-Q1", "reason", area="6207", indicator="card_rate") == "incomplete"


def test_a_printed_rate_stands_where_nothing_can_be_rebuilt(built):
    found = built([
        report(Y24, Y24 + 3, 51.25, indicator="card_rate", half=0.005),
        report(Y24, Y24 + 6, 52.5, indicator="awareness", half=0.05),
        report(Y24, Y24 + 3, 50, indicator="awareness", half=0.5),
    ])  # fmt: skip
    assert found.value("2024-Q1", indicator="card_rate") == 51.25
    assert found.value("2024-Q2", indicator="awareness") is None
    assert found.value("2024-Q1", area="6207", indicator="awareness") is None


# ── breakdowns ──────────────────────────────────────────────────────────────────────────────────


def test_a_total_is_summed_from_exhaustive_parts_when_all_are_there(built):
    found = built([
        report(Y24, Y24 + 3, 5, breakdown="who:甲"), report(Y24, Y24 + 3, 2, breakdown="who:乙一"),
        report(Y24, Y24 + 3, 1, breakdown="who:乙二"),
        report(Y24, Y24 + 3, 9, breakdown="who:其他"),
    ])  # fmt: skip
    assert found.rows("breakdown, obs_value, method, n_reported", "ref_area = '620702'") == [
        ("_T", 8.0, "summed", 1), ("who:乙", 3.0, "summed", 1), ("who:乙一", 2.0, "reported", 1),
        ("who:乙二", 1.0, "reported", 1), ("who:其他", 9.0, "reported", 1),
        ("who:甲", 5.0, "reported", 1),
    ]  # fmt: skip
    assert found.lineage("2024-Q1") == [(1, "part", 1), (2, "part", 1), (3, "part", 1)]


def test_a_part_that_is_missing_leaves_the_total_open(built):
    found = built([report(Y24, Y24 + 3, 5, breakdown="who:甲"),
                   report(Y24 + 3, Y24 + 6, 2, breakdown="who:乙")])  # fmt: skip
    assert found.value("2024-Q1") is None


def test_rates_of_exhaustive_parts_are_never_added(built):
    found = built([
        report(Y24, Y24 + 3, 75, indicator="card_rate", breakdown="who:甲"),
        report(Y24, Y24 + 3, 60, indicator="card_rate", breakdown="who:乙"),
        report(Y24 + 3, Y24 + 6, 70, indicator="card_rate"),
    ])  # fmt: skip
    assert found.value("2024-Q1", indicator="card_rate") is None


def test_an_own_total_is_not_summed_from_parts(built):
    found = built([report(Y24, Y24 + 3, 9), report(Y24, Y24 + 3, 5, breakdown="who:甲"),
                   report(Y24, Y24 + 3, 3, breakdown="who:乙")])  # fmt: skip
    assert found.value("2024-Q1") == 9
    assert found.value("2024-Q1", "method") == "reported"


# ── areas ───────────────────────────────────────────────────────────────────────────────────────


def test_a_city_is_the_sum_of_the_counties_that_reported(built, expecting):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 5, area="620721")], expecting())
    assert found.rows("obs_value, method, n_reported, n_expected", city("2024-Q1")) == [
        (25.0, "summed", 2, 3)
    ]  # fmt: skip
    assert found.lineage("2024-Q1", area="6207") == [(1, "part", 1), (2, "part", 1)]


def test_a_county_that_stops_is_owed_for_a_year_while_others_report_on(built):
    found = built([
        *(report(Y24 + 3 * n, Y24 + 3 * n + 3, 10) for n in range(8)),
        *(report(Y24 + 3 * n, Y24 + 3 * n + 3, 5, area="620721") for n in range(2)),
    ])  # fmt: skip
    sums = "ref_area = '6207' and freq = 'Q' and time_period between '2024-Q2' and '2025-Q3'"
    assert found.rows("time_period, obs_value, n_reported, n_expected", sums) == [
        ("2024-Q2", 15.0, 2, 2), ("2024-Q3", 10.0, 1, 2), ("2024-Q4", 10.0, 1, 2),
        ("2025-Q1", 10.0, 1, 2), ("2025-Q2", 10.0, 1, 2), ("2025-Q3", 10.0, 1, 1),
    ]  # fmt: skip
    assert found.value("2024-Q3", "reason", area="620721") == "not_reported"


def test_nobody_reported_is_not_nought(built, expecting):
    found = built([report(Y24, Y24 + 3, 20)], expecting())
    assert found.rows("obs_value, obs_status, n_reported, n_expected", city("2024-Q2")) == [
        (None, "O", 0, 3)
    ]  # fmt: skip


def test_own_report_wins_and_is_complete(built, expecting):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 30, area="6207")], expecting())
    assert found.rows("obs_value, method, n_reported, n_expected", city("2024-Q1")) == [
        (30.0, "reported", 3, 3)
    ]  # fmt: skip
    assert found.lineage("2024-Q1", area="6207") == [(2, "reported", 1)]
    assert {issue.rule for issue in found.issues} == {"report_missing"}


def test_year_to_date_has_a_coverage_of_its_own(built, expecting):
    found = built([
        report(Y24, Y24 + 3, 20), report(Y24, Y24 + 6, 30), report(Y24, Y24 + 6, 7, area="620721"),
    ], expecting())  # fmt: skip
    assert found.rows("obs_value, n_reported, ytd_value, ytd_n_reported", city("2024-Q2")) == [
        (10.0, 1, 37.0, 2)
    ]  # fmt: skip


def test_one_city_is_not_its_province(built):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 5, area="620721")])
    assert found.value("2024-Q1", area="6207") == 25
    assert found.rows("ref_area", "ref_area = '62'") == []


def test_one_county_of_three_is_not_the_city(built):
    found = built([report(Y24, Y24 + 3, 20)])
    assert found.rows("ref_area") == [("620702",)]


def test_datasets_are_never_added_up(built):
    found = built([report(Y24, Y24 + 3, 20),
                   report(Y24, Y24 + 3, 5, area="620721", dataset="published")])  # fmt: skip
    assert found.rows("dataset, ref_area, obs_value") == [
        ("published", "620721", 5.0), ("reported", "620702", 20.0),
    ]  # fmt: skip


# ── what is wrong ───────────────────────────────────────────────────────────────────────────────


def test_a_contradiction_marks_what_is_reported_and_withholds_what_rests_on_it(built):
    found = built([
        report(Y24, Y24 + 3, 20), report(Y24 + 3, Y24 + 6, 30), report(Y24, Y24 + 6, 58),
        report(Y24, Y24 + 9, 70),
    ])  # fmt: skip
    assert found.rows("time_period, obs_value, conflict, reason") == [
        ("2024-Q1", 20.0, True, ""), ("2024-S1", 58.0, True, ""), ("2024-Q2", 30.0, True, ""),
        ("2024-Q3", None, True, "conflict"),
    ]  # fmt: skip
    [issue] = found.issues
    assert issue.rule == "contradicting_reports"
    assert issue.words["residual"] == "8 人"
    assert issue.words["tolerance"] == "1.5 人"
    assert issue.words["loop_en"] == (
        "58 persons (H1 2024) − 20 persons (Q1 2024) − 30 persons (Q2 2024)"
    )
    assert issue.words["loop"].startswith("58人 （2024年上半年） − 20人 ")
    assert len(issue.cell.split(",")) == 3


def test_rounding_is_no_contradiction(built):
    found = built(
        [report(Y24, Y24 + 3, 20), report(Y24 + 3, Y24 + 6, 30), report(Y24, Y24 + 6, 51)]
    )
    assert found.issues == []


def test_two_reports_of_one_interval_contradict_each_other(built):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 26)])
    assert found.rows("obs_value, conflict") == [(20.0, True)]
    assert found.issues == []  # precedence.ties asks which is in force


def test_a_bound_is_compared_with_what_exact_reports_say(built):
    reports = [report(Y24, Y24 + 3, 400), report(Y24 + 3, Y24 + 6, 500)]
    low = report(Y24, Y24 + 6, 1100, qualifier="at_least", low=1100)
    assert [issue.rule for issue in built([*reports, low]).issues] == ["bound_contradicted"]
    fine = report(Y24, Y24 + 6, 800, qualifier="at_least", low=800)
    assert built([*reports, fine]).issues == []


def test_a_cumulative_figure_that_falls_is_an_issue(built):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 6, 15)])
    assert found.value("2024-Q2") == -5
    [issue] = found.issues
    assert (issue.rule, issue.words["value"], issue.period_end) == (
        "negative_derived",
        "-5 人",
        dt.date(2024, 6, 30),
    )


@pytest.mark.parametrize(("own", "issues"), [(25, 0), (26, 0), (27, 1), (24, 0), (23, 1)])
def test_a_complete_total_may_differ_by_rounding_only(built, own, issues):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 5, area="620721"),
                   report(Y24, Y24 + 3, own, area="6207")])  # fmt: skip
    assert [issue.rule for issue in found.issues] == ["total_differs_from_parts"] * issues


@pytest.mark.parametrize(("own", "issues"), [(99, 0), (20, 1)])
def test_an_incomplete_sum_may_fall_short_but_not_exceed(built, expecting, own, issues):
    found = built([report(Y24, Y24 + 3, 20), report(Y24, Y24 + 3, 5, area="620721"),
                   report(Y24, Y24 + 3, own, area="6207")], expecting())  # fmt: skip
    rules = [issue.rule for issue in found.issues]
    assert rules.count("total_differs_from_parts") == issues


def test_nothing_reported_gives_no_series(built):
    assert built([]).rows("series_id") == []


def test_many_series_lie_by_their_numbers(built, monkeypatch):
    monkeypatch.setattr(sys.modules["etl.series.build"], "MANY_REPORTS", 0)
    reports = [
        report(Y24 + 3 * n, Y24 + 3 * n + 3, 10, area=area)
        for n in (2, 0, 3, 1)
        for area in ("620721", "620702")
    ]
    numbers = built(reports).con.execute("select series_id from series order by rowid").fetchall()
    assert len(numbers) == 21  # four quarters, two halves and a year of three areas
    assert numbers == sorted(numbers)


def test_batches_change_nothing(built, monkeypatch):
    reports = [
        *(
            report(Y24, Y24 + n, 10 * n, breakdown=f"who:{part}")
            for n in (3, 6, 12)
            for part in "甲乙"
        ),
        report(Y24, Y24 + 12, 400, indicator="budget"),
        *(count("2024-03-31", 90, indicator=word) for word in ("cards", "veterans")),
    ]
    columns = "* exclude (segment_id, plan_id)"
    whole = built(reports).rows(columns)
    assert len(whole) == 33
    monkeypatch.setattr(sys.modules["etl.series.topics"], "BATCH", 2)
    divided = built(reports)
    assert divided.con.execute("select count(distinct batch) from topic").fetchone() == (3,)
    assert divided.rows(columns) == whole
