"""History: what one vintage says of a key, to be asked of every vintage that is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.periods import freq_of
from dashboard.queries.values import MEASURES, Measure, Value

if TYPE_CHECKING:
    import duckdb


class Key(NamedTuple):
    """What a value is of; numbers of series are a vintage's own, words are not."""

    dataset: str
    indicator: str
    ref_area: str
    breakdown: str
    time_period: str


SQL = """
select series_id, indicator, ref_area, breakdown, time_period, {measure}, n_expected, reason
from series
where indicator in (select indicator_word from indicator where indicator = $indicator)
  and ref_area in (select ref_area_word from ref_area where ref_area = $ref_area)
  and dataset::text = $dataset and breakdown::text = $breakdown and freq::text = $freq
  and time_period::text = $time_period
"""


def value_of(con: duckdb.DuckDBPyConnection, key: Key, measure: Measure = "value") -> Value | None:
    """Return a key's value in this vintage; None where it neither came nor was expected."""
    choice = {**key._asdict(), "freq": freq_of(key.time_period)}
    row = con.execute(SQL.format(measure=MEASURES[measure]), choice).fetchone()
    return Value(*row) if row else None
