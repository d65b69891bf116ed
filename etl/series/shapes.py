"""The shapes of a build: solved once each, applied to every segment that has them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from etl.periods import FREQUENCIES, MONTHS
from etl.series.loops import Contradiction, Floats, basis, contradictions
from etl.series.plan import EMPTY, KINDS, Edge, Path, Row, Shape, exact_way, solve
from etl.tables import insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
    from duckdb import DuckDBPyConnection

UNSOLVED = """
select distinct head, codes from segment_of anti join shape using (head, codes) order by all
"""
# Loops that do not close at once; whether they contradict, only their tolerances say.
OPEN = """
select segment_id, shape_id, vals, halves
from (select s.segment_id, h.shape_id, s.vals, s.halves
      from segment_of s join shape h using (head, codes)
      where h.shape_id in (select shape_id from loop)) s
where exists (select 1 from loop l where l.shape_id = s.shape_id
              and abs(list_inner_product(s.vals, l.signs)) > s.halves[l.closing])
order by shape_id, segment_id
"""
# Bounds that exact reports leave: at least 1100 beside an exact 900.
BEYOND = """
select s.segment_id, b.position - 1, b.signs, list_inner_product(s.vals, b.signs) as exact_value
from (select s.*, h.shape_id from segment_of s join shape h using (head, codes)
      where s.inexact) s
join bound b using (shape_id)
where exact_value + list_inner_product(s.halves, list_transform(b.signs, x -> abs(x))) + 1e-9
          < s.lows[b.position]
   or exact_value - list_inner_product(s.halves, list_transform(b.signs, x -> abs(x))) - 1e-9
          > s.highs[b.position]
