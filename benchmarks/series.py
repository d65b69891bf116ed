"""Series from ten million observations: forty indicators of every county over ten years.

Offices report in different ways: month by month, to date, by quarters, or both ways at once, and
one report in twenty is missing. A few are inexact, a few contradict others. One indicator in four
has a target for each county's year.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.report import Row
from etl.catalogue import load_catalogue
from etl.publish import describe
from etl.series import build
from etl.tables import create
from etl.vintages import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.catalogue import Catalogue

ROOT = Path(__file__).parent.parent
WORK = Path(__file__).parent / ".work" / "series"
FIRST, YEARS = 2015, 10
AREAS, INDICATORS = 2_883, 40
TARGETED = 4  # one indicator in so many
MISSING, INEXACT, WRONG = 0.05, 0.01, 0.0005
SEED = 20250110
TARGET = "plan:年度目标"

# A year's reports, from the month before which to that after which, by the way of reporting.
MONTHS = [(month, month + 1) for month in range(12)]
MONTHS_TO_DATE = [(0, month + 1) for month in range(12)]
QUARTERS = [(0, 3), (3, 6), (6, 9), (9, 12)]
QUARTERS_TO_DATE = [(0, 3), (0, 6), (0, 9), (0, 12)]
BOTH = sorted([*QUARTERS, *QUARTERS_TO_DATE[1:]])
WAYS = [QUARTERS_TO_DATE, MONTHS_TO_DATE, BOTH, MONTHS, MONTHS_TO_DATE]


def run() -> list[Row]:
    """Ten million observations, and a hundred thousand."""
    return [
        _row("series from {:,} observations", *_built(AREAS, INDICATORS), 30, 3.0),
        _row("series from {:,} observations", *_built(AREAS // 20, INDICATORS // 5), 1, 3.0),
    ]


def vintage() -> Path:
    """A database of ten million observations with their series, as a vintage holds it."""
    folder = WORK / f"{AREAS}x{INDICATORS}"
    if not (folder / "cost.json").is_file():
        _built(AREAS, INDICATORS)
    return folder / DATABASE


def _row(
    what: str, n: int, seconds: float, peak: float, values: int, limit: float, most: float
) -> Row:
    return Row(
        what.format(n),
        f"{seconds:.2f} s, {peak:.2f} GB",
        f"{values:,} values",
        f"< {limit} s, < {most:.0f} GB",
        seconds < limit and peak < most,
    )


def _built(areas: int, indicators: int) -> tuple[int, float, float, int]:
    """Make the observations, then build their series in a process of its own."""
    folder = WORK / f"{areas}x{indicators}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATABASE).unlink(missing_ok=True)
    n = _observe(folder / DATABASE, areas, indicators)
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.series", str(folder / DATABASE)],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    cost = json.loads(answer.stdout)
    (folder / "cost.json").write_text(answer.stdout, "utf-8")
    return n, cost["seconds"], cost["peak"], cost["values"]


def _observe(database: Path, areas: int, indicators: int) -> int:
    catalogue = load_catalogue([ROOT / "data" / "catalogue"])
    with duckdb.connect(database) as con:
        create(con, catalogue, _words())
        describe(con, catalogue)
        con.execute("insert into vintage values ('benchmark', '2025-01-10', '', '')")
        for reports in _reports(catalogue, areas, indicators):
            con.register("reports", reports)
            con.execute(INSERT)
            con.unregister("reports")
        row = con.execute("select count(*) from observation").fetchone()
    return row[0]


INSERT = """
insert into observation
select (select coalesce(max(observation_id), 0) from observation) + row_number() over (),
       'reported', indicator, ref_area, breakdown,
       make_date((first // 12)::bigint, (first % 12 + 1)::bigint, 1) as period_start,
       make_date((last // 12)::bigint, (last % 12 + 1)::bigint, 1) - 1 as period_end,
       strftime(period_start, '%Y-%m-%d') || '/P' || (last - first) || 'M',
       false, obs_value, half, 'A', if(inexact, 'about', 'exact'), null, null,
       obs_value::bigint::text, '', 'benchmark', 'benchmark.xlsx', 'Sheet1',
       'C' || (row_number() over ()), date '2025-01-10', 'file', 1, true, 'only'
from reports
"""


def _words() -> dict[str, list[str]]:
    """The words of the reports, a list each column."""
    spans = sorted({span for way in WAYS for span in way})
    return {
        "dataset": ["reported"],
        "indicator": [],
        "ref_area": [],
        "breakdown": [],
        "time_period": [
            f"{FIRST + year}-{first + 1:02}-01/P{last - first}M"
            for year in range(YEARS)
            for first, last in spans
        ],
        "unit_printed": [],
        "source_id": ["benchmark"],
        "source_file": ["benchmark.xlsx"],
        "sheet": ["Sheet1"],
        "reported_on_basis": ["file"],
        "reason": ["only"],
    }


def _reports(catalogue: Catalogue, areas: int, indicators: int) -> Iterator[pa.Table]:
    """One indicator at a time, in the order in which a vintage holds them."""
    dice = np.random.default_rng(SEED)
    counties = [code for code, area in catalogue.areas.items() if area.level == "county"]
    flows = [
        code
        for code, known in catalogue.indicators.items()
        if known.kind == "flow" and known.area_aggregation == "sum"
    ]
    for place, code in enumerate(sorted(flows)[:indicators]):
        yield _indicator(dice, code, sorted(counties)[:areas], WAYS[place % len(WAYS)], place)


def _indicator(
    dice: np.random.Generator, code: str, areas: list[str], way: list[tuple[int, int]], place: int
) -> pa.Table:
    """True monthly values, summed over what is reported, rounded as it is printed; then targets."""
    months = dice.integers(0, 90, (len(areas), 12 * YEARS)) * 37.0
    sums = np.hstack([np.zeros((len(areas), 1)), months.cumsum(axis=1)])
    spans = [(12 * year + start, 12 * year + end) for year in range(YEARS) for start, end in way]
    reported = len(spans)
    if place % TARGETED == 0:
        spans += [(12 * year, 12 * year + 12) for year in range(YEARS)]
    starts, ends = np.array(spans).T
    half = 0.5 if place % 2 else 50.0
    values = np.round((sums[:, ends] - sums[:, starts]) / (2 * half)) * 2 * half
    wrong = dice.random(values.shape) < WRONG
    here = dice.random(values.shape) >= MISSING
    rows, columns = np.nonzero(here)
    return pa.table(
        {
            "indicator": pa.DictionaryArray.from_arrays(np.zeros(len(rows), np.int32), [code]),
            "ref_area": pa.DictionaryArray.from_arrays(rows.astype(np.int32), areas),
            "breakdown": np.array(["_T", TARGET])[(columns >= reported).astype(int)],
            "first": FIRST * 12 + starts[columns],
            "last": FIRST * 12 + ends[columns],
            "obs_value": (values + wrong * 90_000)[here],
            "half": np.full(len(rows), half),
            "inexact": (dice.random(values.shape) < INEXACT)[here],
        }
    )


def main(database: str) -> None:
    """Build the series of a database, and say what it took."""
    catalogue = load_catalogue([ROOT / "data" / "catalogue"])
    with duckdb.connect() as con:  # a load has long imported what a first build imports
        create(con, catalogue, _words())
        build(con, catalogue)
    with duckdb.connect(database) as con:
        start = time.perf_counter()
        issues = build(con, catalogue)
        con.execute("checkpoint")
        seconds = time.perf_counter() - start
        row = con.execute("select count(obs_value) from series").fetchone()
    peak = own_peak() / 2**20
    print(json.dumps({"seconds": seconds, "peak": peak, "values": row[0], "issues": len(issues)}))


def own_peak() -> int:
    """The most that this process held, in KB; getrusage would count what its parent held too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1])


if __name__ == "__main__":
    main(sys.argv[1])
