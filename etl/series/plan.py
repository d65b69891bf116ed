"""Solves one shape: which signed sum of its reports is each month, quarter, half and year.

A flow covers an interval of months. Month boundaries are nodes, reports are edges; the value
between two boundaries is a signed sum of reports exactly where edges connect them: the third
quarter is (January to September) − (January to June). Millions of series have the same few
thousand shapes, so each is solved once and applied in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from etl.periods import MONTHS

KINDS = ("flow", "plan", "stock", "rate")  # of indicators; report.sql and shapes count them
DAYS = 31  # a stock's edge starts at month * 31 + day − 1, so that the last count sorts last

# Flags of an edge; those of a sum are the flags of its terms together.
EXACT, OVER, AT_LEAST, NEARLY, ABOUT, IMPLIED, EMPTY = 0, 1, 2, 4, 8, 16, 32
FLAGS = {
    "exact": EXACT,
    "over": OVER,
    "at_least": AT_LEAST,
    "nearly": NEARLY,
    "about": ABOUT,
    "implied": IMPLIED,
}


class Edge(NamedTuple):
    """One report: from a month boundary to a later one, counted from the shape's start."""

    start: int
    end: int
    flags: int


class Shape(NamedTuple):
    """What a series reported around a year, without the values; ``edges`` are sorted.

    ``finest`` is the length in months of the frequency at which it is expected, 0 for none.
    ``suspects`` are the edges that a contradiction leaves in doubt: nothing is derived from them.
    """

    kind: str  # flow, plan, stock, rate
    finest: int
    edges: tuple[Edge, ...]
    suspects: frozenset[int] = frozenset()


class Path(NamedTuple):
    """A signed sum of edges: position → +1 or −1; alone, it is the report itself."""

    signs: tuple[tuple[int, int], ...]
    flags: int


class Row(NamedTuple):
    """One period of a shape: how its value and its year to date come about, or why not.

    ``mark`` is the position of a report that says in a status that there is no value.
    """

    freq: str
    start: int
    value: Path | None
    ytd: Path | None
    mark: int | None
    reason: str


Find = Callable[[int, int], Path | None]
WhyNot = Callable[[int, int], str]
Tree = dict[int, tuple[int, int, int]]  # node → (node before, position, sign)


def qualifier(flags: int) -> str:
    """The weakest of several qualifiers; over or at_least beside nearly is about."""
    if flags & IMPLIED:
        return "implied"
    if flags & ABOUT or (flags & NEARLY and flags & (OVER | AT_LEAST)):
        return "about"
    return next((name for name in ("nearly", "at_least", "over") if flags & FLAGS[name]), "exact")


@cache
def solve(shape: Shape) -> tuple[Row, ...]:
    """Every period that the shape's edges reach or in which a report was expected."""
    find = {"flow": _flow, "plan": _flow, "stock": _stock, "rate": _rate}[shape.kind](shape)
    why_not = _why_not(shape)
    empty = [position for position, edge in enumerate(shape.edges) if edge.flags & EMPTY]
    rows = (_row(shape, find, why_not, empty, freq, start) for freq, start in _periods(shape))
    return tuple(row for row in rows if row is not None)


