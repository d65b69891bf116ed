"""An issue names the area of its cells, so that whoever looks for a county's issues finds it."""

from __future__ import annotations

import openpyxl
import pytest

from tests.understand.committed import grids, read_grid

ROWS = [
    ["张掖市2024年二季度双拥统计表"],
    ["县区", "慰问金（万元）", "没有的指标", "备注"],
    ["甘州区", 10, 1, "实际应为12万元"],
    ["山丹县", "5+2", 2, ""],
]
ACROSS = [
    ["2024年二季度双拥统计表"],
    ["指标", "单位", "甘州区", "山丹县"],
    ["慰问金", "万元", "5+2", 3],
    ["慰问信发放份数", "份", 3, 4],
]
ALONE = [["甘州区2024年二季度双拥统计表"], ["指标", "单位", "数值"], ["没有的指标", "人", 3]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (ROWS, {"B4": "620725", "C3:C4": None, "D3": "620702"}),
        (ACROSS, {"C3": "620702"}),
        (ALONE, {"C3": "620702"}),
    ],
)
def test_the_area_of_an_issue(tmp_path, rows, expected):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "双拥.xlsx")
    (found,) = [read_grid(grid) for grid in grids(tmp_path / "双拥.xlsx")]
    assert {issue.cell: issue.ref_area for issue in found.issues} == expected
