"""What each row of a sheet is: header, frame, data, title, footer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from etl.understand.lines import states_figure
from etl.understand.moments import is_codes, is_month, is_run, numbered, yearlike
from etl.understand.sheet import Sheet, is_number, names_a_row
from etl.understand.vocabulary import FRAME, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.records import Value
    from etl.understand.vocabulary import Vocabulary

YEARS = range(1949, 2101)
STUB_HEADERS = ("area_header", "indicator_header", "period_header")


def kinds(sheet: Sheet) -> list[str]:
    """Type every row: blank, frame, footer, meta, header, data or single."""
    found: list[str] = []
    body_seen = False
    stub: int | None = None  # the column of the last 县区
    for row, reports in enumerate(_reporting(sheet)):
        if body_seen and (reports or _is_told(sheet, row)):
            found.append("data")
            continue
        reported = stub is not None and not body_seen and _names_area(sheet, row, stub)
        kind = "data" if reported else _kind(sheet, row, body_seen)
        if kind == "header" and any(goes_on(sheet, row, found) for goes_on in GOES_ON):
            kind = "data"
        body_seen = body_seen or kind == "data"
        if kind == "header":
            stub = _area_column(sheet, row, stub)
        found.append(kind)
    return found


def _area_column(sheet: Sheet, row: int, known: int | None) -> int | None:
    """The column that a header row calls 县区, else the one known before."""
    for column in sheet.filled(row):
        label = sheet.label(row, column)
        if label and label.role == "area_header":
            return column
    return known


def _names_area(sheet: Sheet, row: int, stub: int) -> bool:
    """An area below 县区 with something beside it reports, whatever it says: 甘州区 | 12?.

    As a header its 2024年3月 would be the period of all the counties below it.
    """
    label = sheet.label(row, stub) if sheet.value(row, stub) else None
    return bool(label and label.areas and not label.rest and len(sheet.filled(row)) > 1)


def _is_first(sheet: Sheet, row: int, above: Sequence[str]) -> bool:
    """Whether a row without a number is the first of a body: 甘州区 below 县区 at the same edge.

    Nothing was reported there, or a figure typed as text looks like a year.
    """
    head = next((r for r in range(row - 1, -1, -1) if above[r] not in ("frame", "blank")), -1)
    if head < 0 or above[head] != "header" or sheet.filled(head)[0] != sheet.filled(row)[0]:
        return False
    label, below = (sheet.label(r, sheet.filled(row)[0]) for r in (head, row))
    if label is None or below is None:
        return False
    heads = {
        "area_header": below.areas,
        "indicator_header": below.indicators,
        "period_header": below.periods,
    }
    return bool(heads.get(label.role))


def _is_next(sheet: Sheet, row: int, above: Sequence[str]) -> bool:
    """Whether a row without a figure goes on with a body: areas below areas, units below units.

    A word that nothing explains may stand among them: 某某区 | 1-2月 below 甘州区 | 1-6月.
    """
    columns = sheet.filled(row)
    last = next((r for r in range(row - 1, -1, -1) if above[r] != "single"), -1)
    if last < 0 or above[last] != "data" or len(columns) < 2:
        return False
    labels = [(sheet.label(row, c), sheet.label(last, c)) for c in columns]
    alike = [bool(a and b and _speaks_alike(sheet, a, b)) for a, b in labels]
    unknown = (bool(a and b and a.heads_nothing) for a, b in labels)
    return any(alike) and all(a or b for a, b in zip(alike, unknown, strict=True))


def _speaks_alike(sheet: Sheet, one: Label, other: Label) -> bool:
    """Whether two labels name things of one kind."""
    unit = sheet.vocabulary.units.of
    kinds = ((a.areas, a.indicators, a.periods, unit(a.text)) for a in (one, other))
    return any(a and b for a, b in zip(*kinds, strict=True))


def _is_typed(sheet: Sheet, row: int, above: Sequence[str]) -> bool:
    """Whether what looks like years are figures typed as text: 军属走访 | 1985 under 项目 | 数值.

    A header's years follow one another, its corner heads a stub, or it is the first of its table.
    """
    first, *others = sheet.filled(row)
    head, *labels = (sheet.label(row, column) for column in (first, *others))
    years = [label for label in labels if label and yearlike(label)]
    if not years or head is None or (len(years) == len(labels) and is_run(years)):
        return False
    if any(label and label.role not in ("", "total") for label in (head, *labels)):
        return False
    last = next((r for r in range(row - 1, -1, -1) if above[r] not in ("frame", "single")), -1)
    stub = sheet.label(last, first) if last >= 0 else None
    if yearlike(head) and not (stub and (stub.periods or stub.role == "period_header")):
        return False
    if last < 0 or above[last] != "header":
        return last >= 0 and above[last] == "data"
    return any(_heads(sheet, last, c) in (*STUB_HEADERS, "value_header") for c in (first, *others))


def _heads(sheet: Sheet, row: int, column: int) -> str:
    """The role of what a header row says above a column."""
    label = sheet.label(row, column)
    return label.role if label else ""


GOES_ON = (_is_first, _is_next, _is_typed)


def _kind(sheet: Sheet, row: int, body_seen: bool) -> str:
    if row in sheet.broken:
        return "data"
    values = [value for value in sheet.rows[row] if value is not None and value != ""]
    if not values:
        return "blank"
    numbers = [v for v in values if is_number(v)]
    labels = [sheet.vocabulary.label(v) for v in values if isinstance(v, str)]
    if _is_frame(values, labels):
        return "frame"
    if body_seen and _is_signature(sheet, values):
        return "footer"
    if labels and not numbers:
        words = sheet.vocabulary.words
        if _starts(labels[0].text.lstrip("("), words["footer_start"]):  # (说明:…) too
            return "footer"
        # 小计 | 29.2 typed as text | 单位：万元 is a total with its own unit
        totals = body_seen and labels[0].role in ("total", "subtotal")
        if not totals and any(_starts(label.text, words["meta_start"]) for label in labels):
            return "meta"
        if not body_seen and _is_caption(sheet, row, labels):
            return "meta"
        if all(states_figure(label.text, sheet.vocabulary) for label in labels):
            return "meta"  # 慰问金：10万元 | 走访部队：3支 heads no columns
    if labels and len(numbers) > 1 and numbered(labels[0].text, numbers):
        return "header"
    sequence = not body_seen and (_is_sequence(numbers) or is_codes(values))
    if sequence and not any(label.areas for label in labels):
        return "header"
    if numbers and labels and labels[0].role in STUB_HEADERS and all(map(_is_time, numbers)):
        return "header"  # 县区 | 2024, or 县区 | 2024 | 换届以后, or 指标 | 单位 | 2024.1 | 2024.2
    if numbers or any(label.is_value for label in labels):
        return "data"
    if any(not isinstance(v, str) for v in values):  # dates: a header turned into dates, or data
        return "header" if len(values) > 1 and not body_seen else "data"
    return "single" if len(values) == 1 else "header"


def _is_time(number: Value) -> bool:
    """Whether a number may be a year, or a month such as 2024.3."""
    return number in YEARS or is_month(number)


def _reporting(sheet: Sheet) -> list[bool]:
    """Whether each row holds a number and a text that names it: below a body's first most do."""
    if not sheet.width:
        return [False] * len(sheet.rows)
    edge, last = sheet.stored(0), map(type, sheet.stored(sheet.width - 1))
    # most rows begin with a text, asked once, and end with a number
    texts = (v for v in set(edge) if type(v) is str and v)
    known: dict[Value, bool] = {text: names_a_row(text, sheet.vocabulary) for text in texts}
    return [
        (kind is float or float in map(type, cells))
        and (known[first] if first in known else names_a_row(_first_text(cells), sheet.vocabulary))
        for first, kind, cells in zip(edge, last, sheet.rows, strict=True)
    ]


