"""Reads reporting.yml: who owes which reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalogue.files import listed
from etl.catalogue.model import Area, Indicator, Reporting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read_reporting(
    folders: Sequence[Path],
    indicators: dict[str, Indicator],
    areas: dict[str, Area],
    members: dict[str, tuple[str, ...]],
) -> tuple[Reporting, ...]:
    """Who owes which reports, with the areas of ``children_of`` written out."""
    fields = ("dataset", "areas", "children_of", "indicators", "freq", "due_days", "from", "to")
    found = []
    for entry in listed(folders, "reporting.yml", fields):
        who = entry.words("areas") or members.get(entry.text("children_of"), ())
        every = entry.fields.get("indicators") == "all"
        what = tuple(indicators) if every else entry.words("indicators")
        first = entry.date("from")
        entry.check_known(who, areas)
        entry.check_known(what, indicators)
        if first is None or not who or not what:
            raise entry.error(
                "没有写地区、指标或起始日期",
                "names no areas, no indicators or no day from which it holds",
            )
        freq = entry.choice("freq", ("M", "Q", "S", "A"))
        due = int(entry.number("due_days"))
        found.append(
            Reporting(entry.text("dataset"), who, what, freq, due, first, entry.date("to"))
        )
    return tuple(found)
