"""Which of several reports of one key is in force, and why: said once, for checks and vintages."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from etl.arrivals import ordered, repeated
from etl.records import OBSERVATION

SQL = Path(__file__).with_name("precedence.sql")
COLUMNS = ("observation_id", *OBSERVATION.names, "in_force", "reason")


def settled(observations: pa.Table) -> pa.Table:
    """Reports by key and place as the table observation has them: numbered, and judged.

    A key's only report is in force (``only``); of several precedence.sql says which.
    """
    table = ordered(observations)
    with duckdb.connect() as con:
        con.register("repeated", repeated(table))
        judged = con.execute(SQL.read_text("utf-8")).to_arrow_table()
    at = judged["observation_id"].to_numpy() - 1
    in_force = np.ones(table.num_rows, np.bool_)
    in_force[at] = judged["in_force"].to_numpy()
    reasons = ["only", *dict.fromkeys(judged["reason"].to_pylist())]
    reason = np.zeros(table.num_rows, np.int8)
    reason[at] = [reasons.index(word) for word in judged["reason"].to_pylist()]
    said = pa.DictionaryArray.from_arrays(pa.array(reason), pa.array(reasons))
    table = table.append_column("in_force", pa.array(in_force)).append_column("reason", said)
    return table.select(COLUMNS)
