"""A workbook goes back with its cells marked; all else in it survives, and no person does."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from etl.__main__ import main
from etl.annotate import COMMENTED, annotate
from etl.files import known, read_sheets
from etl.pipeline import check_files
from tests.understand.committed import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "二季度's"
RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A workbook with a bit of everything that offices put into one."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for row in [
        ["张掖市2024年二季度走访慰问情况"],
        ["填报单位：张掖市", None, "联系人：张三丰"],
        ["单位", "慰问金（万元）", "无关指标", "招聘会（场）", "负责人", "联系电话"],
        ["甘州区", 86.5, 5, 3, "李四", 13812345678],
        ["民乐县", "5+2", 3, 1, "王五", "8212345"],
        ["山丹县", "x", "=B4*2", "约3", "李四", 13912345678],
        ["合计", 90, None, 7],
    ]:
        sheet.append(row)
    sheet["B6"].value = "=1+"
    sheet["B6"].data_type = "s"
    sheet["B5"].number_format, sheet["B5"].font = "0.00", Font(bold=True, color="FF0000FF")
    sheet["C4"].comment = Comment("原来的批注 13812345678", "办公室")
    sheet.merge_cells("A1:F1")
    sheet.freeze_panes, sheet.column_dimensions["A"].width = "B4", 22
    check = DataValidation(type="whole", operator="greaterThan", formula1="0")
    check.add("D4:D6")
    sheet.add_data_validation(check)
    green = PatternFill("solid", bgColor="FF00FF00")
    sheet.conditional_formatting.add(
        "B4:B6", CellIsRule(operator="greaterThan", formula=["80"], fill=green)
    )
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=3, max_row=6), titles_from_data=True)
    sheet.add_chart(chart, "I2")
    sheet.print_title_rows = "1:3"
    book.create_sheet("附").sheet_state = "hidden"
    book.defined_names["区域"] = DefinedName("区域", attr_text="'二季度''s'!$B$4:$B$6")
    path = tmp_path_factory.mktemp("sent") / "张掖市二季度13812345678.xlsx"
    book.save(path)
    return path


def annotated(path: Path, *more: str) -> Path:
    out = path.with_name(f"回 {path.stem}.xlsx")
    main(["check", str(path), "--annotate", str(out), *more])
    return out


@pytest.fixture(scope="module")
def back(sent):
    return annotated(sent)


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


def test_cells_are_coloured_and_commented(back):
    sheet = load_workbook(back)[SHEET]
    marked = {c.coordinate: colour(c) for row in sheet for c in row if colour(c)}
    assert marked == {"B5": RED, "B6": RED, "C4": RED, "C5": RED, "C6": RED}
    assert sheet["B5"].comment.text == (
        "【错误】“5+2”不能读作一个数（1 个单元格）。请只填一个数，文字放到备注栏。"
    )
    assert sheet["B5"].comment.author == "双拥数据核对"
    kept, ours = sheet["C4"].comment.text.split("\n\n")  # not told again that it is there
    assert kept == "原来的批注 〔电话〕"
    assert "“无关指标”指哪个指标？" in ours


def test_what_the_office_made_survives(sent, back):
    before, after = load_workbook(sent), load_workbook(back)
    old, new = before[SHEET], after[SHEET]
    assert after.sheetnames == ["问题清单", SHEET, "附"]
    assert after["附"].sheet_state == "hidden"
    assert new["C6"].value == "=B4*2"
    assert (new["B5"].number_format, new["B5"].font.b, new["B5"].font.color.rgb) == (
        "0.00", True, "FF0000FF",
    )  # fmt: skip
    assert new.merged_cells.ranges == old.merged_cells.ranges
    assert (new.freeze_panes, new.column_dimensions["A"].width) == ("B4", 22)
    assert (
        new.data_validations.dataValidation[0].sqref == old.data_validations.dataValidation[0].sqref
    )
    assert list(new.conditional_formatting)[0].sqref == list(old.conditional_formatting)[0].sqref
    assert after.defined_names["区域"].attr_text == "'二季度''s'!$B$4:$B$6"
    assert new.print_title_rows == old.print_title_rows
    assert len(new._charts) == 1
    with ZipFile(sent) as one, ZipFile(back) as other:
        for part in ("xl/charts/chart1.xml", "xl/drawings/drawing1.xml", "xl/theme/theme1.xml"):
            assert one.read(part) == other.read(part)


def test_the_first_sheet_lists_the_issues_with_links(back):
    sheet = load_workbook(back).active
    assert sheet.title == "问题清单"
    assert sheet["A1"].value == "张掖市二季度〔电话〕.xlsx 的问题清单：错误 3 个，说明 1 个"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0] == ["序号", "级别", "工作表", "单元格", "原文", "是什么问题，怎么办", "请答复"]
    assert [row[2:5] for row in rows[1:]] == [
        [SHEET, "B5", "5+2"], [SHEET, "B6", "=1+"], [SHEET, "C4:C6", "5"],
        [SHEET, "C4", "原来的批注 〔电话〕"],
    ]  # fmt: skip
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert sheet["D5"].hyperlink.location == "'二季度''s'!B5"


def test_no_person_goes_back(sent, back):
    with ZipFile(back) as package:
        parts = b"".join(package.read(name) for name in package.namelist()).decode("utf-8")
    for secret in ("13812345678", "13912345678", "8212345", "张三丰", "李四", "王五"):
        assert secret not in parts
    assert load_workbook(back)[SHEET]["F4"].value == "〔电话〕"
    assert load_workbook(sent)[SHEET]["F4"].value == 13812345678


def test_what_comes_back_loads_as_what_was_sent(sent, back, tmp_path):
    book = load_workbook(back)
    del book["问题清单"]
    again = tmp_path / sent.name
    book.save(again)
    columns = ["indicator", "ref_area", "time_period", "obs_value", "printed", "cell"]
    one, other = (
        check_files([path], ROOT / "data", (ROOT / "data/catalogue",), "reported")
        .files[0]
        .observations.select(columns)
        .to_pylist()
        for path in (sent, again)
    )
    assert len(one) == 4
    assert one == other


def test_english(sent, tmp_path):
    out = tmp_path / "back.xlsx"
    main(["check", str(sent), "--annotate", str(out), "--lang", "en"])
    book = load_workbook(out)
    assert book.sheetnames[0] == "Issues"
    assert book[SHEET]["B5"].comment.text.startswith("【error】“5+2” cannot be read as one number")


def test_other_formats_come_back_with_values_and_merges():
    (ods,) = (ROOT / "data/demo").glob("*.ods")
    out = io.BytesIO()
    folders = (ROOT / "data/catalogue",)
    outcome = check_files([ods], ROOT / "data", folders, "reported")
    out.write(annotate(ods, outcome.issues, known(folders)[1], "zh"))
    book = load_workbook(out)
    for grid in read_sheets(ods, ods.name, folders).grids:
        sheet = book[grid.sheet]
        assert sheet["A1"].value == grid.rows[0][0]
        assert len(sheet.merged_cells.ranges) == len(grid.merges)
        assert sheet.max_row == len(grid.rows)
    assert "这一份只有数和合并单元格" in book.worksheets[0]["A3"].value


def test_a_csv_that_tries_formulas_gets_texts_back(tmp_path):
    path = tmp_path / "张掖市2024年二季度.csv"
    path.write_text("单位,慰问金（元）\n民乐县,5\n甘州区,=1+1\n山丹县,@SUM(A1)\n", "utf-8")
    book = load_workbook(annotated(path))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    assert book.worksheets[1]["B3"].value == "=1+1"
    assert colour(book.worksheets[1]["B3"]) == RED


def test_signs_that_no_xml_may_hold_are_left_out(tmp_path):
    path = tmp_path / "张掖市2024年二季度.csv"
    path.write_bytes("单位,慰问金（元）\n民乐县,5\n甘州区,\x0b 5+2\x01\n".encode())
    book = load_workbook(annotated(path))
    assert "5+2" in book.worksheets[1]["B3"].value
    assert "5+2" in book.worksheets[1]["B3"].comment.text


def test_a_drawing_of_a_header_is_not_taken_for_that_of_comments(sent, tmp_path):
    """Pictures in headers and footers are drawn in VML too, in a part of their own."""
    path = tmp_path / "页眉.xlsx"
    sheet = "xl/worksheets/sheet1.xml"
    more = {
        sheet: (b"</worksheet>", b'<legacyDrawingHF xmlns:r="http://schemas.openxmlformats.org/'
                b'officeDocument/2006/relationships" r:id="rIdHF"/></worksheet>'),
        "xl/worksheets/_rels/sheet1.xml.rels": (b"<Relationship ", b'<Relationship Id="rIdHF" '
            b'Target="/xl/drawings/header.vml" Type="http://schemas.openxmlformats.org/'
            b'officeDocument/2006/relationships/vmlDrawing"/><Relationship '),
    }  # fmt: skip
    with ZipFile(sent) as one, ZipFile(path, "w") as other:
        for name in one.namelist():
            content = one.read(name)
            if name in more:
                content = content.replace(*more[name], 1)
            other.writestr(name, content)
        other.writestr("xl/drawings/header.vml", b"<xml/>")
    with ZipFile(annotated(path)) as package:
        assert package.read("xl/drawings/header.vml") == b"<xml/>"
        (drawn,) = {n for n in package.namelist() if n.endswith(".vml")} - {
            "xl/drawings/header.vml"
        }
        assert package.read(drawn).count(b"<x:ClientData") == 4  # beside the office's own


def test_a_file_that_cannot_be_read_comes_back_as_its_list(tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    sheet = load_workbook(annotated(path)).active
    assert "另存为 .xlsx" in sheet["F5"].value


def test_of_many_cells_with_one_cause_all_are_coloured(tmp_path):
    book = Workbook()
    for row in [["张掖市2024年二季度"], ["单位", "无关指标"]]:
        book.active.append(row)
    for n in range(COMMENTED + 50):
        book.active.append(["甘州区", n])
    path = tmp_path / "多.xlsx"
    book.save(path)
    sheet = load_workbook(annotated(path)).worksheets[1]
    cells = [sheet.cell(row, 2) for row in range(3, COMMENTED + 53)]
    assert {colour(cell) for cell in cells} == {RED}
    assert sum(cell.comment is not None for cell in cells) == COMMENTED


def test_macros_stay_behind(sent, tmp_path):
    """A .xlsm comes back as a plain .xlsx that no program refuses to open."""
    path = tmp_path / "宏.xlsm"
    with ZipFile(sent) as one, ZipFile(path, "w") as other:
        for name in one.namelist():
            content = one.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                    b"ms-excel.sheet.macroEnabled.main",
                ).replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" '
                    b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Target="vbaProject.bin" Type="http://schemas.'
                    b'microsoft.com/office/2006/relationships/vbaProject"/></Relationships>',
                )
            other.writestr(name, content)
        other.writestr("xl/vbaProject.bin", b"macro")
    with ZipFile(annotated(path)) as package:
        assert not [name for name in package.namelist() if "vba" in name]
        assert b"macroEnabled" not in package.read("[Content_Types].xml")


def test_sheets_and_files_named_after_persons_go_back_without_them(tmp_path):
    """Two such sheets stay two, and formulas, names and links find them."""
    book = Workbook()
    total = book.active
    total.title = "汇总"
    for name, amount in (("张建国", 5), ("李 娜", 7)):
        sheet = book.create_sheet(name)
        for row in (["甘州区2024年二季度"], ["指标", "数量"], ["招聘会", amount], ["无关", 1]):
            sheet.append(row)
    total["A1"], total["B1"] = "=张建国!B3+'李 娜'!B3", '=HYPERLINK("#张建国!B3","看")'
    total["C1"].hyperlink = "#'李 娜'!B3"
    book.defined_names["甲"] = DefinedName("甲", attr_text="'李 娜'!$B$3")
    path = tmp_path / "张建国报表.xlsx"
    book.save(path)
    out = tmp_path / "out.xlsx"
    assert main(["check", str(path), "--annotate", str(out)]) == 1
    with ZipFile(out) as package:
        parts = b"".join(package.read(name) for name in package.namelist()).decode("utf-8")
    assert "张建国" not in parts
    assert "李 娜" not in parts
    again = load_workbook(out)
    assert again.sheetnames == ["问题清单", "汇总", "〔姓名〕", "〔姓名〕2"]
    assert again["汇总"]["A1"].value == "='〔姓名〕'!B3+'〔姓名〕2'!B3"
    assert again.defined_names["甲"].attr_text == "'〔姓名〕2'!$B$3"
    assert [sheet["B3"].value for sheet in again.worksheets[2:]] == [5, 7]
    assert [colour(sheet["B4"]) for sheet in again.worksheets[2:]] == [RED, RED]
    assert again["问题清单"]["A1"].value.startswith("〔姓名〕报表.xlsx")


def test_one_file_at_a_time_and_never_over_itself(sent, capsys):
    assert main(["check", str(sent.parent), "--annotate", str(sent)]) == 1
    assert main(["check", str(sent), "--annotate", str(sent)]) == 1
    assert "请写到另一个文件" in capsys.readouterr().err
