"""Small counts: which figures of one file must be withheld so that nobody is recognised.

A count of one or two persons is withheld; so is whatever it could be worked out from: the next
smallest of its line where the total stands beside it, June's where 1—5月 and 1—6月 do. Figures are
sums over sets of (smallest area, part, month); a count is given away when its set is a linear
combination of the sets that are shown. That also finds counts which nobody wrote: a city's total
beside six of its seven counties tells the seventh.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from dashboard.queries.disclosure import Count, Structure

    Sets = Sequence[frozenset[str]]
    Axes = tuple[Sets, Sets, Sets]  # areas, parts, months
    Classes = Sequence[tuple[int, ...]]
    Matrix = NDArray[np.float64]

# Several threads at matrices of a hundred rows wait busily for each other: on a machine with more
# to do a list of 12,000 figures took two minutes, and takes a fifth of a second alone.
threadpool_limits(limits=1, user_api="blas")

FEWEST = 3  # a count of persons below this is withheld; 0 names nobody and is shown
CLOSE = 1e-6
MOST_SHOWN = 600  # beyond this many figures of one indicator and year only the smallest sets stay
LONGEST = 12  # neighbouring spans of months that are looked at as one


def small(count: float) -> bool:
    """Whether a count is of one or two persons."""
    return CLOSE < abs(count) < FEWEST - CLOSE


def withheld(counts: Sequence[Count], structure: Structure, told: Collection[int] = ()) -> set[int]:
    """Return the positions of the counts that a file must not show.

    ``told`` are those that stand in it for good, as what people edited in a refreshed deck: what
    they would give away is withheld from the others.
    """
    hidden: set[int] = set()
    for together in _groups(counts):
        group = [counts[n] for n in together]
        for_good = {n for n, at in enumerate(together) if at in told}
        hidden |= {together[n] for n in _withheld(group, structure, for_good)}
    return hidden


def withheld_rows(rows: Sequence[Sequence[Count]], structure: Structure) -> set[int]:
    """Return which rows of a list must not show their figures; each tells some counts or none."""
    owners = [n for n, counts in enumerate(rows) for _ in counts]
    hidden = withheld([count for counts in rows for count in counts], structure)
    return {owners[n] for n in hidden}


def _groups(counts: Sequence[Count]) -> list[list[int]]:
    """Split positions into those that may add up: one indicator, months that touch."""
    by_indicator: dict[str, list[int]] = defaultdict(list)
    for n, count in enumerate(counts):
        by_indicator[count.indicator].append(n)
    groups = []
    for positions in by_indicator.values():
        positions.sort(key=lambda n: (counts[n].first, counts[n].last))
        group, until = [positions[0]], counts[positions[0]].last
        for n in positions[1:]:
            if counts[n].first > until:
                groups.append(group)
                group = []
            group.append(n)
            until = max(until, counts[n].last)
        groups.append(group)
    return groups


def _withheld(counts: Sequence[Count], structure: Structure, told: Collection[int]) -> set[int]:
    """Withhold small counts, then, as long as one can be worked out, what it is worked out from."""
    values = np.array([c.persons for c in counts])
    axes = _axes(counts, structure)
    hidden = {n for n, c in enumerate(counts) if small(c.persons) and n not in told}
    if len(counts) > MOST_SHOWN:
        larger = {n for n, size in enumerate(_sizes(axes)) if size > 1 and n not in told}
        return hidden | larger if hidden or _within_a_line(counts, structure) else hidden
    forms = _forms(axes)
    if forms.sum() == len(counts) == np.count_nonzero(forms.sum(axis=0)):
        return hidden  # each stands for itself
    targets = _natural(axes)
    while True:
        shown = [n for n in range(len(counts)) if n not in hidden]
        sums = _sums_of_ones(forms, values, hidden)
        given_away = _given_away(forms[shown], values[shown], targets, sums)
        choices = [[shown[n] for n in among if shown[n] not in told] for among in given_away]
        if not any(choices):
            return hidden
        for among in filter(None, choices):
            hidden.add(min(among, key=lambda n: (values[n] == 0, values[n])))


def _within_a_line(counts: Sequence[Count], structure: Structure) -> bool:
    """Whether figures of one area, or of one span of months, alone give a small count away.

    That is how most are: January to May beside January to June, a city beside its counties. More
    than a moment would be needed to look at all figures of a long list at once.
    """
    lines: dict[tuple[object, ...], list[Count]] = defaultdict(list)
    for count in counts:
        lines[count.ref_area, count.breakdown].append(count)
        lines[count.first, count.last, count.breakdown].append(count)
    return any(len(of) <= MOST_SHOWN and _withheld(of, structure, ()) for of in lines.values())


def _given_away(
    forms: Matrix, values: Matrix, targets: Matrix, sums: Matrix
) -> list[NDArray[np.intp]]:
    """Return, for each small count that can be worked out, from which of the figures shown."""
    if not len(forms):
        return []
    told = targets @ _cells(forms, values)
    few = targets[(np.abs(told) > CLOSE) & (np.abs(told) < FEWEST - CLOSE)]
    wanted = np.vstack([few, sums])
    if not len(wanted):
        return []
    weights = np.linalg.lstsq(forms.T, wanted.T, rcond=None)[0]
    solved = np.abs(forms.T @ weights - wanted.T).max(axis=0) < CLOSE
    return [np.flatnonzero(np.abs(weights[:, n]) > CLOSE) for n in np.flatnonzero(solved)]


def _cells(forms: Matrix, values: Matrix) -> Matrix:
    """Return what lies in each column as the figures tell it, their contradictions spread evenly.

    A sum of columns that the figures give away is that of these, whichever way it is worked out: so
    only small ones need be looked at. Where every column is told, and most files tell all, the
    normal equations say what the search for the smallest of many solutions would say.
    """
    square = forms.T @ forms
    try:
        told = np.linalg.cholesky(square).diagonal().min() > CLOSE
    except np.linalg.LinAlgError:
        told = False
    if told:
        return np.asarray(np.linalg.solve(square, forms.T @ values), dtype=float)
    return np.asarray(np.linalg.lstsq(forms, values, rcond=None)[0], dtype=float)


def _sums_of_ones(forms: Matrix, values: Matrix, hidden: Collection[int]) -> Matrix:
    """Return the sums of two and more hidden ones under one figure: who knows it knows each.

    Noughts are shown, so what is hidden is one at least: two hidden that make two are ones.
    """
    ones = [n for n in hidden if abs(values[n] - 1) < CLOSE]
    found = []
    for form in forms:
        inside = [forms[n] for n in ones if (forms[n] <= form).all()]
        total = np.sum(inside, axis=0) if len(inside) > 1 else None
        if total is not None and total.max() <= 1:
            found.append(total)
    return np.array(found).reshape(-1, forms.shape[1])


# Each axis holds the set that every count covers on it; all sets are cut into the classes of what
# is in the same ones, so that a sum over seven counties beside one of them needs two columns.


def _axes(counts: Sequence[Count], structure: Structure) -> Axes:
    areas = [frozenset(c.areas or structure.leaves.get(c.ref_area, (c.ref_area,))) for c in counts]
    months = [
        frozenset(f"{month:05}" for month in ((c.last,) if c.stock else range(c.first, c.last + 1)))
        for c in counts
    ]
    return areas, _parts([c.breakdown for c in counts], structure), months


def _parts(breakdowns: Sequence[str], structure: Structure) -> Sets:
    """Return the smallest parts that each breakdown covers, over the dimensions that occur.

    Where parts are not exhaustive they leave a rest, which is a part without a name.
    """
    named = [dict(_named(breakdown)) for breakdown in breakdowns]
    dimensions = sorted({dimension for names in named for dimension in names})
    used = {part: dimension for names in named for dimension, part in names.items()}
    known = {part: (dimension, parent, ex) for dimension, part, parent, ex in structure.parts}
    below: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for part in {**used, **known}:
        dimension, parent, exhaustive = known.get(part, (used.get(part, ""), None, False))
        if part in used or exhaustive:
            below[parent if parent in used else dimension].append((part, exhaustive))

    def smallest(name: str) -> set[str]:
        inside = below.get(name, [])
        whole = bool(inside) and all(exhaustive for _, exhaustive in inside)
        rest = set() if whole else {f"{name}*"}
        return rest.union(*(smallest(part) for part, _ in inside))

    return [
        frozenset(
            "/".join(parts)
            for parts in product(*(sorted(smallest(names.get(d, d))) for d in dimensions))
        )
        for names in named
    ]


def _named(breakdown: str) -> Iterable[tuple[str, str]]:
    """Yield dimension and part of festival:春节;recipient:部队; nothing of the total."""
    for part in breakdown.split(";"):
        if ":" in part:
            yield part.partition(":")[0], part


def _forms(axes: Axes) -> Matrix:
    """Return a row a count: 1 for each (area, part, month) that it covers."""
    areas, parts, months = (_rows(*_classes(sets)) for sets in axes)
    forms: Matrix = np.einsum("ia,ip,im->iapm", areas, parts, months)
    return forms.reshape(len(areas), -1)


def _sizes(axes: Axes) -> Matrix:
    """Return of how many (area, part, month) each count is the sum; without the rows of all."""
    areas, parts, months = (_rows(*_classes(sets)).sum(axis=1) for sets in axes)
    found: Matrix = areas * parts * months
    return found


def _natural(axes: Axes) -> Matrix:
    """Return what a reader would look for: every set, class and run of months, crossed."""
    areas, parts, months = (_wanted(*_classes(sets), runs=sets is axes[-1]) for sets in axes)
    crossed: Matrix = np.einsum("ia,jp,km->ijkapm", areas, parts, months)
    return crossed.reshape(len(areas) * len(parts) * len(months), -1)


def _wanted(classes: Classes, n: int, *, runs: bool) -> Matrix:
    found = {*classes, *((one,) for one in range(n))}
    if runs:
        ends = ((a, b) for a in range(n) for b in range(a + 2, min(n, a + LONGEST) + 1))
        found |= {tuple(range(a, b)) for a, b in ends}
    return _rows(sorted(found), n)


def _classes(sets: Sets) -> tuple[Classes, int]:
    """Return which classes each set consists of, in order, and how many there are."""
    within: dict[str, list[int]] = defaultdict(list)
    for n, members in enumerate(dict.fromkeys(sets)):
        for member in members:
            within[member].append(n)
    seen: dict[tuple[int, ...], int] = {}
    of = {m: seen.setdefault(tuple(within[m]), len(seen)) for m in sorted(within)}
    return [tuple(sorted({of[member] for member in s})) for s in sets], len(seen)


def _rows(classes: Classes, n: int) -> Matrix:
    rows = np.zeros((len(classes), n))
    for row, of in zip(rows, classes, strict=True):
        row[list(of)] = 1
    return rows
