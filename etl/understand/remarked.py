"""A figure with a remark behind it, 2场（线上1场）: the figure counts, the remark is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from etl.understand.number import read_number
from etl.understand.period import find_periods
from etl.understand.text import normalise

if TYPE_CHECKING:
    from etl.understand.number import Number
    from etl.understand.vocabulary import Vocabulary

BEHIND = re.compile(r"(?P<figure>[^()]*\d[^()]*)\((?P<remark>[^()]*)\)")
WORD = re.compile("[一-鿿]")
NUMBERS = re.compile(r"((\d+(?:\.\d+)?)[^\d,;、\s]{0,4})")


class Remarked(NamedTuple):
    """A cell's figure as text, with the unit that its brackets hold, and the remark in them."""

    figure: str
    remark: str  # '' where the brackets held the unit alone: 5(支)


def remarked(text: str, vocabulary: Vocabulary) -> Remarked | None:
    """Part a cell that is no number as a whole; None where its remark may change the figure.

    另有1支, 预计, 1-6月 or more than the figure itself may: then nobody but its sender knows.
    """
    found = BEHIND.fullmatch(normalise(text))
    figure = read_number(found["figure"].strip()) if found else None
    if found is None or figure is None or figure.qualifier != "exact" or figure.parts:
        return None
    printed, remark = found["figure"].strip(), found["remark"].strip()
    if vocabulary.units.of(remark):
        return None if figure.unit else Remarked(printed + remark, "")
    return Remarked(printed, remark) if _is_idle(remark, figure, vocabulary) else None


def _is_idle(remark: str, figure: Number, vocabulary: Vocabulary) -> bool:
    """Whether a remark leaves the figure in front of it as it is."""
    if not WORD.search(remark) or find_periods(remark)[0]:
        return False
    if any(word in remark for word in vocabulary.words["unsettles"]):
        return False
    inside = [(digits, read_number(words)) for words, digits in NUMBERS.findall(remark)]
    return all(part and not _exceeds(float(digits), part, figure) for digits, part in inside)


def _exceeds(digits: float, part: Number, whole: Number) -> bool:
    """Whether a number in brackets is more than the figure that it should be a part of."""
    if not whole.unit:  # 3（财政2万元） below 万元
        return digits > (whole.value or 0)
    return part.unit in ("", whole.unit) and (part.value or 0) > (whole.value or 0)
