"""Reads corrections.yml: figures that an office has put right, and what they replace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.catalogue.files import Entry, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from etl.catalogue.model import Area, Indicator, Unit

KEY = ("indicator", "ref_area", "time_period")
PLACE = ("source_file", "cell")
FIELDS = (
    *("dataset", *KEY, "breakdown", "source_file", "sheet", "cell"),
    *("expect", "value", "unit", "reason", "who", "when"),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure put right. It holds only while the cell still prints ``expect``.

    ``where`` names the report, by its key or by its place: columns of the table observation and
    what they are. ``value`` is what should have been printed, in ``unit``, else the cell's own.
    """

    where: dict[str, str]
    expect: str
    value: str
    unit: str | None
    reason: str
    who: str
    when: dt.date
    entry: str  # corrections.yml #3

    @property
    def half(self) -> float:
        """Half a unit of the last digit of ``value``."""
        return 0.5 * 0.1 ** len(self.value.partition(".")[2])


def read_corrections(
    folders: Sequence[Path],
    indicators: dict[str, Indicator],
    areas: dict[str, Area],
    units: dict[str, Unit],
) -> tuple[Correction, ...]:
    """The corrections of all folders; a later one of the same report replaces an earlier."""
    found = listed(folders, "corrections.yml", FIELDS)
    read = [_correction(entry, indicators, areas, units) for entry in found]
    return tuple({tuple(sorted(one.where.items())): one for one in read}.values())


def _correction(
    entry: Entry, indicators: dict[str, Indicator], areas: dict[str, Area], units: dict[str, Unit]
) -> Correction:
    entry.check_known([entry.optional("indicator")], indicators)
    entry.check_known([entry.optional("ref_area")], areas)
    entry.check_known([entry.optional("unit")], units)
    entry.number("value")
    when = entry.date("when")
    if when is None:
        raise entry.error(
            "缺少 when；请写更正的日期，如 2024-06-30",
            "when is missing; write the day of the correction as 2024-06-30",
        )
    return Correction(
        _where(entry),
        entry.text("expect"),
        entry.text("value"),
        entry.optional("unit"),
        entry.text("reason"),
        entry.text("who"),
        when,
        " ".join(entry.where.replace("\\", "/").rpartition("/")[2].split()),
    )


def _where(entry: Entry) -> dict[str, str]:
    """The report by dataset, key and breakdown, or by file, sheet and cell."""
    by_key, by_place = ([name in entry.fields for name in names] for names in (KEY, PLACE))
    if all(by_key) == all(by_place) or any(by_key) == any(by_place):
        raise entry.error(
            f"请用 {'、'.join(KEY)} 或 {'、'.join(PLACE)} 指明报告",
            f"name the report by {', '.join(KEY)} or by {', '.join(PLACE)}",
        )
    names = (*KEY, "dataset", "breakdown") if all(by_key) else (*PLACE, "dataset", "sheet")
    otherwise = {"breakdown": "_T"} if all(by_key) else {}
    found = {name: entry.text(name, otherwise.get(name, "")) for name in names}
    return {name: word for name, word in found.items() if word}
