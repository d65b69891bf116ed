"""The committed workbooks give exactly the facts that are written down for them."""

from __future__ import annotations

from collections import Counter

import pytest

from etl.records import FATES
from tests.understand.committed import FOLDERS, grids, read_grid, truth, workbooks

CASES = [(name, file) for name in FOLDERS for file in sorted(truth(name))]


@pytest.mark.parametrize(("name", "file"), CASES, ids=[file for _, file in CASES])
def test_every_fact_comes_out_and_nothing_else(name: str, file: str) -> None:
    expected = {
        (
            row["sheet"], row["cell"], row["breakdown"], row["indicator"], row["ref_area"],
            row["period_start"], row["period_end"], row["period_inferred"] == "true",
            float(row["value"]) if row["value"] else None, row["qualifier"], row["obs_status"],
        )
        for row in truth(name)[file]
        if row["period_start"] != "ask"
    }  # fmt: skip
    found = {
        (
            o["sheet"], o["cell"], o["breakdown"], o["indicator"], o["ref_area"],
            str(o["period_start"]), str(o["period_end"]), o["period_inferred"],
            o["obs_value"], o["qualifier"], o["obs_status"],
        )
        for grid in grids(FOLDERS[name] / file)
        for o in read_grid(grid).observations.to_pylist()
    }  # fmt: skip
    assert found == expected


def test_what_names_no_period_is_asked_about() -> None:
    asked = {
        (row["file"], row["cell"])
        for rows in truth("published").values()
        for row in rows
        if row["period_start"] == "ask"
    }
    (file,) = {file for file, _ in asked}
    issues = [i for grid in grids(FOLDERS["published"] / file) for i in read_grid(grid).issues]
    assert {(i.rule, i.cell) for i in issues} == {("missing_period_label", c) for _, c in asked}
    assert {cell for _, cell in asked} == {"D10", "D11"}


def test_every_cell_has_one_fate_and_few_end_as_issues() -> None:
    total: Counter[str] = Counter()
    issues = []
    for path in workbooks():
        for grid in grids(path):
            found = read_grid(grid)
            held = sum(value not in (None, "") for row in grid.rows for value in row)
            assert sum(found.fates[fate] for fate in FATES) == held + len(grid.errors)
            total.update(found.fates)
            issues += [(path.name, i.sheet, i.cell, i.rule) for i in found.issues]
    values = total["observation"] + total["check"] + total["issue"]
    assert total["issue"] / values <= 0.02
    assert issues == [
        ("乌海市双拥指标_2024.xlsx", "双拥指标", "D10", "missing_period_label"),
        ("乌海市双拥指标_2024.xlsx", "双拥指标", "D11", "missing_period_label"),
        ("优待证光荣牌导出_2023.csv", "", "F3", "rejected_row"),
    ]
