"""The unit that a cell's figure is printed in, of the words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.understand.meaning import Fault, fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.catalogue import Indicator
    from etl.understand.context import Context
    from etl.understand.reading import Reading
    from etl.understand.vocabulary import Vocabulary

SAID_UNIT = re.compile(r"(?:^|[:为是])([^:为是()]{1,4})\)?$")  # 元, 以下单位为元


class Measures:
    """Finds the units of the cells of one table."""

    def __init__(self, vocabulary: Vocabulary, context: Context) -> None:
        self.vocabulary, self.context, self.pins = vocabulary, context, vocabulary.pins

    def of(
        self, indicator: Indicator, row: Reading, column: Reading, section: Reading
    ) -> tuple[str, float] | Fault:
        """Row, header, section, title, sheet: nearest first, of the indicator's dimension."""
        measure = indicator.unit_measure
        dimension = dimension_of(indicator, self.vocabulary)
        near = [units for units in (row.units, column.units) if units]
        above = section.units or self._said_unit(section.rest)
        far = [above, *(level.units for level in self.context.levels)]
        if above and column.units and not row.units:
            mine, theirs = (self._fitting(u, measure, dimension) for u in (column.units, above))
            if mine and theirs and {f for _, f in mine} != {f for _, f in theirs}:
                return fault("units_disagree", header=column.units[0], section=above[0])
        factors: set[float] = set()
        for distance, units in enumerate([*near, *far]):
            if dimension == "money" and any(map(self.vocabulary.units.is_per_head, units)):
                return fault("amount_per_head", unit=units[0])
            if distance >= len(near) and dimension != "rate" and self._are_shares(units):
                return fault("unit_mismatch", unit=units[0], indicator=indicator.indicator)
            fits = self._fitting(units, measure, dimension if distance >= len(near) else "")
            factors = {factor for _, factor in fits}
            if len(factors) == 1:
                return fits[0]
            if len(factors) > 1:
                break
            if distance < len(near):
                return fault("unit_mismatch", unit=units[0], indicator=indicator.indicator)
        if pinned := self.pins.units.get(indicator.indicator):
            wrong = fault("unit_mismatch", unit=pinned, indicator=indicator.indicator)
            return next(iter(self._fitting((pinned,), measure, dimension)), wrong)
        if dimension in ("money", "area") or len(factors) > 1:
            return fault("missing_unit", indicator=indicator.indicator)
        return "", 1.0

    def _are_shares(self, units: Sequence[str]) -> bool:
        """Whether a title or a line names no unit but %: its figures count nothing."""
        known = [unit[2] for word in units if (unit := self.vocabulary.units.of(word))]
        return bool(known) and set(known) == {"rate"}

    def _said_unit(self, line: str) -> tuple[str, ...]:
        """The unit that a line inside a table sets for what follows: 元, 以下单位为元."""
        match = SAID_UNIT.search(line)
        return (match[1],) if match and self.vocabulary.units.of(match[1]) else ()

    def _fitting(
        self, units: Sequence[str], measure: str, dimension: str
    ) -> list[tuple[str, float]]:
        """The units that can measure the indicator: of its own base first, else of its kind.

        A row or a header names the unit of its own figures (no ``dimension``); a title lists those
        of all columns, 万元、人、场, and only scales the others of a kind.
        """
        known = [(word, unit) for word in units if (unit := self.vocabulary.units.of(word))]
        exact = [(word, unit[1]) for word, unit in known if unit[0] == measure]
        if not dimension:
            counted = ((word, self.vocabulary.units.factor(word, measure)) for word in units)
            return exact or [(word, factor) for word, factor in counted if factor is not None]
        return exact or [
            (word, unit[1])
            for word, unit in known
            if unit[2] == dimension and _speaks_of(unit[0], unit[1], measure, dimension)
        ]


def _speaks_of(said: str, factor: float, measure: str, dimension: str) -> bool:
    """万人 above a table scales its persons and person-times, but no 支, 户 or 场 beside them."""
    persons = {"person", "person_time"}
    return dimension != "count" or factor == 1 or said == "count" or {said, measure} <= persons


def dimension_of(indicator: Indicator, vocabulary: Vocabulary) -> str:
    """What an indicator is shown in: money, count, area or rate."""
    unit = vocabulary.units.of(indicator.display_unit)
    return unit[2] if unit else "count"
