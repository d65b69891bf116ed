"""The value of one cell, whatever a person typed there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from math import floor, isfinite, log10
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.meaning import Fault, fault
from etl.understand.number import read_number

if TYPE_CHECKING:
    from etl.records import Value
    from etl.understand.meaning import Meaning
    from etl.understand.number import Number
    from etl.understand.vocabulary import Vocabulary

SURE_DIGITS = 16  # a longer repr may show what arithmetic left behind: 0.30000000000000004
MARK_LENGTH = 6  # longer words are no mark: they belong to the remarks
ANY_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿]")
FRACTION = "fraction"  # 0.943 is 94.3 per cent
MOST_AS_SHARE = 10  # 1000%: a higher stored number in a % cell was meant as it stands
SIGN = re.compile("[¥$][^元]*$")
SMALL_POWER = re.compile(r"\d ?[十百千]$")  # 8千 below 万元 is 8千元, as 12万 is 12万元
OWN_POWER = re.compile(
    r"[\d余多] ?[百千]?[万亿]|[一二三四五六七八九十百千]+[万亿]|^[上近约]?[万亿]"
)


class Figure(NamedTuple):
    """A cell in the base unit: value, half a unit of its last digit, what it shows, its bounds.

    What is exact has no bounds.
    """

    value: float | None
    rounding: float | None
    printed: str
    unit_printed: str
    status: str = "A"
    qualifier: str = "exact"
    low: float | None = None
    high: float | None = None


NO_FIGURE = Figure(None, None, "", "")


def shown(value: float) -> str:
    """Return a stored number as a cell shows it: 86.0 → 86, 206.66 → 206.66."""
    return format(value, ".15g") if isinstance(value, float) else str(value)


def decimals(printed: str) -> int:
    """Return how many digits stand after the decimal point."""
    if "e" in printed:
        mantissa, _, exponent = printed.partition("e")
        return decimals(mantissa) - int(exponent)
    point = printed.find(".")
    return len(printed) - point - 1 if point >= 0 else 0


def scaled(value: float, factor: float, places: int) -> tuple[float, float]:
    """Return a printed number in the base unit, and half a unit of its last digit.

    The product is rounded to the printed digits: 18549.19 亿 is 1854919000000, not …999.9998.
    """
    half = 0.5 * 10.0**-places * factor
    if factor == 1:
        return float(value), half
    return round(value * factor, max(places - tens(factor), 0)) + 0.0, half


@cache
def tens(factor: float) -> int:
    """Return how many noughts a factor ends in: 4 of 万, 0 of 公顷 in 亩 (15), -1 of 角 in 元."""
    return int(Decimal(repr(factor)).normalize().as_tuple().exponent)


def plain_figure(value: float, meaning: Meaning) -> Figure:
    """Read a stored number whose unit is known."""
    printed = repr(value + 0)  # -0.0 is seen as 0
    if printed.endswith(".0"):
        printed = printed[:-2]
    elif len(printed) > SURE_DIGITS or "e" in printed:
        printed = shown(value)
    amount, half = scaled(value, meaning.factor, decimals(printed))
    return Figure(amount, half, printed, meaning.unit_printed)


def figure(
    value: Value, meaning: Meaning, vocabulary: Vocabulary, *, percent: bool, sure: bool
) -> Figure | Fault:
    """Read a cell of any kind; ``sure`` says that a bare number under % is in per cent."""
    read = _figure(value, meaning, vocabulary, percent=percent, sure=sure)
    if isinstance(read, Fault) or not read.value:
        return read
    if meaning.whole and not read.value.is_integer():
        return fault("not_whole", indicator=meaning.indicator)
    return meaning.doubt or read


def _figure(
    value: Value, meaning: Meaning, vocabulary: Vocabulary, *, percent: bool, sure: bool
) -> Figure | Fault:
    if isinstance(value, str):
        return _text(value, meaning, vocabulary, sure=sure)
    if isinstance(value, bool) or value is None:
        return fault("not_a_number", text=str(value))
    if isinstance(value, float) and not isfinite(value):
        return fault("not_a_number", text=str(value))
    if isinstance(value, dt.date | dt.datetime | dt.time | dt.timedelta):
        return fault("date_as_value", text=str(value))
    if percent:
        return _percent(value, meaning)
    if meaning.unit_fault:
        return meaning.unit_fault
    if meaning.dimension == "rate" and not sure:
        if not meaning.share:
            return fault("ambiguous_percent", indicator=meaning.indicator)
        if meaning.share == FRACTION:
            return plain_figure(value, replace(meaning, factor=100.0))
    return plain_figure(value, meaning)


def _percent(value: float, meaning: Meaning) -> Figure | Fault:
    """A cell formatted as a percentage: 0.5125 is seen as 51.25%.

    95.7 pasted into such a cell is seen as 9570% and was meant as 95.7: nobody's rate is that high.
    """
    printed = shown(round(value * 100, 10))
    if meaning.dimension != "rate":
        return fault("unit_mismatch", unit="%", indicator=meaning.indicator)
    if abs(value) > MOST_AS_SHARE and meaning.share != FRACTION:
        if not meaning.share:
            return fault("ambiguous_percent", indicator=meaning.indicator)
        return plain_figure(value, meaning)
    amount, half = scaled(round(value * 100, 10), 1, decimals(printed))
    return Figure(amount, half, printed + "%", "%")


def _text(text: str, meaning: Meaning, vocabulary: Vocabulary, *, sure: bool) -> Figure | Fault:
    label = vocabulary.label(text)
    if label.status:
        return Figure(None, None, text.strip(), meaning.unit_printed, status=label.status)
    number = label.number or read_number(label.text)  # a figure may look like a year
    if number is None:
        unknown = len(label.text) <= MARK_LENGTH and not ANY_NUMBER.search(label.text)
        rule = "unknown_mark" if unknown else "not_a_number"
        return fault(rule, text=label.text if unknown else text.strip()[:60])
    yuan = meaning.dimension == "money" and OWN_POWER.search(label.text)  # 3万 of money is 3万元
    if meaning.unit_fault and not (number.unit or yuan) and number.value:
        return meaning.unit_fault
    if other := _other_inside(number, meaning, vocabulary):
        return fault("includes_other", word=other, indicator=meaning.indicator)
    factor, printed_unit = _factor(label.text, number, meaning, vocabulary)
    if factor is None:
        return fault("unit_mismatch", unit=number.unit, indicator=meaning.indicator)
    sure = sure or abs(number.value or 0) > 1  # a number typed as text is no other number
    if meaning.dimension == "rate" and not number.unit and not sure and number.value:
        if not meaning.share:
            return fault("ambiguous_percent", indicator=meaning.indicator)
        factor = 100.0 if meaning.share == FRACTION and abs(number.value) <= 1 else factor
    return _scaled_number(number, text.strip(), printed_unit, factor)


def _other_inside(number: Number, meaning: Meaning, vocabulary: Vocabulary) -> str:
    """The word in brackets that names another indicator: 12（含慰问品2） is not all money."""
    for word, _ in number.parts:
        codes = {code for code, _ in vocabulary.label(word).indicators}
        if word not in vocabulary.breakdowns and codes - {meaning.indicator}:
            return word
    return ""


def _factor(
    text: str, number: Number, meaning: Meaning, vocabulary: Vocabulary
) -> tuple[float | None, str]:
    """The factor of a cell with its own unit or power, else its table's: cell before header."""
    head = text.partition("(")[0] or text  # 12(其中部队2万元) is 12 of the table's unit
    if number.unit:
        measure = vocabulary.catalogue.indicators[meaning.indicator].unit_measure
        factor = vocabulary.units.factor(number.unit, measure)
        if factor and meaning.unit_printed and SIGN.match(text):
            return meaning.factor, meaning.unit_printed  # the sign names a currency, no scale
        power = OWN_POWER.search(head)
        return factor, (power.group()[-1] if power else "") + number.unit
    own = OWN_POWER.search(head) or SMALL_POWER.search(head)
    if meaning.dimension != "rate" and meaning.factor >= 1000 and own:
        return 1.0, meaning.unit_printed
    return meaning.factor, meaning.unit_printed


def _scaled_number(number: Number, printed: str, unit: str, factor: float) -> Figure:
    status = "P" if number.preliminary else "A"
    if number.value is None:
        return Figure(None, None, printed, unit, "A", number.qualifier)
    half = number.rounding * factor
    printed_places = -floor(log10(2 * number.rounding) + 1e-9) if half else 9
    places = max(printed_places - tens(factor), 0) if half else 9
    value, low, high = (
        None if v is None else round(v * factor, places) + 0.0
        for v in (number.value, number.low, number.high)
    )
    return Figure(value, half, printed, unit, status, number.qualifier, low, high)
