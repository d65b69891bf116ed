"""Reads ref_areas.csv, local_areas.csv and recodes.csv: the tree of areas and its history."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from etl.catalogue.aliases import with_aliases
from etl.catalogue.files import Entry, rows
from etl.catalogue.model import Area, Recode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

REF_AREAS = "ref_areas.csv"
AREA_COLUMNS = (
    *("ref_area", "name", "short_name", "name_en", "level", "parent", "in_total", "aliases"),
    *("valid_from", "valid_to"),
)
LEVELS = ("country", "province", "prefecture", "county", "local")


def read_areas(folders: Sequence[Path]) -> dict[str, Area]:
    """All areas in code order, those made from patterns of local areas among them."""
    known = {entry.text("ref_area"): entry for entry in rows(folders, REF_AREAS, ["ref_area"])}
    found = with_aliases(folders, "area", known)
    areas = {code: _area(code, entry) for code, entry in found.items()}
    for code, area in areas.items():
        if area.parent is not None and area.parent not in areas:
            raise found[code].error(
                f"没有上级 {area.parent}；请先加它的一行",
                f"unknown parent {area.parent}; add its row",
            )
    for pattern in rows(folders, "local_areas.csv", ["level", "suffix"]):
        areas = {**_local_areas(areas, pattern), **areas}
    return dict(sorted(areas.items()))


def _area(code: str, entry: Entry) -> Area:
    return Area(
        ref_area=code,
        name=entry.text("name"),
        short_name=entry.text("short_name"),
        name_en=entry.text("name_en"),
        level=entry.choice("level", LEVELS),
        parent=entry.optional("parent"),
        in_total=entry.flag("in_total"),
        aliases=entry.words("aliases"),
        valid_from=entry.date("valid_from"),
        valid_to=entry.date("valid_to"),
    )


def _local_areas(areas: dict[str, Area], pattern: Entry) -> dict[str, Area]:
    """The same local area under every area of a level: 市本级, 620700-00 under 620700."""
    level, suffix = pattern.choice("level", LEVELS), pattern.text("suffix")
    name, name_en = pattern.text("name"), pattern.text("name_en")
    in_total, aliases = pattern.flag("in_total"), pattern.words("aliases")
    return {
        f"{parent}-{suffix}": Area(
            f"{parent}-{suffix}",
            *(name, name, name_en, "local", parent, in_total, aliases),
            *(None, None, True),
        )
        for parent, area in areas.items()
        if area.level == level
    }


def members_of(areas: Iterable[Area]) -> dict[str, tuple[str, ...]]:
    """Area → the areas directly below it; generic ones are nobody's members until they report."""
    members: dict[str, list[str]] = defaultdict(list)
    for area in areas:
        if area.parent and not area.generic:
            members[area.parent].append(area.ref_area)
    return {parent: tuple(codes) for parent, codes in members.items()}


def read_recodes(folders: Sequence[Path], areas: dict[str, Area]) -> dict[str, Recode]:
    """Codes that became others, by the old code."""
    recodes = {}
    for entry in rows(folders, "recodes.csv", ["from_area"]):
        old, new, day = entry.text("from_area"), entry.text("to_area"), entry.date("valid_from")
        if new not in areas or day is None:
            raise entry.error(
                "缺少已知的 to_area，或生效日期",
                "needs a known to_area and the day from which it is valid",
            )
        recodes[old] = Recode(old, new, day, entry.text("why"))
    return recodes
