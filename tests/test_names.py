"""Names of files from elsewhere are shown without what would mislead or harm."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.names import sent_as
from etl.vintages import keep, kept


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("2024年一季度（终稿）.xlsx", "2024年一季度（终稿）.xlsx"),
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\表.csv", "表.csv"),
        ("C:\\报表\\表.xls", "表.xls"),
        ("表\u202evsc.exe", "表vsc.exe"),
        ("表\n\t\x1b[31m.csv", "表[31m.csv"),
        ("\u200b.xls", ".xls"),
        ("甘" * 300 + ".xlsx", "甘" * 114 + "….xlsx"),
        ("甘" * 300, "甘" * 119 + "…"),
        ("a/", "?"),
        (os.fsdecode("双拥季报.xls".encode("gbk")), "双拥季报.xls"),
    ],
)
def test_name_as_it_is_shown(name, shown):
    if sys.platform == "win32" and "双拥季报" in shown:
        name = shown  # Windows names are no bytes
    assert sent_as(name) == shown


@given(st.text())
def test_any_name_is_one_short_line_that_can_be_stored(name):
    shown = sent_as(name)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\n\r\x1b\u202e\0")
    assert shown.encode()
    assert sent_as(shown) == shown


def test_no_part_of_a_name_becomes_a_path(tmp_path):
    """What is kept lies under its hash; the name is written into its card only."""
    path = tmp_path / "=1+1 .. CON.csv"
    path.write_text("县区,金额\n甘州区,1\n", encoding="utf-8")
    source = keep(path, "reported", tmp_path / "sources")
    assert source.source_file == path.name
    assert kept(source, tmp_path / "sources").name == source.source_id
    assert {p.name.partition(".")[0] for p in (tmp_path / "sources").iterdir()} == {
        source.source_id
    }
