"""A list of a hundred thousand rows as a workbook, beside pandas with openpyxl."""

from __future__ import annotations

import io
import multiprocessing
import time
from typing import TYPE_CHECKING

from benchmarks.measure import measured
from benchmarks.report import Row
from dashboard.charts import Provenance
from dashboard.exports import rows_to_xlsx
from dashboard.locale import words

if TYPE_CHECKING:
    from collections.abc import Callable

    Fields = list[tuple[str | float, ...]]

ROWS, COLUMNS = 100_000, 10
SHARE = 0.5  # of the time of pandas, as issue D asks
ORIGIN = Provenance("", "", "v1", "2024-10-15", "", "版本 v1")
HEADER = [f"列{n}" for n in range(1, COLUMNS + 1)]


def run() -> list[Row]:
    """Write the same rows by both, each in a process of its own, one after the other."""
    ours, own_peak = _alone(_ours)
    theirs, their_peak = _alone(_pandas)
    return [
        Row(
            f"workbook of {ROWS:,} × {COLUMNS}",
            f"{ours:.1f} s, {own_peak / 2**20:.0f} MB",
            f"pandas with openpyxl: {theirs:.1f} s, {their_peak / 2**20:.0f} MB",
            f"< {SHARE} ×",
            ours < SHARE * theirs,
        )
    ]


def _alone(write: Callable[[Fields], bytes]) -> tuple[float, int]:
    """Return processor seconds of writing, and what it held beyond the rows."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_cost, (write,))


def _cost(write: Callable[[Fields], bytes]) -> tuple[float, int]:
    rows = _rows()
    with measured() as before:
        time.sleep(0.1)
    start = time.process_time()
    with measured() as cost:
        write(rows)
    return time.process_time() - start, cost.peak - before.peak


def _rows() -> Fields:
    """Seven columns of words and three of numbers, as the list of values has them."""
    return [
        ("慰问金发放额", f"{620700 + n % 17}", "甘州区", f"2024-Q{n % 4 + 1}", n / 7, float(n),
         "万元", "正常", "上报", n % 9 + 0.5)
        for n in range(ROWS)
    ]  # fmt: skip


def _ours(rows: Fields) -> bytes:
    return rows_to_xlsx("筛查", HEADER, rows, ORIGIN, words("zh"))


def _pandas(rows: Fields) -> bytes:
    import pandas as pd

    out = io.BytesIO()
    pd.DataFrame(rows, columns=HEADER).to_excel(out, index=False, engine="openpyxl")
    return out.getvalue()
