"""Names of persons by what they look like: where no header says 姓名 and no word 负责人."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from etl.understand.text import normalise
from etl.understand.units import BRACKET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from etl.records import Grid, Value
    from etl.understand.vocabulary import Vocabulary

NAME = re.compile("[一-鿿]{2,4}")
SPACES = re.compile(r"\s")


def is_name(value: Value, vocabulary: Vocabulary, *, sure: bool = False) -> bool:
    """Whether a text looks like a name: a surname, one or two signs, and no word of ours.

    ``sure``: where nothing around it speaks of persons, all its signs must be those of names.
    """
    if not isinstance(value, str) or len(value) > 6:
        return False
    return _is_name(SPACES.sub("", value), vocabulary, sure)


@lru_cache(maxsize=50_000)
def _is_name(text: str, vocabulary: Vocabulary, sure: bool) -> bool:  # noqa: FBT001 (cached)
    words = vocabulary.catalogue.words
    if not NAME.fullmatch(text) or text in words["no_name"] or vocabulary.means(text):
        return False
    if text.endswith(words["no_name_end"]):
        return False
    size = 2 if text.startswith(words["surname_two"]) else 1
    if size == 1 and text[0] not in words["surname"][0]:
        return False
    own = text[size:]
    known = not sure or set(own) <= set(words["given"][0])
    return 1 <= len(own) <= 2 and known and not vocabulary.units.of(text)


def persons_below(
    grid: Grid, texts: set[str], vocabulary: Vocabulary
) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells below 退役军人 or 优抚对象 where most look like names, and what they show."""
    headers = {text for text in texts if may_head(text, vocabulary)}
    shown = next((m.shown for m in vocabulary.catalogue.masks if "register" in m.headers), "")
    for row, values in enumerate(grid.rows if headers else ()):
        if headers.isdisjoint(values):
            continue
        for column in [c for c, value in enumerate(values) if value in headers]:
            named = _names_below(grid, row, column, vocabulary)
            yield from ((cell, shown) for cell in named)


@lru_cache(maxsize=50_000)
def may_head(text: str, vocabulary: Vocabulary) -> bool:
    """Whether names may stand below a text that does not say so: 退役军人, 优抚对象."""
    core = BRACKET.sub("", normalise(text)).rstrip(":").strip()
    return core in vocabulary.catalogue.words["may_name"]


def _names_below(
    grid: Grid, row: int, column: int, vocabulary: Vocabulary
) -> list[tuple[int, int]]:
    """The texts below a header down to a gap, if most look like names: one may be called 海南."""
    found: list[tuple[int, int]] = []
    for at in range(row + 1, len(grid.rows)):
        value = grid.rows[at][column]
        if all(v in (None, "") for v in grid.rows[at]):
            break
        label = vocabulary.label(value) if isinstance(value, str) and value else None
        if label and not (label.is_value or label.role or label.indicators or label.breakdowns):
            found.append((at, column))
    texts = [str(grid.rows[at][column]) for at, _ in found]
    names = {text for text in texts if is_name(text, vocabulary)}
    return found if len(names) * 2 > len(texts) else []
