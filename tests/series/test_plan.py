"""Plans against rational elimination: complete, sound, shortest, nothing inexact subtracted."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.series.plan import EXACT, FLAGS, MONTHS, Edge, Shape, qualifier, solve


def intervals(months):
    ends = st.tuples(st.integers(0, months), st.integers(0, months))
    return ends.filter(lambda pair: pair[0] != pair[1]).map(lambda pair: tuple(sorted(pair)))


def shapes(months=24, most=9, qualifiers=("exact",), kind="flow"):
    flags = st.sampled_from([FLAGS[name] for name in qualifiers])
    edge = st.tuples(intervals(months), flags).map(lambda both: Edge(*both[0], both[1]))
    return st.lists(edge, max_size=most).map(lambda edges: Shape(kind, 0, tuple(sorted(edges))))


def spanned(target, edges):
    """Whether a target interval is a rational combination of intervals, by elimination."""
    width = 24
    row = [Fraction(target[0] <= month < target[1]) for month in range(width)]
    pivots = {}
    for edge in [[Fraction(e.start <= month < e.end) for month in range(width)] for e in edges]:
        reduced = reduce(edge, pivots)
        if any(reduced):
            pivots[next(i for i, x in enumerate(reduced) if x)] = reduced
    return not any(reduce(row, pivots))


def reduce(row, pivots):
    for column in range(len(row)):
        if row[column] and column in pivots:
            factor = row[column] / pivots[column][column]
            row = [x - factor * y for x, y in zip(row, pivots[column], strict=True)]
    return row


def targets():
    for freq, months in MONTHS.items():
        for start in range(0, 24, months):
            yield freq, start, (start, start + months)


@settings(max_examples=300, deadline=None)
@given(shapes())
def test_a_value_exists_exactly_where_elimination_finds_one(shape):
    rows = {(row.freq, row.start): row for row in solve(shape)}
    for freq, start, (first, last) in targets():
        row = rows.get((freq, start))
        assert bool(row and row.value) == spanned((first, last), shape.edges)
        if row:
            assert bool(row.ytd) == spanned((first - first % 12, last), shape.edges)


@settings(max_examples=300, deadline=None)
@given(shapes())
def test_a_year_to_date_that_is_known_stands_in_some_row(shape):
    known = {(row.start - row.start % 12, row.start + MONTHS[row.freq]): row.ytd
             for row in solve(shape)}  # fmt: skip
    for january in (0, 12):
        for end in range(january + 1, january + 13):
            assert bool(known.get((january, end))) == spanned((january, end), shape.edges)


@settings(max_examples=300, deadline=None)
@given(shapes(most=6))
def test_the_signed_intervals_make_up_the_period_and_no_fewer_would(shape):
    for row in solve(shape):
        if row.value:
            months = [0] * 24
            for position, sign in row.value.signs:
                for month in range(*shape.edges[position][:2]):
                    months[month] += sign
            period = range(row.start, row.start + MONTHS[row.freq])
            assert months == [int(month in period) for month in range(24)]
            for fewer in combinations(shape.edges, len(row.value.signs) - 1):
                assert not spanned((period.start, period.stop), fewer)


QUALIFIERS = ("exact", "exact", "about", "at_least", "nearly", "over", "implied")


@settings(max_examples=300, deadline=None)
@given(shapes(qualifiers=QUALIFIERS))
def test_nothing_inexact_is_subtracted_and_a_sum_is_as_weak_as_its_terms(shape):
    for row in solve(shape):
        for way in (row.value, row.ytd):
            if way:
                flags = [shape.edges[position].flags for position, _ in way.signs]
                if any(sign < 0 for _, sign in way.signs):
                    assert set(flags) == {EXACT}
                assert qualifier(way.flags) == "exact" or any(flags)
                assert (qualifier(way.flags) == "exact") == (not any(flags))


@settings(max_examples=300, deadline=None)
@given(shapes(), st.integers(0, 8))
def test_less_exact_reports_never_make_more_exact_values(shape, place):
    if place >= len(shape.edges):
        return
    edges = list(shape.edges)
    edges[place] = edges[place]._replace(flags=FLAGS["about"])
    vaguer = Shape("flow", 0, tuple(sorted(edges)))
    exact = {(row.freq, row.start) for row in solve(shape) if row.value}
    for row in solve(vaguer):
        if row.value and not row.value.flags:
            assert (row.freq, row.start) in exact


@settings(max_examples=200, deadline=None)
@given(shapes(qualifiers=QUALIFIERS), st.data())
def test_nothing_is_derived_from_what_is_in_doubt(shape, data):
    suspects = data.draw(st.frozensets(st.integers(0, max(0, len(shape.edges) - 1))))
    for row in solve(shape._replace(suspects=suspects)):
        for way in (row.value, row.ytd):
            if way and len(way.signs) > 1:
                assert not suspects & {position for position, _ in way.signs}


@given(shapes(qualifiers=QUALIFIERS, most=4))
def test_a_report_of_a_period_is_its_value(shape):
    values = {(row.start, row.start + MONTHS[row.freq]): row.value for row in solve(shape)}
    for edge in shape.edges:
        if (edge.start, edge.end) in values:
            [(position, sign)] = values[edge.start, edge.end].signs
            assert shape.edges[position][:2] == edge[:2]
            assert sign == 1


def test_the_weakest_qualifier():
    assert qualifier(FLAGS["over"] | FLAGS["nearly"]) == "about"
    assert qualifier(FLAGS["at_least"] | FLAGS["over"]) == "at_least"
    assert qualifier(FLAGS["about"] | FLAGS["implied"]) == "implied"
    assert qualifier(EXACT) == "exact"


def test_a_missing_period_says_why():
    edges = (Edge(0, 3, FLAGS["about"]), Edge(0, 6, EXACT))
    reasons = {(row.freq, row.start): row.reason for row in solve(Shape("flow", 3, edges))}
    assert reasons["Q", 3] == "inexact"
    assert reasons["Q", 6] == "not_reported"
    assert reasons["A", 0] == "not_derivable"
