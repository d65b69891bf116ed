"""Reads how progress towards a year's targets is judged: lamps.yml and curves.yml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.catalogue.files import CatalogueError, Entry, entries, mapping_of
from etl.catalogue.model import Curve, Lamps

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

LAMPS, CURVES = "lamps.yml", "curves.yml"
IN_FORCE = "in_force"
FIELDS = ("name", "basis", "rule", "green", "yellow")
MONTHS = 12


def read_lamps(folders: Sequence[Path]) -> Lamps | None:
    """The policy in force, None where the catalogue names none."""
    policies: dict[str, Entry] = {}
    named = ""
    for folder in folders:
        for key, fields in mapping_of(folder / LAMPS).items():
            if key == IN_FORCE:
                named = str(fields)
                continue
            policies[str(key)] = Entry(f"{folder / LAMPS} {key}", fields)
            policies[str(key)].check_fields(FIELDS)
    if not named:
        return None
    if named not in policies:
        raise CatalogueError(
            LAMPS,
            f"in_force 是“{named}”；请写其中之一：{'、'.join(policies)}",
            f"in_force is {named!r}; write one of {', '.join(policies)}",
        )
    return _lamps(named, policies[named])


def _lamps(policy: str, entry: Entry) -> Lamps:
    rule = entry.choice("rule", ("gap", "deadline"))
    gap = rule == "gap"
    green, yellow = (entry.number(name) if gap else 0.0 for name in ("green", "yellow"))
    if gap and yellow >= green:
        raise entry.error(
            f"yellow（{yellow:g}）应低于 green（{green:g}）",
            f"yellow ({yellow:g}) must lie below green ({green:g})",
        )
    return Lamps(policy, rule, green, yellow, *entry.both("name"), *entry.both("basis"))


def read_curves(folders: Sequence[Path], indicators: Collection[str]) -> tuple[Curve, ...]:
    """The planned curves, each with a share for every month of the year."""
    return tuple(
        _curve(indicator, entry, indicators)
        for indicator, entry in entries(folders, CURVES, ("why", "months")).items()
    )


def _curve(indicator: str, entry: Entry, indicators: Collection[str]) -> Curve:
    entry.check_known([indicator], indicators)
    shares = entry.fields.get("months")
    if not isinstance(shares, list) or len(shares) != MONTHS:
        raise entry.error(
            "months 要写 1 月到 12 月的十二个比例",
            "months needs twelve shares, January to December",
        )
    if not all(isinstance(share, int | float) for share in shares) or shares != sorted(shares):
        raise entry.error(
            "months 要写数，后一个不小于前一个", "months needs numbers, none below the one before"
        )
    if shares[0] < 0 or shares[-1] != 100:  # noqa: PLR2004 (per cent)
        raise entry.error("months 应从 0（或更大）到 100", "months must run from 0 or more to 100")
    return Curve(indicator, tuple(map(float, shares)), *entry.both("why"))
