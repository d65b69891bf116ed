"""Publishes a vintage: one new folder, one rename, one pointer; never an edit."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.asked import asked
from etl.read.address import address, each
from etl.records import NO_REPORTS
from etl.sentences import sentences
from etl.series import build, doubt
from etl.tables import CHUNK, append, create, insert, words
from etl.verdicts import heard
from etl.vintages import BUILDING, DATABASE, MANIFEST, point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue
    from etl.records import Issue, SourceCount

HERE = Path(__file__).parent
MODEST = 10  # of 19
# What no two rows of a table may share; asked in a query, since a key would cost fourteen loads.
KEYS = {
    "indicator": "indicator",
    "ref_area": "ref_area",
    "breakdown": "dimension, code",
    "source": "source_id, dataset",
}


def _unwatched(step: str) -> None:
    """Do nothing at a step; tests stop the process there."""


@dataclass(slots=True)
class Settled:
    """Reports as etl.precedence settles them, and what finds their issues.

    Once they are stored nobody needs them: they are let go of, a quarter of what a load holds.
    """

    reports: pa.Table
    judge: Callable[[pa.Table], list[Issue]]
    unread: pa.Table = field(default_factory=lambda: NO_REPORTS)  # only their figures are lost


def publish(
    settled: Settled,
    sources: Sequence[SourceCount],
    catalogue: Catalogue,
    vintages: Path,
    reached: Callable[[str], None] = _unwatched,
) -> Path:
    """Put everything into a new vintage and that vintage in force; the caller holds the lock.

    Issues are found meanwhile. The same sources, catalogue and code give the same vintage, which
    is then left as it is.
    """
    parts = _ingredients(sources, catalogue)
    as_of = _as_of(settled.reports, sources)
    vintage = vintages / f"{as_of.isoformat()}-{_hash(json.dumps(parts).encode())[:12]}"
    if not vintage.is_dir():
        for leftover in vintages.glob(f"{BUILDING}*"):
            shutil.rmtree(leftover)
        building = vintages / f"{BUILDING}{vintage.name}"
        building.mkdir(parents=True)
        reached("started")
        _fill(building, vintage.name, as_of, parts, settled, sources, catalogue)
        reached("filled")
        _settle(building)
        reached("settled")
        building.rename(vintage)
        reached("renamed")
    point(vintages, vintage)
    reached("pointed")
    return vintage


# ── what a vintage is made of ───────────────────────────────────────────────────────────────────


def _ingredients(sources: Sequence[SourceCount], catalogue: Catalogue) -> dict[str, Any]:
    rows = [
        {
            "source_id": count.source.source_id,
            "source_file": count.source.source_file,
            "dataset": count.source.dataset,
            "received_on": count.source.received_on.isoformat(),
        }
        for count in sources
    ]
    rows.sort(key=lambda row: (row["dataset"], row["source_file"], row["source_id"]))
    return {"sources": rows, "catalogue": catalogue.hash, "code": _code()}


def _code() -> str:
    """The hash of the loader itself: other code may read the same sheet otherwise."""
    files = sorted(path for path in HERE.rglob("*") if path.suffix in (".py", ".sql"))
    names = [
        path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() for path in files
    ]
    return _hash(b"\0".join(names))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _as_of(reports: pa.Table, sources: Sequence[SourceCount]) -> dt.date:
    """The latest day of a report, by which it is judged what is due."""
    days: list[dt.date] = [count.source.received_on for count in sources]
    if reports.num_rows:
        days = [pc.max(reports["reported_on"]).as_py()]
    return max(days, default=dt.date(1970, 1, 1))


# ── filling it ──────────────────────────────────────────────────────────────────────────────────


def _fill(
    folder: Path,
    name: str,
    as_of: dt.date,
    parts: dict[str, Any],
    settled: Settled,
    sources: Sequence[SourceCount],
    catalogue: Catalogue,
) -> None:
    with (
        duckdb.connect(folder / DATABASE) as con,
        ThreadPoolExecutor(1, initializer=_modest) as beside,
    ):
        done = [beside.submit(_write_reports, settled.reports, folder)]
        con.execute("set preserve_insertion_order = true")
        con.execute("set write_buffer_row_group_count = 1")  # five wait in memory for no gain
        create(con, catalogue, words(settled.reports))
        insert(con, "vintage", [(name, as_of, parts["catalogue"], parts["code"])])
        append(con, "observation", settled.reports)
        _insert_unread(con, settled.unread)
        # Building the series leaves a part of one core idle, half of it before there are points.
        done += [
            beside.submit(describe, con.cursor(), catalogue),
            beside.submit(_check_numbers, con.cursor(), "observation", "observation_id"),
        ]
        issues = beside.submit(settled.judge, settled.reports)
        done.append(beside.submit(pa.default_memory_pool().release_unused))  # that held the reports
        settled.reports = NO_REPORTS
        wrong = build(con, catalogue)
        found = heard([*issues.result(), *wrong], catalogue)
        if warned := _warned(found, catalogue):
            doubt(con, warned)
        done.append(beside.submit(_write_series, con.cursor(), folder))
        insert(con, "issue", _issues(found, catalogue))
        insert(con, "source", (_source(count) for count in sources))
        _check_numbers(con, "series", "series_id")
        for table, key in KEYS.items():
            _check_unique(con, table, key)
        counts = {table: _count(con, table) for table in ("observation", "series", "issue")}
        con.execute("checkpoint")  # as closing would, but beside the file of the series
        for job in done:
            job.result()
    about = {"vintage": name, "as_of": as_of.isoformat(), **parts, "rows": counts}
    text = json.dumps(about, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", "utf-8")


def _modest() -> None:
    """Let this thread take what others leave of a core; on Linux each has its own priority."""
    if sys.platform == "linux":
        os.nice(MODEST)


def _insert_unread(con: DuckDBPyConnection, reports: pa.Table) -> None:
    names = [
        row[0] for row in con.execute("select name from pragma_table_info('unread')").fetchall()
    ]
    rows = {tuple(row.values()): None for row in reports.select(names).to_pylist()}
    insert(con, "unread", rows)


def describe(con: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Load what the catalogue knows: indicators, areas, breakdowns, statuses, units and so on."""
    _insert_objects(con, "indicator", catalogue.indicators.values())
    used = {row[0] for row in con.execute("select distinct ref_area from observation").fetchall()}
    areas = [a for a in catalogue.areas.values() if not a.generic or a.ref_area in used]
    _insert_objects(con, "ref_area", areas)
    _insert_objects(con, "breakdown", catalogue.breakdowns.values())
    _insert_objects(con, "obs_status", catalogue.statuses)
    units = [(word, u.name_en, u.unit_measure, u.factor) for word, u in catalogue.units.items()]
    insert(con, "unit", units)
    deadlines = [
        (r.dataset, list(r.areas), list(r.indicators), r.freq, r.due_days, r.first, r.last)
        for r in catalogue.reporting
    ]
    insert(con, "deadline", deadlines)
    _insert_objects(con, "annotation", catalogue.annotations)
    _insert_objects(con, "topic_part", catalogue.topics)
    per_head = [(i.indicator, *one) for i in catalogue.indicators.values() for one in i.per]
    insert(con, "per_head", per_head)
    _insert_objects(con, "lamp_policy", [catalogue.lamps] if catalogue.lamps else [])
    _insert_objects(con, "planned_curve", catalogue.curves)


