"""What is no table, or would do harm, is refused by the rule that tells what to do."""

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.read import UnreadableFile, read
from tests.read.workbooks import worksheet, write

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "tests" / "fixtures" / "read"


def refusal(path):
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    return refused.value.rule


def packed(**parts):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file_empty"),
        (b'<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><html>', "file_html"),
        (b"<html><body><p>12</p><table></table></body></html>", "file_html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "file_mhtml"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
         b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', "file_word"),
        (b'<?xml version="1.0"?><note/>', "file_unknown"),
        (b"%PDF-1.7\n", "file_pdf"),
        (b"\x89PNG\r\n\x1a\n", "file_image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "file_image"),
        (b"{\\rtf1\\ansi", "file_word"),
        (b"Rar!\x1a\x07\x00", "file_archive"),
        (packed(**{"慰问.txt": b"1"}), "file_archive"),
        (packed(**{"word/document.xml": b"<w/>"}), "file_word"),
        (packed(**{"ppt/presentation.xml": b"<p/>"}), "file_slides"),
        (packed(**{"OFD.xml": b"<ofd/>"}), "file_pdf"),
        (packed(**{"Index/Document.iwa": b"\0"}), "file_unknown"),
        (b"b\x14#e\x8b\0\0E-SafeNet\0\0\0LOCK", "file_encrypted_by_office"),
        (packed(**{"xl/workbook.bin": b"\x83\x01"}), "file_xlsb"),
        (packed(**{"mimetype": b"application/vnd.oasis.opendocument.text",
                   "META-INF/manifest.xml": b"", "content.xml": b""}), "file_word"),
        (packed(**{"[Content_Types].xml": b"<Types/>"}), "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "file_damaged"),
        (bytes(range(256)), "file_unknown"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_bytes_are_judged_and_not_the_name(tmp_path, name, content, rule):
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name) == rule


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_password(form):
    assert refusal(FIXTURES / f"encrypted.{form}") == "file_encrypted"


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_unfinished_transfer(tmp_path, form, share):
    data = (FIXTURES / f"every_mark.{form}").read_bytes()
    (tmp_path / "half").write_bytes(data[: int(len(data) * share)])
    assert refusal(tmp_path / "half") == "file_damaged"


def test_missing_file(tmp_path):
    assert refusal(tmp_path / "gone.xlsx") == "file_not_openable"


def test_sheet_that_unpacks_to_a_gigabyte(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(20):
                sheet.write(b" " * 1_000_000)
    assert path.stat().st_size < 100_000
    assert refusal(path) == "file_too_large"


def test_zip_directory_that_lies_about_a_size(tmp_path):
    """A part unpacks to 20 MB, and the directory says 1000 bytes."""
    path = write(tmp_path / "lie.xlsx", worksheet("<row/>") + " " * 20_000_000)
    data = bytearray(path.read_bytes())
    size = len(worksheet("<row/>")) + 20_000_000
    while (at := data.find(struct.pack("<I", size))) >= 0:
        data[at : at + 4] = struct.pack("<I", 1000)
    path.write_bytes(data)
    assert refusal(path) == "file_damaged"


@pytest.mark.parametrize(
    "corner",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="99999"><c r="A99999"><v>1</v></c></row>',
        '<row r="1"><c r="B2"><v>1</v></c><c r="A999999999"><v>1</v></c></row><row r="9"></row>',
        '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="100000"><c r="A100000"><v>1</v></c></row>',
        '<row r="1048576"><c r="Z1048576"><v>1</v></c></row>',
    ],
)
def test_stray_cell_far_out_is_refused_before_room_is_made_for_it(tmp_path, corner):
    rows = corner if 'r="1">' in corner else f'<row r="1"><c r="A1"><v>1</v></c></row>{corner}'
    assert refusal(write(tmp_path / "far.xlsx", worksheet(rows))) == "sheet_too_large"


def test_format_without_a_value_far_out_does_no_harm(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read(write(tmp_path / "far.xlsx", worksheet(rows)))[0].rows == [[1]]


def test_a_million_empty_rows_before_a_last_cell(tmp_path):
    empty = "".join(f'<row r="{row}" ht="14"/>' for row in range(2, 300_000))
    rows = (
        f'<row r="1"><c r="A1"><v>1</v></c></row>{empty}'
        '<row r="1000000"><c r="K1000000"><v>7</v></c></row>'
    )
    assert refusal(write(tmp_path / "long.xlsx", worksheet(rows))) == "sheet_too_large"


def test_repeated_cells_of_an_ods_are_counted_before_they_are_made(tmp_path):
    original = FIXTURES / "every_mark.ods"
    path = tmp_path / "bomb.ods"
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "content.xml":
                content = content.replace(
                    b"<table:table-row ",
                    b'<table:table-row table:number-rows-repeated="9999999" ',
                    1,
                )
            target.writestr(part, content)
    bomb, draft = read(path)
    assert bomb.refusal[0] == "sheet_too_large"
    assert draft.rows == [[None] * 3, [None] * 3, [None, None, 999]]


def test_entities_are_not_expanded(tmp_path):
    bomb = (
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>'
    )
    path = write(tmp_path / "a.xlsx", worksheet("<row/>"), **{"xl/workbook.xml": bomb})
    assert refusal(path) == "file_damaged"


def test_every_rule_has_its_sentences():
    """A refusal without a sentence would leave a person with a word of ours."""
    rules = yaml.safe_load((ROOT / "data/catalogue/rules.yml").read_text(encoding="utf-8"))
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "etl/read").glob("*.py"))
    named = {
        rule for rule in rules if rule.startswith(("file_", "csv_", "sheet_too", "sheet_damaged"))
    }
    assert named
    assert {rule for rule in named if f'"{rule}"' not in code} == {"file_killed_reader"}
    for rule in named:
        assert rules[rule]["severity"] == "error"
        assert "另存为 .xlsx" in rules[rule]["zh"] or rule in {
            "file_not_openable", "file_empty", "file_archive", "sheet_too_large"
        }  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["xlsx", "xls", "ods"]), st.data())
def test_damaged_bytes_are_read_or_refused(tmp_path, form, data):
    """Whatever bytes change, no other error comes out."""
    content = bytearray((FIXTURES / f"every_mark.{form}").read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(content)
    try:
        grids = read(path)
    except UnreadableFile:
        return
    assert all(len({len(row) for row in grid.rows}) <= 1 for grid in grids)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["xlsx", "ods"]), st.data())
def test_damaged_xml_is_read_or_refused(tmp_path, form, data):
    """Damage inside a part, where the zip's check sums would hide it."""
    path = tmp_path / "damaged"
    with zipfile.ZipFile(FIXTURES / f"every_mark.{form}") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = data.draw(st.sampled_from([n for n in parts if n.endswith((".xml", ".rels"))]))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.sampled_from(b'0 "<>/=&9rts'))
    with zipfile.ZipFile(path, "w") as target:
        for part, original in parts.items():
            target.writestr(part, bytes(content) if part == name else original)
    with contextlib.suppress(UnreadableFile):
        read(path)


def test_read_only_file_of_openpyxl_s_own_making_is_read(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("长表").append(["甘州区", 1])
    book.save(tmp_path / "stream.xlsx")
    assert read(tmp_path / "stream.xlsx")[0].rows == [["甘州区", 1]]
