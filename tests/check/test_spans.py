"""Declared relations between reports: what contradicts, what does not, and where it is said."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sentences import sentences
from tests.reports import FIRST, HALF, YEAR_TO_DATE, catalogue, found, report, rules


def returned(value: float, **other: Any) -> dict[str, Any]:
    return report("veterans_received", value, YEAR_TO_DATE, "category:返乡退役士兵", **other)


def placed(value: float, **other: Any) -> dict[str, Any]:
    return report("veterans_received", value, HALF, "category:政府安排工作", cell="D5", **other)


def own_work(value: float, **other: Any) -> dict[str, Any]:
    return report("veterans_received", value, HALF, "category:自主就业", cell="D6", **other)


def test_nothing_reported_contradicts_nothing():
    assert found() == []


def test_wuhai_cards_and_holders_differ_by_thirty():
    cards = report("veteran_card_total", 10834, cell="D11")
    holders = report("veteran_card_holders", 10804, cell="D12")
    (issue,) = found(cards, holders)
    assert (issue.rule, issue.cell, issue.indicator) == (
        "relation_about_equal",
        "D11,D12",
        "veteran_card_total",
    )
    said = sentences(issue, catalogue())
    assert said.severity == "warning"
    assert said.message == (
        "乌海市 2024年8月1日：累计办理优待证张数为 10,834 张，累计申领优待证人数为 10,804 张，"
        "相差 30 张（四舍五入最多可解释 0 张）。另一处：乌海.xlsx › 汇总 › D12。"
        "补换证、统计截止日不同都可能造成差异。"
    )
    assert said.message_en == (
        "Wuhai, 1 Aug 2024: “Preferential-treatment cards issued” is 10,834 cards but “Persons who "
        "applied for the card” is 10,804 cards. They differ by 30 cards, of which rounding "
        "explains 0 cards. The other: 乌海.xlsx › 汇总 › D12. Reissued cards or different "
        "closing days may explain the gap."
    )


@pytest.mark.parametrize(("cards", "holders"), [(10804, 10804), (10834, 10834)])
def test_each_number_of_the_cards_can_settle_it(cards: int, holders: int):
    rows = report("veteran_card_total", cards), report("veteran_card_holders", holders)
    assert found(*rows) == []


def test_counts_to_the_unit_are_exact_and_rounded_ones_are_not():
    cards = report("veteran_card_total", 10805)
    holders = report("veteran_card_holders", 10804)
    assert rules(cards, holders) == ["relation_about_equal"]
    in_ten_thousands = report("veteran_card_holders", 10800, rounding=50.0)
    assert found(cards, in_ten_thousands) == []


def test_wuhai_fewer_returned_in_seven_months_than_received_in_six():
    (issue,) = found(returned(39), placed(4), own_work(38))
    assert (issue.rule, issue.cell, issue.printed) == ("interval_below_part", "D4,D5,D6", "39")
    assert (issue.period_start, issue.period_end) == YEAR_TO_DATE
    assert sentences(issue, catalogue()).message == (
        "乌海市：接收退役军人数（返乡退役士兵） 2024年1—7月 为 39 人，"
        "反而小于其中 2024年上半年 的接收退役军人数（政府安排工作 + 自主就业） 42 人，少 3 人。"
        "另一处：乌海.xlsx › 汇总 › D5; 乌海.xlsx › 汇总 › D6。"
        "可能是两处口径不同（如返乡与接收），或较长时段漏报。"
    )


@pytest.mark.parametrize(
    ("in_all", "by_government", "by_themselves"), [(42, 4, 38), (39, 1, 38), (39, 4, 35)]
)
def test_each_number_of_wuhai_can_settle_it(in_all: int, by_government: int, by_themselves: int):
    rows = returned(in_all), placed(by_government), own_work(by_themselves)
    assert found(*rows) == []


def test_parts_that_alone_fit_are_still_added():
    assert rules(returned(39), own_work(38)) == []
    assert rules(returned(39), own_work(38), placed(4)) == ["interval_below_part"]


def test_parts_are_below_the_total_above_their_parent_too():
    total = report("veterans_received", 39, YEAR_TO_DATE)
    assert rules(total, placed(4), own_work(38)) == ["interval_below_part"]


def test_parts_that_may_overlap_are_not_added():
    total = report("condolence_fund", 100, HALF)
    forces = report("condolence_fund", 60, HALF, "recipient:部队")
    veterans = report("condolence_fund", 60, HALF, "recipient:退役军人")
    assert found(total, forces, veterans) == []
    too_much = report("condolence_fund", 160, HALF, "recipient:部队")
    assert rules(total, too_much, veterans) == ["interval_below_part"]


def test_a_part_of_two_dimensions_lies_in_each_of_them():
    both = report("condolence_fund", 60, FIRST, "festival:春节;recipient:部队", cell="D9")
    forces = report("condolence_fund", 50, HALF, "recipient:部队")
    festival = report("condolence_fund", 70, FIRST, "festival:春节")
    (issue,) = found(both, forces, festival)
    assert issue.cell == "D4,D9"
    assert issue.words["left"] == "慰问金发放额（部队）"


def test_a_year_to_date_that_falls():
    march = report("recruits_sent", 26, FIRST, cell="D3")
    june = report("recruits_sent", 25, HALF, cell="D6")
    (issue,) = found(march, june)
    assert (issue.rule, issue.cell) == ("interval_below_part", "D6,D3")
    assert found(march, report("recruits_sent", 26, HALF)) == []


def test_one_wrong_report_is_said_once():
    """March typed ten times too high lies in every later year to date: the next one names it."""
    to_date = [(3, 31, 260), (6, 30, 40), (9, 30, 50), (12, 31, 60)]
    rows = [
        report("recruits_sent", value, (FIRST[0], dt.date(2024, month, day)), cell=f"D{month}")
        for month, day, value in to_date
    ]
    assert [issue.cell for issue in found(*rows)] == ["D6,D3"]


def test_a_long_span_holds_the_years_within():
    since = report("recruits_sent", 90, (dt.date(2020, 1, 1), dt.date(2024, 12, 31)), cell="D1")
    year = report("recruits_sent", 95, (dt.date(2022, 1, 1), dt.date(2022, 12, 31)), cell="D2")
    after = report("recruits_sent", 95, (dt.date(2024, 10, 1), dt.date(2025, 3, 31)), cell="D3")
    assert [issue.cell for issue in found(since, year, after)] == ["D1,D2"]


def test_stocks_and_rates_may_fall():
    rows = [
        report("training_rate", 90, FIRST),
        report("training_rate", 80, HALF),
        report("veterans_registered", 90, (FIRST[1], FIRST[1])),
        report("veterans_registered", 80, (HALF[1], HALF[1])),
    ]
    assert found(*rows) == []


def test_paid_is_within_allocated_for_the_same_months():
    allocated = report("pension_allocated", 8330600, YEAR_TO_DATE, rounding=50.0)
    paid = report("pension_paid", 6510000, YEAR_TO_DATE, rounding=5000.0)
    assert found(allocated, paid) == []
    more = report("pension_paid", 8510000, YEAR_TO_DATE, rounding=5000.0, sheet="发放", cell="B2")
    (issue,) = found(allocated, more)
    assert (issue.rule, issue.sheet, issue.cell) == ("relation_at_most", "发放", "B2")
    assert issue.words["other"] == "乌海.xlsx › 汇总 › D4"
    assert (issue.words["gap"], issue.words["tolerance"]) == ("17.94 万元", "0.505 万元")
    assert sentences(issue, catalogue()).message_en == (
        "Wuhai, Jan–Jul 2024: “Pensions and allowances paid” is 8,510,000 yuan, above “Pensions "
        "and allowances allocated” at 8,330,600 yuan by 179,400 yuan, of which rounding explains "
        "5,050 yuan. The other: 乌海.xlsx › 汇总 › D4. Payments usually stay within allocations; "
        "check that both count the same funds."
    )
    other_months = report("pension_paid", 9000000, HALF)
    assert found(allocated, other_months) == []


def test_exhaustive_parts_make_the_total():
    total = report("job_fairs", 10, HALF)
    online = report("job_fairs", 4, HALF, "channel:线上", cell="D5")
    on_site = report("job_fairs", 7, HALF, "channel:线下", cell="D6")
    fewer = report("job_fairs", 2, HALF, "channel:线下", cell="D6")
    equal = report("job_fairs", 6, HALF, "channel:线下", cell="D6")
    assert rules(total, online, equal) == []
    assert rules(total, online, fewer) == ["parts_not_total"]
    assert rules(total, online) == []
    (issue,) = found(total, online, on_site)
    assert (issue.rule, issue.cell) == ("parts_not_total", "D4,D5,D6")
    assert sentences(issue, catalogue()).message == (
        "乌海市 2024年上半年：退役军人招聘会场次为 10 场，退役军人招聘会场次（线上 + 线下）"
        "相加为 11 场，相差 1 场（四舍五入最多可解释 0 场）。"
        "分项：乌海.xlsx › 汇总 › D5; 乌海.xlsx › 汇总 › D6。"
        "请核对各分项与合计。"
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=4, max_size=4), st.sampled_from([0.5, 5.0, 50.0]))
def test_parts_and_total_rounded_each_for_itself_agree(parts: list[int], half: float):
    rounded = [round(value / (2 * half)) * 2 * half for value in (sum(parts), *parts)]
    names = ("_T", *(f"fund_source:{level}" for level in ("中央", "省级", "市级", "县级")))
    rows = [
        report("condolence_fund", value, HALF, name, rounding=half)
        for value, name in zip(rounded, names, strict=True)
    ]
    assert found(*rows) == []


def test_inexact_values_are_compared_by_their_bounds():
    about = {"qualifier": "about", "low": 950.0, "high": 1050.0}
    cards = report("veteran_card_total", 1000, **about)
    assert rules(cards, report("veteran_card_holders", 1040)) == []
    assert rules(cards, report("veteran_card_holders", 1060)) == ["relation_about_equal"]
    at_least = {"qualifier": "at_least", "low": 1100.0, "high": None}
    more = report("veteran_card_holders", 1100, **at_least)
    assert rules(report("veteran_card_total", 900), more) == ["relation_about_equal"]
    assert rules(report("veteran_card_total", 9000), more) == []


def test_values_without_bounds_or_number_are_left_alone():
    cards = report("veteran_card_total", 10834)
    implied = report("veteran_card_holders", 100, qualifier="implied")
    text = report("veteran_card_holders", None, qualifier="non_numeric", printed="多次")
    assert found(cards, implied) == []
    assert found(cards, text) == []


def test_datasets_areas_and_days_do_not_meet():
    cards = report("veteran_card_total", 10834)
    holders = report("veteran_card_holders", 10804)
    for elsewhere in (
        {"dataset": "reported"},
        {"ref_area": "150302"},
        {"period_start": HALF[1], "period_end": HALF[1]},
    ):
        assert found(cards, holders | elsewhere) == []


def test_a_correction_replaces_what_it_corrects():
    cards = report("veteran_card_total", 10834)
    wrong = report("veteran_card_holders", 10804)
    right = report("veteran_card_holders", 10834, reported_on=dt.date(2024, 9, 1))
    approved = report("veteran_card_holders", 10804, approval=2)
    assert found(cards, right, wrong) == []
    assert rules(cards, right, approved) == ["relation_about_equal"]


def test_one_report_twice_is_not_added_twice():
    rows = returned(42), placed(4), own_work(38), own_work(38, sheet="二")
    assert found(*rows) == []


def test_a_relation_that_nobody_declared_is_not_checked():
    few = replace(catalogue(), relations=catalogue().relations[1:])
    rows = report("veteran_card_total", 10834), report("veteran_card_holders", 10804)
    assert found(*rows, known=few) == []


def test_the_other_cell_is_named_with_its_file_and_sheet():
    rows = returned(39), placed(4, source_file="安置.xls", sheet="一"), own_work(38)
    (issue,) = found(*rows)
    assert issue.cell == "D4,D6"
    assert issue.words["other"] == "安置.xls › 一 › D5; 乌海.xlsx › 汇总 › D6"


def test_a_local_area_is_named_with_its_parent():
    rows = [
        report("veteran_card_total", 30, ref_area="620700-00"),
        report("veteran_card_holders", 20, ref_area="620700-00"),
    ]
    (issue,) = found(*rows)
    assert issue.words["area"] == "张掖市市本级"
