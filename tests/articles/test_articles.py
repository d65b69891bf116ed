"""Five published articles: what people read in them, and the numbers that mean nothing of ours."""

from __future__ import annotations

import pytest

from benchmarks.prose import FOLDERS, GROUPS, PRECISION, RECALL, SHARED, compared
from etl.catalogue import load_catalogue
from etl.prose import extract
from etl.understand import Vocabulary

VOCABULARY = Vocabulary(load_catalogue(FOLDERS))
ARTICLES = [article for group in GROUPS.values() for article in group]
# From the list of numbers that must not become observations.
NO_VALUES = (
    *("96747", "2339.41", "272.86", "4A", "60周岁", "第31次", "第24次", "100周年"),
    *("1503000001", "3998316", "016000", "1622509", "九一八", "四套", "四大", "三年", "双组长"),
)


@pytest.mark.parametrize(("group", "facts"), [("developed on", 40), ("held out", 35)])
def test_precision_and_recall(group, facts):
    right = proposed = known = 0
    for article in GROUPS[group]:
        ours, theirs = compared(article, VOCABULARY)
        right += (ours & theirs).total()
        proposed, known = proposed + ours.total(), known + theirs.total()
    assert known == facts
    assert right / proposed >= PRECISION
    assert right / known >= RECALL


@pytest.mark.parametrize("article", ARTICLES)
def test_what_is_no_value_is_not_proposed(article):
    path = next((SHARED / "seeds").glob(f"{article}_*.txt"))
    printed = [proposal.printed for proposal in extract(path, FOLDERS, VOCABULARY).proposals]
    assert [text for text in printed if any(word in text for word in NO_VALUES)] == []


@pytest.mark.parametrize(("article", "area"), [("000", "620700"), ("001", "140929")])
def test_the_place_is_found(article, area):
    path = next((SHARED / "seeds").glob(f"{article}_*.txt"))
    found = extract(path, FOLDERS, VOCABULARY).proposals
    assert {proposal.ref_area for proposal in found} == {area}
