"""The form of a sheet: what stays the same when the next county fills it for the next quarter."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from etl.understand.named_areas import TOKEN
from etl.understand.period import find_periods
from etl.understand.rows import YEARS
from etl.understand.sheet import Sheet, is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.vocabulary import Vocabulary

ROWS, COLUMNS = 12, 6  # of a body, where its stub is looked for
OWN_WORDS = re.compile(r"[^\W\d_]{2}")
AREA, PERIOD = "<A>", "<P>"
STUBS = {"area_header": AREA, "period_header": PERIOD, "indicator_header": "T"}


@dataclass(frozen=True, slots=True)
class Form:
    """The key of a form, and whether a title of its own tells it from other tables."""

    key: str
    titled: bool


def form_of(sheet: Sheet, tables: Sequence[Block]) -> Form:
    """Hash the titles, headers and the kind of the stub, without areas, periods and numbers.

    Two tables alike on one sheet (one a county) count once, and so do headers that repeat across.
    """
    titles = [
        tuple(words_of_title(text, sheet.vocabulary) for text in _titles(sheet, t)) for t in tables
    ]
    parts = [
        (title, _header(sheet, table), _sections(sheet, table), _stub(sheet, table))
        for title, table in zip(titles, tables, strict=True)
    ]
    digest = hashlib.sha256(repr(list(dict.fromkeys(parts))).encode()).hexdigest()
    own = (re.sub(r"<[AP]>", "", text) for title in titles for text in title)
    return Form(f"f-{digest[:12]}", any(OWN_WORDS.search(text) for text in own))


def _titles(sheet: Sheet, table: Block) -> list[str]:
    vocabulary = sheet.vocabulary
    cells = [str(sheet.value(row, c)) for row in table.titles for c in sheet.filled(row)]
    return [vocabulary.label(cell).text for cell in cells]


def words_of_title(text: str, vocabulary: Vocabulary) -> str:
    """A title's words; who reported and when is no part of the form."""
    for start in (*vocabulary.words["reporter_start"], *vocabulary.words["reported_on_start"]):
        if start in text:
            text = text[: text.index(start) + len(start)]
    _, rest = find_periods(text)
    return re.sub(r"\s", "", re.sub(r"\d+", "#", _without_areas(rest, vocabulary)))


def _without_areas(text: str, vocabulary: Vocabulary) -> str:
    """Write one sign for every area: full names anywhere, short ones as whole tokens."""
    found, position = "", 0
    while position < len(text):
        sizes = range(min(16, len(text) - position), 2, -1)
        size = next((n for n in sizes if text[position : position + n] in vocabulary.areas), 0)
        found += AREA if size else text[position]
        position += size or 1
    return TOKEN.sub(lambda m: AREA if m.group() in vocabulary.areas else m.group(), found)


def _header(sheet: Sheet, table: Block) -> tuple[tuple[str, ...], ...]:
    rows = ([_mark(sheet, row, c) for c in sheet.filled(row)] for row in table.header)
    return tuple(tuple(mark for mark, _ in groupby(marks)) for marks in rows)


def _mark(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.value(row, column)
    return _abstract(value, sheet.vocabulary)


def _abstract(value: Value, vocabulary: Vocabulary) -> str:
    """One header cell without its area, period and numbers."""
    if not isinstance(value, str):
        return "#" if is_number(value) and value not in YEARS else PERIOD
    text = vocabulary.label(value).text
    if text in vocabulary.areas:
        return AREA
    periods, rest = find_periods(text)
    return re.sub(r"\d+", "#", rest) + (PERIOD if periods else "")


def _sections(sheet: Sheet, table: Block) -> tuple[str, ...]:
    words = {label.text for label in table.sections.values()}
    return tuple(sorted({_abstract(text, sheet.vocabulary) for text in words}))


def _stub(sheet: Sheet, table: Block) -> str:
    """What the first column of labels holds: areas, periods, or other words.

    Its header says so where it can: 县区 above a name that nobody knows.
    """
    for column in range(min(sheet.width, COLUMNS)):
        labels = [sheet.label(row, column) for row in table.body[:ROWS]]
        words = [label for label in labels if label and not label.is_value]
        if not words:
            continue
        heads = [sheet.label(row, column) for row in table.header]
        role = next((head.role for head in heads if head and head.role in STUBS), "")
        if role or any(label.areas or label.role == "total" for label in words):
            return STUBS.get(role, AREA)
        return PERIOD if any(label.periods for label in words) else "T"
    return ""
