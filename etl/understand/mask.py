"""Hides names and numbers of private persons, and designators of military units, as files come in.

A sheet is masked before anybody understands it, so that nothing behind this border (observations,
issues, pictures of cells, logs) can hold what it must not. What a mask is: masks.yml.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from etl.understand.continued import goes_on
from etl.understand.names import is_name, may_head, persons_below
from etl.understand.number import read_number
from etl.understand.text import normalise
from etl.understand.units import BRACKET
from etl.understand.vocabulary import PERSONAL, PLAIN, TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from etl.catalogue import Mask
    from etl.records import Grid, Value
    from etl.understand.vocabulary import Vocabulary

WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
LONG_NUMBER = 1e14  # no report of an office is as large; identity cards and accounts are
TELEPHONE = 1.3e10  # the least number of a mobile telephone
HIDDEN_DIGITS = 7  # a number as long below 电话 is one; a 2 is a count
LONGEST, CUT = 3000, "〔过长，略〕"  # which makes no number of what stands before it
TWO_HEADERS = re.compile("[及和与、/]")
HEAD_ROWS = 20  # of a sheet of which nothing is hidden, in which a header may stand all the same


@lru_cache(maxsize=50_000)  # sheets repeat their words
def hide(text: str, masks: tuple[Mask, ...], *, spare_figures: bool = True) -> str:
    """Return ``text`` without what must not be kept: ``联系人：张三`` → ``联系人：〔姓名〕``.

    A text that reads as a figure (13812345678 in a csv) stays unless ``spare_figures`` is false;
    one as long as an identity card's number never does.
    """
    narrow = text.translate(WIDE)
    if len(text) < HIDDEN_DIGITS and TYPED.fullmatch(narrow):
        return text  # too short to be anybody's
    found = narrow
    for mask in masks:
        if not mask.pattern.search(found):
            continue
        if spare_figures and mask.spare_figures and _is_figure(narrow):
            continue
        found = mask.pattern.sub(partial(_shown, shown=mask.shown), found)
    return text if found == narrow else found


def _shown(match: re.Match[str], *, shown: str) -> str:
    """The match with ``shown`` in place of its group ``hide``, or of all of it."""
    group = "hide" if match.groupdict().get("hide") else 0
    start, end = (at - match.start() for at in match.span(group))
    return match[0][:start] + shown + match[0][end:]


def _is_figure(text: str) -> bool:
    return bool(PLAIN.fullmatch(text)) or read_number(normalise(text)) is not None


def is_personal_number(value: Value, masks: tuple[Mask, ...], *, money: bool = True) -> bool:
    """Whether a stored number is one of a person's: 6.20102199001011e+17 is an identity card's.

    13812345678 may be yuan; nothing that is counted comes to as many.
    """
    is_text = isinstance(value, str) and not money
    digits = format(value, ".0f") if isinstance(value, int | float) else str(value) * is_text
    return hide(digits, masks, spare_figures=money) != digits


def sheet_shown(name: str, vocabulary: Vocabulary) -> str:
    """A sheet's name as it may be kept: one that is named after a person is nobody's."""
    if is_name(name, vocabulary, sure=True):
        return nobody(vocabulary)
    return hide(name, vocabulary.catalogue.masks)


def nobody(vocabulary: Vocabulary) -> str:
    """What stands in the place of a person's name."""
    return next(mask.shown for mask in vocabulary.catalogue.masks if "register" in mask.headers)


def masked_sheets(
    grids: Iterable[Grid], shown: Mapping[str, str], file: str, vocabulary: Vocabulary
) -> Iterator[Grid]:
    """Yield the sheets of a file as they may be kept, each with the name that is ``shown`` of it.

    A sheet that goes on (续表) stands below the headers of the one before.
    """
    heads: list[list[Value]] = []
    for grid in grids:
        heads = heads if goes_on(grid, vocabulary) else []
        safe = masked(grid, file, vocabulary, heads)
        rows = grid.rows[:HEAD_ROWS] if safe.rows is grid.rows else grid.rows
        heads = [row for row in rows if _heads_persons(row, vocabulary)] or heads
        yield replace(safe, sheet=shown[grid.sheet])


def _heads_persons(row: list[Value], vocabulary: Vocabulary) -> bool:
    """Whether a row has a header such as 姓名, or 退役军人, below which names may stand."""
    texts = [value for value in row if type(value) is str]
    return any(header_mask(text, vocabulary) or may_head(text, vocabulary) for text in texts)


