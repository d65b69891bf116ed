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
    from collections.abc import Iterable

    from dashboard.queries.values import Measure, Value


class Step(NamedTuple):
    """A value known from the month ``start`` up to, and without, the month ``end``."""

    start: int
    end: int
    measure: Measure
    value: Value


Signed = tuple[int, Step]  # 1 where the step is added, -1 where it is taken off
Cost = tuple[int, int, int]  # inexact steps, steps taken off, all steps


def shortest(steps: Iterable[Step], start: int, end: int) -> tuple[Signed, ...]:
    """Return the steps from ``start`` to ``end``: exact ones first, then few; none where none lead.

    Contradicted values and sums that lack a county are no steps: what is built on them is worse
    than nothing.
    """
    usable = [
        s
        for s in steps
        if s.value.obs_value is not None and not s.value.conflict and whole(s.value)
    ]
    tiles = _tiles(usable, start, end)
    if tiles:
        return tiles
    ways: dict[int, list[tuple[int, Signed]]] = defaultdict(list)
    for step in usable:
        ways[step.start].append((step.end, (1, step)))
        if step.value.qualifier == "exact":
            ways[step.end].append((step.start, (-1, step)))
    return _cheapest(ways, start, end)


def _tiles(steps: Iterable[Step], start: int, end: int) -> tuple[Signed, ...]:
    """Return exact steps that follow each other, always the longest: the usual case, and cheap."""
    longest: dict[int, Step] = {}
    for step in steps:
        other = longest.get(step.start)
        if (
            step.value.qualifier == "exact"
            and step.end <= end
            and (other is None or step.end > other.end)
        ):
            longest[step.start] = step
    walked: list[Signed] = []
    while start < end and start in longest:
        walked.append((1, longest[start]))
        start = longest[start].end
    return tuple(walked) if start == end else ()


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
