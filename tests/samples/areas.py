"""Lists of areas that stand in the samples themselves: 3,221 counties are not copied here.

``areas.yml`` of a subject says where they stand: the names only, never what the figures mean.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from etl.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = "ref_area,name,short_name,name_en,level,parent,in_total,aliases,valid_from,valid_to"


def draw_areas(lists: list[dict[str, Any]], samples: Path, folder: Path) -> None:
    """Write ref_areas.csv into a folder from the lists that ``areas.yml`` describes."""
    with (folder / "ref_areas.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.split(","))
        for code, row in {row[0]: row for said in lists for row in _areas(said, samples)}.items():
            writer.writerow([code, *row[1:]])


def _areas(said: dict[str, Any], samples: Path) -> Iterator[list[str]]:
    """The areas of one list; ``where`` (column → pattern) says which rows hold one of them."""
    for grid in read(samples / said["file"], known=lambda text: True):
        if not re.fullmatch(said.get("sheets", ".*"), grid.sheet):
            continue
        last = {"sheet": grid.sheet}  # the names in force: of the sheet, and of rows above
        for row in grid.rows[said.get("first_row", 1) - 1 :]:
            cells = {letter: _text(v) for letter, v in zip("ABCDEFGHIJ", row, strict=False)}
            if re.search(said.get("until", "(?!)"), cells["A"]):
                break
            for name, (column, pattern) in said.get("above", {}).items():
                if re.fullmatch(pattern, cells[column]):
                    last[name] = cells[said["name"]]
            if all(re.fullmatch(p, cells.get(c, "")) for c, p in said["where"].items()):
                words = {**cells, **last}
                code, parent = (said[k].format(**words) for k in ("ref_area", "parent"))
                name = cells[said["name"]]
                alias = said.get("alias", "").format(**words)
                yield [code, name, name, name, said["level"], parent, "true", alias, "", ""]


def _text(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value or "").strip()
