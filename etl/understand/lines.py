"""Figures in lines of words outside a table: 慰问金：10万元 above it is no cell of it, and told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Vocabulary

# A number and the unit behind it, at the end of what is said: 6个县区 counts no visits.
AMOUNT = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)? ?余?([一-鿿%]{1,4}?)(?=$|[^一-鿿%])")


# 注：另有市级慰问50万元 and 其中：春节15万元 below a table add to what it says.
ADDS = re.compile(r"(?:注[0-9]*[:、.]?)?(?:其中|另|此外|还有)")
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)? ?余?(?=([一-鿿]{1,4}))")


def figures_in_lines(
    sheet: Sheet, blocks: list[Block], footers: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """The cells above, between and below tables that state a figure of an indicator of ours."""
    lines = [row for block in blocks for row in (*block.titles, *block.header)]
    for row in dict.fromkeys((*lines, *footers)):
        for column in sheet.filled(row):
            value = sheet.value(row, column)
            text = normalise(value) if isinstance(value, str) else ""
            told = row in lines and states_figure(text, sheet.vocabulary)
            if told or adds_figure(text, sheet.vocabulary):
                yield row, column


def adds_figure(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line adds an amount in a unit of ours to what the table says."""
    return bool(ADDS.match(text)) and counts_something(text, vocabulary)


def counts_something(text: str, vocabulary: Vocabulary) -> bool:
    """Whether words hold an amount in a unit of ours: 举办3场."""
    units = (match[1] for match in NUMBER.finditer(text))
    return any(vocabulary.units.of(unit[:size]) for unit in units for size in range(1, 5))


def states_figure(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line names an indicator before an amount in a unit that measures it."""
    known = vocabulary.catalogue.indicators
    for amount in AMOUNT.finditer(text):
        said = vocabulary.label(text[: amount.start()]).indicators
        if any(vocabulary.units.factor(amount[1], known[code].unit_measure) for code, _ in said):
            return True
    return False
