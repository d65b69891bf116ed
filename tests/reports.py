"""Reports of Wuhai in the making, and what the checks find in them."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.catalogue import Catalogue, load_catalogue
from etl.check import check
from etl.precedence import settled
from etl.records import OBSERVATION, Issue

Days = tuple[dt.date, dt.date]

DAY = dt.date(2024, 8, 1)
YEAR_TO_DATE = (dt.date(2024, 1, 1), dt.date(2024, 7, 31))
HALF = (dt.date(2024, 1, 1), dt.date(2024, 6, 30))
FIRST = (dt.date(2024, 1, 1), dt.date(2024, 3, 31))


@functools.cache
def catalogue() -> Catalogue:
    """The committed catalogue, read once."""
    return load_catalogue([Path("data/catalogue")])


def report(
    indicator: str,
    value: float | None,
    period: Days = (DAY, DAY),
    breakdown: str = "_T",
    **other: Any,
) -> dict[str, Any]:
    """One exact report of Wuhai, to the last unit."""
    row = dict.fromkeys(OBSERVATION.names)
    return row | {
        "dataset": "published",
        "indicator": indicator,
        "ref_area": "150300",
        "breakdown": breakdown,
        "period_start": period[0],
        "period_end": period[1],
        "obs_value": value,
        "rounding": 0.5,
        "obs_status": "A",
        "qualifier": "exact",
        "printed": f"{value}",
        "source_id": "a" * 64,
        "source_file": "乌海.xlsx",
        "sheet": "汇总",
        "cell": "D4",
        "reported_on": DAY,
        "approval": 1,
        **other,
    }


def found(*rows: dict[str, Any], known: Catalogue | None = None) -> list[Issue]:
    """What the checks say of reports that come in together."""
    reports = settled(pa.Table.from_pylist(list(rows), schema=OBSERVATION))
    return check(reports, known or catalogue())


def rules(*rows: dict[str, Any], known: Catalogue | None = None) -> list[str]:
    """The rules that reports break."""
    return [issue.rule for issue in found(*rows, known=known)]
