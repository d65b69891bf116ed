"""上年 columns against the reports of that year: a check, or a report where there was none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from etl.asked import sheet_key
from etl.records import Issue

if TYPE_CHECKING:
    from etl.catalogue import Catalogue

KEY = "dataset, indicator, ref_area, breakdown, period_start, period_end"
UNREPORTED = f"""
select n from numbered anti join (from observations where obs_value is not null) using ({KEY})
order by n
"""
# Each further from what is in force than the rounding of both explains. A count printed to the
# unit is exact.
DIFFERENT = f"""
select p.*, r.obs_value as reported, r.source_file as other_file, r.sheet as other_sheet,
       r.cell as other_cell
from priors p join reports r using ({KEY})
where r.in_force and r.qualifier = 'exact' and p.qualifier = 'exact'
  and abs(p.obs_value - r.obs_value) > 1e-9 * greatest(abs(p.obs_value), 1)
      + if(p.rounding <= 0.5 and indicator in $whole, 0, p.rounding)
      + if(r.rounding <= 0.5 and indicator in $whole, 0, r.rounding)
order by p.source_file, p.sheet, p.cell
"""


def parted(observations: pa.Table, priors: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The priors of keys that nobody reported a number of, and the others, which are checks."""
    if not priors.num_rows:
        return priors, priors
    numbered = priors.append_column("n", pa.array(range(priors.num_rows), pa.int64()))
    with duckdb.connect() as con:
        con.register("observations", observations)
        con.register("numbered", numbered)
        own = [n for (n,) in con.execute(UNREPORTED).fetchall()]
    others = sorted(set(range(priors.num_rows)) - set(own))
    return priors.take(pa.array(own, pa.int64())), priors.take(pa.array(others, pa.int64()))


def disagreeing(reports: pa.Table, priors: pa.Table, catalogue: Catalogue) -> list[Issue]:
    """One issue a cell of a 上年 column that is not what was reported then."""
    if not priors.num_rows:
        return []
    with duckdb.connect() as con:
        con.register("reports", reports)
        con.register("priors", priors)
        found = con.execute(DIFFERENT, {"whole": _whole(catalogue)}).to_arrow_table().to_pylist()
    return [_issue(row, catalogue) for row in found]


def _whole(catalogue: Catalogue) -> list[str]:
    """The indicators that count whole things."""
    return [
        code
        for code, indicator in catalogue.indicators.items()
        if catalogue.units[indicator.display_unit].dimension == "count"
    ]


def _issue(row: dict[str, Any], catalogue: Catalogue) -> Issue:
    unit = catalogue.units[catalogue.indicators[row["indicator"]].display_unit]
    base = unit.name_en if unit.factor == 1 else unit.unit_measure
    reported = row["reported"]
    place = (row["other_file"], row["other_sheet"], row["other_cell"])
    words = {
        "area": row["ref_area"], "indicator": row["indicator"], "period": row["time_period"],
        "printed": row["printed"] + row["unit_printed"],
        "reported": f"{reported / unit.factor:,.10g} {unit.unit}",
        "reported_en": f"{reported:,.10g} {base}",
        "other": " › ".join(filter(None, place)),
    }  # fmt: skip
    names = (
        *("sheet", "cell", "printed", "source_file", "source_id", "dataset", "indicator"),
        *("ref_area", "period_start", "period_end"),
    )
    form = sheet_key(row["source_id"], row["sheet"])
    return Issue("prior_differs", words=words, form=form, **{name: row[name] for name in names})
