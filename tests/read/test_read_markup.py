"""Web pages, web archives and XML spreadsheets that call themselves .xls load as workbooks do."""

import base64
import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.read import UnreadableFile, read

PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset={charset}">
<title>导出</title><style>td {{ color: red }}</style></head>
<body><h3>2024年一季度双拥统计表</h3><p>单位：万元</p>
<table border=1>
<tr><th rowspan=2>县区<th colspan=2>慰问金</tr>
<tr><th>本季</th><th>累&nbsp;计</th></tr>
<tr><td>甘州区</td><td>1,234.5</td><td>约1100</td></tr>
<tr style="height:12pt; display: none"><td>山丹县</td><td></td><td>7<br>其中八一<br/></td></tr>
</table><p>填报时间：2024年4月5日</p></body></html>"""
ROWS = [
    ["2024年一季度双拥统计表", None, None],
    ["单位：万元", None, None],
    ["县区", "慰问金", None],
    [None, "本季", "累 计"],
    ["甘州区", "1,234.5", "约1100"],
    ["山丹县", None, "7\n其中八一"],
    ["填报时间：2024年4月5日", None, None],
]


def written(tmp_path, content, name="导出.xls"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_page_loads_with_what_stands_around_its_table(tmp_path, charset, encoding):
    """Whatever it declares: systems copy that line from page to page."""
    (grid,) = read(written(tmp_path, PAGE.format(charset=charset).encode(encoding)))

    assert grid.rows == ROWS
    assert grid.merges == [(2, 0, 3, 0), (2, 1, 2, 2)]
    assert grid.hidden_rows == {5}
    assert (grid.file, grid.sheet) == ("导出.xls", "")


UNSEEN = ["style='color:red; DISPLAY: none'", "hidden"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_a_column_that_a_page_hides_is_a_hidden_column(tmp_path, unseen):
    page = (
        f"<table><tr><td colspan=3>季报<tr><td {unseen}>号<td>县区<td>场次"
        f"<tr><td {unseen}>7<td>甘州区<td>3</table>"
    )
    (grid,) = read(written(tmp_path, page))
    assert grid.rows[1:] == [["号", "县区", "场次"], ["7", "甘州区", "3"]]
    assert grid.hidden_columns == {0}


@pytest.mark.parametrize("unseen", UNSEEN)
def test_hidden_cells_that_put_a_row_askew_refuse_the_table(tmp_path, unseen):
    """甘州区 is seen below 县区 and stands one cell further to the right."""
    page = (
        f"<table><tr><td>县区<td>场次<td>人数<tr><td {unseen}>7<td>甘州区<td>3<td>20</table>"
        "<table><tr><td>县区<td>场次<tr><td>高台县<td>4</table>"
    )
    askew, plain = read(written(tmp_path, page))
    assert (askew.rows, askew.refusal) == ([], ("cells_hidden", {"sheet": "表1"}))
    assert (plain.rows, plain.refusal) == ([["县区", "场次"], ["高台县", "4"]], None)


def test_page_in_big5_is_read_as_it_declares(tmp_path):
    page = "<meta charset=big5><table><tr><td>縣市</td><td>金額</td></tr></table>"
    assert read(written(tmp_path, page.encode("big5")))[0].rows == [["縣市", "金額"]]


def test_tables_are_sheets_named_as_excel_wrote_them(tmp_path):
    page = "<table><tr><td>甲<tr><td>1</table><b>二表</b><table><tr><td>乙</table>"
    first, second = read(written(tmp_path, page))
    assert (first.sheet, first.rows) == ("表1", [["甲"], ["1"]])
    assert (second.sheet, second.rows) == ("表2", [["二表"], ["乙"]])

    names = "<xml><x:Name>季报</x:Name><x:Name>月报</x:Name></xml>"
    named = read(written(tmp_path, f"<html><head>{names}</head>{page}</html>"))
    assert [grid.sheet for grid in named] == ["季报", "月报"]


def test_caption_stands_above_its_own_table(tmp_path):
    page = (
        "<table><caption>二季度</caption><tr><td>县区<td>场次</table>"
        "<table><caption>三季度</caption><td>县区<td>场次<tr><td>甘州区<td>3</table>"
    )
    assert [grid.rows for grid in read(written(tmp_path, page.encode()))] == [
        [["二季度", None], ["县区", "场次"]],
        [["三季度", None], ["县区", "场次"], ["甘州区", "3"]],
    ]


def test_table_that_only_lays_out_the_page_is_no_sheet(tmp_path):
    page = (
        "<table><tr><td>2024年报表</td></tr><tr><td>"
        "<table><tr><td>县区</td><td>金额</td></tr><tr><td>甘州区</td><td>1</td></tr></table>"
        "</td></tr><tr><td>制表：办公室</td></tr></table>"
    )
    (grid,) = read(written(tmp_path, page))
    assert grid.rows == [
        ["2024年报表", None],
        ["县区", "金额"],
        ["甘州区", "1"],
        ["制表：办公室", None],
    ]


def test_rowspan_holds_the_place_of_the_cells_below_it(tmp_path):
    page = (
        "<table><tr><td rowspan=3>甲<td>1<td rowspan=2>2"
        "<tr><td>3<tr><td>4<td>5<tr><td colspan=0>6<td rowspan=x>7</table>"
    )
    (grid,) = read(written(tmp_path, page))
    assert grid.rows == [["甲", "1", "2"], [None, "3", None], [None, "4", "5"], ["6", "7", None]]
    assert grid.merges == [(0, 0, 2, 0), (0, 2, 1, 2)]


CELL = st.text("甘州区12.,<>&\"' ", min_size=1, max_size=6).map(lambda text: " ".join(text.split()))


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_cells_survive_a_page(tmp_path_factory, cells):
    from html import escape  # noqa: PLC0415

    rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in r) + "</tr>" for r in cells)
    path = written(tmp_path_factory.mktemp("page"), f"<table><tr><td>表</td></tr>{rows}</table>")

    expected = [["表", None, None], *([cell or None for cell in row] for row in cells)]
    while not any(expected[-1]):
        expected.pop()
    assert [(row + [None, None])[:3] for row in read(path)[0].rows] == expected


@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_web_archive_of_one_page(tmp_path, transfer):
    page = PAGE.format(charset="gb2312").encode("gb18030")
    body = {
        "base64": base64.encodebytes(page),
        "quoted-printable": b"".join(b"=%02X" % byte for byte in page),
        "8bit": page,
    }[transfer]
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        f'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: {transfer}\r\n'
    )
    image = b"\r\n--b\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--b--\r\n"
    path = written(tmp_path, head.encode() + b"\r\n" + body + image, "报表.mht")

    assert read(path)[0].rows == ROWS


def test_web_archive_of_several_pages_is_refused(tmp_path):
    part = "--b\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1</table>\r\n"
    text = (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{part * 2}--b--'
    )
    with pytest.raises(UnreadableFile) as refused:
        read(written(tmp_path, text))
    assert refused.value.rule == "file_mhtml"


BOOK = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="rate"><NumberFormat ss:Format="0.0%"/></Style>
<Style ss:ID="child" ss:Parent="rate"/>
<Style ss:ID="day"><NumberFormat ss:Format="m&quot;月&quot;d&quot;日&quot;"/></Style></Styles>
<Worksheet ss:Name="季报"><Table>
<Column/><Column ss:StyleID="child"/><Column ss:Index="4" ss:Span="1" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">双拥统计</Data></Cell>
<Cell ss:StyleID="day"><Data ss:Type="DateTime">2024-01-06T00:00:00.000</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell><ss:Data ss:Type="String"
 xmlns="http://www.w3.org/TR/REC-html40">甘<B>州</B>区</ss:Data>
<Comment><ss:Data><B>张:</B>已核</ss:Data></Comment></Cell>
<Cell><Data ss:Type="Number">0.5125</Data></Cell>
<Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=RC[-1]"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVeryHidden</Visible>
</WorksheetOptions></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "UTF-16"])
def test_xml_spreadsheet_of_2003_tells_as_much_as_an_xlsx(tmp_path, encoding):
    report, draft = read(written(tmp_path, BOOK.format(encoding=encoding).encode(encoding)))

    assert (report.sheet, report.hidden) == ("季报", False)
    assert report.rows == [
        ["双拥统计", None, dt.date(2024, 1, 6), None],
        [None] * 4,
        ["甘州区", 0.5125, None, None],
    ]
    assert report.merges == [(0, 0, 1, 1)]
    assert report.shown == {(0, 2): "1月6日"}
    assert report.percent == {(2, 1)}
    assert report.errors == {(2, 2): "#REF!"}
    assert report.uncached == {(2, 3)}
    assert report.hidden_rows == {2}
    assert report.hidden_columns == {3}
    assert report.comments == {(2, 0): "张:已核"}
    assert (draft.sheet, draft.hidden, draft.rows) == ("底稿", True, [[True]])


CELL_1 = '<Cell><Data ss:Type="Number">1</Data></Cell>'
FAR = CELL_1.replace("<Cell", '<Cell ss:Index="16384"')
WORD = CELL_1.replace(">1<", ">eins<")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (f'<Row ss:Index="1048576">{FAR}</Row>',
         "sheet_too_large"),
        (f'<Row ss:Index="9">{CELL_1}</Row><Row ss:Index="2">{CELL_1}</Row>', "file_damaged"),
        (f'<Row ss:Span="99999999">{CELL_1}</Row>', "file_damaged"),
        ('<Column ss:Span="99999999"/>', "file_damaged"),
        (f"<Row>{WORD}</Row>", "file_damaged"),
        ("<Row>", "file_damaged"),
    ],
)  # fmt: skip
def test_damaged_xml_spreadsheet_is_refused(tmp_path, rows, rule):
    book = BOOK.format(encoding="UTF-8")
    begin, end = book.index("<Column/>"), book.index("</Table>")
    with pytest.raises(UnreadableFile) as refused:
        read(written(tmp_path, book[:begin] + rows + book[end:]))
    assert refused.value.rule == rule


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_entities_of_markup_are_not_expanded(tmp_path):
    book = BOOK.format(encoding="UTF-8").replace("?>\n<W", f"?>{BOMB}\n<W").replace("季报", "&b;")
    with pytest.raises(UnreadableFile) as refused:
        read(written(tmp_path, book))
    assert refused.value.rule == "file_damaged"

    page = f"{BOMB}<html><table><tr><td>&b;</td></tr></table></html>"
    assert read(written(tmp_path, page))[0].rows[-1] == ["&b;"]


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td rowspan=99999999 colspan=99999999>1</td></tr>" * 20_000 + "</table>",
        "<table><tr><td>" * 30_000,
        "<html>" + "<div>" * 100_000 + "<table><tr><td>1</td></tr></table>",
        "<table><tr>" + "<td>1</td>" * 200_000 + "</tr>" + "<tr><td>1" * 20_000 + "</table>",
    ],
    ids=["spans", "nested tables", "nested blocks", "wide and long"],
)
def test_hostile_page_ends_soon(tmp_path, page):
    path = written(tmp_path, page)
    begin = time.process_time()  # others may be at work
    try:
        grids = read(path)
    except UnreadableFile as refused:
        assert refused.rule in ("sheet_too_large", "file_html", "file_damaged")  # noqa: PT017
    else:
        assert sum(len(row) for grid in grids for row in grid.rows) < 12_000_000
    assert time.process_time() - begin < 5


def test_small_and_struck_digits_of_a_page_are_no_digits_of_a_figure(tmp_path):
    page = "<table><tr><td>甲<td>3<sup>1</sup><td>5<del>00</del>20<td>7</table>"
    (grid,) = read(written(tmp_path, page))
    assert grid.rows == [["甲", "3^1", "5^0020", "7"]]
