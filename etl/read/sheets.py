"""The sheets of an opened file: their names at once, their cells one sheet after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from etl.read.damage import DAMAGE
from etl.read.unreadable import UnreadableFile
from etl.records import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Sheets(NamedTuple):
    """Names in the order of the file; ``grids`` can be walked once, so that one sheet is held."""

    names: list[str]
    grids: Iterator[Grid]


def grid_or_refusal(file: str, sheet: str, make: Callable[[], Grid]) -> Grid:
    """Return what ``make`` reads, or an empty grid that says why: one bad sheet costs no other."""
    try:
        return make()
    except UnreadableFile as refused:
        rule = "sheet_damaged" if refused.rule == "file_damaged" else refused.rule
        return Grid(file, sheet, [], refusal=(rule, {**refused.words, "sheet": sheet}))
    except DAMAGE:
        return Grid(file, sheet, [], refusal=("sheet_damaged", {"sheet": sheet}))
