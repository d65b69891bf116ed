"""A printed change is compared with the figures of both years beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.records import Grid
from tests.understand.committed import read_grid

HEADERS = ["县区", "输送新兵（人）", "上年同期（人）"]


def doubted(header, *rows):
    """The cells of a printed change that the loader doubts, and what it says of them."""
    sheet = [["张掖市2024年上半年输送新兵情况"], [*HEADERS, header], *map(list, rows)]
    wide = [[*row, *[None] * (4 - len(row))] for row in sheet]
    issues = read_grid(Grid("表.xlsx", "Sheet1", wide)).issues
    return [(i.cell, i.words["right"]) for i in issues if i.rule == "growth_differs"]


@pytest.mark.parametrize(
    ("header", "printed"),
    [
        ("同比（%）", 20.0), ("同比（%）", "20%"), ("同比", 0.2), ("增减", 2.0), ("增减", "+2"),
        ("增幅", "增长20%"), ("同比", "持平"), ("同比", "—"), ("占比", 99.0), ("排名", 1.0),
    ],
)  # fmt: skip
def test_a_change_that_follows_or_says_no_number_is_not_doubted(header, printed):
    assert doubted(header, ["甘州区", 12.0, 10.0, printed]) == []


@pytest.mark.parametrize(
    ("header", "printed"),
    [("同比（%）", 25.0), ("同比（%）", 0.2), ("增减", 3.0), ("增幅", "下降20%"), ("同比", 3.0)],
)
def test_a_change_that_does_not_follow_is_named(header, printed):
    rows = ["甘州区", 12.0, 10.0, printed], ["民乐县", 9.0, 10.0, "-10%"]
    assert doubted(header, *rows)[0] == ("D3", "20.00%")


def test_a_fall_may_lose_its_sign_under_a_word_that_says_it():
    assert doubted("下降（%）", ["甘州区", 9.0, 10.0, 10.0]) == []
    assert doubted("增长（%）", ["甘州区", 9.0, 10.0, 10.0]) == [("D3", "-10.00%")]


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_rounded_rate_is_never_doubted(new, old, places):
    rate = round((new / old - 1) * 100, places)
    assert doubted("同比（%）", ["甘州区", float(new), float(old), rate]) == []
