"""A raised, lowered or struck digit is no digit of its figure: 12¹ is not 121."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.understand.committed import grids, read_grid

TITLE, HEADER = "甘州区2024年二季度双拥工作统计表", ["指标", "数值"]
RAISED, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)


def inline(path, cell):
    """Write the rich text into the sheet itself."""
    book = openpyxl.Workbook()
    for row in ([TITLE], HEADER, ["招聘会（场）", cell], ["走访部队（支）", 4]):
        book.active.append(row)
    book.save(path)


def shared(path, number, format_):
    """Write the rich text into the table of shared texts, as Excel does."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row, cells in enumerate(([TITLE], HEADER, ["招聘会（场）"], ["走访部队（支）", 4])):
        sheet.write_row(row, 0, cells)
    sheet.write_rich_string(2, 1, "12", book.add_format(format_), number)
    book.close()


def figures(path):
    """What loads, by cell, and the cells that are refused for their small digits."""
    (found,) = [read_grid(grid) for grid in grids(path)]
    rows = found.observations.to_pylist()
    refused = {issue.cell for issue in found.issues if issue.rule == "struck_out"}
    return {row["cell"]: row["obs_value"] for row in rows}, refused


@pytest.mark.parametrize("font", [RAISED, STRUCK], ids=["raised", "struck"])
def test_a_small_digit_in_the_sheet_is_refused(tmp_path, font):
    inline(tmp_path / "甲.xlsx", CellRichText("12", TextBlock(font, "1")))
    assert figures(tmp_path / "甲.xlsx") == ({"B4": 4}, {"B3"})


@pytest.mark.parametrize("format_", [{"font_script": 1}, {"font_strikeout": True}])
def test_a_small_digit_among_shared_texts_is_refused(tmp_path, format_):
    shared(tmp_path / "甲.xlsx", "1", format_)
    assert figures(tmp_path / "甲.xlsx") == ({"B4": 4}, {"B3"})


def test_a_raised_sign_without_a_digit_takes_nothing_away(tmp_path):
    inline(tmp_path / "甲.xlsx", CellRichText("12", TextBlock(RAISED, "*")))
    assert figures(tmp_path / "甲.xlsx") == ({"B3": 12, "B4": 4}, set())


def test_a_bold_digit_is_a_digit(tmp_path):
    shared(tmp_path / "甲.xlsx", "1", {"bold": True})
    assert figures(tmp_path / "甲.xlsx") == ({"B3": 121, "B4": 4}, set())
