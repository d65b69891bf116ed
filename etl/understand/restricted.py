"""Where on a sheet a restricted indicator is spoken of: its figures are for nobody's eyes yet.

A figure that could be read has its indicator; one that could not, a total and an unread cell have
none. For these the place decides: below, or right of, words that name a restricted indicator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from etl.records import Grid
    from etl.understand.vocabulary import Vocabulary

    Place = Callable[[int, int], str | None]


def restricted_places(grid: Grid, vocabulary: Vocabulary) -> Place:
    """Return what says of a cell which restricted indicator it belongs to, None for none."""
    words = restricted_words(grid, vocabulary)
    whole = words.get(grid.sheet) or words.get(grid.file)
    spans = [(c, *_span(grid, *at)) for text, c in words.items() for at in _cells(grid, text)]

    def place(row: int, column: int) -> str | None:
        return next(
            (
                code
                for code, top, left, bottom, right in spans
                if (row > bottom and left <= column <= right)
                or (top <= row <= bottom and column > right)
            ),
            whole,
        )

    return place


def restricted_words(grid: Grid, vocabulary: Vocabulary) -> dict[str, str]:
    """A sheet's texts that name a restricted indicator → its code; names of sheet and file too.

    Alone, or as a leaf where the words of its group stand on the sheet too.
    """
    texts = {value for row in grid.rows for value in row if type(value) is str}
    texts |= {grid.sheet, grid.file}
    found = {text: code for text in texts for code in _codes(text, vocabulary)}
    plain = {normalise(text): text for text in texts}
    known = vocabulary.catalogue.indicators
    for (group, leaf), (code, _) in vocabulary.paths.items():
        if group in plain and leaf in plain and known[code].access == "restricted":
            found[plain[leaf]] = code
    return found


def _codes(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    known = vocabulary.catalogue.indicators
    named = (code for code, _ in vocabulary.label(text).indicators)
    return (code for code in named if known[code].access == "restricted")


def _cells(grid: Grid, text: str) -> Iterator[tuple[int, int]]:
    return (
        (row, column)
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if value == text
    )


def _span(grid: Grid, row: int, column: int) -> tuple[int, int, int, int]:
    """The merged range of a cell; one alone in its row speaks of the whole width, as titles do."""
    alone = sum(value not in (None, "") for value in grid.rows[row]) == 1
    if alone:
        return row, 0, row, len(grid.rows[row]) - 1
    merged = (m for m in grid.merges if (m[0], m[1]) == (row, column))
    return next(merged, (row, column, row, column))