def _is_told(sheet: Sheet, row: int) -> bool:
    """Whether a row of words alone names what a mark or a figure typed as text is of."""
    words = [value for value in sheet.rows[row] if value is not None and value != ""]
    vocabulary = sheet.vocabulary
    return (
        set(map(type, words)) == {str}
        and names_a_row(str(words[0]), vocabulary)
        and any(vocabulary.label(str(word)).is_value for word in words)
        and not any(_begins_line(str(word), vocabulary) for word in words)
    )


@lru_cache(maxsize=50_000)  # long tables repeat their words
def _begins_line(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell's text may be a line's above or below a table."""
    text, words = vocabulary.label(word).text, vocabulary.words
    return (
        _starts(text.lstrip("("), words["footer_start"])
        or _starts(text, words["meta_start"])
        or states_figure(text, vocabulary)
    )


def _first_text(cells: Sequence[Value]) -> str:
    """The first text of a row, mostly at its left edge; '' where there is none."""
    first = cells[0]
    if type(first) is str and first:
        return first
    return next((value for value in cells if isinstance(value, str) and value), "")


def _starts(text: str, starts: tuple[str, ...]) -> bool:
    """Whether a cell begins as a footer or meta line does: the word, then a colon before long."""
    for start in starts if text.startswith(starts) else ():
        if text.startswith(start):
            if start.startswith(("附", "注")) or start.endswith(":"):
                return True
            if ":" in text[: len(start) + 8]:
                return True
    return False


def _is_signature(sheet: Sheet, values: Sequence[Value]) -> bool:
    """Names, a telephone or a date, each after its word: 填表人：×× | 联系电话 | 8212345."""
    words = sheet.vocabulary.words["signature"]
    after_word = False
    for value in values:
        text = sheet.vocabulary.label(value).text if isinstance(value, str) else ""
        signs = text.startswith(words)
        if not signs and not (after_word and (text or not _is_small(value))):
            return False
        after_word = signs
    return True


def _is_small(value: Value) -> bool:
    """Whether a number is shorter than a telephone's."""
    return is_number(value) and value < 10**6  # type: ignore[operator]


def _is_caption(sheet: Sheet, row: int, labels: list[Label]) -> bool:
    """A line over the whole table: an area or a title at the left edge, units or a period behind.

    甘州区 | 单位：万元, or 双拥统计表 | 2025年3季度, and no more.
    """
    first, *others = labels
    if sheet.filled(row)[0] != 0 or not others:
        return False
    titled = first.text.endswith(sheet.vocabulary.words["title_end"])
    units = sheet.vocabulary.units
    return bool(first.areas or titled) and all(
        units.listed(label.text) or (titled and label.periods and not label.rest)
        for label in others
    )


def _is_frame(values: Sequence[Value], labels: list[Label]) -> bool:
    """The 甲 乙 丙 1 2 3 row under a header, or column numbers 1…n alone."""
    if len(values) < 2:
        return False
    texts = [label.text for label in labels]
    if not all(texts) or not all(FRAME.match(text) for text in texts):
        return False
    numbers = [int(v) for v in values if isinstance(v, float) and v.is_integer()]  # and no NaN
    numbers += [int(t.strip("()")) for t in texts if t.strip("()").isdigit()]
    if len(numbers) + sum(not t.strip("()").isdigit() for t in texts) != len(values):
        return False
    consecutive = all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))
    lettered = any(not text.strip("()").isdigit() for text in texts)
    return consecutive and (lettered or (len(numbers) >= 3 and numbers[0] == 1))


def _is_sequence(numbers: Sequence[Value]) -> bool:
    """Years across, as numbers: 2021 2022 2023 or downwards, once or again under each group."""
    if len(numbers) < 2 or not all(is_number(n) and n in YEARS for n in numbers):
        return False
    again = numbers.index(numbers[0], 1) if numbers[0] in numbers[1:] else len(numbers)
    if again > 1 and list(numbers) == list(numbers[:again]) * (len(numbers) // again):
        numbers = numbers[:again]
    steps = {int(b) - int(a) for a, b in zip(numbers, numbers[1:], strict=False)}  # type: ignore[arg-type]
    return len(steps) == 1 and steps <= {1, -1}
