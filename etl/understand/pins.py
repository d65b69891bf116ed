"""Puts what layouts and answers say about a sheet into the vocabulary that it is read with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from etl.catalogue.answers import FILE
from etl.catalogue.files import CatalogueError
from etl.catalogue.pins import NO_PINS, Pin, Pins
from etl.read.address import column
from etl.understand.period import Period, find_periods
from etl.understand.text import normalise
from etl.understand.units import BRACKET
from etl.understand.vocabulary import ANSWERED, LAID, OF_WHICH, ORDINAL, Label, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.records import Grid

HEAD = 40  # rows in which the words of a layout are looked for
# A pinned role, and the role of words.yml that does the same.
ROLES = {
    "area": "area_header", "indicator": "indicator_header", "period": "period_header",
    "unit": "unit_header", "status": "status_header", "value": "value_header", "note": "remark",
    "nothing": "", "breakdown": "",
}  # fmt: skip
KINDS = {"title": "meta", "ignored": "blank"}


def pinned(vocabulary: Vocabulary, grid: Grid, keys: tuple[str, ...]) -> Vocabulary:
    """Return the vocabulary with all that is pinned about a sheet; itself where nothing is.

    ``keys`` are those of its form and of the sheet; the nearer comes last.
    """
    catalogue = vocabulary.catalogue
    layouts = [layout for layout in catalogue.layouts if _is_for(layout.forms, keys)]
    head = ""
    for layout in catalogue.layouts:
        if layout.words and layout not in layouts:
            head = head or _head(grid)
            if all(normalise(word) in head for word in layout.words):
                layouts.append(layout)
    answers = [key for key in keys if key in catalogue.answers]
    parts = (*(layout.where for layout in layouts), *answers)
    if parts and parts not in vocabulary.variants:
        pins = NO_PINS
        for more in (*(layout.pins for layout in layouts), *map(catalogue.answers.get, answers)):
            pins = more.over(pins) if more else pins
        vocabulary.variants[parts] = with_pins(vocabulary, pins, parts[0])
    return vocabulary.variants[parts] if parts else vocabulary


def check_layouts(vocabulary: Vocabulary) -> None:
    """Refuse a layout whose units or periods nobody can read, before any sheet needs it."""
    for layout in vocabulary.catalogue.layouts:
        with_pins(vocabulary, layout.pins, layout.where)
    for form, pins in vocabulary.catalogue.answers.items():
        with_pins(vocabulary, pins, f"{FILE} {form}")


def _is_for(forms: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    return any(key in forms for key in keys)


def _head(grid: Grid) -> str:
    cells = (value for row in grid.rows[:HEAD] for value in row if isinstance(value, str))
    return "\n".join(normalise(text) for text in (grid.file, grid.sheet, *cells))


def with_pins(vocabulary: Vocabulary, pins: Pins, where: str) -> Vocabulary:
    """A vocabulary in which the pinned words mean what the pins say; the rest is shared."""
    labels = _spelled(pins.labels, vocabulary, where, LAID)
    answered = _spelled(pins.words, vocabulary, where, ANSWERED)
    unknown = {word: label for word, label in answered.items() if not vocabulary.means(word)}
    columns = {
        index: (pin.role, label_of("", pin, vocabulary, where))
        for span, pin in pins.columns.items()
        for index in _columns(span)
    }
    for letters, words in pins.headers.items():
        columns[column(letters)] = ("", replace(vocabulary.label(words), pinned=ANSWERED))
    rows = {row - 1: label_of("", pin, vocabulary, where) for row, pin in pins.rows.items()}
    sheet = label_of("", pins.sheet, vocabulary, where)
    return vocabulary.variant(
        pins, {**unknown, **labels}, {**answered, **labels}, columns, rows, sheet
    )


def _spelled(
    pins: Mapping[str, Pin], vocabulary: Vocabulary, where: str, by: str
) -> dict[str, Label]:
    return {
        spelled: label_of(word, pin, vocabulary, where, by)
        for word, pin in pins.items()
        for spelled in _spellings(word, vocabulary)
    }


def label_of(word: str, pin: Pin, vocabulary: Vocabulary, where: str, by: str = LAID) -> Label:
    """A pin as the label that it stands for. A word that we know otherwise becomes unknown."""
    known = vocabulary.indicators.get(normalise(word), (pin.indicator, ()))[0]
    if pin.indicator and known != pin.indicator:
        return Label(normalise(word), rest=normalise(word))
    if pin.unit and vocabulary.units.of(pin.unit) is None:
        raise CatalogueError(
            where,
            f"没有单位“{pin.unit}”；请先写入 units.csv",
            f"unknown unit {pin.unit}; add it to units.csv",
        )
    return Label(
        normalise(word),
        indicators=((pin.indicator, pin.breakdowns),) if pin.indicator else (),
        areas=(pin.area,) if pin.area else (),
        breakdowns=() if pin.indicator else pin.breakdowns,
        periods=period_of(pin.period, where) if pin.period else (),
        units=(pin.unit,) if pin.unit else (),
        role=ROLES.get(pin.role, pin.role),
        pinned=by,
    )


def period_of(text: str, where: str) -> tuple[Period, ...]:
    """The period that a pin names in words; it must be all that they say."""
    periods, rest = find_periods(normalise(text))
    if len(periods) != 1 or rest:
        raise CatalogueError(
            where,
            f"“{text}”不是时期；请写 2024年二季度 或 2024年1-6月 的样子",
            f"{text!r} is no period; write 2024年二季度 or 2024年1-6月",
        )
    return periods


def _spellings(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """A word without numbering, 其中 and periods; and without a unit in brackets."""
    text = OF_WHICH.sub("", ORDINAL.sub("", normalise(word)))
    text = find_periods(text)[1] or text
    yield text
    for match in BRACKET.finditer(text):
        if vocabulary.units.listed(match.group(1)):
            yield text[: match.start()] + text[match.end() :]


def _columns(span: str) -> range:
    first, _, last = span.partition(":")
    return range(column(first), column(last or first) + 1)


def pin_kinds(types: list[str], pins: Pins) -> list[str]:
    """The kinds of a sheet's rows where a layout says what they are."""
    return [
        KINDS.get(said, said) if (said := pins.kinds.get(row)) else kind
        for row, kind in enumerate(types, start=1)
    ]
