"""Finds contradictions: closed loops of reports whose signed sum exceeds their rounding."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from etl.series.plan import EXACT, Edge, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

Loop = tuple[tuple[int, int], ...]  # (position, +1 or −1), ordered by position
Floats = npt.NDArray[np.float64]

MOST = 500  # loops of one shape that are looked at one by one; more are searched by relaxation
NOISE = 1e-12  # of the largest value: what adding doubles may lose


class Contradiction(NamedTuple):
    """A loop that does not close, by how much, and which of all edges are in doubt."""

    loop: Loop
    residual: float
    tolerance: float
    suspects: frozenset[int]


@cache
def basis(shape: Shape) -> tuple[Loop, ...]:
    """One loop for each edge beyond a spanning forest; its last pair is that edge."""
    edges = _checked(shape)
    tree: dict[int, dict[int, tuple[int, int]]] = {}
    loops = []
    for position, edge in edges:
        back = _walk(tree, edge.end, edge.start)
        if back is None:
            tree.setdefault(edge.start, {})[edge.end] = (position, 1)
            tree.setdefault(edge.end, {})[edge.start] = (position, -1)
        elif shape.kind != "rate" or len(back) == 1:  # rates of parts do not add up
            loops.append((*back, (position, 1)))
    return tuple(loops)


def _checked(shape: Shape) -> list[tuple[int, Edge]]:
    return [pair for pair in enumerate(shape.edges) if pair[1].flags == EXACT]


def _walk(tree: dict[int, dict[int, tuple[int, int]]], start: int, end: int) -> Loop | None:
    """The way through a forest, or None where there is none."""
    before: dict[int, tuple[int, tuple[int, int]]] = {start: (start, (-1, 0))}
    todo = [start]
    while todo and end not in before:
        node = todo.pop()
        for onward, way in tree.get(node, {}).items():
            if onward not in before:
                before[onward] = (node, way)
                todo.append(onward)
    if end not in before:
        return None
    ways = []
    while end != start:
        end, way = before[end]
        ways.append(way)
    return tuple(ways)


@cache
def every(shape: Shape) -> tuple[Loop, ...] | None:
    """All simple loops of a shape's exact edges, or None where they are too many."""
    if shape.kind == "rate":
        return basis(shape)
    edges = _checked(shape)
    roads: dict[int, list[tuple[int, int, int]]] = {}
    for position, edge in edges:
        roads.setdefault(edge.start, []).append((position, edge.end, 1))
        roads.setdefault(edge.end, []).append((position, edge.start, -1))
    loops: list[Loop] = []
    steps = 0
    for first, edge in edges:  # the loop's lowest position, walked forwards
        for loop in _returns(roads, first, edge):
            steps += 1
            if loop is not None:
                loops.append(tuple(sorted(loop)))
            if len(loops) > MOST or steps > 100 * MOST:
                return None
    return tuple(loops)


def _returns(
    roads: dict[int, list[tuple[int, int, int]]], first: int, edge: Edge
) -> Iterator[list[tuple[int, int]] | None]:
    """Every way back from an edge's end to its start over later edges; None is a step."""
    stack = [(edge.end, frozenset({edge.end}), [(first, 1)])]
    while stack:
        node, seen, ways = stack.pop()
        yield None
        for position, onward, sign in roads[node]:
            if position > first and onward == edge.start:
                yield [*ways, (position, sign)]
            elif position > first and onward not in seen:
                stack.append((onward, seen | {onward}, [*ways, (position, sign)]))


def contradictions(shape: Shape, values: Floats, halves: Floats) -> dict[int, Contradiction]:
    """The contradictory rows of a shape's values (rows × edges), by row.

    ``halves`` are half a unit of each report's last printed digit. A row is contradictory exactly
    when no assignment of values to the month boundaries fits every report within its half unit.
    """
    loops = every(shape)
    if loops is None:
        found = ((row, _search(shape, values[row], halves[row])) for row in range(len(values)))
        return {row: wrong for row, wrong in found if wrong}
    if not loops:
        return {}
    signs = _matrix(loops, len(shape.edges))
    excess = np.abs(values @ signs.T) - halves @ np.abs(signs).T - _noise(values)[:, None]
    return {
        int(row): _judge(loops, excess[row], values[row], halves[row])
        for row in np.flatnonzero((excess > 0).any(axis=1))
    }


def _matrix(loops: tuple[Loop, ...], width: int) -> Floats:
    signs = np.zeros((len(loops), width))
    for row, loop in enumerate(loops):
        for position, sign in loop:
            signs[row, position] = sign
    return signs


def _noise(values: Floats) -> Floats:
    return np.asarray(1e-9 + NOISE * np.abs(values).max(axis=1))


def _judge(
    loops: tuple[Loop, ...], excess: Floats, values: Floats, halves: Floats
) -> Contradiction:
    """Names the shortest loop that fails, and the edges that only failing loops share."""
    bad = [loop for loop, over in zip(loops, excess, strict=True) if over > 0]
    good = [loop for loop, over in zip(loops, excess, strict=True) if over <= 0]
    loop = min(bad, key=lambda loop: (len(loop), loop))
    trusted = {position for loop in good for position, _ in loop}
    edges = [{position for position, _ in loop} for loop in bad]
    everywhere, anywhere = set.intersection(*edges), set.union(*edges)
    suspects = (everywhere - trusted) or (anywhere - trusted) or anywhere
    residual = sum(sign * values[position] for position, sign in loop)
    tolerance = sum(halves[position] for position, _ in loop)
    return Contradiction(loop, float(residual), float(tolerance), frozenset(suspects))


def _search(shape: Shape, values: Floats, halves: Floats) -> Contradiction | None:
    """The same where loops are too many to list: relaxes the bounds until a loop must fail."""
    loop = _negative(_checked(shape), values, halves + _noise(values[None, :])[0] / len(values))
    if loop is None:
        return None
    loops = (loop, *(other for other in basis(shape) if dict(other) != dict(loop)))
    signs = _matrix(loops, len(values))
    excess = np.abs(signs @ values) - np.abs(signs) @ halves - _noise(values[None, :])[0]
    excess[0] = max(excess[0], 1.0)
    return _judge(loops, excess, values, halves)


def _negative(edges: list[tuple[int, Edge]], values: Floats, halves: Floats) -> Loop | None:
    """A loop of negative length among the bounds (Bellman and Ford): value ± half of each edge."""
    bounds = [
        bound
        for position, edge in edges
        for bound in (
            (edge.start, edge.end, values[position] + halves[position], position, 1),
            (edge.end, edge.start, halves[position] - values[position], position, -1),
        )
    ]
    reach = {node: 0.0 for bound in bounds for node in bound[:2]}
    before: dict[int, tuple[int, int, int]] = {}
    changed = None
    for _ in range(len(reach) + 1):
        changed = None
        for start, end, length, position, sign in bounds:
            if reach[start] + length < reach[end] - 1e-12 * max(1.0, abs(reach[end])):
                reach[end] = reach[start] + length
                before[end] = (start, position, sign)
                changed = end
        if changed is None:
            return None
    return _unwind(before, changed, len(reach))


def _unwind(before: dict[int, tuple[int, int, int]], node: int | None, steps: int) -> Loop:
    """Steps back into the loop, then once around it."""
    assert node is not None  # noqa: S101 — the caller saw a change in the last round
    for _ in range(steps):
        node = before[node][0]
    loop, first = [], node
    while True:
        node, position, sign = before[node]
        loop.append((position, sign))
        if node == first:
            return tuple(sorted(loop))
