"""What a build works on: topics (one indicator of one breakdown), their parts and their batches.

Observations are turned into series a batch of whole indicators at a time, so that ten million of
them need no more memory than one batch does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from etl.series.plan import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

    from etl.catalogue import Catalogue

# Observations of a batch. Each takes half a second more, and touches memory that it need not: one
# batch of 1.6 million takes 0.3 GB more than two.
BATCH, HALVED = 2_000_000, 1_000_000
TOTAL = "_T"

Subject = tuple[str, str]  # dataset, indicator
Name = tuple[str, str, str]  # dataset, indicator, breakdown

TOPIC = pa.schema(
    [
        *(("topic", pa.int32()), ("subject", pa.int32()), ("dataset", pa.string())),
        *(("indicator", pa.string()), ("breakdown", pa.string()), ("kind", pa.string())),
        ("kind_no", pa.int32()),
        *(("sums", pa.bool_()), ("reachable", pa.bool_()), ("batch", pa.int32())),
        ("place", pa.int32()),
    ]
)
PART_OF = pa.schema(
    [
        *(("whole", pa.int32()), ("part", pa.int32()), ("dimension", pa.string())),
        *(("n_parts", pa.int32()), ("step", pa.int32())),
    ]
)
RATIO = pa.schema(
    [
        *(("topic", pa.int32()), ("numerator", pa.int32()), ("denominator", pa.int32())),
        ("factor", pa.float64()),
    ]
)


class Observed(NamedTuple):
    """A topic's reports in force: how many, and between which numbers they stand."""

    reports: int
    single_days: bool  # each of them is of one day
    first: int
    last: int


class Part(NamedTuple):
    """That a breakdown helps to make up another; what is made up in step 0 may be a part in 1."""

    whole: int
    part: int
    dimension: str
    n_parts: int
    step: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole indicators of at most about ``BATCH`` observations."""

    number: int
    rates: bool
    subjects: list[Subject]
    observed: list[Observed]

    def span(self) -> tuple[int, int]:
        """The first and the last number of its observations: other blocks need not be read."""
        return (
            min((one.first for one in self.observed), default=0),
            max((one.last for one in self.observed), default=0),
        )


@dataclass(frozen=True, slots=True)
class Topics:
    """The tables topic, part_of and ratio; the batches in the order in which to build them."""

    topic: pa.Table
    part_of: pa.Table
    ratio: pa.Table
    batches: list[Batch]
    steps: int
    reports: int  # in force


def topics(con: DuckDBPyConnection, catalogue: Catalogue) -> Topics:
    """Every topic that was reported or may follow from those that were."""
    observed = _observed(con)
    names = set(observed)
    for dataset, indicator, breakdown in observed:
        wholes = _wholes(indicator, breakdown, catalogue)
        names |= {(dataset, indicator, whole) for whole in (*wholes, TOTAL)}
    names |= set(_rates(names, catalogue))
    numbers = {name: number for number, name in enumerate(sorted(names))}
    batches = _batches(numbers, observed, catalogue)
    parts = _parts(numbers, catalogue)
    return Topics(
        topic=_topic(numbers, observed, batches, {part.whole for part in parts}, catalogue),
        part_of=pa.Table.from_pylist([part._asdict() for part in parts], PART_OF),
        ratio=_ratio(numbers, catalogue),
        batches=batches,
        steps=max((part.step + 1 for part in parts), default=0),
        reports=sum(one.reports for one in observed.values()),
    )


def _observed(con: DuckDBPyConnection) -> dict[Name, Observed]:
    rows = con.execute(
        """select dataset, indicator, breakdown, count(*), bool_and(period_start = period_end),
                  min(observation_id), max(observation_id)
           from observation where in_force group by all"""
    ).fetchall()
    return {(row[0], row[1], row[2]): Observed(*row[3:]) for row in rows}


# ── parts of a whole ────────────────────────────────────────────────────────────────────────────


def _exhaustive(indicator: str, catalogue: Catalogue) -> dict[tuple[str, str], list[str]]:
    """(dimension, whole) → the breakdowns that together make up that whole."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (dimension, code), row in catalogue.breakdowns.items():
        if row.exhaustive and (not row.indicators or indicator in row.indicators):
            whole = f"{dimension}:{row.parent}" if row.parent else TOTAL
            found[dimension, whole].append(f"{dimension}:{code}")
    return found


def _wholes(indicator: str, breakdown: str, catalogue: Catalogue) -> list[str]:
    """The wholes that a breakdown is an exhaustive part of, from its parent up to the total."""
    parents = {
        part: whole
        for (_, whole), parts in _exhaustive(indicator, catalogue).items()
        for part in parts
    }
    wholes = []
    while breakdown in parents:
        breakdown = parents[breakdown]
        wholes.append(breakdown)
    return wholes


