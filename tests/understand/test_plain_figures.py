"""Plain numbers read at one go are what each of them is alone."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.records import OBSERVATION
from etl.understand.cell import Figure, plain_figure
from etl.understand.facts import Facts, Told, observations, plain_figures
from etl.understand.meaning import Meaning

JUNE = dt.date(2024, 6, 30)


def meaning(factor: float) -> Meaning:
    return Meaning(
        "condolence_fund", "_T", dt.date(2024, 4, 1), JUNE, "2024-Q2", False, "flow", "money",
        factor, "万元", None,
    )  # fmt: skip


NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**7), 10**7).map(float),
    st.decimals(-(10**6), 10**6, places=2, allow_nan=False).map(float),
)


@settings(deadline=None)  # the first call loads pyarrow's kernels
@given(st.lists(NUMBERS, max_size=8), st.sampled_from([1.0, 100.0, 1e4, 1e8, 0.15]))
@example([206.66, 0.1, 18549.19, 1e10, 1e15, -0.0, 0.30000000000000004, 5e-324], 1e8)
def test_many_at_once_are_each_alone(numbers: list[float], factor: float) -> None:
    means = meaning(factor)
    value, half, text, one_by_one = plain_figures(np.array(numbers), np.full(len(numbers), factor))
    for at in set(range(len(numbers))) - set(one_by_one.tolist()):
        alone = plain_figure(numbers[at], means)
        together = Figure(value[at], half[at], text[at].as_py(), "万元")
        assert together == alone


def test_facts_keep_their_own_figures_when_others_go() -> None:
    facts, more = Facts(), Facts()
    facts.add_plain(meaning(1e4), ["620702", "620721"], [1.5, 2.0], [4, 5], 1, [1, 1])
    more.add(meaning(1.0), "620722", Figure(100.0, 0.5, "近100", "元", "A", "nearly"), (6, 27), 2)
    facts.extend(more)
    facts.drop({0})
    same = {
        "dataset": "reported", "source_id": "ab", "source_file": "a.xlsx", "sheet": "一",
        "reported_on_basis": "file",
    }  # fmt: skip
    found = observations([Told(facts, same, JUNE)])
    assert found.schema == OBSERVATION
    rows = found.select(
        ["ref_area", "obs_value", "rounding", "low", "printed", "unit_printed", "qualifier",
         "cell", "approval", "sheet", "period_end"]
    ).to_pylist()  # fmt: skip
    assert [tuple(row.values()) for row in rows] == [
        ("620721", 20000.0, 5000.0, None, "2", "万元", "exact", "B6", 1, "一", JUNE),
        ("620722", 100.0, 0.5, None, "近100", "元", "nearly", "AB7", 2, "一", JUNE),
    ]
