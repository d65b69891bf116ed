"""A vintage is published whole or not at all; which of several reports is in force."""

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from etl.catalogue import load_catalogue
from etl.precedence import ties
from etl.publish import Settled, publish
from etl.records import Issue
from etl.vintages import DATABASE, current, manifest
from tests.publishing import CATALOGUE, add, row, silent, source, table

ROOT = Path(__file__).parents[1]
STEPS = ("started", "filled", "settled", "renamed")


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue([CATALOGUE])


def ask(vintage, sql):
    with duckdb.connect(vintage / DATABASE, read_only=True) as con:
        return con.execute(sql).fetchall()


def test_a_vintage_holds_every_table_and_says_what_it_is_made_of(tmp_path, catalogue):
    issue = Issue("no_tables", source_file="表.xlsx", dataset="reported")
    vintage = publish(Settled(table(row()), lambda _: [issue]), [source()], catalogue, tmp_path)
    assert vintage.name.startswith("2024-04-08-")
    assert current(tmp_path) == vintage
    assert ask(vintage, "select obs_value, in_force, reason from observation") == [
        (20.0, True, "only")
    ]
    assert ask(vintage, "select obs_value from series where time_period = '2024-Q1'") == [(20.0,)]
    assert ask(vintage, "select severity, message from issue") == [("note", "文件里没有任何数。")]
    assert ask(vintage, "select vintage, as_of from vintage") == [
        (vintage.name, dt.date(2024, 4, 8))
    ]
    assert ask(vintage, "select n_cells, n_labels from source") == [(4, 3)]
    for name in ("indicator", "ref_area", "breakdown", "obs_status", "unit"):
        assert ask(vintage, f"select count(*) from {name}")[0][0] > 0
    for name in ("observation", "series"):
        assert pq.read_table(vintage / name / f"{name}.parquet")["obs_value"].to_pylist()[0] == 20
    assert manifest(vintage)["sources"][0]["source_id"] == "a" * 64
    assert {path.name for path in tmp_path.iterdir()} == {vintage.name, "current"}


def test_the_same_input_is_the_same_vintage(tmp_path, catalogue):
    first = publish(Settled(table(row()), silent), [source()], catalogue, tmp_path)
    written = (first / "manifest.json").stat().st_mtime_ns
    other = publish(Settled(table(row(7)), silent), [source("乙.xlsx", "b")], catalogue, tmp_path)
    again = publish(Settled(table(row()), silent), [source()], catalogue, tmp_path)
    assert again == first != other
    assert (first / "manifest.json").stat().st_mtime_ns == written
    assert current(tmp_path) == first


@pytest.mark.parametrize(
    "change",
    [
        {"source": source("乙.xlsx")},
        {"source": source(digest="b")},
        {"source": source(day=dt.date(2024, 4, 9))},
        {"hash": "another catalogue"},
    ],
)
def test_another_source_or_catalogue_is_another_vintage(tmp_path, catalogue, change):
    first = publish(Settled(table(row()), silent), [source()], catalogue, tmp_path)
    known = replace(catalogue, hash=change.get("hash", catalogue.hash))
    assert (
        publish(Settled(table(row()), silent), [change.get("source", source())], known, tmp_path)
        != first
    )


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_old_vintage_stays_in_force(tmp_path, step):
    old = add(tmp_path, "a.xlsx", 20)
    killed = subprocess.run(
        [sys.executable, "-m", "tests.publishing", str(tmp_path), "b.xlsx", "5", step], cwd=ROOT
    )
    assert killed.returncode == 9
    assert current(tmp_path) == old
    assert ask(old, "select count(*) from series where obs_value is null") == [(0,)]
    new = add(tmp_path, "b.xlsx", 5)
    assert current(tmp_path) == new != old
    assert len(manifest(new)["sources"]) == 2
    assert not list(tmp_path.glob(".building-*"))


def test_two_loads_at_once_lose_nothing(tmp_path):
    loads = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.publishing", str(tmp_path), name, "5", "never"], cwd=ROOT
        )
        for name in ("a.xlsx", "b.xlsx")
    ]
    assert [load.wait(60) for load in loads] == [0, 0]
    names = [s["source_file"] for s in manifest(current(tmp_path))["sources"]]
    assert names == ["a.xlsx", "b.xlsx"]


def test_nothing_at_all_is_a_vintage_too(tmp_path, catalogue):
    """What is left after the last source was withdrawn."""
    vintage = publish(Settled(table(), silent), [], catalogue, tmp_path)
    assert ask(vintage, "select count(*) from series") == [(0,)]


# ── which report is in force ────────────────────────────────────────────────────────────────────


def judged(*rows):
    """(value, in force, why) of each report, in the order of their cells."""
    found = table(*(row(**{"cell": f"B{n}", **words}) for n, words in enumerate(rows)))
    columns = found.select(["obs_value", "in_force", "reason"]).take(pc.sort_indices(found["cell"]))
    return [tuple(line.values()) for line in columns.to_pylist()]


APRIL, MAY = dt.date(2024, 4, 8), dt.date(2024, 5, 8)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            {"value": 20, "reported_on": APRIL}, {"value": 21, "reported_on": MAY},
            [(20, False, "superseded"), (21, True, "latest")], id="the later",
        ),
        pytest.param(
            {"value": 20, "reported_on": APRIL, "approval": 2}, {"value": 21, "reported_on": MAY},
            [(20, True, "approved"), (21, False, "less_approved")], id="the approved",
        ),
        pytest.param(
            {"value": 20, "reported_on": APRIL}, {"value": 20, "reported_on": MAY},
            [(20, False, "duplicate"), (20, True, "latest")], id="the same, later",
        ),
        pytest.param(
            {"value": 20}, {"value": 20},
            [(20, True, "latest"), (20, False, "duplicate")], id="the same",
        ),
        pytest.param(
            {"value": 20}, {"value": 21},
            [(20, True, "conflict"), (21, True, "conflict")], id="two of one day",
        ),
        pytest.param(
            {"value": 20}, {"value": None, "obs_status": "O", "reported_on": MAY},
            [(20, True, "latest"), (None, False, "mark")], id="a number before a mark",
        ),
        pytest.param(
            {"value": 20}, {"value": 21, "period_end": dt.date(2024, 6, 30)},
            [(20, True, "only"), (21, True, "only")], id="two periods",
        ),
        pytest.param(
            {"value": 20}, {"value": 21, "dataset": "published"},
            [(20, True, "only"), (21, True, "only")], id="two datasets",
        ),
    ],
)  # fmt: skip
def test_which_of_two_reports_is_in_force(first, second, expected):
    assert judged(first, second) == expected
    assert sorted(judged(second, first), key=str) == sorted(expected, key=str)


def test_reports_of_one_day_that_differ_contradict_each_other(tmp_path, catalogue):
    reports = table(row(20), row(26, cell="B3"))
    vintage = publish(Settled(reports, ties), [source()], catalogue, tmp_path)
    places = [f"{'a' * 64}|{cell}|Sheet1" for cell in ("B2", "B3")]
    assert ask(vintage, "select rule, cell, asks, choices from issue") == [
        ("reports_tie", "B2,B3", "report", places)
    ]
    assert ask(vintage, "select obs_value, conflict from series where freq = 'Q'") == [(20.0, True)]


def test_two_reports_with_one_number_are_never_published(catalogue, tmp_path):
    reports = pa.concat_tables([table(row()), table(row())])
    with pytest.raises(AssertionError, match="observation_id 1 twice"):
        publish(Settled(reports, silent), [source()], catalogue, tmp_path)
    assert current(tmp_path) is None
