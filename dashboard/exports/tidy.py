"""Values as tidy rows, one a value, for whoever goes on reckoning: CSV and Parquet.

The columns are the contract's (docs/contract.md); names stand beside codes in the language asked.
"""

from __future__ import annotations

import datetime as dt
import io
from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.exports.cells import ranges
from dashboard.exports.csv import rows_to_csv
from dashboard.exports.disclosure import withheld_rows
from dashboard.queries import choices, disclosure, explore, lineage
from dashboard.queries.periods import freq_of, last_day, month_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.locale.labels import Labels
    from dashboard.queries.ask import Ask
    from dashboard.queries.choices import Vintage
    from dashboard.queries.explore import Chosen
    from dashboard.queries.lineage import Origin
    from dashboard.queries.values import Value

SUPPRESSED = "Q"  # SDMX CL_OBS_STATUS: missing value, suppressed
TEXT, NUMBER, COUNT, DAY = pa.string(), pa.float64(), pa.int32(), pa.date32()
SCHEMA = pa.schema(
    [
        ("dataset", TEXT), ("indicator", TEXT), ("indicator_name", TEXT), ("ref_area", TEXT),
        ("ref_area_name", TEXT), ("breakdown", TEXT), ("breakdown_name", TEXT), ("freq", TEXT),
        ("time_period", TEXT), ("measure", TEXT), ("period_start", DAY), ("period_end", DAY),
        ("obs_value", NUMBER), ("unit_measure", TEXT), ("low", NUMBER), ("high", NUMBER),
        ("obs_status", TEXT), ("qualifier", TEXT), ("conflict", pa.bool_()), ("method", TEXT),
        ("n_reported", COUNT), ("n_expected", COUNT), ("reason", TEXT), ("shown", TEXT),
        ("source_file", TEXT), ("source_cell", TEXT), ("reported_on", DAY), ("vintage", TEXT),
        ("as_of", DAY), ("issue", TEXT),
    ]
)  # fmt: skip


def tidy_rows(ask: Ask, chosen: Chosen, labels: Labels, vintage: Vintage) -> pa.Table:
    """Return the values of a choice, missing ones too; counts of a few persons are withheld."""
    values = ask(explore.found, chosen)
    ids = tuple(value.series_id for value in values)
    places = ask(lineage.origins, ids, chosen.measure)
    counts = ask(disclosure.counts_behind, ids, chosen.measure)
    hidden = withheld_rows([counts[s] for s in ids], ask(disclosure.structure))
    units = ask(choices.base_units)
    about = {
        "dataset": chosen.dataset, "measure": chosen.measure, "vintage": vintage.vintage,
        "as_of": dt.date.fromisoformat(vintage.as_of), "issue": vintage.issue,
    }  # fmt: skip
    rows = [
        about
        | _named(value, labels)
        | _dated(value, chosen)
        | _valued(value, labels, withheld=n in hidden)
        | _placed(places.get(value.series_id, ()))
        | {"unit_measure": units[value.indicator]}
        for n, value in enumerate(values)
    ]
    return pa.Table.from_pylist(rows, SCHEMA)


def write_csv(table: pa.Table) -> bytes:
    """Write the rows as Excel opens them in Chinese."""
    rows = zip(*table.to_pydict().values(), strict=True)
    return rows_to_csv(table.column_names, ([_said(value) for value in row] for row in rows))


def write_parquet(table: pa.Table) -> bytes:
    """Write the rows with their types."""
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _said(value: object) -> str:
    """Return a value as a program reads it; nothing where there is none."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _named(value: Value, labels: Labels) -> dict[str, object]:
    return {
        "indicator": value.indicator,
        "indicator_name": labels.indicator(value.indicator),
        "ref_area": value.ref_area,
        "ref_area_name": labels.area(value.ref_area),
        "breakdown": value.breakdown,
        "breakdown_name": labels.breakdown(value.breakdown),
    }


def _dated(value: Value, chosen: Chosen) -> dict[str, object]:
    """Return the period; of the year up to its end (ytd) it starts in January."""
    months = 0 if chosen.measure == "ytd" else month_number(value.time_period) % 12
    return {
        "freq": freq_of(value.time_period),
        "time_period": value.time_period,
        "period_start": dt.date(int(value.time_period[:4]), months + 1, 1),
        "period_end": last_day(value.time_period),
    }


def _valued(value: Value, labels: Labels, *, withheld: bool) -> dict[str, object]:
    """Return the value in its base unit with all that is known of it, or that it is withheld."""
    if withheld:
        return {
            "obs_status": SUPPRESSED, "qualifier": "", "conflict": False, "method": "",
            "n_reported": value.n_reported, "n_expected": value.n_expected, "reason": "withheld",
            "shown": labels.words("withheld.text"),
        }  # fmt: skip
    same = ("obs_value", "low", "high", "obs_status", "qualifier", "conflict", "method",
            "n_reported", "n_expected", "reason")  # fmt: skip
    told = {name: getattr(value, name) for name in same}
    return told | {"shown": labels.value(value, value.indicator)}


def _placed(places: Iterable[Origin]) -> dict[str, object]:
    """Return the files and cells behind a value, as Excel names them: [甲.xlsx]Sheet1!B5:B11."""
    several = list(places)
    blocks = [
        (file, sheet, ranges({o.cell for o in group}))
        for (file, sheet), group in groupby(several, lambda o: (o.source_file, o.sheet))
    ]
    return {
        "source_file": "; ".join(dict.fromkeys(file for file, _, _ in blocks)),
        "source_cell": "; ".join(f"[{file}]{sheet}!{cells}" for file, sheet, cells in blocks),
        "reported_on": max((dt.date.fromisoformat(o.reported_on) for o in several), default=None),
    }
