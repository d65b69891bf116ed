"""Whether a column headed 时间 holds the days of events: its table is then a ledger."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from etl.understand.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.records import Value
    from etl.understand.blocks import Block
    from etl.understand.sheet import Sheet

DAY = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]")
ENOUGH = 2 / 3  # of what a column holds: totals and 春节前 stand among days


def holds_event_days(sheet: Sheet, block: Block, index: int) -> bool:
    """Whether most cells of a column are days, in a table that calls itself a ledger.

    Elsewhere a column of days under 时间 says when a stock was counted.
    """
    held = sheet.held(index, block.body)
    days = sum(often for value, often in held.items() if _is_day(value))
    return days > 0 and days >= ENOUGH * sum(held.values()) and _is_called_ledger(sheet, block)


def _is_day(value: Value) -> bool:
    if isinstance(value, str):
        return bool(DAY.fullmatch(normalise(value)))
    return isinstance(value, dt.date) and value.day != 1  # 2024年6月 is stored as its first day


def _is_called_ledger(sheet: Sheet, block: Block) -> bool:
    words = sheet.vocabulary.words["ledger_title"]
    return any(word in text for word in words for text in _names(sheet, block))


def _names(sheet: Sheet, block: Block) -> Iterable[str]:
    """The texts by which a table is called: its titles, its sheet, its file."""
    yield from (normalise(name) for name in (sheet.grid.sheet, sheet.grid.file))
    for row in block.titles:
        yield from (normalise(str(sheet.value(row, c))) for c in sheet.filled(row))
