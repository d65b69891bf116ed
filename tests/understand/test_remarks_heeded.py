"""A remark that may change a figure is said, and the figure mostly stays as it stands."""

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
        ("一季度", "", {"C3"}),
        ("5月", "注：甘州区统计截至5月底", {"C3", "A4"}),
        ("", "以上为1-5月数据", {"A4"}),
        ("", "以上为2023年数据", {"A4"}),
        ("二季度", "注：数据来源于2024年二季度统计台账", set()),
        ("4月2场，5月1场", "填报时间：2024年7月5日", set()),
        ("7月再办一场", "2024年", set()),
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


def test_a_mark_that_a_note_explains_makes_its_figure_doubtful(tmp_path):
    book = openpyxl.Workbook()
    for row in (TITLE, HEADER[:2], ["甘州区", "10*"], ["民乐县", "8②"], ["注：*含企业捐赠"]):
        book.active.append(row)
    book.save(tmp_path / "慰问.xlsx")
    (found,) = [read_grid(grid) for grid in grids(tmp_path / "慰问.xlsx")]
    assert sorted(found.observations["obs_value"].to_pylist()) == [80_000, 100_000]
    (issue,) = found.issues  # ② has no note
    assert (issue.rule, issue.cell, issue.words["text"]) == ("mark_explained", "B3", "含企业捐赠")


@pytest.mark.parametrize("header", ["去年四季度慰问金（万元）", "上年结转慰问金（万元）"])
def test_figures_of_earlier_that_check_nothing_are_told(tmp_path, header):
    book = openpyxl.Workbook()
    for row in (TITLE, ["县区", header, "慰问金（万元）"], ["甘州区", 7, 10], ["民乐县", "—", 8]):
        book.active.append(row)
    book.save(tmp_path / "慰问.xlsx")
    (found,) = [read_grid(grid) for grid in grids(tmp_path / "慰问.xlsx")]
    assert found.observations["cell"].to_pylist() == ["C3", "C4"]
    assert [(i.rule, i.cell) for i in found.issues] == [("prior_unused", "B3")]
