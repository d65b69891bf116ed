"""Each messy workbook gives exactly the facts that a person reads in it, or an error on its cells."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import yaml

from etl.read import read
from etl.read.address import letters, parse
from etl.records import Grid
from etl.understand import sheet_names, understand
from tests.mess.make import HERE, file_of, make
from tests.understand.committed import source, vocabulary

MESSES: dict[str, Any] = yaml.safe_load((HERE / "sheets.yml").read_text("utf-8"))


@cache
def folder() -> Path:
    path = Path(mkdtemp(prefix="mess-"))
    make(path)
    return path


def understood(name: str) -> tuple[dict[str, Any], set[str], list[Grid]]:
    """The facts by cell, the cells that errors name, and the sheets."""
    path = folder() / file_of(name, MESSES[name])
    grids = read(path, known=vocabulary().knows)
    names = sheet_names([grid.sheet for grid in grids], vocabulary())
    rules = vocabulary().catalogue.rules
    facts: dict[str, Any] = {}
    named: set[str] = set()
    for grid in grids:
        found = understand(grid, source(path.name), vocabulary(), names)
        before = f"{grid.sheet}!" if "sheets" in MESSES[name] else ""
        for o in found.observations.to_pylist():
            facts[before + o["cell"]] = (
                o["indicator"], o["ref_area"], o["time_period"], o["obs_value"],
                o["qualifier"], o["obs_status"], o["breakdown"], o["period_inferred"],
            )  # fmt: skip
        for issue in found.issues:
            if rules[issue.rule].severity == "error":
                named |= {before + cell for cell in spread(issue.cell)}
    return facts, named, grids


def spread(cells: str) -> set[str]:
    """The single cells of 'C5:C7,E7'."""
    found = set()
    for part in filter(None, cells.split(",")):
        first, _, last = part.partition(":")
        (top, left), (bottom, right) = parse(first), parse(last or first)
        found |= {
            f"{letters(c)}{r + 1}" for r in range(top, bottom + 1) for c in range(left, right + 1)
        }
    return found


def expected(fact: list[Any]) -> tuple[Any, ...]:
    """A fact as the table has it; what is not written is exact, normal, a total and printed."""
    indicator, area, period, value, *more = map(str, fact)
    qualifiers = {"at_least", "over", "nearly", "about", "non_numeric", "implied"}
    return (
        indicator, area, period, None if value == "None" else float(value),
        next((m for m in more if m in qualifiers), "exact"),
        next((m for m in more if m in ("O", "M", "P", "E")), "A"),
        next((m for m in more if ":" in m), "_T"),
        "inferred" in more,
    )  # fmt: skip


@pytest.mark.parametrize("name", MESSES)
def test_mess(name: str) -> None:
    mess = MESSES[name]
    facts, named, _ = understood(name)
    wanted = {cell: expected(fact) for cell, fact in (mess.get("facts") or {}).items()}
    refused = set(mess.get("refused") or ())
    assert facts == {cell: fact for cell, fact in wanted.items() if cell not in refused}
    assert {cell for cell in mess.get("issues", ()) if not re.search("[:,]", cell)} <= named
    assert refused <= named