def _parts(numbers: dict[Name, int], catalogue: Catalogue) -> list[Part]:
    found = []
    for dataset, indicator in sorted({name[:2] for name in numbers}):
        exhaustive = _exhaustive(indicator, catalogue)
        for (dimension, whole), parts in exhaustive.items():
            names = [(dataset, indicator, part) for part in parts]
            if (dataset, indicator, whole) in numbers and all(name in numbers for name in names):
                found += [
                    Part(
                        numbers[dataset, indicator, whole],
                        numbers[name],
                        dimension,
                        len(parts),
                        _step(dimension, whole, exhaustive),
                    )
                    for name in names
                ]
    return found


def _step(dimension: str, whole: str, exhaustive: dict[tuple[str, str], list[str]]) -> int:
    """How many sums must precede: 0 where no part is itself made up of parts."""
    below = [part for part in exhaustive[dimension, whole] if (dimension, part) in exhaustive]
    return max((1 + _step(dimension, part, exhaustive) for part in below), default=0)


# ── rates ───────────────────────────────────────────────────────────────────────────────────────


def _rates(names: set[Name], catalogue: Catalogue) -> Iterator[Name]:
    """The rates whose numerator and denominator both have series of a breakdown."""
    for rate in catalogue.indicators.values():
        for dataset, indicator, breakdown in names:
            if indicator == rate.numerator and (dataset, rate.denominator, breakdown) in names:
                yield dataset, rate.indicator, breakdown


def _ratio(numbers: dict[Name, int], catalogue: Catalogue) -> pa.Table:
    rows = []
    for (dataset, indicator, breakdown), number in numbers.items():
        rate = catalogue.indicators[indicator]
        above = numbers.get((dataset, rate.numerator or "", breakdown))
        below = numbers.get((dataset, rate.denominator or "", breakdown))
        if above is not None and below is not None:
            factor = 100.0 if rate.unit_measure == "percent" else 1.0
            rows.append(dict(zip(RATIO.names, (number, above, below, factor), strict=True)))
    return pa.Table.from_pylist(rows, RATIO)


# ── batches ─────────────────────────────────────────────────────────────────────────────────────


def _batches(
    numbers: dict[Name, int], observed: dict[Name, Observed], catalogue: Catalogue
) -> list[Batch]:
    """Neighbouring subjects in equal shares; rates last, since they need others."""
    own: dict[Subject, list[Observed]] = defaultdict(list)
    for name in numbers:
        own[name[:2]] += [observed[name]] if name in observed else []
    batches: list[Batch] = []
    for rates in (False, True):
        subjects = [s for s in sorted(own) if (catalogue.indicators[s[1]].kind == "rate") == rates]
        sizes = [sum(one.reports for one in own[subject]) for subject in subjects]
        total = sum(sizes) + 1
        number = max(math.ceil(total / BATCH), 2 if total > HALVED else 1)
        share = [at * number // total for at in accumulate(sizes, initial=0)]
        for _, group in groupby(zip(share, subjects, strict=False), itemgetter(0)):
            chosen = [subject for _, subject in group]
            observed_there = [one for subject in chosen for one in own[subject]]
            batches.append(Batch(len(batches), rates, chosen, observed_there))
    return batches


def _topic(
    numbers: dict[Name, int],
    observed: dict[Name, Observed],
    batches: list[Batch],
    made: set[int],
    catalogue: Catalogue,
) -> pa.Table:
    """One row a topic, its ``place`` among those of its subject.

    ``reachable``: it was reported somewhere, or its parts may make it up.
    """
    batch_of = {subject: batch.number for batch in batches for subject in batch.subjects}
    subjects = {subject: number for number, subject in enumerate(sorted(batch_of))}
    rows = []
    first: dict[Subject, int] = {}
    for name, number in numbers.items():
        indicator = catalogue.indicators[name[1]]
        place = number - first.setdefault(name[:2], number)
        reports = observed.get(name)
        # A rate whose every report is of one day is read like a stock: the last one counts.
        daily = reports is not None and reports.single_days
        kind = "stock" if indicator.kind == "rate" and daily else indicator.kind
        sums = indicator.area_aggregation == "sum" and kind != "rate"
        reachable = reports is not None or number in made
        kinds = (kind, KINDS.index(kind))
        row = (
            number,
            subjects[name[:2]],
            *name,
            *kinds,
            sums,
            reachable,
            batch_of[name[:2]],
            place,
        )
        rows.append(dict(zip(TOPIC.names, row, strict=True)))
    return pa.Table.from_pylist(rows, TOPIC)
