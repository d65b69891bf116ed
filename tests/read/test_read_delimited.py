"""Text files: the encoding, the separator and the cells."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl.read import UnreadableFile, read
from etl.read.delimited import separator
from etl.read.encoding import decode

TABLE = "2024年一季度双拥统计表\n县区,慰问金(万元),备注\n甘州区,12.5,\n山丹县,7,其中八一慰问\n"
ROWS = [
    ["2024年一季度双拥统计表", None, None],
    ["县区", "慰问金(万元)", "备注"],
    ["甘州区", "12.5", None],
    ["山丹县", "7", "其中八一慰问"],
]


def refusal(path):
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    return refused.value.rule


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_encodings_line_ends_and_separators(tmp_path, encoding, line_end, sign):
    path = tmp_path / "表.xlsx"  # the name says nothing
    path.write_bytes(TABLE.replace("\n", line_end).replace(",", sign).encode(encoding))

    (grid,) = read(path)
    assert grid.rows == ROWS
    assert (grid.file, grid.sheet) == ("表.xlsx", "")


@pytest.mark.parametrize("encoding", ["big5", "euc_kr", "latin-1"])
def test_bytes_that_only_seem_to_be_gb18030_are_refused(encoding):
    """Each decodes as GB18030 without an error; Korean even into common characters."""
    text = {
        "big5": "臺北市政府統計處，各區慰問金額與人數",
        "euc_kr": "서울특별시 군인 위문금 통계",
        "latin-1": "Übersicht für größere Städte, Ämter",
    }[encoding]
    data = text.encode(encoding)
    data.decode("gb18030")

    with pytest.raises(UnreadableFile):
        decode(data, known=lambda read_as: "慰问" in read_as)


def test_chinese_without_a_known_word_is_refused_only_where_the_encoding_is_a_guess():
    def unknown(_):
        return False

    assert decode("温度与湿度".encode(), unknown) == "温度与湿度"
    with pytest.raises(UnreadableFile) as refused:
        decode("温度与湿度".encode("gb18030"), unknown)
    assert refused.value.rule == "csv_encoding"


def test_half_utf8_half_gb18030_is_refused():
    data = ("甘州区,慰问金,优待金,抚恤金\n" * 3).encode() + ("山丹县,安置费\n" * 3).encode(
        "gb18030"
    )
    with pytest.raises(UnreadableFile):
        decode(data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县区\t金额\n甘州区\t1,234\n山丹县\t2,345\n民乐县\t12\n", "\t"),
        ("统计期,编码\t,金额\n202401,620702\t,1\n202402,620725\t,2\n", ","),
        ('县区,备注\n甘州区,"走访;慰问;座谈"\n山丹县,"走访;座谈"\n', ","),
        ("县区\n甘州区\n", ","),
    ],
)
def test_separator_is_the_one_that_gives_even_rows(text, expected):
    assert separator(text) == expected


def test_cells_stay_text_as_they_stand(tmp_path):
    path = tmp_path / "wrapped.csv"
    path.write_text('县区,编码,金额\n甘州区,="0620702","1,234.50"\n', encoding="utf-8")

    assert read(path)[0].rows[1] == ["甘州区", '="0620702"', "1,234.50"]


def test_quoted_footnote_may_have_several_lines(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text('县区,金额\n甘州区,1\n"注：\n一、不含市本级"\n', encoding="utf-8")

    assert read(path)[0].rows[2] == ["注：\n一、不含市本级", None]


def test_quotation_mark_without_partner_names_its_line(tmp_path):
    """Read on regardless, one cell would swallow the rows that follow."""
    path = tmp_path / "quote.csv"
    path.write_text('县区,金额\n"甘州区,1\n山丹县,2\n', encoding="utf-8")

    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert (refused.value.rule, refused.value.words) == ("csv_broken_quotes", {"line": 3})


def test_a_cell_of_a_megabyte_is_a_cell(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("县区,备注\n甘州区," + "备" * 1_000_000, encoding="utf-8")

    assert len(read(path)[0].rows[1][1]) == 1_000_000


def test_a_million_empty_rows_at_the_end_are_none(tmp_path):
    path = tmp_path / "tail.csv"
    path.write_text("县区,金额\n甘州区,1\n" + ",\n" * 1_000_000, encoding="utf-8")

    assert read(path)[0].rows == [["县区", "金额"], ["甘州区", "1"]]


def test_one_wide_row_over_many_narrow_ones_is_refused(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("," * 20_000 + "\n" + "甘\n" * 1000, encoding="utf-8")

    assert refusal(path) == "sheet_too_large"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_without_a_mark(tmp_path, encoding):
    path = tmp_path / "unmarked.csv"
    path.write_bytes(TABLE.encode(encoding))

    assert read(path)[0].rows == ROWS


def test_zero_bytes_spoil_their_own_cell_only(tmp_path):
    """1␀2 is not 12; zeros behind the text are the rest of a block that was never written."""
    path = tmp_path / "zeros.csv"
    path.write_bytes("县区,金额\n甘州区,1\0002\n山丹县,7".encode() + bytes(300))

    assert read(path)[0].rows == [["县区", "金额"], ["甘州区", "1\ufffd2"], ["山丹县", "7"]]


def test_binary_is_no_text(tmp_path):
    path = tmp_path / "binary.csv"
    path.write_bytes(bytes(range(256)) * 4)

    assert refusal(path) == "file_unknown"


def test_a_report_in_words_is_no_table(tmp_path):
    path = tmp_path / "综述.txt"
    path.write_text(
        "张掖市双拥工作综述 2023年07月31日\n"
        "今年上半年以来,全市各级走访慰问部队126支，发放慰问金206.66万元，共建活动蓬勃开展;\n"
        "各县区积极落实优待政策，接收退役军人1100余人，举办招聘会12场次。\n",
        encoding="utf-8",
    )

    assert refusal(path) == "file_text"


CELL = st.text("甘州区慰问金0123456789.,;\t\"' \n余约％", max_size=8)


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example([["", "\t\n\t0"], ["", "\t\n\t"]], "utf-8")
def test_any_cells_survive_a_round_trip(tmp_path_factory, lines, encoding):
    """Rows of one width, quoted in full as Excel does where needed."""
    width = max(map(len, lines))
    lines = [["县区"] * width, *([*line, *[""] * (width - len(line))] for line in lines)]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(text.getvalue().encode(encoding))

    expected = [[cell or None for cell in line] for line in lines]
    while not any(expected[-1]):
        expected.pop()
    assert read(path)[0].rows == expected


def spoiled(encoding, text, at, byte=b"\xff"):
    """TABLE with one byte more inside ``text``."""
    data = TABLE.encode(encoding)
    place = data.index(text.encode(encoding)) + at
    return data[:place] + byte + data[place:]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize(("text", "row", "column"), [("12.5", 2, 1), ("山丹县", 3, 0)])
def test_a_bad_byte_costs_its_cell(tmp_path, encoding, text, row, column):
    path = tmp_path / "表.csv"
    path.write_bytes(spoiled(encoding, text, 1))

    (grid,) = read(path, known=lambda read_as: "慰问" in read_as)
    assert "\ufffd" in grid.rows[row][column]
    grid.rows[row][column] = ROWS[row][column]
    assert grid.rows == ROWS


def test_bad_bytes_in_many_lines_are_another_encoding():
    lines = TABLE.encode("gbk").split(b"\n")
    with pytest.raises(UnreadableFile):
        decode(b"\xff\n".join(lines * 10), known=lambda read_as: "慰问" in read_as)


def test_lines_tell_how_many_cells_they_had(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("县区,走访部队\n甘州区,1,234\n山丹县,5\n", "utf-8")

    assert read(path)[0].lengths == [2, 3, 2]