def _insert_objects(con: DuckDBPyConnection, table: str, rows: Iterable[object]) -> None:
    """Insert catalogue rows by the names that a table's columns and their fields share."""
    names = [
        row[0] for row in con.execute(f"select name from pragma_table_info('{table}')").fetchall()
    ]
    insert(con, table, (tuple(getattr(row, name) for name in names) for row in rows))


def _issues(issues: Iterable[Issue], catalogue: Catalogue) -> Iterable[tuple[Any, ...]]:
    for number, issue in enumerate(issues, start=1):
        said = sentences(issue, catalogue)
        yield (
            number, said.severity, issue.rule, said.message, said.message_en, said.question,
            said.question_en, issue.dataset, issue.source_id, issue.source_file, issue.sheet,
            issue.cell, issue.printed, issue.indicator, issue.ref_area, issue.period_start,
            issue.period_end, *asked(issue, catalogue),
        )  # fmt: skip


def _warned(issues: Iterable[Issue], catalogue: Catalogue) -> pa.Table | None:
    """The places of the cells of which a check warns; none where there are none."""
    places = {
        (issue.source_id, issue.sheet, address(*cell))
        for issue in issues
        if catalogue.rules[issue.rule].severity == "warning"
        for cell in each(issue.cell)
    }
    if not places:
        return None
    columns = map(pa.array, zip(*sorted(places), strict=True))
    return pa.table(dict(zip(("source_id", "sheet", "cell"), columns, strict=True)))


