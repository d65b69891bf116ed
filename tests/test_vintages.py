"""The vintages folder: pointer, lock, pruning; sources kept once, by their hash."""

import datetime as dt
import json
import os
import zipfile

import pytest

from etl.vintages import (
    VintageError,
    current,
    history,
    keep,
    kept,
    lock,
    point,
    register,
    roll_back,
)

DAY = 1_712_500_000  # 2024-04-07, as the system counts


def vintage(folder, name, age=0):
    path = folder / name
    path.mkdir(parents=True)
    (path / "manifest.json").write_text("{}", "utf-8")
    stamp = 1_700_000_000 - age
    os.utime(path / "manifest.json", (stamp, stamp))
    return path


def test_no_vintage_yet(tmp_path):
    assert current(tmp_path) is None


def test_the_pointer_is_one_line(tmp_path):
    first, second = vintage(tmp_path, "2024-04-08-a"), vintage(tmp_path, "2024-07-08-b")
    point(tmp_path, first)
    point(tmp_path, second)
    assert current(tmp_path) == second
    assert (tmp_path / "current").read_bytes() == b"2024-07-08-b\n"


def test_a_pointer_to_nothing_is_no_vintage(tmp_path):
    (tmp_path / "current").write_text("gone\n", "utf-8")
    assert current(tmp_path) is None


def test_a_pointer_that_a_reader_holds_is_tried_again(tmp_path, monkeypatch):
    """On Windows a file cannot be replaced while it is open."""
    refusals = [PermissionError, PermissionError]
    replace = os.replace

    def busy(old, new):
        if refusals:
            raise refusals.pop()
        replace(old, new)

    monkeypatch.setattr(os, "replace", busy)
    point(tmp_path, vintage(tmp_path, "2024-04-08-a"))
    assert current(tmp_path).name == "2024-04-08-a"


def test_a_second_load_waits_and_then_says_who_holds_the_folder(tmp_path):
    holder = f"pid {os.getpid()}"
    with (
        lock(tmp_path),
        pytest.raises(VintageError, match=holder),
        lock(tmp_path, patience=0.05),
    ):
        pass
    with lock(tmp_path, patience=0.05):
        pass


def test_a_source_is_kept_once_with_its_first_name_and_date(tmp_path):
    sent = tmp_path / "表.csv"
    sent.write_text("甘州区,20\n", "utf-8")
    os.utime(sent, (DAY, DAY))
    first = keep(sent, "reported", tmp_path / "sources")
    again = tmp_path / "表(1).csv"
    again.write_bytes(sent.read_bytes())
    assert keep(again, "reported", tmp_path / "sources") == first
    assert kept(first, tmp_path / "sources").read_bytes() == sent.read_bytes()
    assert first.source_file == "表.csv"
    assert first.received_on == dt.datetime.fromtimestamp(DAY).astimezone().date()


def test_one_file_may_serve_two_datasets(tmp_path):
    sent = tmp_path / "表.csv"
    sent.write_text("甘州区,20\n", "utf-8")
    datasets = [keep(sent, name, tmp_path / "s").dataset for name in ("published", "reported")]
    assert datasets == ["published", "reported"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("docProps/core.xml", '<dcterms:modified xsi:type="dcterms:W3CDTF">2024-04-08T01:02:03Z'),
        ("meta.xml", "<dc:date>2024-04-08T09:10:11</dc:date>"),
    ],
)
def test_a_workbook_knows_when_it_was_saved(tmp_path, part, text):
    with zipfile.ZipFile(tmp_path / "表.xlsx", "w") as package:
        package.writestr(part, text)
    assert register(tmp_path / "表.xlsx", "reported").received_on == dt.date(2024, 4, 8)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off"])
def test_a_broken_file_has_the_date_of_the_file(tmp_path, content):
    (tmp_path / "表.xlsx").write_bytes(content)
    os.utime(tmp_path / "表.xlsx", (DAY, DAY))
    found = register(tmp_path / "表.xlsx", "reported").received_on
    assert found == dt.datetime.fromtimestamp(DAY).astimezone().date()


def test_history_and_the_way_back(tmp_path):
    for number, (name, rows) in enumerate((("2024-04-08-a", 5), ("2024-07-08-b", 9))):
        folder = vintage(tmp_path, name)
        about = {"as_of": name[:10], "sources": [{}] * rows}
        rows_of = {"observation": rows, "series": 1, "issue": 2}
        (folder / "manifest.json").write_text(json.dumps(about | {"rows": rows_of}), "utf-8")
        os.utime(folder / "manifest.json", (DAY + number, DAY + number))
        point(tmp_path, folder)
    (tmp_path / ".building-x").mkdir()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-*/*")}
    told = [(p.vintage, p.n_sources, p.n_observations, p.in_force) for p in history(tmp_path)]
    assert told == [("2024-07-08-b", 9, 9, True), ("2024-04-08-a", 5, 5, False)]

    assert roll_back(tmp_path, "2024-04-08-a") == current(tmp_path) == tmp_path / "2024-04-08-a"
    assert [p.in_force for p in history(tmp_path)] == [False, True]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*-*/*")} == before


@pytest.mark.parametrize("name", ["nowhere", "..", "", ".building-x"])
def test_there_is_no_way_back_to_what_is_no_vintage(tmp_path, name):
    point(tmp_path, vintage(tmp_path, "2024-04-08-a"))
    vintage(tmp_path, ".building-x")
    with pytest.raises(VintageError, match="没有版本"):
        roll_back(tmp_path, name)
    assert current(tmp_path).name == "2024-04-08-a"


def test_without_a_folder_there_is_no_history(tmp_path):
    assert history(tmp_path / "nowhere") == []
