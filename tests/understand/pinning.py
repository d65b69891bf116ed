"""Small sheets read with a layout or with answers; the catalogue is loaded once."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from etl.catalogue.pins import Known, Pins, read_layouts
from etl.records import Grid
from etl.understand import Understood, Vocabulary, check_layouts, understand
from tests.understand.committed import source, vocabulary


def grid(rows, sheet="Sheet1", file="表.xlsx", **more) -> Grid:
    """Rows of any length as a sheet."""
    width = max(map(len, rows))
    return Grid(file, sheet, [[*row, *[None] * (width - len(row))] for row in rows], **more)


def with_layout(folder, text: str) -> Vocabulary:
    """The committed vocabulary with one layout file."""
    (folder / "layouts").mkdir()
    (folder / "layouts/form.yml").write_text(text, encoding="utf-8")
    known = vocabulary().catalogue
    layouts = read_layouts([folder], Known(known.indicators, known.areas, known.breakdowns))
    words = copy(vocabulary())
    words.catalogue, words.variants = replace(known, layouts=layouts), {}
    check_layouts(words)
    return words


def with_answers(answers: dict[str, Pins]) -> Vocabulary:
    """The committed vocabulary with answers by form or sheet."""
    words = copy(vocabulary())
    words.catalogue, words.variants = replace(words.catalogue, answers=answers), {}
    return words


def read(sheet: Grid, words: Vocabulary | None = None) -> Understood:
    return understand(sheet, source(sheet.file), words or vocabulary())


def facts(found: Understood) -> dict[str, tuple]:
    """Cell → indicator, area, period, value; and the breakdown where there is one."""
    rows = found.observations.to_pylist()
    return {
        o["cell"]: (
            *(o["indicator"], o["ref_area"], o["time_period"], o["obs_value"]),
            *([o["breakdown"]] if o["breakdown"] != "_T" else []),
        )
        for o in rows
    }


def rules(found: Understood) -> dict[str, str]:
    """Rule → the cells that it names."""
    return {issue.rule: issue.cell for issue in found.issues}