def _source(count: SourceCount) -> tuple[Any, ...]:
    source = count.source
    return (
        source.source_id, source.source_file, source.dataset, source.received_on,
        count.n_sheets, count.n_cells, count.n_labels, count.n_observations, count.n_checks,
        count.n_issues, count.n_notes,
    )  # fmt: skip


def _check_numbers(con: DuckDBPyConnection, table: str, key: str) -> None:
    """As below, of millions: they are almost in order, and sorted in a fifth of the time."""
    numbers = con.execute(f"select {key} from {table}").fetchnumpy()[key]
    numbers.sort()
    twice = numbers[1:][numbers[1:] == numbers[:-1]]
    if len(twice):
        raise AssertionError(f"{table} has {key} {twice[0]} twice")


def _check_unique(con: DuckDBPyConnection, table: str, key: str) -> None:
    twice = con.execute(
        f"select {key} from {table} group by {key} having count(*) > 1 limit 1"
    ).fetchone()
    if twice:
        raise AssertionError(f"{table} has {twice} twice")


def _write_reports(reports: pa.Table, folder: Path) -> None:
    """The table observation as one sorted file: from memory, by one thread beside the series."""
    words = [field.name for field in reports.schema if pa.types.is_dictionary(field.type)]
    numbers = [field.name for field in reports.schema if pa.types.is_floating(field.type)]
    # What nobody seeks needs no least and greatest: with them it takes a third more.
    pq.write_table(
        reports, _parquet("observation", folder), row_group_size=CHUNK, write_batch_size=CHUNK,
        compression="snappy", use_dictionary=words, use_byte_stream_split=numbers,
        store_schema=False, write_statistics=[*words, "period_start", "period_end"],
    )  # fmt: skip


def _parquet(table: str, folder: Path) -> Path:
    """Where a table stands for whoever reads the figures without us."""
    path = folder / table / f"{table}.parquet"
    path.parent.mkdir()
    return path


def _write_series(con: DuckDBPyConnection, folder: Path) -> None:
    """The table series as one file; closes ``con``."""
    path = _parquet("series", folder)
    with con:
        quoted = str(path).replace("'", "''")
        # Values that hardly repeat are no words: to look for 25,000 takes a fifth of it all. The
        # encodings of version 2 take half the room and a tenth less time.
        # What order the table has its groups of rows keep: none is copied for the sake of it.
        options = (
            "format parquet, parquet_version v2, compression snappy, dictionary_size_limit 4000, "
            "preserve_order false"
        )
        con.execute(f"copy series to '{quoted}' ({options})")


def _count(con: DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def _settle(folder: Path) -> None:
    """Make sure that what was written is on the disk before it gets its name."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
