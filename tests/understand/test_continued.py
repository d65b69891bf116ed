"""A table that goes on in the next sheet is read below the titles and the header of the first."""

import pytest

from etl.records import Grid
from etl.understand import understand
from tests.understand.committed import source, vocabulary

FIRST = [
    ["张掖市2025年三季度双拥统计表", None, None],
    ["县区", "走访慰问", None],
    [None, "慰问金（万元）", "走访部队（支）"],
    ["甘州区", 12.0, 5.0],
]
MERGES = [(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2)]


def read_after_the_first(name, rows):
    first = understand(Grid("a.xlsx", "表一", FIRST, MERGES), source("a.xlsx"), vocabulary())
    grid = Grid("a.xlsx", name, rows)
    return understand(grid, source("a.xlsx"), vocabulary(), None, first.head)


def facts(found):
    return [
        (o["cell"], o["indicator"], o["ref_area"], o["time_period"], o["obs_value"])
        for o in found.observations.to_pylist()
    ]


@pytest.mark.parametrize("name", ["表一（续）", "续表", "Sheet1 续2", "续"])
def test_rows_alone_go_on_below_the_header_of_the_sheet_before(name):
    found = read_after_the_first(name, [["民乐县", 5.0, 2.0]])
    assert facts(found) == [
        ("B1", "condolence_fund", "620722", "2025-Q3", 50000.0),
        ("C1", "troop_visit_units", "620722", "2025-Q3", 2.0),
    ]
    assert found.issues == []
    assert found.fates.total() == 3  # the cells that the sheet holds itself


def test_a_header_of_its_own_stands_below_the_title_of_the_sheet_before():
    found = read_after_the_first(
        "Sheet2", [["（续表）", None], ["县区", "招聘会（场）"], ["民乐县", 1.0]]
    )
    assert facts(found) == [("B3", "job_fairs", "620722", "2025-Q3", 1.0)]


def test_a_title_of_its_own_stays_alone():
    rows = [["2024年二季度双拥统计表（续）", None], ["县区", "招聘会（场）"], ["民乐县", 1.0]]
    assert facts(read_after_the_first("Sheet2", rows)) == [
        ("B3", "job_fairs", "620722", "2024-Q2", 1.0)
    ]


@pytest.mark.parametrize("name", ["Sheet2", "退役手续", "续建项目"])
def test_a_sheet_that_does_not_say_so_is_asked_about(name):
    found = read_after_the_first(name, [["民乐县", 5.0, 2.0]])
    assert facts(found) == []
    assert [(issue.rule, issue.cell) for issue in found.issues] == [("missing_indicator", "B1,C1")]


def test_the_next_sheet_goes_on_with_one_that_went_on_itself():
    second = understand(
        Grid("a.xlsx", "续表1", [["民乐县", 5.0, 2.0]]), source("a.xlsx"), vocabulary(), None,
        understand(Grid("a.xlsx", "表一", FIRST, MERGES), source("a.xlsx"), vocabulary()).head,
    )  # fmt: skip
    grid = Grid("a.xlsx", "续表2", [["山丹县", 4.0, 3.0]])
    third = understand(grid, source("a.xlsx"), vocabulary(), None, second.head)
    assert facts(third)[0] == ("B1", "condolence_fund", "620725", "2025-Q3", 40000.0)
