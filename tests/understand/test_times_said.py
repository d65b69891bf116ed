"""What is asked when a sheet does not say of which period its figures are."""

from __future__ import annotations

import openpyxl
import pytest

from tests.understand.committed import grids, read_grid


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("张掖市慰问情况", "missing_year"),
        ("张掖市二季度慰问情况", "missing_year"),
        ("张掖市2024年1月20日至2月9日慰问情况", "unclear_period"),
        ("张掖市2024年1月上旬慰问情况", "unclear_period"),
    ],
)
def test_a_year_is_asked_for_only_where_none_stands(tmp_path, title, rule):
    book = openpyxl.Workbook()
    for row in ([title], ["县区", "慰问金（万元）"], ["甘州区", 10]):
        book.active.append(row)
    book.save(tmp_path / "慰问.xlsx")
    (found,) = [read_grid(grid) for grid in grids(tmp_path / "慰问.xlsx")]
    assert [(issue.rule, issue.cell) for issue in found.issues] == [(rule, "B3")]