def masked(
    grid: Grid, file: str, vocabulary: Vocabulary, heads: Sequence[list[Value]] = ()
) -> Grid:
    """Return a sheet as it may be kept: its texts, comments, its own name and that of its file.

    ``heads`` are header rows that stand above it though they are another sheet's.
    """
    masks = vocabulary.catalogue.masks
    held = set(chain.from_iterable([*heads, *grid.rows]))
    texts = {v for v in held if type(v) is str and not _is_harmless(v, vocabulary)}
    hidden = {text: safe for text in texts if (safe := hide(_cut(text), masks)) != text}
    headed = _below(heads, grid) if heads else grid
    found = _cells_below_headers(headed, texts, vocabulary)
    cells = {(row - len(heads), at): shown for (row, at), shown in found if row >= len(heads)}
    cells = {cell: shown for cell, shown in cells.items() if cell[1] < len(grid.rows[cell[0]])}
    names = {grid.rows[row][column]: shown for (row, column), shown in cells.items()}
    rows = grid.rows
    if hidden or cells:
        rows = [[hidden.get(v, v) if type(v) is str else v for v in row] for row in rows]
        for (row, column), shown in cells.items():
            rows[row][column] = shown
    return replace(
        grid,
        file=hide(file, masks),
        sheet=sheet_shown(grid.sheet, vocabulary),
        rows=rows,
        comments={cell: hide(_without(text, names), masks) for cell, text in grid.comments.items()},
    )


def _below(heads: Sequence[list[Value]], grid: Grid) -> Grid:
    """A sheet with header rows above its own, all of one width."""
    rows = [*heads, *grid.rows]
    width = max(map(len, rows))
    return replace(grid, rows=[[*row, *[None] * (width - len(row))] for row in rows], merges=[])


@lru_cache(maxsize=50_000)
def _is_harmless(text: str, vocabulary: Vocabulary) -> bool:
    """Whether nothing of a text is hidden, and nothing below it may have to be."""
    shown = hide(_cut(text), vocabulary.catalogue.masks) == text
    return shown and header_mask(text, vocabulary) is None and not may_head(text, vocabulary)


def _cut(text: str) -> str:
    """A text without what no label, figure or note ever needed; a cell can hold a megabyte."""
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def _without(text: str, names: dict[Value, str]) -> str:
    """A comment without the names that its sheet has below 姓名 or 负责人."""
    for name, shown in names.items():
        if isinstance(name, str) and len(name) > 1:
            text = text.replace(name, shown)
    return text


def _cells_below_headers(
    grid: Grid, texts: set[str], vocabulary: Vocabulary
) -> Iterator[tuple[tuple[int, int], str]]:
    """Every cell below a header such as 姓名 or 联系电话, or right of one, with what it shows."""
    headers = {text: mask for text in texts if (mask := header_mask(text, vocabulary))}
    yield from persons_below(grid, texts - headers.keys(), vocabulary)
    if not headers:
        return
    for row, values in enumerate(grid.rows):
        if headers.keys().isdisjoint(values):
            continue
        for column, value in enumerate(values):
            if type(value) is str and value in headers:
                mask = headers[value]
                beside = values[column + 1] if column + 1 < len(values) else None
                if "person" in mask.headers and is_name(beside, vocabulary, sure=True):
                    yield (row, column + 1), mask.shown  # 联系人 | 王建国 above another line
                for cell in _cells_of(grid, row, column, vocabulary):
                    if _is_personal(grid.rows[cell[0]][cell[1]], mask, vocabulary):
                        yield cell, mask.shown


@lru_cache(maxsize=50_000)
def header_mask(text: str, vocabulary: Vocabulary) -> Mask | None:
    """Return the mask of what stands below a header: 姓名, 联系人及电话, 本人账号(农行)."""
    core = BRACKET.sub("", normalise(text)).rstrip(":").strip()
    if not core or len(core) > 12:
        return None
    words = (core, *TWO_HEADERS.split(core))
    roles = {vocabulary.roles[word] for word in words if word in vocabulary.roles}
    masks = vocabulary.catalogue.masks if roles else ()
    return next((mask for mask in masks if roles.intersection(mask.headers)), None)


def _cells_of(
    grid: Grid, row: int, column: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, int]]:
    """The cells that a header speaks of: below it to the next header or gap, else at its right."""
    rows = grid.rows
    below = rows[row + 1][column] if row + 1 < len(rows) else None
    beside = normalise(str(rows[row][column])).endswith(":")  # 联系人： stands before a name
    if (beside or below in (None, "")) and column + 1 < len(rows[row]):
        yield row, column + 1
    for at in range(row + 1, len(rows) if not beside else 0):
        value = rows[at][column]
        if all(v in (None, "") for v in rows[at]) or _is_header(value, vocabulary):
            return
        yield at, column


def _is_header(value: Value, vocabulary: Vocabulary) -> bool:
    """Whether a cell in a column of persons begins something else: another table's header."""
    if not isinstance(value, str) or not value:
        return False
    label = vocabulary.label(value)
    heads = label.role.endswith("header") or label.role in PERSONAL
    return bool(label.indicators) or heads or header_mask(value, vocabulary) is not None


def _is_personal(value: Value, mask: Mask, vocabulary: Vocabulary) -> bool:
    """Whether a cell there is what its header says, and not 合计, a mark or a small count."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "person" not in mask.headers and value >= 10 ** (HIDDEN_DIGITS - 1)
    if not isinstance(value, str) or not value.strip():
        return False
    label = vocabulary.label(value)
    return not (label.indicators or label.role or label.status) and value.strip("×＊*xX ") != ""
