"""Meeting issues (期): a number keeps its vintage for good, whatever is loaded or pruned later."""

import json
import os

import pytest

from etl.__main__ import main
from etl.frozen import Frozen, freeze, frozen, prune, unfreeze
from etl.revisions import vintage_named
from etl.vintages import VintageError, current, point

SECOND = Frozen("2024年第2期", "上半年双拥工作会议", "2024-07-08-b")


@pytest.fixture
def shelf(tmp_path):
    """Five vintages, a the newest; the oldest is in force after a roll back."""
    for age, name in enumerate(("2024-10-08-a", "2024-07-08-b", "2024-04-08-c", "2024-01-08-d")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "manifest.json").write_text("{}", "utf-8")
        os.utime(folder / "manifest.json", (1_700_000_000 - age, 1_700_000_000 - age))
    point(tmp_path, tmp_path / "2024-01-08-d")
    return tmp_path


def left(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_pruning_keeps_the_newest_the_frozen_and_the_one_in_force(shelf):
    freeze(shelf, SECOND.number, SECOND.title, shelf / SECOND.vintage)
    assert [path.name for path in prune(shelf, 1)] == ["2024-04-08-c"]
    assert [path.name for path in prune(shelf, 0)] == ["2024-10-08-a"]
    assert left(shelf) == ["2024-01-08-d", "2024-07-08-b"]


def test_a_vintage_may_carry_several_issues_and_a_number_has_one_vintage(shelf):
    first = freeze(shelf, "２０２４年第１期 ", "一季度\n调度会")
    assert first == Frozen("2024年第1期", "一季度 调度会", "2024-01-08-d")
    again = freeze(shelf, "2024年第1期", "一季度 调度会")
    assert again == first
    other = freeze(shelf, "党组会第3次", "党组会")
    assert frozen(shelf) == {"2024年第1期": first, "党组会第3次": other}
    with pytest.raises(VintageError, match="已用于版本 2024-01-08-d（一季度 调度会）"):
        freeze(shelf, "2024年第1期", "一季度 调度会", shelf / SECOND.vintage)
    with pytest.raises(VintageError, match="已用于"):
        freeze(shelf, "2024年第1期", "另一个会")


def test_a_number_given_by_mistake_is_taken_back(shelf):
    freeze(shelf, SECOND.number, SECOND.title, shelf / SECOND.vintage)
    assert unfreeze(shelf, "2024年第２期") == SECOND
    assert frozen(shelf) == {}
    with pytest.raises(VintageError, match="没有“2024年第2期”这一期；现有：—"):
        unfreeze(shelf, SECOND.number)
    prune(shelf, 0)
    assert left(shelf) == ["2024-01-08-d"]


@pytest.mark.parametrize("number", ["", "  ", "第\u202e2期", "9" * 41])
def test_a_number_that_cannot_be_read_is_none(shelf, number):
    with pytest.raises(VintageError, match="请写期号"):
        freeze(shelf, number, "会议")
    assert frozen(shelf) == {}


def test_nothing_is_frozen_before_the_first_load(tmp_path):
    with pytest.raises(VintageError, match="还没有可以冻结的版本"):
        freeze(tmp_path, "2024年第1期", "会议")


@pytest.mark.parametrize("number", ["current", "2024-07-08-b"])
def test_a_vintage_s_name_is_no_number(shelf, number):
    with pytest.raises(VintageError, match=f"“{number}”是版本的名称"):
        freeze(shelf, number, "会议")
    assert vintage_named(number, shelf).name == {"current": "2024-01-08-d"}.get(number, number)


def test_an_issue_whose_vintage_somebody_deleted_is_a_sentence(shelf):
    freeze(shelf, SECOND.number, SECOND.title, shelf / SECOND.vintage)
    (shelf / SECOND.vintage / "manifest.json").unlink()
    with pytest.raises(VintageError, match="“2024年第2期”的版本 2024-07-08-b 已不在"):
        vintage_named(SECOND.number, shelf)


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "[" * 100_000, '{"2024年第1期": {"vintage": "x"}}', '{"1": 2}',
        '{"1": {"title": "会议", "vintage": 5}}', '{"1": {"title": "会议", "vintage": "../x"}}',
        '{"1": {"title": null, "vintage": "2024-07-08-b"}}',
    ],
)  # fmt: skip
def test_nothing_is_pruned_while_nobody_knows_what_is_frozen(shelf, text):
    (shelf / "frozen.json").write_text(text, "utf-8")
    with pytest.raises(VintageError, match="会议期的记录已损坏"):
        prune(shelf, 0)
    assert len(left(shelf)) == 4


def test_the_command_line(shelf, capsys):
    at = ["--vintages", str(shelf)]
    number = ["--number", SECOND.number, "--title", SECOND.title]
    assert main(["freeze", *number, "--vintage", "2024-07", *at]) == 0
    assert main(["frozen", *at]) == 0
    assert main(["frozen", "--json", *at]) == 0
    line = "2024年第2期  2024-07-08-b  上半年双拥工作会议\n"
    told = capsys.readouterr().out
    assert told.startswith(line * 2)
    assert json.loads(told[len(line * 2) :]) == [
        {"number": "2024年第2期", "title": "上半年双拥工作会议", "vintage": "2024-07-08-b"}
    ]
    assert vintage_named("2024年第２期", shelf) == shelf / SECOND.vintage
    assert main(["unfreeze", "2024年第3期", *at]) == 1
    assert capsys.readouterr().err == "没有“2024年第3期”这一期；现有：2024年第2期\n"
    assert main(["unfreeze", SECOND.number, *at]) == 0
    assert frozen(shelf) == {}


def test_freezing_writes_nothing_into_the_vintage(shelf):
    before = {path: path.stat().st_mtime_ns for path in shelf.glob("*-*/*")}
    freeze(shelf, SECOND.number, SECOND.title)
    assert {path: path.stat().st_mtime_ns for path in shelf.glob("*-*/*")} == before
    assert current(shelf).name == "2024-01-08-d"
