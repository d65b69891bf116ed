"""Workbooks with one bad cell, one bad sheet, or a trap for time and memory."""

import io
import re
import subprocess
import sys
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from etl.read import UnreadableFile, read, sheets
from etl.read.address import letters
from etl.read.sheet_xml import _columns, _rounded
from tests.read.workbooks import OFFICE, PARTS, RELATIONS, worksheet, write

GOOD = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


@given(st.integers(1, 16_384), st.integers(1, 16_384))
def test_a_pattern_of_columns_holds_none_beyond_them(width, column):
    """It may leave some out that would fit; those are then looked at one by one."""
    if re.fullmatch(_columns(width), letters(column - 1).encode()):
        assert column <= width


@given(st.integers(1, 2_000_000), st.integers(1, 2_000_000))
def test_a_pattern_of_rows_holds_all_up_to_the_last(last, row):
    for pattern, height in _rounded(str(last).encode()):
        assert height >= last
        found = re.fullmatch(pattern, str(row).encode())
        assert found or row > last
        assert not found or row <= height


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A2" t="s"><v>99</v></c>', "\ufffd"),
        ('<c r="A2" t="s"><v>-1</v></c>', "\ufffd"),
        ('<c r="A2" t="b"><v>maybe</v></c>', "\ufffd"),
        ('<c r="A2" t="new"><v>1</v></c>', "\ufffd"),
        ('<c r="A2" t="str"><v>1&unknown;2</v></c>', "1\ufffd2"),
        ('<c r="A2" t="str"><v>A & B</v></c>', "A \ufffd B"),
        ('<c r="A2" t="inlineStr"><is><t>a&#0;b&#x7532;&amp;</t></is></c>', "a\ufffdb甲&"),
        (b'<c r="A2" t="str"><v>\xb8\xca</v></c>', "\ufffd\ufffd"),
        ('<c r="A2"><v>12a</v></c>', "12a"),
        ('<c r="A2" s="99"><v>5</v></c>', 5),
    ],
)
def test_a_bad_cell_costs_nothing_but_itself(tmp_path, cell, expected):
    before, after = worksheet(f'{GOOD}<row r="2">@<c r="C2"><v>7</v></c></row>').split("@")
    cell = cell if isinstance(cell, bytes) else cell.encode()

    (grid,) = read(write(tmp_path / "a.xlsx", before.encode() + cell + after.encode()))
    assert grid.rows == [[1, 2, None], [expected, None, 7]]


def test_an_error_that_is_newer_than_the_library_names_its_cell(tmp_path):
    rows = f'{GOOD}<row r="2"><c r="B2" t="e"><f>X()</f><v>#BUSY!</v></c></row>'
    (grid,) = read(write(tmp_path / "a.xlsx", worksheet(rows)))
    assert grid.errors == {(1, 1): "#BUSY!"}
    assert grid.rows == [[1, 2], [None, None]]


def book_of(tmp_path, **worksheets):
    """A workbook of several sheets, each given by its XML; None leaves the part out."""
    targets = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/worksheet" Target="worksheets/{name}.xml"/>'
        for name in worksheets
    )
    names = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="{name}"/>'
        for number, name in enumerate(worksheets, 1)
    )
    parts = {
        **PARTS,
        "xl/workbook.xml": PARTS["xl/workbook.xml"].partition("<sheet ")[0]
        + names
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{targets}'
        "</Relationships>",
    }
    path = tmp_path / "several.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for name, content in worksheets.items():
            if content is not None:
                archive.writestr(f"xl/worksheets/{name}.xml", content)
    return path


def test_a_bad_sheet_costs_nothing_but_itself(tmp_path):
    far = worksheet(GOOD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    path = book_of(
        tmp_path,
        good=worksheet(GOOD),
        missing=None,
        cut=worksheet(GOOD)[:150],
        far=far,
        last=worksheet(GOOD),
    )

    grids = read(path)
    assert [(grid.sheet, grid.refusal and grid.refusal[0]) for grid in grids] == [
        ("good", None),
        ("missing", "sheet_damaged"),
        ("cut", "sheet_damaged"),
        ("far", "sheet_too_large"),
        ("last", None),
    ]
    assert grids[0].rows == grids[4].rows == [[1, 2]]
    assert grids[3].refusal[1] == {"sheet": "far", "rows": 1048576, "columns": 16384}


def test_names_of_sheets_are_known_before_a_sheet_is_read(tmp_path):
    found = sheets(book_of(tmp_path, one=worksheet(GOOD), two=worksheet(GOOD)))
    assert found.names == ["one", "two"]
    assert next(found.grids).sheet == "one"


def test_a_file_whose_every_sheet_is_bad_is_refused(tmp_path):
    with pytest.raises(UnreadableFile) as refused:
        read(book_of(tmp_path, cut=worksheet(GOOD)[:150]))
    assert refused.value.rule == "sheet_damaged"


def test_numbers_below_a_merge_over_the_whole_sheet_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["县区", "金额"])
    book.active.append(["甘州区", 12])
    book.save(tmp_path / "a.xlsx")
    path = tmp_path / "merged.xlsx"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            target.writestr(name, source.read(name).replace(b"</sheetData>", merge))

    (grid,) = read(path)
    assert grid.rows == [["县区", None], [None, None]]
    assert grid.covered == {(1, 1)}


