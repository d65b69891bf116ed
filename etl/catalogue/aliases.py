"""Reads aliases.csv: more words for what the catalogue knows, one a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalogue.files import Entry, csv_entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ALIASES = "aliases.csv"
COLUMNS = ("of", "code", "alias")
KINDS = ("indicator", "area", "breakdown", "unit")


def with_aliases(folders: Sequence[Path], kind: str, known: dict[str, Entry]) -> dict[str, Entry]:
    """The entries of a file by code, with the further aliases that aliases.csv gives them."""
    found = dict(known)
    for folder in folders:
        for row in csv_entries(folder / ALIASES, COLUMNS):
            if row.choice("of", KINDS) != kind:
                continue
            row.check_known([row.text("code")], found)
            entry = found[row.text("code")]
            aliases = dict.fromkeys([*entry.words("aliases"), row.text("alias")])
            found[row.text("code")] = Entry(entry.where, {**entry.fields, "aliases": [*aliases]})
    return found
