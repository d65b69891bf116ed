"""The messes spoiled: those that say all there is to say never say another fact for it."""

from __future__ import annotations

import pytest
import yaml

from tests.mess.make import HERE, file_of, make
from tests.understand.committed import facts, grids, names, read_grid
from tests.understand.test_mutations import _figures, spoiled

SAMPLE = 6
# Without the one label these sheets say something else, and say it clearly: the only county of a
# total, a rejection, an example, a second title, the group of one leaf, the county that reports,
# a county's subtotal.
ELSE = {
    "cumulative_months_across", "layout_10_cumulative_months", "rejected_rows",
    "example_in_the_column_of_numbers",
    "untitled_table_below_the_second_title", "repeated_sub_headers_without_merges",
    "reporter_inside_the_title", "ledger_of_counties",
}  # fmt: skip
MESSES = {
    name: mess
    for name, mess in yaml.safe_load((HERE / "sheets.yml").read_text(encoding="utf-8")).items()
    if not mess.get("issues") and not mess.get("refused") and name not in ELSE
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    drawn = tmp_path_factory.mktemp("mess")
    make(drawn)
    return drawn


@pytest.mark.parametrize("name", MESSES)
def test_a_spoiled_mess_gives_no_wrong_fact_and_no_silence(folder, name):
    path = folder / file_of(name, MESSES[name])
    for grid in grids(path):
        right = facts(read_grid(grid, names(path)))
        for what, mutant in spoiled(grid, SAMPLE):
            found = read_grid(mutant, names(path))
            assert facts(found) <= right, what
            lost = {fact[0] for fact in right} - {fact[0] for fact in facts(found)}
            assert found.issues or found.fates["check"] or not _figures(mutant, lost), what
