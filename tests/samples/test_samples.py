"""Each real workbook does what truth.json expects: load, ask or refuse; nothing is invented."""

from __future__ import annotations

import pytest

from tests.samples.samples import addresses, body, expectations, result, truth, vocabulary

OURS = [entry for entry in truth() if entry["file"] in expectations()]
FILES = sorted(expectations())


def name(entry):
    return f"{entry['file']} {entry.get('table') or ''}".strip()


def expected_of(entry):
    """What expect.yml says of the file and of the table."""
    file = expectations()[entry["file"]][1]
    return file, file["tables"].get(entry.get("table") or "", {})


@pytest.mark.parametrize("entry", [e for e in OURS if e["expect"] != "refuse"], ids=name)
def test_every_figure_of_the_table_is_an_observation(entry):
    """As many as truth.json counts, the checks of our own rules apart; marks are what they mean."""
    file, table = expected_of(entry)
    found = result(entry["file"], entry["expect"] == "ask")
    cells = body(entry, table, found.grids)
    marks = table.get("marks", {})
    assert set(entry["non_numeric"]) <= set(marks)
    figures = {c for c, v in cells.items() if str(v).replace(" ", "") not in marks}
    assert len(figures) == entry["observations"]
    checks = set(addresses(table.get("checks", [])))
    loaded = {c for c in figures if c in found.observations}
    assert {c for c in figures - loaded if c[1] not in checks} == set()
    assert not {c for c in loaded if c[1] in checks}
    for cell in {cell for cell in cells.keys() - figures if cell[1] not in checks}:
        (one,) = found.observations[cell]
        meant = marks[str(cells[cell]).replace(" ", "")]
        assert (one["obs_value"] if one["obs_status"] == "A" else one["obs_status"]) == meant


@pytest.mark.parametrize("entry", [e for e in OURS if e.get("facts")], ids=name)
def test_every_listed_fact_comes_out_of_its_cell(entry):
    """Its value is the printed one in the base unit; its meaning is written out in expect.yml."""
    file, table = expected_of(entry)
    answered = entry["expect"] == "ask"
    found, known = result(entry["file"], answered), vocabulary(expectations()[entry["file"]][0])
    for fact in entry["facts"]:
        at = next(s for s in found.grids if entry["sheet"] in (s, 0, None)), fact["cell"]
        said = table["facts"][fact["cell"]]
        if said is None:  # blank, or a total beside its parts: no fact of its own
            assert at not in found.observations
            continue
        (one,) = found.observations[at]
        got = [one["indicator"], one["ref_area"], one["time_period"]]
        if one["breakdown"] != "_T":
            got.append(one["breakdown"])
        assert got == said[:3] + said[4:]
        assert one["obs_value"] == (said[3] and pytest.approx(said[3], rel=1e-12))
        if isinstance(fact["value"], float):
            factor = (known.units.of(one["unit_printed"]) or ("", 1.0))[1]
            assert one["obs_value"] / factor == pytest.approx(fact["value"], rel=1e-12)


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_invented(file):
    """What is loaded beyond the tables of truth.json is written down, and so is what is refused."""
    said = expectations()[file][1]
    entries = [entry for entry in OURS if entry["file"] == file]
    answered = any(entry["expect"] == "ask" for entry in entries)
    found = result(file, answered)
    counted = set()
    for entry in entries:
        if entry["expect"] != "refuse":
            counted |= body(entry, expected_of(entry)[1], found.grids).keys()
    others: dict[str, set[str]] = {}
    for sheet, cell in found.observations.keys() - counted:
        others.setdefault(sheet, set()).add(cell)
    also = said.get("also", {})
    for sheet, cells in others.items():
        if isinstance(also.get(sheet), list):
            assert cells == set(addresses(also[sheet])), sheet
    assert {s: len(cells) for s, cells in others.items()} == {
        s: n if isinstance(n, int) else len(set(addresses(n))) for s, n in also.items()
    }
    assert {rule: len(cells) for rule, cells in found.errors.items()} == said.get("refused", {})


@pytest.mark.parametrize("entry", [e for e in OURS if e["expect"] == "ask"], ids=name)
def test_what_the_sheet_does_not_say_is_asked(entry):
    """Without answers nothing of the table is loaded that rests on them, and questions name it."""
    file, table = expected_of(entry)
    found = result(entry["file"])
    assert set(file["asks"]) <= found.questions
    assert not body(entry, table, found.grids).keys() & found.observations.keys()


@pytest.mark.parametrize("entry", [e for e in OURS if e["expect"] == "refuse"], ids=name)
def test_what_is_no_table_is_refused_with_a_sentence(entry):
    found = result(entry["file"])
    assert not found.observations
    assert found.errors
    rules = vocabulary(expectations()[entry["file"]][0]).catalogue.rules
    assert all(rules[rule].zh and rules[rule].en for rule in found.errors)