def test_merges_over_each_other_a_thousand_times(tmp_path):
    merges = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 100_000 + "</mergeCells>"
    xml = worksheet(GOOD).replace("</sheetData>", "</sheetData>" + merges)
    with pytest.raises(UnreadableFile):
        read(write(tmp_path / "merges.xlsx", xml))


def test_a_cell_of_a_megabyte(tmp_path):
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"备" * 400_000}</t></is></c></row>'
    assert len(read(write(tmp_path / "long.xlsx", worksheet(rows)))[0].rows[0][0]) == 400_000


def test_the_last_of_two_members_with_one_name_counts_as_in_excel(tmp_path):
    path = write(tmp_path / "twice.xlsx", worksheet(GOOD))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", worksheet(GOOD.replace(">2<", ">999<")))
    assert read(path)[0].rows == [[1, 999]]


def test_a_wrong_check_sum_is_damage(tmp_path):
    path = tmp_path / "crc.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {**PARTS, "xl/worksheets/sheet1.xml": worksheet(GOOD)}.items():
            archive.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(b"<v>2</v>", b"<v>3</v>"))
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert refused.value.rule == "file_damaged"


def test_rich_text_without_its_phonetic_guide(tmp_path):
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甘</t></r><r><rPr><b/></rPr><t>州区</t></r>'
        '<rPh sb="0" eb="1"><t>ganzhou</t></rPh></is></c></row>'
    )
    assert read(write(tmp_path / "rich.xlsx", worksheet(rows)))[0].rows == [["甘州区"]]


def test_protected_sheets_and_macros_load(tmp_path):
    path = tmp_path / "locked.xlsm"
    with xlsxwriter.Workbook(tmp_path / "locked.xlsx") as book:
        sheet = book.add_worksheet("季报")
        sheet.write_row(0, 0, ["甘州区", 5])
        sheet.protect("secret")
    path.write_bytes((tmp_path / "locked.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"never looked at")
    assert read(path)[0].rows == [["甘州区", 5]]


def test_a_very_hidden_sheet_is_hidden(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("底稿").append([1])
    book["底稿"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    assert [grid.hidden for grid in read(tmp_path / "a.xlsx")] == [False, True]


def test_pictures_of_a_sheet_are_counted(tmp_path):
    image = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(image, "PNG")
    book = openpyxl.Workbook()
    book.active.add_image(Image(image), "A1")
    book.create_sheet("数据").append([1])
    book.save(tmp_path / "a.xlsx")
    assert [grid.pictures for grid in read(tmp_path / "a.xlsx")] == [1, 0]


# The worst that a small file can do, each in a process of its own that says what it took. The
# most memory is asked of the system: a child inherits ru_maxrss from the process that started it.
MEASURE = """
import re, sys, time
from pathlib import Path
from etl.read import UnreadableFile, read
begin = time.monotonic()
try:
    read(Path(sys.argv[1]))
except UnreadableFile as refused:
    print(refused.rule, end=" ")
else:
    print("read", end=" ")
status = Path("/proc/self/status")  # Windows has none, and is timed only
peak = status.exists() and re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text("ascii"))
print(time.monotonic() - begin, int(peak[1]) / 1000 if peak else 0)
"""
ROWS = "".join(f'<row r="{row}"/>' for row in range(2, 1_000_000, 3))
FAR = GOOD.replace("</row>", '<c r="XFD1"><v>1</v></c></row>')
COLUMNS = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 50_000 + "</cols>"


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: worksheet(" " * 200_000_000), "file_too_large"),
        (lambda: worksheet(f'<row r="1">{"<c><v>0</v></c>" * 10_000_000}</row>'), "file_too_large"),
        (lambda: worksheet(GOOD + ROWS), "read"),
        (lambda: worksheet(FAR + ROWS), "read"),
        (lambda: worksheet(GOOD, before=COLUMNS), "read"),
    ],
    ids=["blanks", "one cell ten million times", "empty rows", "a stray cell", "columns"],
)
def test_small_files_that_unpack_to_much(tmp_path, make, rule):
    path = write(tmp_path / "bomb.xlsx", make())
    assert path.stat().st_size < 2_000_000
    said = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert said[0] == rule
    assert float(said[1]) < 10  # seconds
    assert float(said[2]) < 500  # megabytes
