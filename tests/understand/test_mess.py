"""Each mess comes out as sheets.yml says: no other fact, and nothing lost without an issue."""

from __future__ import annotations

import pytest
import yaml
from openpyxl.utils.cell import get_column_letter, range_boundaries

from tests.mess.make import HERE, file_of, make
from tests.understand.committed import read, read_grid, vocabulary

MESSES = yaml.safe_load((HERE / "sheets.yml").read_text(encoding="utf-8"))
QUALIFIERS = {"at_least", "nearly", "over", "about", "implied", "non_numeric"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    drawn = tmp_path_factory.mktemp("mess")
    make(drawn)
    return drawn


def described(fact):
    """A fact of sheets.yml as the columns of an observation."""
    indicator, area, period, value, *more = map(str, fact)
    return (
        indicator,
        area,
        period,
        None if value == "None" else float(value),
        next((word for word in more if word in QUALIFIERS), "exact"),
        next((word for word in more if word in ("M", "O", "P")), "A"),
        next((word for word in more if ":" in word), "_T"),
        "inferred" in more,
    )


def addresses(cells):
    """'B3:B4,C3' as single addresses."""
    for part in filter(None, cells.split(",")):
        left, top, right, bottom = range_boundaries(part)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                yield f"{get_column_letter(column)}{row}"


@pytest.mark.parametrize("name", MESSES)
def test_mess(folder, name):
    mess = MESSES[name]
    found, refused = {}, set()
    for grid in read(folder / file_of(name, mess), known=vocabulary().knows):
        sheet = f"{grid.sheet}!" if "sheets" in mess else ""
        understood = read_grid(grid)
        for o in understood.observations.to_pylist():
            found[sheet + o["cell"]] = (
                o["indicator"], o["ref_area"], o["time_period"], o["obs_value"], o["qualifier"],
                o["obs_status"], o["breakdown"], o["period_inferred"],
            )  # fmt: skip
        for issue in understood.issues:
            if vocabulary().catalogue.rules[issue.rule].severity == "error":
                refused |= {sheet + cell for cell in addresses(issue.cell)}

    facts = {cell: described(fact) for cell, fact in mess.get("facts", {}).items()}
    prior = {cell: described(fact) for cell, fact in mess.get("prior", {}).items()}
    may_be_refused = set(mess.get("refused", [])) & refused
    expected = {cell: fact for cell, fact in facts.items() if cell not in may_be_refused}
    assert {cell: fact for cell, fact in found.items() if cell not in prior} == expected
    assert all(found[cell] == prior[cell] for cell in prior.keys() & found.keys())
    assert refused - may_be_refused == set(mess.get("issues", []))
