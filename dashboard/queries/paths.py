"""The way through the months: a flow over a window as a sum of known flows, some of them taken off.

Months are nodes, a flow known from one month to another is a step between them, and a flow over a
window is what the steps from its first to its last node add up to. A step may be gone backwards
(1—9月 less 1—6月 is the third quarter), but only an exact one.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dashboard.queries.comparison import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.queries.values import Measure, Value


class Step(NamedTuple):
    """A value known from the month ``start`` up to, and without, the month ``end``."""

    start: int
    end: int
    measure: Measure
    value: Value


Signed = tuple[int, Step]  # 1 where the step is added, -1 where it is taken off
Cost = tuple[int, int, int]  # inexact steps, steps taken off, all steps


class Known:
    """What is known of one area and breakdown; of a thousand rows few become steps."""

    def __init__(self) -> None:
        self.makers: dict[tuple[int, int], Callable[[], Step]] = {}

    def add(self, start: int, end: int, make: Callable[[], Step]) -> None:
        """Take a value that is known over a span; a period's own value, added first, stands."""
        self.makers.setdefault((start, end), make)

    def over(self, start: int, end: int) -> Step | None:
        """Return what is known over exactly these months."""
        make = self.makers.get((start, end))
        return make() if make else None

    def steps(self) -> list[Step]:
        """Return all of it."""
        return [make() for make in self.makers.values()]


def way(known: Known, start: int, end: int) -> tuple[Signed, ...]:
    """Return the steps from ``start`` to ``end``; none where none lead there."""
    return _tiles(known, start, end) or shortest(known.steps(), start, end)


def _tiles(known: Known, start: int, end: int) -> tuple[Signed, ...]:
    """Return exact steps that follow each other, always the longest: the usual case, and cheap."""
    walked: list[Signed] = []
    while start < end:
        spans = (known.over(start, start + n) for n in range(min(12, end - start), 0, -1))
        step = next((s for s in spans if s and s.value.qualifier == "exact" and _usable(s)), None)
        if step is None:
            return ()
        walked.append((1, step))
        start = step.end
    return tuple(walked)


def _usable(step: Step) -> bool:
    value = step.value
    return value.obs_value is not None and not value.conflict and whole(value)


def shortest(steps: Iterable[Step], start: int, end: int) -> tuple[Signed, ...]:
    """Return the steps from ``start`` to ``end``: exact ones first, then few; none where none lead.

    Contradicted values and sums that lack a county are no steps: what is built on them is worse
    than nothing.
    """
    ways: dict[int, list[tuple[int, Signed]]] = defaultdict(list)
    for step in filter(_usable, steps):
        ways[step.start].append((step.end, (1, step)))
        if step.value.qualifier == "exact":
            ways[step.end].append((step.start, (-1, step)))
    return _cheapest(ways, start, end)


def _cheapest(
    ways: dict[int, list[tuple[int, Signed]]], start: int, end: int
) -> tuple[Signed, ...]:
    """Dijkstra's way between two months."""
    queue: list[tuple[Cost, int, int, tuple[Signed, ...]]] = [((0, 0, 0), 0, start, ())]
    done: set[int] = set()
    pushed = 0  # breaks ties, so that steps are never compared
    while queue:
        cost, _, month, walked = heapq.heappop(queue)
        if month == end:
            return walked
        if month in done:
            continue
        done.add(month)
        for onward, (sign, step) in ways[month]:
            pushed += 1
            further = (
                cost[0] + (step.value.qualifier != "exact"), cost[1] + (sign < 0), cost[2] + 1
            )  # fmt: skip
            heapq.heappush(queue, (further, pushed, onward, (*walked, (sign, step))))
    return ()
