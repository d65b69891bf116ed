"""Values of a drawn table, and how a cell prints them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from etl.records import Value
    from tests.understand.fuzz_words import Measure

NO_FIGURE = None
MARKS = {"O": ["未报", "未统计", "暂无", "待报"], "M": ["—", "-", "/", "不适用", "——"]}
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@dataclass(frozen=True)
class Printed:
    """One cell: what it shows, and the value in the base unit that it stands for."""

    shown: Value
    value: float | None
    status: str = "A"
    percent: bool = False
    plain: float | None = None  # the number alone, where it can be added up


class Figures:
    """Draws the figures of one table in its own style."""

    def __init__(self, rnd: Random, unit_at: str) -> None:
        self.rnd, self.unit_at = rnd, unit_at
        self.style = rnd.choice(["number"] * 4 + ["text", "thousands", "wide", "mixed"])
        self.marked = rnd.choice([0.0, 0.05, 0.15])
        self.brackets = rnd.choice(["（）", "（）", "()"])
        self.rates = rnd.choice(["bare", "sign", "format"]) if unit_at != "cell" else "sign"

    def draw(self, measure: Measure) -> Printed:
        """A figure, a mark or nothing."""
        if self.rnd.random() < self.marked:
            status = self.rnd.choice(["O", "M", ""])
            return Printed(self.rnd.choice(MARKS[status]) if status else None, None, status)
        if measure.dimension == "rate":
            return self._rate()
        number = self._number(measure)
        value = float(number * Decimal(str(measure.factor)))
        if self.unit_at == "cell":
            return Printed(f"{self._text(number)}{measure.unit}", value)
        return Printed(self._shown(number), value, plain=float(number))

    def _number(self, measure: Measure) -> Decimal:
        most = 10 ** self.rnd.randint(1, 5)
        if measure.factor == 1 and measure.dimension == "count":
            return Decimal(self.rnd.randint(0, most))
        places = self.rnd.choice([0, 1, 2]) if measure.dimension != "count" else 2
        return Decimal(self.rnd.randint(0, most)).scaleb(-places)

    def _rate(self) -> Printed:
        number = Decimal(self.rnd.randint(110, 10000)).scaleb(-2)
        if self.rates == "format":
            return Printed(float(number / 100), float(number), percent=True)
        if self.rates == "sign":
            return Printed(f"{number}%", float(number))
        return Printed(self._shown(number), float(number))

    def _shown(self, number: Decimal) -> Value:
        style = self.style
        if style == "mixed":
            style = self.rnd.choice(["number", "text", "thousands", "wide"])
        return float(number) if style == "number" else self._text(number, style)

    def _text(self, number: Decimal, style: str = "text") -> str:
        if style == "thousands":
            return f"{number:,}"
        return str(number).translate(WIDE) if style == "wide" else str(number)
