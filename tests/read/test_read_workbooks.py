"""Values, addresses and marks of workbooks come out as a person sees them."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from etl.read import read
from etl.read.number_format import scale, shortened_date, tells, words_around
from tests.read.workbooks import MAIN, worksheet, write

FIXTURES = Path(__file__).parent.parent / "fixtures" / "read"


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_three_formats_tell_the_same(form):
    """One workbook saved by LibreOffice in three formats, with one of every mark."""
    report, draft = read(FIXTURES / f"every_mark.{form}")

    assert report.file == f"every_mark.{form}"
    assert report.sheet == "季报"
    assert report.rows == [
        ["甘州区2024年一季度双拥统计表", None, None, None],
        ["县区", "慰问金（万元）", "完成率", "填报日期"],
        ["甘州区", 12.5, 0.5125, dt.date(2024, 4, 1)],
        ["山丹县", 7, 0.25, dt.datetime(2024, 4, 2, 8, 30)],  # noqa: DTZ001
        ["民乐县", None, "约1100", None],
        ["合计", 19.5, True, None],
    ]
    assert report.merges == [(0, 0, 0, 3)]
    assert report.percent == {(2, 2), (3, 2)}
    assert report.errors == {(4, 1): "#DIV/0!"}
    assert report.uncached == frozenset()
    assert report.hidden_rows == {3}
    assert report.hidden_columns == {3}
    assert report.comments == {(3, 1): "含一次性慰问"}
    assert not report.hidden

    assert (draft.sheet, draft.hidden) == ("底稿", True)
    assert draft.rows == [[None] * 3, [None] * 3, [None, None, 999]]


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_dates_without_their_year_or_day_are_told_as_shown(form):
    """Excel made a date of every one of them; only the format still tells what was typed."""
    (grid,) = read(FIXTURES / f"shortened_dates.{form}")

    assert grid.rows == [[dt.date(2024, 1, 6)] * 5]
    assert grid.shown == {(0, 0): "1-6", (0, 1): "1月6日", (0, 2): "2024年1月", (0, 4): "Jan-24"}


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("m-d", "1-6"),
        ("mm/dd", "01/06"),
        ('[$-804]m"月"d"日";@', "1月6日"),
        (r"m\月d\日", "1月6日"),
        ("yyyy年m月", "2024年1月"),
        ("e.mm", "2024.01"),
        ("yyyy", "2024"),
        ("yyyy-mm-dd", ""),
        ("m/d/yy h:mm", ""),
        ("General", ""),
        ("0.0%", ""),
        ('0"年"', ""),
        ("@", ""),
        ('"{x}"m-d', "x1-6"),
    ],
)
def test_format_of_a_date_that_leaves_something_out(number_format, expected):
    assert shortened_date(number_format).format(dt.date(2024, 1, 6)) == expected


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, dt.datetime(2024, 3, 31), day)  # noqa: DTZ001

    assert read(path)[0].rows == [[dt.date(2024, 3, 31)]]
    assert read(FIXTURES / "date_1904.xls")[0].rows == [[dt.date(2024, 3, 31)]]


def test_cells_keep_their_address_when_the_first_rows_and_columns_are_empty(tmp_path):
    book = openpyxl.Workbook()
    book.active["C3"] = "甘州区"
    book.active["D4"] = 0
    book.save(tmp_path / "padded.xlsx")

    assert read(tmp_path / "padded.xlsx")[0].rows == [
        [None, None, None, None],
        [None, None, None, None],
        [None, None, "甘州区", None],
        [None, None, None, 0],
    ]


def test_formula_without_result_is_told_and_reached_although_it_has_no_value(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["县", 3, 4])
    sheet["A5"] = "=SUM(B1:C1)"
    sheet["D2"] = ArrayFormula("D2", "=B1:C1")
    book.save(tmp_path / "script.xlsx")

    grid = read(tmp_path / "script.xlsx")[0]
    assert grid.uncached == {(4, 0), (1, 3)}
    assert grid.rows == [["县", 3, 4, None], *[[None] * 4] * 4]


def test_zero_that_xlsxwriter_stores_for_an_unknown_result_is_no_result(tmp_path):
    path = tmp_path / "script.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [3, 4])
        sheet.write_formula("C1", "=A1+B1")
        sheet.write_formula("D1", "=A1+B1", None, 7)

    grid = read(path)[0]
    assert grid.rows == [[3, 4, None, 7]]
    assert grid.uncached == {(0, 2)}


def test_zero_that_a_spreadsheet_program_calculated_is_a_result(tmp_path):
    path = write(
        tmp_path / "a.xlsx",
        worksheet(
            '<row r="1"><c r="A1"><f>B1-C1</f><v>0</v></c>'
            '<c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><f>D1</f></c></row>'
        ),
    )

    grid = read(path)[0]
    assert grid.rows[0][0] == 0
    assert grid.uncached == {(0, 2)}


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("0!.0,", (4, "")),  # as Excel's dialogue takes it in Chinese: 301234 is seen as 30.1
        ("0\\.0,", (4, "")),  # as Excel writes it into the file
        ("0!.0000", (4, "")),
        ("0!.00,,", (8, "")),
        ("#,##0.0,", None),  # whoever says thousands above it may say it in any words
        ('0.0,"千元"', (3, "千元")),
        ('0!.0,"万"', (4, "万")),
        ('0.00"万元"', (0, "万元")),
        ("#,##0", None),
        ("#,##0.00_);[Red](#,##0.00)", None),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', None),
        ('0.00"元"', None),
        ("0.00%", None),
        ('yyyy"年"m"月"', None),
        ('[>=10000]0!.0,"万";0', None),
    ],
)
def test_what_a_format_makes_smaller(number_format, expected):
    assert scale(number_format) == expected


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ('"约"0', ("约", "")),
        ('[$¥-804]#,##0.00"元"_ ', ("", "元")),
        ("0\\元", ("", "元")),
        ('"第"0"季度"', ("第", "季度")),
        ('General"人"', ("", "人")),
        ('0" km"', ("", "")),  # whoever counts in other words has them above the figures, too
        ('0"年"00"月"', ("", "")),
        ('0!.0,"万"', ("", "")),  # as above
        ('yyyy"年"m"月"', ("", "")),
        ('[>=10]0"人"', ("", "")),
        ("0.00E+00", ("", "")),
    ],
)
def test_words_that_a_format_writes(number_format, expected):
    assert words_around(number_format) == expected


def test_a_format_without_an_end_tells_nothing():
    """Each bracket was followed to the end: two minutes for 200,000."""
    assert not tells("[" * 200_000)


def test_percent_sign_in_quotes_multiplies_nothing(tmp_path):
    """51 under 0.0"%" is seen as 51.0%, and 0.51 under 0.0% too."""
    path = write(
        tmp_path / "a.xlsx",
        worksheet(
            '<row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>51</v></c>'
            '<c r="C1" s="2"><v>0.51</v></c><c r="D1" s="3"><v>0.51</v></c>'
            '<c r="E1" s="3"/></row>'
        ),
    )

    assert read(path)[0].percent == {(0, 2), (0, 3)}


def test_every_error_names_its_cell(tmp_path):
    path = write(
        tmp_path / "a.xlsx",
        worksheet(
            '<row r="1"><c r="A1" t="e"><v>#N/A</v></c>'
            '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
            '<c r="C1" t="e"><f t="shared" si="0"/><v>#REF!</v></c><c r="D1"><v>5</v></c></row>'
        ),
    )

    grid = read(path)[0]
    assert grid.errors == {(0, 0): "#N/A", (0, 1): "#DIV/0!", (0, 2): "#REF!"}
    assert grid.rows == [[None, None, None, 5]]


def test_cells_without_addresses_stand_where_their_order_says(tmp_path):
    path = write(
        tmp_path / "a.xlsx",
        worksheet(
            '<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
            '<row/><row hidden="1"><c/><c s="2"><v>0.5</v></c><c><f>A1</f></c></row>'
        ),
    )

    grid = read(path)[0]
    assert grid.rows == [[1, None, None], [None] * 3, [None, 0.5, None]]
    assert grid.errors == {(0, 1): "#REF!"}
    assert grid.percent == {(2, 1)}
    assert grid.uncached == {(2, 2)}
    assert grid.hidden_rows == {2}


def test_tags_with_a_prefix_and_attributes_in_single_quotes_are_the_same(tmp_path):
    main = MAIN.replace("xmlns=", "xmlns:x=")
    path = write(
        tmp_path / "a.xlsx",
        f"<x:worksheet {main}><x:cols><x:col min='2' max='16384' hidden='1'/></x:cols><x:sheetData>"
        "<x:row r='1' hidden='1'><x:c r='A1' s='3'><x:v>0.5</x:v></x:c>"
        "<x:c r='B1'><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>",
    )

    grid = read(path)[0]
    assert grid.rows == [[0.5, None]]
    assert grid.percent == {(0, 0)}
    assert grid.uncached == {(0, 1)}
    assert grid.hidden_rows == {0}
    assert grid.hidden_columns == {1}


def test_address_may_stand_behind_the_style_and_the_declared_corner_may_be_wrong(tmp_path):
    path = write(
        tmp_path / "a.xlsx",
        worksheet(
            '<row r="1"><c s="3" t="n" r="B1"><v>0.5</v></c></row>'
            '<row r="120"><c s="1" r="AB120"><v>7</v></c></row>',
            before='<dimension ref="A1:B1"/>',
        ),
    )

    grid = read(path)[0]
    assert grid.percent == {(0, 1)}
    assert (grid.rows[0][1], grid.rows[119][27]) == (0.5, 7)


def test_merge_over_a_whole_row_is_cut_to_the_used_range(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["2024年一季度", None, None])
    book.active.append(["甘州区", 1, 2])
    book.active.merge_cells("A1:XFD1")
    book.active.merge_cells("A9:C12")
    book.save(tmp_path / "title.xlsx")

    assert read(tmp_path / "title.xlsx")[0].merges == [(0, 0, 0, 2)]


def test_number_below_a_merge_is_not_read(tmp_path):
    sheet = worksheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>999</v></c></row>').replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )

    grid = read(write(tmp_path / "a.xlsx", sheet))[0]
    assert grid.rows == [[1, None]]
    assert grid.merges == [(0, 0, 0, 1)]


def test_merge_in_a_comment_of_the_xml_is_none(tmp_path):
    merges = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
    behind = f"</sheetData><!-- {merges.format('A1:A2')} -->{merges.format('A1:B1')}"
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>5</v></c></row>'
    sheet = worksheet(rows).replace("</sheetData>", behind)

    assert read(write(tmp_path / "a.xlsx", sheet))[0].merges == [(0, 0, 0, 1)]


def test_comments_belong_to_their_own_sheet(tmp_path):
    book = openpyxl.Workbook()
    for name, note in (("甘州区", "初步数"), ("山丹县", "已核实")):
        sheet = book.create_sheet(name)
        sheet["B2"] = 5
        sheet["B2"].comment = Comment(note, "")
    book.save(tmp_path / "notes.xlsx")

    comments = {grid.sheet: grid.comments for grid in read(tmp_path / "notes.xlsx")}
    assert comments == {
        "Sheet": {},
        "甘州区": {(1, 1): "初步数"},
        "山丹县": {(1, 1): "已核实"},
    }


def test_sheets_with_charts_only_are_left_out(tmp_path):
    path = tmp_path / "chart.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("数据")
        sheet.write(0, 0, 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$A$1"})
        book.add_chartsheet("图").set_chart(chart)

    assert [grid.sheet for grid in read(path)] == ["数据"]


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)),
    st.text("甘州区慰问金，；<>&\"'余约1.0% ", min_size=1),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_what_was_written_is_read_at_its_address(tmp_path, cells):
    book = openpyxl.Workbook()
    for row, line in enumerate(cells, 1):
        for column, value in enumerate(line, 1):
            book.active.cell(row, column).value = value
    book.save(tmp_path / "any.xlsx")

    rows = read(tmp_path / "any.xlsx")[0].rows
    for row, line in enumerate(cells):
        for column, value in enumerate(line):
            seen = rows[row][column] if row < len(rows) and column < len(rows[0]) else None
            assert seen == value
            assert isinstance(seen, bool) == isinstance(value, bool)
