"""Adds indicators, areas and other words to the files of a catalogue folder, checked as a whole."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

import yaml
from filelock import FileLock

from etl.catalogue import CatalogueError, load_catalogue
from etl.catalogue.aliases import ALIASES, COLUMNS
from etl.catalogue.areas import AREA_COLUMNS, REF_AREAS
from etl.catalogue.indicators import INDICATORS
from etl.sentences import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

INDICATOR_CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")
AREA_CODE = re.compile(r"\d{6}(?:-\d\d)?")


def add_indicator(folders: Sequence[Path], code: str, fields: dict[str, Any]) -> None:
    """Add an indicator to the last of ``folders``; ``fields`` are those of indicators.yml.

    ``unit_measure`` is the base of ``display_unit``, the definition the name, where not given.
    """
    known = load_catalogue(folders)
    _check_code(code, INDICATOR_CODE, known.indicators, "visits_paid")
    unit = known.units.get(str(fields.get("display_unit")))
    if unit is None:
        raise RefusedError(
            f"单位“{fields.get('display_unit')}”不在 units.csv 中。",
            f"The unit “{fields.get('display_unit')}” is not in units.csv.",
        )
    said = {"definition": dict(fields["name"]), "unit_measure": unit.unit_measure, **fields}
    text = yaml.safe_dump({code: said}, allow_unicode=True, sort_keys=False, width=100)
    _append(folders, INDICATORS, text, "")


def add_area(folders: Sequence[Path], code: str, fields: dict[str, str]) -> None:
    """Add an area to the last of ``folders``; ``fields`` are the columns of ref_areas.csv."""
    known = load_catalogue(folders)
    own = {area.ref_area for area in known.areas.values() if not area.generic}
    _check_code(code, AREA_CODE, own, "620702, 620700-11")
    if fields.get("parent") not in known.areas:
        raise RefusedError(
            f"上级地区 {fields.get('parent')} 不存在。", f"No area {fields.get('parent')} above it."
        )
    said = {"short_name": fields["name"], "in_total": "true", **fields, "ref_area": code}
    row = [said.get(name, "") for name in AREA_COLUMNS]
    _append(folders, REF_AREAS, _csv_line(row), _csv_line(AREA_COLUMNS))


def add_alias(folders: Sequence[Path], kind: str, code: str, alias: str) -> None:
    """Let words mean an indicator, area, breakdown (dimension:code) or unit from now on."""
    _append(folders, ALIASES, _csv_line([kind, code, alias]), _csv_line(COLUMNS))


def _check_code(code: str, pattern: re.Pattern[str], known: object, example: str) -> None:
    if not pattern.fullmatch(code):
        raise RefusedError(
            f"代码“{code}”不合规范，应如 {example}。",
            f"“{code}” is no code; write one such as {example}.",
        )
    if code in known:  # type: ignore[operator]
        raise RefusedError(f"代码 {code} 已有。", f"{code} is taken.")


def _csv_line(row: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(row)
    return text.getvalue()


def _append(folders: Sequence[Path], name: str, text: str, head: str) -> None:
    """Append to a file of the last folder; put it back as it was if the catalogue then fails."""
    path = folders[-1] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.parent / f".{name}.lock"):
        before = path.read_bytes() if path.exists() else None
        held = before or head.encode("utf-8")
        gap = b"" if not held or held.endswith(b"\n") else b"\n"
        path.write_bytes(held + gap + text.encode("utf-8"))
        try:
            load_catalogue(folders)
        except CatalogueError as error:
            if before is None:
                path.unlink()
            else:
                path.write_bytes(before)
            raise RefusedError(f"未加入：{error.zh}", f"Not added: {error.en}") from None
