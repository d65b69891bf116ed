"""Real workbooks spoiled: fewer facts may come out, never a different one, none in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.records import Source
from etl.understand import sheet_names, understand
from tests.samples.samples import expectations, result, truth, vocabulary
from tests.understand.committed import facts
from tests.understand.test_mutations import spoiled

CELLS, SHEETS, SAMPLE = 1000, 4, 8  # more would take minutes
LOADED = sorted({e["file"] for e in truth() if e["expect"] == "load"} & expectations().keys())


@pytest.mark.parametrize("file", LOADED)
def test_a_spoiled_label_gives_no_wrong_fact_and_no_silence(file):
    known = vocabulary(expectations()[file][0])
    grids = list(result(file).grids.values())
    names = sheet_names([grid.sheet for grid in grids], known)
    source = Source("0" * 64, file, "reported", dt.date(2026, 1, 1))
    for grid in [grid for grid in grids if sum(map(len, grid.rows)) < CELLS][:SHEETS]:
        before = understand(grid, source, known, names)
        for what, mutant in spoiled(grid, SAMPLE):
            after = understand(mutant, source, known, names)
            assert facts(after) <= facts(before), (grid.sheet, what)
            lost = len(facts(before)) - len(facts(after))
            assert not lost or after.issues or after.fates["check"], (grid.sheet, what)
