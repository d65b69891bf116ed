"""Which value columns cannot be read by their headers: an axis of labels is exclusive."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from etl.read.address import letters
from etl.understand.axes import Column, header_cells, is_open
from etl.understand.context import ALL_YEAR, MONTHS, PART, WHOLE_YEAR
from etl.understand.meaning import Fault, fault, unknown
from etl.understand.reading import ASIDE, Reading, read_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.context import Context
    from etl.understand.period import Period
    from etl.understand.sheet import Sheet
    from etl.understand.vocabulary import Vocabulary

MONTH_NUMBERS = frozenset(map(float, range(1, 13)))


def inherit_of_which(values: list[Column]) -> None:
    """其中 takes indicator, period and unit from the column at its left.

    So do the parts behind it: 送立功受奖喜报 | 其中：一等功 | 二等功 | 三等功.
    """
    leader: Column | None = None
    after_part = False
    for column in values:
        reading = column.reading
        goes_on = after_part and _names_only_a_part(column)
        after_part = reading.of_which or goes_on
        if not after_part:
            leader = column
        elif leader and not reading.indicator:
            column.reading = replace(
                reading,
                indicator=leader.reading.indicator,
                breakdowns=leader.reading.breakdowns,
                periods=reading.periods or leader.reading.periods,
                units=reading.units or leader.reading.units,
                rest=column.path[-1].rest,
            )


def _names_only_a_part(column: Column) -> bool:
    """Whether a header is the name of a part and no more: 二等功 behind 其中：一等功."""
    reading = column.reading
    other = reading.indicator or reading.areas or reading.periods or reading.aside or reading.rest
    return bool(reading.candidates and len(column.path) == 1 and not (other or reading.total))


def promote_subtotals(values: list[Column]) -> None:
    """部队 | 军属 | 小计 below 慰问金: where no other column is of it, 小计 is the total."""
    for column in values:
        if column.reading.aside != "subtotal" or not column.reading.indicator:
            continue
        others = [c for c in values if c.reading.indicator == column.reading.indicator]
        beside = [c for c in others if c is not column]
        alike = all(c.path[:-1] == column.path[:-1] and c.reading.candidates for c in beside)
        if beside and alike and not column.reading.areas:
            column.reading = replace(column.reading, aside="", total=True)


def complete_years(values: list[Column], context: Context) -> None:
    """全年 beside 1—6月 under a bare year is January to December; 累计 there may be of less.

    For a flow that is what it says anyway; a stock would not be counted at the end of some part.
    """
    parted = any(p.first_month for column in values for p in column.reading.periods)
    if not parted or any(p.first_month for level in context.levels for p in level.periods):
        return
    for column in values:
        if any(WHOLE_YEAR in label.text for label in column.path):
            said = (MONTHS if p == ALL_YEAR else p for p in column.reading.periods)
            column.reading = replace(column.reading, periods=tuple(said))


def header_faults(
    sheet: Sheet, block: Block, values: list[Column], context: Context
) -> dict[int, Fault]:
    """Where neighbours carry a kind of label, a column without one never falls back on context.

    What is pinned to one column by a layout or an answer asks nothing of the others.
    """
    facts = [c for c in values if c.reading.aside not in ASIDE]
    printed = [c for c in facts if not any(label.pinned for label in c.path)]
    own = [c for c in printed if not c.reading.of_which]  # 其中：12月 says when of itself alone
    carried = {
        "indicator": any(c.reading.indicator for c in printed),
        "period": any(map(_says_when, (p for c in own for p in c.reading.periods))),
        "area": any(c.reading.areas for c in printed),
        "breakdown": any(c.reading.candidates for c in printed),
    }
    groups = (label for c in values for label in c.path[:-1])
    grouped = any(not p.is_occasion for label in groups for p in label.periods)
    moments = sheet.vocabulary.moments  # 累计 over columns says when, and no part
    parted = {
        c.reading.indicator
        for c in facts
        if any(not moments.issuperset(label.breakdowns) for label in c.path[:-1])
    }
    blank = _blank_leaves(sheet, block, facts)
    undated = _may_be_months(sheet, block, facts, context)
    found = _of_other_units(facts, sheet.vocabulary)
    for column in facts:
        if column.index in sheet.vocabulary.pinned_columns:
            broken = _pin_fault(column, sheet.vocabulary) or _missing(column, carried)
        else:
            broken = _layout_fault(sheet, block, column, blank) or _missing(column, carried)
        if not broken and grouped and len(column.path) > 1 and not column.reading.periods:
            broken = fault("missing_period_header", column=letters(column.index))
        if not broken and column.reading.indicator in parted and not _says_part(column):
            broken = fault("missing_header", column=letters(column.index))
        if not broken and not column.reading.periods and undated:
            broken = fault("unclear_period", near="")
        if broken:
            found[column.index] = broken
    return found


def _may_be_months(sheet: Sheet, block: Block, facts: list[Column], context: Context) -> bool:
    """Whether a column left of the others may hold months, under a bare year.

    It has no header, or one that could not be read: of months or quarters, or over 3, 4, 5.
    """
    if not facts or not block.header or facts[0].reading.indicator or facts[0].reading.periods:
        return False
    if any(p.first_month for level in context.levels for p in level.periods):
        return False
    values = sheet.down(facts[0].index, block.body)
    if any(value not in MONTH_NUMBERS for value in values if value not in (None, "")):
        return False
    held = [value for value in values if value not in (None, "")]
    unread = not facts[0].path or PART.search(facts[0].path[-1].text) or _count_on(held)
    return bool(held and unread)


def _count_on(values: Sequence[Value]) -> bool:
    numbers = [value for value in values if isinstance(value, float)]
    return len(numbers) > 1 and all(b - a == 1 for a, b in pairwise(numbers))


def _of_other_units(columns: list[Column], vocabulary: Vocabulary) -> dict[int, Fault]:
    """户 | 人 below 送立功受奖喜报: persons may stand for households, but not beside households."""
    others = [c for c in columns if c.reading.units and not _counts(c, vocabulary)]
    if not others:
        return {}
    exact = {_but_units(column.reading) for column in columns if _counts(column, vocabulary)}
    return {
        column.index: fault(
            "unit_mismatch", unit=column.reading.units[0], indicator=column.reading.indicator
        )
        for column in others
        if _but_units(column.reading) in exact
    }


def _but_units(reading: Reading) -> Reading:
    return replace(reading, units=())


def _counts(column: Column, vocabulary: Vocabulary) -> bool:
    """Whether a column's own unit is its indicator's, and not one that may stand for it."""
    reading = column.reading
    if not (reading.indicator and reading.units):
        return False
    measure = vocabulary.catalogue.indicators[reading.indicator].unit_measure
    return any((unit := vocabulary.units.of(u)) and unit[0] == measure for u in reading.units)


def _says_when(period: Period) -> bool:
    return bool(period.year or period.first_month) and not period.is_occasion


def _says_part(column: Column) -> bool:
    """Whether a column says of which part it is, or that it is of all."""
    reading = column.reading
    whole = any(label.role in ("total", "subtotal") for label in column.path)
    return bool(reading.candidates or reading.breakdowns or whole)


def _layout_fault(sheet: Sheet, block: Block, column: Column, blank: set[int]) -> Fault | None:
    if is_open(sheet, block, column.index):
        return fault("unclear_group", column=letters(column.index))
    if block.header and (not column.path or column.index in blank):
        return fault("missing_header", column=letters(column.index))
    return None


def _pin_fault(column: Column, vocabulary: Vocabulary) -> Fault | None:
    """What is printed above a pinned column stands: a pin that says otherwise is refused."""
    printed = read_path(column.path[:-1], vocabulary)
    pin = read_path(column.path[-1:], vocabulary)
    for kind in ("indicator", "areas", "units"):
        said, pinned = getattr(printed, kind), getattr(pin, kind)
        if said and pinned and said != pinned:
            return fault(
                "pin_disagrees", printed="/".join(label.text for label in column.path[:-1])
            )
    return None


def _missing(column: Column, carried: dict[str, bool]) -> Fault | None:
    """A kind of label that the other columns carry; a total needs none but the indicator."""
    reading = column.reading
    if reading.rest and not reading.indicator:
        return unknown("unknown_indicator", reading.rest)
    if reading.total:
        return None
    if carried["indicator"] and not reading.indicator:
        return fault("missing_header", column=letters(column.index))
    if carried["period"] and not reading.periods:
        return fault("missing_period_header", column=letters(column.index))
    if carried["area"] and not reading.areas:
        return fault("missing_header", column=letters(column.index))
    if carried["breakdown"] and not carried["indicator"] and not reading.candidates:
        return fault("missing_header", column=letters(column.index))
    return None


def _blank_leaves(sheet: Sheet, block: Block, columns: list[Column]) -> set[int]:
    """The columns whose lowest header cell is empty where that must be an omission.

    So it is where another column has more labels below the one that they share, and where the
    sheet merges its short headers downwards but not this one.
    """
    cells = {c.index: header_cells(sheet, block, c.index) for c in columns}
    shared = {cell for path in cells.values() for cell in path[:-1]}
    last = block.header[-1] if block.header else -1
    merged = {c for c in range(sheet.width) if last >= 0 and _is_merged_down(sheet, last, c)}
    return {
        index
        for index, path in cells.items()
        if path and (path[-1] in shared or (path[-1][0] != last and index not in merged and merged))
    }


def _is_merged_down(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.origin.get((row, column), (row, column))[0] != row
