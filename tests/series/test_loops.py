"""Contradictions against Floyd's bounds: raised exactly where no values fit all reports."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from etl.series import loops
from etl.series.loops import basis, contradictions, every
from etl.series.plan import Edge, Shape


def intervals(months):
    ends = st.tuples(st.integers(0, months), st.integers(0, months))
    return ends.filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Edge(*pair, 0))


shapes = st.lists(intervals(5), min_size=1, max_size=9).map(
    lambda edges: Shape("flow", 0, tuple(sorted(edges)))
)


def fits(shape, values, halves):
    """Whether any values of the boundaries lie within every report's half unit (by Floyd)."""
    nodes = range(6)
    bound = {(a, b): Fraction(0) if a == b else None for a in nodes for b in nodes}

    def tighten(a, b, length):
        if bound[a, b] is None or length < bound[a, b]:
            bound[a, b] = length

    for edge, value, half in zip(shape.edges, values, halves, strict=True):
        tighten(edge.start, edge.end, Fraction(value) + Fraction(half))
        tighten(edge.end, edge.start, Fraction(half) - Fraction(value))
    for k in nodes:
        for a in nodes:
            for b in nodes:
                if bound[a, k] is not None and bound[k, b] is not None:
                    tighten(a, b, bound[a, k] + bound[k, b])
    return all(bound[a, a] >= 0 for a in nodes)


def draw_values(data, shape):
    """True values with here and there an error of some units, halves of 0, 0.5 or 5."""
    truth = data.draw(st.lists(st.integers(0, 40), min_size=5, max_size=5))
    values = [sum(truth[edge.start : edge.end]) for edge in shape.edges]
    errors = arrays(float, len(values), elements=st.sampled_from([0, 0, 0, 0.5, 1, -1, -3, 6]))
    halves = arrays(float, len(values), elements=st.sampled_from([0, 0.5, 0.5, 5]))
    return np.array(values) + data.draw(errors), data.draw(halves)


def judged(shape, values, halves):
    return contradictions(shape, values[None, :], halves[None, :]).get(0)


@settings(max_examples=400, deadline=None)
@given(shapes, st.data())
def test_one_is_raised_exactly_when_nothing_fits(shape, data):
    values, halves = draw_values(data, shape)
    assert (judged(shape, values, halves) is None) == fits(shape, values, halves)


@settings(max_examples=200, deadline=None)
@given(shapes, st.data())
def test_searching_finds_what_listing_finds(shape, data):
    values, halves = draw_values(data, shape)
    found = loops._search(shape, values, halves)
    assert (found is None) == fits(shape, values, halves)
    if found:
        check(shape, found, values, halves)


@settings(max_examples=200, deadline=None)
@given(shapes, st.data())
def test_what_is_named_is_a_closed_loop_with_its_residual(shape, data):
    values, halves = draw_values(data, shape)
    if found := judged(shape, values, halves):
        check(shape, found, values, halves)


def check(shape, found, values, halves):
    months = np.zeros(5)
    for position, sign in found.loop:
        months[shape.edges[position].start : shape.edges[position].end] += sign
    assert not months.any()
    assert found.residual == sum(sign * values[position] for position, sign in found.loop)
    assert found.tolerance == sum(halves[position] for position, _ in found.loop)
    assert abs(found.residual) > found.tolerance
    assert found.suspects


@settings(max_examples=200, deadline=None)
@given(shapes, st.data())
def test_rounded_truth_never_contradicts_itself(shape, data):
    truth = np.array(data.draw(st.lists(st.floats(0, 1e6), min_size=5, max_size=5)))
    half = data.draw(st.sampled_from([0.005, 0.5, 50.0]))
    values = np.array([truth[edge.start : edge.end].sum() for edge in shape.edges])
    rounded = np.round(values / (2 * half)) * 2 * half
    assert judged(shape, rounded, np.full(len(values), half)) is None


@given(shapes)
def test_a_basis_has_one_loop_an_edge_beyond_a_forest(shape):
    nodes = {node for edge in shape.edges for node in edge[:2]}
    parts = {node: node for node in nodes}

    def root(node):
        return node if parts[node] == node else root(parts[node])

    for edge in shape.edges:
        parts[root(edge.start)] = root(edge.end)
    components = len({root(node) for node in nodes})
    assert len(basis(shape)) == len(shape.edges) - len(nodes) + components
    assert len(every(shape)) >= len(basis(shape))


def test_the_wrong_report_is_among_the_suspects_and_the_right_ones_are_not():
    """Four quarters and three reports to date, of which the first half's is wrong."""
    edges = ((0, 3), (0, 6), (0, 9), (0, 12), (3, 6), (6, 9), (9, 12))
    shape = Shape("flow", 3, tuple(Edge(*edge, 0) for edge in edges))
    values = np.array([10.0, 29, 36, 50, 12, 14, 14])
    found = judged(shape, values, np.full(7, 0.5))
    assert found.suspects == {1}


def test_rates_of_parts_do_not_add_up():
    shape = Shape("rate", 3, (Edge(0, 3, 0), Edge(0, 6, 0), Edge(3, 6, 0)))
    assert judged(shape, np.array([50.0, 52, 54]), np.full(3, 0.5)) is None


def test_many_loops_are_searched_instead_of_listed():
    edges = sorted({(a, b) for a in range(9) for b in range(a + 1, 9)})
    shape = Shape("flow", 1, tuple(Edge(a, b, 0) for a, b in edges))
    assert every(shape) is None
    values = np.array([float(b - a) for a, b in edges])
    assert judged(shape, values, np.full(len(edges), 0.1)) is None
    values[5] += 3
    assert judged(shape, values, np.full(len(edges), 0.1)).suspects >= {5}
