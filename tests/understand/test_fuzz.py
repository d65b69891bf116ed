"""Tables drawn from known facts come back as they were, whatever their layout."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.understand.fuzz import outcome, rates
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


@settings(SETTINGS, max_examples=100)
@given(RANDOMS)
def test_a_word_that_no_catalogue_has_gives_no_wrong_fact_and_no_silence(rnd) -> None:
    result = outcome(draw(rnd, foreign=True))
    assert not result.wrong
    assert not result.silent


def test_of_mixed_tables_97_of_a_hundred_figures_come_back() -> None:
    counted = rates(120, share=0.01)
    assert not counted["different"]
    assert not counted["lost in silence"]
    assert counted["lost"] < 0.03 * counted["facts"]
