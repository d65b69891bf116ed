"""The small picture of a sheet: the right cells, their labels, merges, and nothing restricted."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.files import read_sheets
from etl.picture import HIDDEN, addresses, picture
from etl.read import UnreadableFile

SHEET = ("表.xlsx", "一季度")
FOLDERS = (Path("data/catalogue"),)


def book(folder, rows, merges=(), formats=()):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "一季度"
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    for address, form in formats:
        sheet[address].number_format = form
    path = folder / "表.xlsx"
    workbook.save(path)
    return path


def texts(drawn):
    """Return what is drawn, a list a row: number, then cells; None under a merged cell."""
    return [[line.number, *(s and s.text for s in line.squares)] for line in drawn.lines]


def targets(drawn):
    return [
        (column, line.number)
        for line in drawn.lines
        for column, square in zip(drawn.columns, line.squares, strict=True)
        if square and square.target
    ]


SMALL = [
    ["张掖市2024年一季度统计表", None, None],
    ["县区", "慰问金", "完成率"],
    ["甘州区", 22.5, 0.5125],
    ["临泽县", dt.date(2024, 3, 31), "约3"],
]


def test_a_small_sheet_is_drawn_whole_as_excel_shows_it(tmp_path):
    path = book(tmp_path, SMALL, ["A1:C1"], [("C3", "0.00%")])
    drawn = picture(path, *SHEET, "B3", (), FOLDERS)
    assert drawn.columns == ("A", "B", "C")
    assert texts(drawn) == [
        [1, "张掖市2024年一季度统计表", None, None],
        [2, "县区", "慰问金", "完成率"],
        [3, "甘州区", "22.5", "51.25%"],
        [4, "临泽县", "2024-03-31", "约3"],
    ]
    assert drawn.lines[0].squares[0].columns == 3
    assert targets(drawn) == [("B", 3)]


def test_far_down_title_headers_and_row_labels_come_along(tmp_path):
    rows = [["表", *[None] * 19], ["县区", *[f"指标{n}" for n in range(1, 20)]]]
    rows += [[f"第{n}行", *range(n * 100, n * 100 + 19)] for n in range(3, 61)]
    drawn = picture(book(tmp_path, rows), *SHEET, "N40", (), FOLDERS)
    assert drawn.columns == ("A", "", "K", "L", "M", "N", "O", "P", "Q")
    assert [line.number for line in drawn.lines] == [1, 2, 0, 37, 38, 39, 40, 41, 42, 43]
    assert texts(drawn)[1][-3:] == ["指标14", "指标15", "指标16"]
    assert texts(drawn)[6][1] == "第40行"
    assert targets(drawn) == [("N", 40)]


def test_the_title_is_found_below_the_number_of_the_annex(tmp_path):
    rows = [
        ["附件1"],
        ["张掖市2024年一季度双拥工作统计表"],
        ["单位：万元"],
        ["县区", *"abcdefghij"],
    ]
    rows += [[f"第{n}行", *range(10)] for n in range(40)]
    drawn = picture(book(tmp_path, rows), *SHEET, "H30", (), FOLDERS)
    assert texts(drawn)[0] == [2, "张掖市2024年一季度双拥工作统计表", *[None] * 8]


def test_several_cells_of_one_issue_stand_in_one_picture(tmp_path):
    rows = [["月份", "累计"]] + [[f"1-{n}月", n] for n in range(1, 31)]
    drawn = picture(book(tmp_path, rows), *SHEET, "B3, B20:B21", (), FOLDERS)
    assert targets(drawn) == [("B", 3), ("B", 20), ("B", 21)]


def test_a_merged_cell_is_one_square_and_lights_up_whole(tmp_path):
    rows = [["县区", "金额"], ["甘州区", 5], [None, 6], ["临泽县", 7]]
    drawn = picture(book(tmp_path, rows, ["A2:A3"]), *SHEET, "A3", (), FOLDERS)
    assert texts(drawn)[1:3] == [[2, "甘州区", "5"], [3, None, "6"]]
    assert drawn.lines[1].squares[0].rows == 2
    assert targets(drawn) == [("A", 2)]


def test_beside_a_restricted_indicator_only_open_figures_are_shown(tmp_path):
    rows = [
        ["县区", "慰问金", "保障部队任务事故数", "备注"],
        ["甘州区", 22.5, 3, "3起"],
        ["合计", 22.5, 3, "已核"],
    ]
    drawn = picture(book(tmp_path, rows), *SHEET, "B2", ["B2"], FOLDERS)
    assert texts(drawn)[1:] == [
        [2, "甘州区", "22.5", HIDDEN, HIDDEN],
        [3, "合计", HIDDEN, HIDDEN, "已核"],
    ]


@pytest.mark.parametrize("cells", ["", "Z", "B0", "B2;drop"])
def test_what_is_no_address_is_refused(tmp_path, cells):
    assert isinstance(picture(book(tmp_path, SMALL), *SHEET, cells, (), FOLDERS), UnreadableFile)


def test_a_sheet_or_a_file_that_is_gone_is_refused(tmp_path):
    path = book(tmp_path, SMALL)
    assert isinstance(picture(path, "表.xlsx", "二季度", "B3", (), FOLDERS), UnreadableFile)
    assert isinstance(picture(tmp_path / "no", *SHEET, "B3", (), FOLDERS), UnreadableFile)


def test_addresses():
    assert addresses("B4, C4:D9") == [(3, 1, 3, 1), (3, 2, 8, 3)]


def test_cells_beyond_the_sheet_do_no_harm(tmp_path):
    assert targets(picture(book(tmp_path, SMALL), *SHEET, "Z999", (), FOLDERS)) == []


def test_persons_are_masked(tmp_path):
    rows = [
        ["姓名", "身份证号", "慰问金"],
        ["王建国", "62010219900101123X", 500],
        ["李秀英", 620102199001011230, 500],
        ["联系人：张三", "13812345678", None],
    ]
    drawn = texts(picture(book(tmp_path, rows), *SHEET, "C2", (), FOLDERS))
    said = str(drawn)
    assert not any(word in said for word in ("建国", "秀英", "张三", "6201021990", "13812345678"))
    assert [row[3] for row in drawn[1:3]] == ["500", "500"]


def test_of_two_sheets_named_after_persons_each_is_drawn(tmp_path):
    workbook = Workbook()
    for name, number in (("联系人：张三", 1), ("联系人：李四", 2)):
        workbook.create_sheet(name).append(["县区", number])
    path = tmp_path / "表.xlsx"
    workbook.save(path)
    names = [grid.sheet for grid in read_sheets(path, "表.xlsx", FOLDERS).grids][1:]
    assert names == ["联系人：〔姓名〕", "联系人：〔姓名〕2"]
    drawn = [texts(picture(path, "表.xlsx", name, "B1", (), FOLDERS)) for name in names]
    assert [rows[-1][-1] for rows in drawn] == ["1", "2"]