order by all
"""
# Reports of months that no value of their shape rests on.
UNSEEN = """
select s.segment_id, u.position
from segment_of s join shape h using (head, codes) join unseen u using (shape_id)
order by all
"""


class Beyond(NamedTuple):
    """An inexact report, by its position in a segment, and what exact ones say instead."""

    segment: int
    position: int
    signs: list[float]
    value: float


class Shapes:
    """The tables shape, solved, loop, bound, unseen and variant, filled as shapes appear."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        self._con = con
        self._numbers: dict[Shape, int] = {}
        self._plans = 0

    def solve(self) -> None:
        """Make plans for the shapes of this batch that no earlier one had."""
        new = {_shape(*key): key for key in self._con.execute(UNSOLVED).fetchall()}
        self._number(new)
        insert(self._con, "shape", [(self._numbers[shape], *key) for shape, key in new.items()])
        insert(self._con, "loop", [row for shape in new for row in self._loops(shape)])
        insert(self._con, "bound", [row for shape in new for row in self._bounds(shape)])
        insert(self._con, "unseen", [row for shape in new for row in self._unseen(shape)])

    def doubt(self) -> list[tuple[int, Contradiction]]:
        """Find the contradictory segments and give them the plan of their shape with suspects."""
        found = list(self._contradictory())
        variants: dict[Shape, list[int]] = defaultdict(list)
        for shape, segment, wrong in found:
            variants[shape._replace(suspects=wrong.suspects)].append(segment)
        self._number(shape for shape in variants if shape not in self._numbers)
        self._con.execute("delete from variant")
        rows = [
            (segment, self._numbers[shape])
            for shape, segments in variants.items()
            for segment in segments
        ]
        insert(self._con, "variant", rows)
        return [(segment, wrong) for _, segment, wrong in found]

    def beyond(self) -> list[Beyond]:
        """Inexact reports that exact ones rule out."""
        return [Beyond(*row) for row in self._con.execute(BEYOND).fetchall()]

    def unseen(self) -> list[tuple[int, int]]:
        """Reports that no value rests on: their segments, and their positions there."""
        return self._con.execute(UNSEEN).fetchall()

    def _contradictory(self) -> Iterator[tuple[Shape, int, Contradiction]]:
        table = self._con.execute(OPEN).to_arrow_table()
        by_number = {number: shape for shape, number in self._numbers.items()}
        start = 0
        for number, rows in Counter(table["shape_id"].to_pylist()).items():  # in the table's order
            part, shape = table.slice(start, rows), by_number[number]
            start += rows
            segments = part["segment_id"].to_pylist()
            values, halves = (_matrix(part[name], len(shape.edges)) for name in ("vals", "halves"))
            for row, wrong in contradictions(shape, values, halves).items():
                yield shape, segments[row], wrong

    def _number(self, shapes: Iterable[Shape]) -> None:
        rows = []
        for shape in shapes:
            self._numbers[shape] = len(self._numbers) + 1
            for row in solve(shape):
                self._plans += 1
                rows.append(self._plan(shape, row))
        insert(self._con, "solved", rows)

    def _plan(self, shape: Shape, row: Row) -> tuple[object, ...]:
        ways = [way for way in (row.value, row.ytd) if way]
        reports = {way.signs[0][0] for way in ways if len(way.signs) == 1}
        conflict = row.reason == "conflict"
        silent = row.mark is not None and shape.edges[row.mark].flags > EMPTY
        return (
            self._plans,
            self._numbers[shape],
            FREQUENCIES.index(row.freq),
            row.start,
            MONTHS[row.freq],
            *_columns(row.value, shape),
            *_columns(row.ytd, shape),
            0 if row.mark is None else row.mark + 1,
            conflict or bool(reports & shape.suspects),
            bool(ways) or row.mark is not None or conflict,
            "non_numeric" if silent else row.reason,
        )

    def _loops(self, shape: Shape) -> Iterator[tuple[object, ...]]:
        for loop in basis(shape):
            yield self._numbers[shape], _signs(loop, shape), loop[-1][0] + 1

    def _bounds(self, shape: Shape) -> Iterator[tuple[object, ...]]:
        for position, edge in enumerate(shape.edges):
            if 0 < edge.flags < EMPTY and (way := exact_way(shape, edge.start, edge.end)):
                yield self._numbers[shape], position + 1, _signs(way.signs, shape)

    def _unseen(self, shape: Shape) -> Iterator[tuple[object, ...]]:
        if shape.kind == "stock":  # of a period's counts the last one is its value
            return
        ways = [way for row in solve(shape) for way in (row.value, row.ytd) if way]
        seen = {shape.edges[position][:2] for way in ways for position, _ in way.signs}
        for position, edge in enumerate(shape.edges):
            if edge[:2] not in seen and not edge.flags & EMPTY:
                yield self._numbers[shape], position


def _shape(head: int, codes: list[int]) -> Shape:
    """A shape from its numbers: kind and frequency, then an edge each (segments.py)."""
    edges = tuple(Edge(code >> 27, code >> 7 & 0xFFFFF, code & 127) for code in codes)
    return Shape(KINDS[head // 16], head % 16, edges)


def _matrix(lists: pa.ChunkedArray, width: int) -> Floats:
    flat: Floats = lists.combine_chunks().flatten().to_numpy()
    return flat.reshape(-1, width)


def _signs(pairs: tuple[tuple[int, int], ...], shape: Shape) -> list[float]:
    signs = [0.0] * len(shape.edges)
    for position, sign in pairs:
        signs[position] = float(sign)
    return signs


def _columns(way: Path | None, shape: Shape) -> tuple[object, ...]:
    """The columns of ``solved`` from its method to its flags.

    One report, or one less another, by position (from 1); longer sums by signs and sizes.
    """
    if way is None:
        return "", 0, 0, None, None, 0
    if len(way.signs) == 1:
        return "reported", way.signs[0][0] + 1, 0, None, None, way.flags
    plus, minus = ([p + 1 for p, sign in way.signs if sign == wanted] for wanted in (1, -1))
    if len(plus) == len(minus) == 1:
        return "derived", plus[0], minus[0], None, None, way.flags
    signs = _signs(way.signs, shape)
    return "derived", 0, 0, signs, [abs(sign) for sign in signs], way.flags
