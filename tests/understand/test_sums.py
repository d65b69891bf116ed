"""Totals over periods and areas that are no sums; what was counted is never rounded."""

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import Grid
from tests.understand.committed import read_grid


def issues(*rows):
    width = max(map(len, rows))
    grid = Grid("表.xlsx", "Sheet1", [[*row, *[None] * (width - len(row))] for row in rows])
    return [
        (issue.rule, issue.cell, issue.words["parts"], issue.words["gap"])
        for issue in read_grid(grid).issues
    ]


def months(title, *rows):
    return issues([f"张掖市2024年二季度{title}"], ["县区", "4月", "5月", "6月", "合计"], *rows)


def test_a_total_of_months_that_do_not_add_up_is_named():
    found = months(
        "慰问金（万元）", ["甘州区", 1.5, 2.0, 3.0, 6.5], ["山丹县", 12.0, 25.0, 31.0, 86.0]
    )
    assert found == [("total_differs_periods", "E4", "68", "18")]


def test_rounding_explains_a_little_of_amounts_and_nothing_of_counts():
    """Three parts and a total in whole 万元 are each off by half a 万元 at most: two together."""
    assert months("慰问金（万元）", ["甘州区", 1.0, 2.0, 3.0, 7.0]) == []
    assert months("慰问金（万元）", ["甘州区", 1.0, 2.0, 3.0, 8.0]) == []
    assert months("慰问金（万元）", ["甘州区", 1.0, 2.0, 3.0, 9.0]) == [
        ("total_differs_periods", "E3", "6", "3")
    ]
    assert months("招聘会场次", ["甘州区", 1.0, 2.0, 3.0, 7.0]) == [
        ("total_differs_periods", "E3", "6", "1")
    ]


def test_a_missing_month_may_be_in_the_total():
    assert months("招聘会场次", ["甘州区", 1.0, None, 3.0, 7.0]) == []
    assert months("招聘会场次", ["甘州区", 1.0, None, 3.0, 2.0]) == [
        ("total_differs_periods", "E3", "4", "-2")
    ]


def test_a_total_below_months_is_compared_column_by_column():
    rows = [["4月", 1.0, 2.0], ["5月", 1.0, 2.0], ["6月", 1.0, 2.0], ["合计", 3.0, 8.0]]
    found = issues(["张掖市2024年二季度情况"], ["月份", "招聘会场次", "走访部队（支）"], *rows)
    assert found == [("total_differs_periods", "C6", "6", "2")]


def test_cumulative_figures_are_not_added():
    header = ["指标", "一季度", "上半年", "合计"]
    assert issues(["甘州区2024年情况"], header, ["招聘会场次", 1.0, 3.0, 3.0]) == []


def test_areas_of_what_is_counted_add_up_exactly():
    rows = [["甘州区", 3.0], ["山丹县", 4.0], ["合计", 8.0]]
    found = issues(["张掖市2024年二季度"], ["县区", "招聘会场次"], *rows)
    assert found == [("total_differs", "B5", "7", "1")]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.decimals(0, 10**6, places=2), min_size=2, max_size=4))
def test_a_true_sum_is_never_doubted(amounts):
    header = ["县区", *["一季度", "二季度", "三季度", "四季度"][: len(amounts)], "合计"]
    row = ["甘州区", *map(float, amounts), float(sum(amounts))]
    assert issues(["张掖市2024年慰问金（万元）"], header, row) == []
