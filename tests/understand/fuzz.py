"""How many drawn tables come back: `python -m tests.understand.fuzz 5000`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from etl.read.address import parse
from tests.understand.committed import read_grid
from tests.understand.fuzz_tables import draw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from etl.records import Issue
    from tests.understand.fuzz_tables import Drawn, Fact


@dataclass
class Outcome:
    """What became of one drawn table."""

    drawn: Drawn
    wrong: dict[str, tuple[Fact | None, Fact]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    besides: set[str] = field(default_factory=set)  # lost, and all their own words are known
    silent: set[str] = field(default_factory=set)  # lost, and no issue names them
    rules: Counter[str] = field(default_factory=Counter)


def outcome(drawn: Drawn) -> Outcome:
    """Understand a drawn sheet and compare it, cell by cell, with what it was drawn from."""
    found = read_grid(drawn.grid)
    facts: dict[str, Fact] = {
        o["cell"]: (
            o["indicator"], o["ref_area"], o["breakdown"], o["period_start"], o["period_end"],
            o["obs_value"], o["obs_status"],
        )
        for o in found.observations.to_pylist()
    }  # fmt: skip
    result = Outcome(drawn)
    for cell, fact in facts.items():
        if drawn.facts.get(cell) != fact:
            result.wrong[cell] = (drawn.facts.get(cell), fact)
    result.lost = drawn.facts.keys() - facts.keys()
    result.besides = result.lost - drawn.foreign
    named = _named(found.issues)
    result.silent = {cell for cell in result.lost if parse(cell) not in named}
    result.rules.update(issue.rule for issue in found.issues)
    return result


def _named(issues: Iterable[Issue]) -> set[tuple[int, int]]:
    """The cells that issues name."""
    cells: set[tuple[int, int]] = set()
    for issue in issues:
        for part in filter(None, issue.cell.split(",")):
            start, _, end = part.partition(":")
            (top, left), (bottom, right) = parse(start), parse(end or start)
            cells |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    return cells


def rates(tables: int, *, foreign: bool = False, share: float = 0) -> Counter[str]:
    """Draw so many tables and count what came back, what did not, and what came back different."""
    counted: Counter[str] = Counter()
    for seed in range(tables):
        result = outcome(draw(Random(seed), foreign=foreign, share=share))
        counted["of a foreign word"] += len(result.drawn.foreign)
        counted["facts"] += len(result.drawn.facts)
        counted["different"] += len(result.wrong)
        counted["lost"] += len(result.lost)
        counted["lost besides"] += len(result.besides)
        counted["lost in silence"] += len(result.silent)
    return counted


def main(tables: int) -> None:
    """Print the rates of tables of known words, of mixed ones, and with a foreign word in each."""
    mixes: tuple[tuple[str, bool, float], ...] = (
        ("known words", False, 0),
        ("one word in a hundred foreign", False, 0.01),
        ("a foreign word in every table", True, 0),
    )
    for name, foreign, share in mixes:
        counted = rates(tables, foreign=foreign, share=share)
        back = 1 - counted["lost"] / counted["facts"]
        print(f"{name}: {tables} tables, {back:.2%} came back, {dict(counted)}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