def _periods(shape: Shape) -> Iterator[tuple[str, int]]:
    scale = DAYS if shape.kind == "stock" else 1
    months = max((edge.end for edge in shape.edges), default=1)
    years = -(-months // (12 * scale))
    for freq, length in MONTHS.items():
        if shape.kind != "plan" or freq == "A":  # a year's plan is not divided
            yield from ((freq, start) for start in range(0, 12 * years, length))


def _row(
    shape: Shape, find: Find, why_not: WhyNot, empty: list[int], freq: str, start: int
) -> Row | None:
    length = MONTHS[freq]
    end, january = start + length, start - start % 12
    value = find(start, end)
    ytd = None
    if shape.kind in ("flow", "rate"):
        ytd = value if start == january else find(january, end)
    # The last report that says in a status that the period itself has no value.
    mark = max((at for at in empty if _covers(shape, at, start, end)), default=None)
    reason = "" if value else why_not(start, end)
    expected = 0 < shape.finest <= length
    alone = ytd is not None and length == _longest(end)
    if value or expected or alone or mark is not None or reason == "conflict":
        return Row(freq, start, value, ytd, mark, reason)
    return None


@cache
def _longest(end: int) -> int:
    """Where a year to date alone, as 1—7月, stands: in the longest period that ends with it."""
    return next(months for months in (12, 6, 3, 1) if end % months == 0)


def _covers(shape: Shape, position: int, start: int, end: int) -> bool:
    edge = shape.edges[position]
    if shape.kind == "stock":
        return start * DAYS <= edge.start < end * DAYS
    return (edge.start, edge.end) == (start, end)


# ── what is reported ────────────────────────────────────────────────────────────────────────────


def _rate(shape: Shape) -> Find:
    """A printed rate holds for its own interval only: it is neither added nor divided."""
    reported = _reported(shape.edges)
    return lambda start, end: reported.get((start, end))


def _stock(shape: Shape) -> Find:
    """A stock's value in a period is its last count there."""
    counts = [
        (edge.start, -position, edge.flags)
        for position, edge in enumerate(shape.edges)
        if not edge.flags & EMPTY
    ]

    def find(start: int, end: int) -> Path | None:
        found = [count for count in counts if start * DAYS <= count[0] < end * DAYS]
        if not found:
            return None
        _, position, flags = max(found)
        return Path(((-position, 1),), flags)

    return find


def _reported(edges: tuple[Edge, ...]) -> dict[tuple[int, int], Path]:
    """The report of each interval; exact before inexact, since edges are sorted by flags."""
    reported: dict[tuple[int, int], Path] = {}
    for position, edge in enumerate(edges):
        if not edge.flags & EMPTY:
            reported.setdefault((edge.start, edge.end), Path(((position, 1),), edge.flags))
    return reported


# ── what follows from it ────────────────────────────────────────────────────────────────────────


def _flow(shape: Shape) -> Find:
    """A report; else the fewest exact reports, added and subtracted; else a forward tiling."""
    reported = _reported(shape.edges)
    usable = [
        (position, edge)
        for position, edge in enumerate(shape.edges)
        if position not in shape.suspects and not edge.flags & EMPTY
    ]
    roads = _roads([pair for pair in usable if pair[1].flags == EXACT])
    inexact = any(edge.flags for _, edge in usable)
    trees: dict[int, Tree] = {}
    tilings: dict[int, Tree] = {}

    def find(start: int, end: int) -> Path | None:
        path = reported.get((start, end))
        if path is None and start in roads:
            if start not in trees:
                trees[start] = _shortest(roads, start)
            path = _path(trees[start], start, end, shape.edges)
        if path is None and inexact:
            if start not in tilings:
                tilings[start] = _tiling(usable, start)
            path = _path(tilings[start], start, end, shape.edges)
        return path

    return find


def exact_way(shape: Shape, start: int, end: int) -> Path | None:
    """What exact reports say of an interval, whether or not an inexact one states it."""
    if shape.kind not in ("flow", "plan"):
        return None
    edges = [pair for pair in enumerate(shape.edges) if pair[1].flags == EXACT]
    roads = _roads(edges)
    return _path(_shortest(roads, start), start, end, shape.edges) if start in roads else None


def _roads(edges: list[tuple[int, Edge]]) -> dict[int, list[tuple[int, int, int]]]:
    """Each node's ways out: (node, position, sign), forwards with +1 and backwards with −1."""
    roads: dict[int, list[tuple[int, int, int]]] = {}
    for position, edge in edges:
        roads.setdefault(edge.start, []).append((edge.end, position, 1))
        roads.setdefault(edge.end, []).append((edge.start, position, -1))
    return roads


def _parts(edges: list[Edge]) -> dict[int, int]:
    """Each node's part of the graph, by a number: what is in one part is connected."""
    part: dict[int, int] = {}
    for edge in edges:
        joined = part.setdefault(edge.start, edge.start)
        left = part.setdefault(edge.end, joined)
        if left != joined:
            part.update((node, joined) for node, number in part.items() if number == left)
    return part


def _shortest(roads: dict[int, list[tuple[int, int, int]]], start: int) -> Tree:
    """A tree of the fewest edges, then the fewest subtractions, then the lowest positions."""
    tree: Tree = {start: (start, -1, 0)}
    reached = [(start, 0)]  # by one edge more each time, with their subtractions
    while reached:
        best: dict[int, tuple[int, int, int, int]] = {}
        for node, less in reached:
            for onward, position, sign in roads[node]:
                way = (less + (sign < 0), node, position, sign)
                if onward not in tree and (onward not in best or way < best[onward]):
                    best[onward] = way
        tree.update((node, way[1:]) for node, way in best.items())
        reached = [(node, way[0]) for node, way in best.items()]
    return tree


def _tiling(edges: list[tuple[int, Edge]], start: int) -> Tree:
    """Forward sums of reports of any qualifier: fewest inexact ones, then fewest at all."""
    best = {start: 0}
    tree: Tree = {start: (start, -1, 0)}
    for position, edge in edges:  # sorted by start, so a node is settled before it is left
        if edge.start in best:
            cost = best[edge.start] + (1001 if edge.flags else 1)
            if cost < best.get(edge.end, cost + 1):
                best[edge.end] = cost
                tree[edge.end] = (edge.start, position, 1)
    return tree


def _path(tree: Tree, start: int, end: int, edges: tuple[Edge, ...]) -> Path | None:
    if end not in tree:
        return None
    signs, flags = [], EXACT
    while end != start:
        end, position, sign = tree[end]
        signs.append((position, sign))
        flags |= edges[position].flags
    return Path(tuple(sorted(signs)), flags)


def _why_not(shape: Shape) -> WhyNot:
    """Why a period has no value: conflict, inexact, not_derivable or not_reported."""
    edges = [edge for edge in shape.edges if not edge.flags & EMPTY]
    scale = DAYS if shape.kind == "stock" else 1
    adds_up = shape.kind in ("flow", "plan")
    undoubted = _flow(shape._replace(suspects=frozenset())) if adds_up and shape.suspects else None
    inexact = adds_up and any(edge.flags for edge in edges)
    part = _parts(edges) if inexact else {}

    def why(start: int, end: int) -> str:
        if undoubted and undoubted(start, end):
            return "conflict"
        if start in part and part[start] == part.get(end):
            return "inexact"
        touched = any(edge.start < end * scale and edge.end > start * scale for edge in edges)
        return "not_derivable" if touched else "not_reported"

    return why
