"""Issues of restricted figures say whose they are, also where the figure could not be read."""

import datetime as dt
from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.records import Grid, Source
from etl.understand import Vocabulary, understand

SOURCE = Source("0" * 64, "表.xlsx", "reported", dt.date(2024, 4, 8))
TITLE = ["张掖市2024年第一季度统计表", None, None, None]


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(load_catalogue([Path("data/catalogue")]))


def issues(vocabulary, rows, sheet="表", merges=()):
    grid = Grid("表.xlsx", sheet, rows, list(merges))
    found = understand(grid, SOURCE, vocabulary).issues
    return {(i.cell, i.indicator, i.ref_area) for i in found}


def test_an_unreadable_figure_below_a_restricted_indicator(vocabulary):
    rows = [
        TITLE,
        ["县区", "慰问信发放份数", "责任退兵人数", "输送新兵人数"],
        ["临泽县", 5, 3, 4],
        ["甘州区", "5+2", "3+1", "4+1"],
    ]
    assert issues(vocabulary, rows) == {
        ("B4", None, "620702"), ("C4", "responsible_returns", "620702"), ("D4", None, "620702"),
    }  # fmt: skip


def test_below_the_words_of_a_group(vocabulary):
    rows = [
        TITLE,
        ["县区", "兵员征集", None, "慰问信发放份数"],
        [None, "输送新兵", "退兵人数", None],
        ["临泽县", 5, 3, 4],
        ["甘州区", "5+2", "3+1", "1+1"],
    ]
    merges = [(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3)]
    found = issues(vocabulary, rows, merges=merges)
    assert {(cell, code) for cell, code, _ in found} == {
        ("B5", None), ("C5", "responsible_returns"), ("D5", None),
    }  # fmt: skip


def test_beside_the_indicator_of_a_row(vocabulary):
    rows = [TITLE, ["指标", "单位", "甘州区", "临泽县"], ["慰问信发放份数", "份", 1, 2]]
    rows += [["悬挂光荣牌", "块", 3, 4], ["招聘会场次", "场", 3, 4]]
    rows += [["责任退兵人数", "人", 2, "3+1"], ["输送新兵人数", "人", 30, "1+1"]]
    assert {(cell, code) for cell, code, _ in issues(vocabulary, rows)} == {
        ("D6", "responsible_returns"), ("D7", None),
    }  # fmt: skip


@pytest.mark.parametrize("where", ["title", "sheet"])
def test_a_title_or_a_sheets_name_speaks_for_all(vocabulary, where):
    rows = [
        ["2024年第一季度责任退兵人数统计表" if where == "title" else "2024年第一季度", None],
        ["县区", "人数"],
        ["甘州区", "3+1"],
        ["临泽县", 3],
    ]
    found = issues(vocabulary, rows, "表" if where == "title" else "责任退兵人数")
    assert {code for _, code, _ in found} == {"responsible_returns"}


def test_reports_that_differ_name_their_indicator_and_area(vocabulary):
    rows = [TITLE[:2], ["县区", "输送新兵人数"], ["甘州区", 3], ["甘州区", 4]]
    assert issues(vocabulary, rows) == {("B3:B4", "recruits_sent", "620702")}
