"""What a sheet hides or says beside its figures is told, and decided by nobody in silence."""

import datetime as dt
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from etl.pipeline import check_files
from tests.read.workbooks import worksheet, write

DATA = Path(__file__).parent.parent / "data"


def issues(path):
    outcome = check_files([path], DATA, (DATA / "catalogue",), "reported")
    (file,) = outcome.files
    return file.observations.num_rows, [
        (issue.severity, issue.rule, issue.sheet, issue.cell) for issue in outcome.issues
    ]


@pytest.fixture
def book():
    """A report of four counties with nothing to say about it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "季报"
    sheet.append(["张掖市2024年一季度双拥工作统计表"])
    sheet.append(["县区", "慰问金（万元）", "走访部队（支）"])
    for row in (["甘州区", 12.5, 3], ["山丹县", 7.25, 2], ["民乐县", 8, 4], ["高台县", 9, 1]):
        sheet.append(row)
    return book


def saved(book, tmp_path):
    book.save(tmp_path / "表.xlsx")
    return tmp_path / "表.xlsx"


def test_a_plain_report_needs_no_remark(book, tmp_path):
    assert issues(saved(book, tmp_path)) == (8, [])


def test_figures_of_hidden_rows_and_columns_are_loaded_and_named(book, tmp_path):
    sheet = book.active
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].hidden = True
    assert issues(saved(book, tmp_path)) == (
        8,
        [
            ("warning", "hidden_rows", "季报", "B4,B6,C4,C6"),
            ("warning", "hidden_columns", "季报", "C3,C5"),
        ],
    )


def test_a_hidden_sheet_is_named_once(book, tmp_path):
    book.active.sheet_state = "veryHidden"
    book.active.row_dimensions[4].hidden = True
    book.create_sheet("说明")
    assert issues(saved(book, tmp_path)) == (
        8,
        [("warning", "hidden_sheet", "季报", "B3:B6,C3:C6")],
    )


def test_hidden_words_are_a_note(book, tmp_path):
    book.active["D9"] = "底稿"
    book.active.row_dimensions[9].hidden = True
    assert issues(saved(book, tmp_path)) == (
        8,
        [("note", "hidden_without_figures", "季报", "D9")],
    )


def test_comments_are_told_by_what_they_say(book, tmp_path):
    thread = (
        "[线程批注]\n\n…: https://go.microsoft.com/fwlink/?linkid=870924\n\n注释:\n    含上年结转"
    )
    for cell, text in (("B3", "含上年结转"), ("B5", thread), ("C3", "已核实")):
        book.active[cell].comment = Comment(text, "")
    path = saved(book, tmp_path)
    assert issues(path)[1] == [
        ("note", "cell_comment", "季报", "B3,B5"),
        ("note", "cell_comment", "季报", "C3"),
    ]


def test_formulas_that_were_never_calculated_are_named(book, tmp_path):
    book.active.append(["合计", "=SUM(B3:B6)", "=SUM(C3:C6)"])
    book.active["B4"] = "=7+0.25"
    assert issues(saved(book, tmp_path)) == (
        7,
        [("error", "formula_without_result", "季报", "B4,B7,C7")],
    )


def test_a_sheet_with_one_bad_sheet_beside_it_loads(book, tmp_path):
    far = book.create_sheet("误填")
    far["A1"], far["XFD1048576"] = "甘州区", 1
    count, found = issues(saved(book, tmp_path))
    assert (count, found) == (8, [("error", "sheet_too_large", "误填", "")])


def test_a_file_without_any_figure_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["张掖市双拥工作"])
    book.active["A2"] = dt.date(2024, 1, 6)
    assert issues(saved(book, tmp_path)) == (0, [("note", "no_tables", "", "")])


def test_numbers_that_are_none_do_not_become_figures(tmp_path):
    """Scripts write NaN and inf into number cells; the rest of the column loads."""
    names = ["甘州区", "山丹县", "民乐县", "高台县", "临泽县"]
    values = ["12.5", "NaN", "1e999", "-inf", "8"]
    texts = {"A1": "张掖市2024年一季度双拥工作统计表", "A2": "县区", "B2": "慰问金（万元）"}
    rows = "".join(
        f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>' for cell, text in texts.items()
    )
    for row, (name, value) in enumerate(zip(names, values, strict=True), 3):
        rows += f'<c r="A{row}" t="inlineStr"><is><t>{name}</t></is></c>'
        rows += f'<c r="B{row}"><v>{value}</v></c>'
    path = write(tmp_path / "nan.xlsx", worksheet(f'<row r="1">{rows}</row>'))
    assert issues(path) == (
        2,
        [("error", "not_a_number", "表", cell) for cell in ("B4", "B5", "B6")],
    )


def test_a_cell_of_a_megabyte_costs_no_time_and_no_neighbour(book, tmp_path):
    """Every word of the catalogue is looked for in a label: in so long a text for half a minute."""
    book.active["A8"] = "备注" + "慰问" * 16_000
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "long.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace("备注".encode(), b"x" * 1_000_000))
    begin = time.monotonic()
    assert issues(tmp_path / "long.xlsx")[0] == 8
    assert time.monotonic() - begin < 10


def test_as_many_columns_as_excel_has(book, tmp_path):
    sheet = book.create_sheet("宽表")
    sheet.append(["县区", *(f"指标{number}" for number in range(16_000))])
    sheet.append(["甘州区", *range(16_000)])
    begin = time.monotonic()
    assert issues(saved(book, tmp_path))[0] == 8
    assert time.monotonic() - begin < 30


def test_a_remark_about_one_county_names_it(book, tmp_path):
    sheet = book.active
    sheet.row_dimensions[4].hidden = True
    sheet["A6"].comment = Comment("含军分区", "王")
    sheet["B3"].comment = Comment("含慰问品", "王")
    sheet["B2"].comment = Comment("按实际发放", "王")
    outcome = check_files([saved(book, tmp_path)], DATA, (DATA / "catalogue",), "reported")
    told = {(issue.rule, issue.cell): issue for issue in outcome.files[0].issues}
    assert {where: issue.ref_area for where, issue in told.items()} == {
        ("hidden_rows", "B4,C4"): "620725",
        ("cell_comment", "A6"): "620724",
        ("cell_comment", "B3"): "620702",
        ("cell_comment", "B2"): None,
    }
