"""No name or number of a person, and no unit's designator, gets into a vintage or onto a screen."""

from __future__ import annotations

import json

import duckdb
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from etl.__main__ import main

SECRETS = [
    "620102199001011234",
    "13812345678",
    "6217000012345678901",
    "张三丰",
    "93525部队",
    "8212345",
]


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A sheet with a person in every place, and a list of names behind it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "二季度 13812345678"
    for row in [
        ["张掖市2024年二季度慰问情况（联系13812345678）"],
        ["填报单位：张掖市", None, "联系人：张三丰"],
        ["单位", "慰问金（元）", "620102199001011234", "负责人", "联系电话"],
        ["甘州区", "约5000", 1, "张三丰", 13812345678],
        ["93525部队", 6000, 2, "张三丰", "8212345"],
        ["山丹县", "5+2（13812345678）", 3, "张三丰", "8212345"],
        ["肃南县", 620102199001011234, 4, "张三丰", "8212345"],
        ["民乐县", "6217000012345678901", 5],
        ["制表人：张三丰", "电话：8212345"],
    ]:
        sheet.append(row)
    sheet["B4"].comment = Comment("张三丰 13812345678 问 93525部队", "张三丰")
    names = book.create_sheet("名册")
    for row in [
        ["张掖市2024年二季度名册"],
        ["姓名", "身份证号", "慰问金（元）"],
        ["张三丰", "620102199001011234", 1000],
        ["李四", "62010219900101123X", 1000],
    ]:
        names.append(row)
    path = tmp_path_factory.mktemp("sent") / "慰问情况_13812345678_张三丰.xlsx"
    book.save(path)
    return path


def test_nothing_of_a_person_is_in_a_vintage(sent, tmp_path, capsys):
    vintages = tmp_path / "vintages"
    assert main(["load", str(sent), "--vintages", str(vintages)]) == 0
    printed = "".join(capsys.readouterr())
    vintage = vintages / (vintages / "current").read_text("utf-8").strip()
    with duckdb.connect(vintage / "indicators.duckdb", read_only=True) as con:
        figures = con.execute(
            "select ref_area, obs_value, printed from observation order by 1"
        ).fetchall()
        tables = [
            row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()
        ]
        stored = "\n".join(str(con.execute(f"from {table}").fetchall()) for table in tables)
    assert figures == [("620702", 5000, "约5000")]
    files = b"".join(path.read_bytes() for path in vintage.rglob("*") if path.is_file())
    for secret in SECRETS:
        assert secret not in stored
        assert secret not in printed
        assert secret.encode() not in files
    assert "慰问情况_〔电话〕_〔姓名〕.xlsx" in printed


def test_nothing_of_a_person_is_in_what_check_prints(sent, capsys):
    assert main(["check", str(sent), "--json"]) == 1
    printed = capsys.readouterr().out
    assert not [secret for secret in SECRETS if secret in printed]
    rules = {issue["rule"] for issue in json.loads(printed)["issues"]}
    assert {"person_register", "personal_number", "not_a_number"} <= rules


def test_a_source_is_withdrawn_by_the_name_that_it_was_sent_under(sent, tmp_path):
    vintages = tmp_path / "o'brien"
    assert main(["load", str(sent), "--vintages", str(vintages)]) == 0
    assert main(["withdraw", "", "--vintages", str(vintages)]) == 1
    assert main(["withdraw", sent.name, "--vintages", str(vintages)]) == 0
