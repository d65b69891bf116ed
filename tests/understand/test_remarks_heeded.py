"""A remark that may change a figure is said, and the figure stays as it stands."""

from __future__ import annotations

import openpyxl
import pytest

from tests.understand.committed import grids, read_grid

TITLE = ["张掖市2024年二季度慰问情况"]
HEADER = ["县区", "慰问金（万元）", "备注"]


@pytest.mark.parametrize(
    ("remark", "note", "cells"),
    [
        ("实际应为12万元", "", {"C3"}),
        ("单位：元", "", {"C3"}),
        ("", "注：以上为1-6月累计数", {"A4"}),
        ("", "①含慰问品，*为暂估数", {"A4"}),
        ("含慰问品", "注：不含市本级", set()),
    ],
)
def test_remarks_that_may_change_a_figure(tmp_path, remark, note, cells):
    book = openpyxl.Workbook()
    for row in (TITLE, HEADER, ["甘州区", 10, remark], [note]):
        book.active.append(row)
    book.save(tmp_path / "慰问.xlsx")
    (found,) = [read_grid(grid) for grid in grids(tmp_path / "慰问.xlsx")]
    assert found.observations["obs_value"].to_pylist() == [100_000]
    assert {i.cell for i in found.issues if i.rule == "remark_qualifies"} == cells
