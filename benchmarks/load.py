"""Two hundred workbooks from file to published vintage, beside others that merely read them."""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pandas as pd
from python_calamine import CalamineWorkbook

from benchmarks.measure import measured
from benchmarks.report import Row
from benchmarks.workbooks import workbooks
from etl.pipeline import load

if TYPE_CHECKING:
    from etl.pipeline import Outcome

DATA = Path(__file__).parent.parent / "data"
WORK = Path(__file__).parent / ".work" / "load"
# From what issues A and B ask: at most 3 × calamine, under 0.4 × pandas, under 1.5 GB.
AGAINST_CALAMINE, AGAINST_PANDAS, MEMORY = 3.0, 0.4, 1.5e9
TURNS = 5


def run() -> list[Row]:
    """Load and only read them in turns, since a machine's speed swings by a third meanwhile."""
    paths = workbooks()
    turns = [_alone() for _ in range(TURNS)]
    seconds, calamine = ([turn[at] for turn in turns] for at in (0, 1))
    with measured() as pandas:
        for path in paths:
            pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
    to_calamine, to_pandas = sum(seconds) / sum(calamine), median(seconds) / pandas.seconds
    peak = max(turn[2] for turn in turns)
    return [
        Row(
            what=f"load {len(paths)} workbooks, {turns[0][3]}, on two cores, {TURNS} turns",
            measured=_spread(seconds),
            beside=f"python-calamine only reads: {_spread(calamine)}, {to_calamine:.2f} × in all; "
            f"pandas with openpyxl only reads: {pandas.seconds:.1f} s, {to_pandas:.2f} ×",
            target=f"≤ {AGAINST_CALAMINE} × and < {AGAINST_PANDAS} ×",
            met=to_calamine <= AGAINST_CALAMINE and to_pandas < AGAINST_PANDAS,
        ),
        Row(
            what="its peak memory, all processes, the most of all turns",
            measured=f"{peak / 1e6:.0f} MB",
            target=f"< {MEMORY / 1e6:.0f} MB",
            met=peak < MEMORY,
        ),
    ]


def _alone() -> tuple[float, float, int, str]:
    """Return seconds of both, the peak memory and what came in, of a turn in its own process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_turn)


def _turn() -> tuple[float, float, int, str]:
    """Load as `python -m etl load --fresh` does, then only read the same files."""
    paths = workbooks()
    shutil.rmtree(WORK, ignore_errors=True)
    with measured() as ours:
        outcome = load(paths, DATA, WORK / "vintages", (DATA / "catalogue",), fresh=True)
    with measured() as calamine:
        for path in paths:
            read_with_calamine(path)
    return ours.seconds, calamine.seconds, ours.peak, said(outcome)


def _spread(seconds: list[float]) -> str:
    return f"{median(seconds):.1f} s ({min(seconds):.1f} to {max(seconds):.1f})"


def read_with_calamine(path: Path) -> None:
    """Read every cell of a workbook and forget it."""
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def said(outcome: Outcome) -> str:
    """What came in, so that a fast load of nothing is seen."""
    observations = sum(file.fates["observation"] for file in outcome.files)
    return f"{observations:,} observations, {len(outcome.issues):,} issues"
