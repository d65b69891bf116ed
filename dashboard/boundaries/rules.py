"""What map.yml declares: who made the outlines, their approval number, how values are classed."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import yaml

from dashboard.boundaries.read import BoundaryError, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FILE = "map.yml"
FEWEST, MOST = 2, 5  # classes: more shades than five are not told apart
METHODS = ("quantile", "equal")

Method = Literal["quantile", "equal"]


class MapRules(NamedTuple):
    """How maps are classed and what they print; ``breaks`` are in the base unit."""

    source: str
    source_en: str
    approval: str
    classes: int
    method: Method
    breaks: Mapping[str, tuple[float, ...]]


def map_rules(folders: Sequence[Path]) -> MapRules:
    """Return what is declared; a later folder overrides key by key."""
    return _rules(tuple(folders), stamp(folders))


@lru_cache(maxsize=8)
def _rules(folders: tuple[Path, ...], stamped: object) -> MapRules:
    del stamped
    said: dict[str, Any] = {}
    for folder in folders:
        said |= _read(folder / FILE)
    source = said.get("source") or {}
    if not isinstance(source, dict):
        source = {"zh": str(source)}
    chinese = str(source.get("zh") or "")
    return MapRules(
        source=chinese,
        source_en=str(source.get("en") or chinese),
        approval=str(said.get("approval") or "").strip(),
        classes=_classes(said.get("classes", MOST)),
        method=_method(said.get("method", METHODS[0])),
        breaks={code: _breaks(code, limits) for code, limits in (said.get("breaks") or {}).items()},
    )


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, ValueError):  # 2024-13-45 is no day, nor GBK UTF-8
        raise BoundaryError("rules_unreadable", file=path.name) from None
    if not isinstance(said or {}, dict):
        raise BoundaryError("rules_unreadable", file=path.name)
    if not isinstance((said or {}).get("breaks") or {}, dict):
        raise BoundaryError("rules_breaks", file=path.name, indicator="breaks")
    return said or {}


def _classes(said: object) -> int:
    if not isinstance(said, int) or not FEWEST <= said <= MOST:
        raise BoundaryError("rules_classes", file=FILE, said=said)
    return said


def _method(said: object) -> Method:
    if said not in METHODS:
        raise BoundaryError("rules_method", file=FILE, said=said)
    return cast("Method", said)


def _breaks(indicator: str, said: object) -> tuple[float, ...]:
    numbers = said if isinstance(said, list) else []
    finite = all(isinstance(n, (int, float)) and isfinite(n) for n in numbers)
    rising = finite and numbers == sorted(set(numbers))
    if not numbers or not rising or len(numbers) >= MOST:
        raise BoundaryError("rules_breaks", file=FILE, indicator=indicator)
    return tuple(float(n) for n in numbers)
