"""What is made of a meeting issue (期): it says so, and is the same after the next load."""

import io
import json
import shutil
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest

from dashboard import store
from dashboard.exports.__main__ import main
from tests.dashboard.small_vintage import write_vintage

FIRST, SECOND = "2024-10-15-0123456789ab", "2024-11-20-ba9876543210"
NUMBER = "2024年第2期"


@pytest.fixture(scope="module")
def frozen(tmp_path_factory):
    """The small vintage, frozen for a meeting."""
    folder = write_vintage(tmp_path_factory.mktemp("meeting"))
    issue = {NUMBER: {"title": "调度会", "vintage": FIRST}}
    (folder / "frozen.json").write_text(json.dumps(issue), encoding="utf-8")
    return folder


def load_another(folder):
    """Put another vintage in force, in which a figure is revised."""
    shutil.copytree(folder / FIRST, folder / SECOND)
    with duckdb.connect(folder / SECOND / store.DATABASE) as con:
        con.execute("update vintage set vintage = ?", [SECOND])
        con.execute("""update series set obs_value = 2e6, ytd_value = 2e6
                       where indicator = 'condolence_fund' and ref_area = '620700'""")
    (folder / "current").write_text(SECOND + "\n", encoding="utf-8")


def made(folder, command, name, *options):
    out = folder.parent / name
    arguments = [command, "--out", str(out), "--vintages", str(folder), *options]
    assert main(arguments) == 0
    return out.read_bytes()


ASKED = {
    "deck.pptx": ("deck", "--area", "620700", "--period", "2024-Q3"),
    "bulletin.docx": ("bulletin", "--area", "620700", "--period", "2024-Q3"),
    "book.xlsx": ("workbook", "--area", "620700", "--period", "2024-Q3"),
    "rows.csv": ("workbook", "--area", "620700", "--period", "2024-Q3"),
    "rows.parquet": ("workbook", "--area", "620700", "--period", "2024-Q3"),
    "ranking.svg": ("picture", "ranking", "indicator=condolence_fund", "--area", "620700"),
    "card.html": ("card", "--area", "620702"),
}


def said(content):
    """Return all text of a file, of a package all its parts."""
    if content.startswith(b"PAR1"):
        return str(pq.read_table(io.BytesIO(content))["issue"].unique())
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(p).decode("utf-8", "ignore") for p in parts.namelist())


def test_every_file_is_the_same_after_the_next_load(frozen):
    before = {
        name: made(frozen, command, name, *options, "--issue", "2024年第２期")
        for name, (command, *options) in ASKED.items()
    }
    for name, content in before.items():
        assert NUMBER in said(content), name
    load_another(frozen)
    for name, (command, *options) in ASKED.items():
        assert made(frozen, command, name, *options, "--issue", NUMBER) == before[name], name
        assert made(frozen, command, name, *options) != before[name], name


def test_an_issue_that_nobody_knows_is_a_sentence(frozen, capsys):
    arguments = ["card", "--area", "620702", "--out", "x.html", "--vintages", str(frozen)]
    assert main([*arguments, "--issue", "2024年第9期"]) == 1
    assert capsys.readouterr().err == "没有“2024年第9期”这一期；现有：2024年第2期\n"
    assert main([*arguments, "--issue", "2024年第9期", "--lang", "en"]) == 1
    assert "there are: 2024年第2期" in capsys.readouterr().err


@pytest.mark.parametrize("text", ['{"1": {"title": "会议", "vintage": 5}}', "[" * 100_000])
def test_a_damaged_record_of_issues_knows_none(tmp_path, text):
    (tmp_path / "frozen.json").write_text(text, "utf-8")
    assert store.meeting_issues(tmp_path) == {}
