"""The page 材料 and what it is made of: slides in order, renamed, drawn as they will be written."""

import re
from xml.etree import ElementTree as ET

import pytest

from dashboard import exports
from dashboard.decks import Asked, Choice, arranged, compose, of_views, read_recipe
from dashboard.decks.arrange import shifted, with_back
from dashboard.exports.preview import SIZES, slide_to_svg
from dashboard.locale import words
from dashboard.queries.ask import Asking
from tests.dashboard.office import ROOT

D = "demonstration"
FOLDERS = (ROOT / "data" / "catalogue",)
S = "{http://www.w3.org/2000/svg}"
VIEWS = (
    Asked("ranking", (("indicator", "condolence_fund"), ("period", "2024-Q3"))),
    Asked("trend", (("indicators", "condolence_fund"), ("areas", "620702,620721"))),
)


@pytest.fixture(scope="module")
def deck(con):
    made = compose(Asking(con), of_views(VIEWS), Choice(D, "620700", "2024-Q3"), FOLDERS)
    return exports.release_deck(Asking(con), made, words("zh"))


def keys(deck):
    return [slide.key for slide in deck.slides]


def test_views_are_a_cover_and_a_slide_each_in_the_order_taken(con, deck):
    assert [slide.title for slide in deck.slides] == [
        "张掖市双拥工作情况", "2024年三季度慰问金发放额：甘州居首", "慰问金发放额（2个地区）",
    ]  # fmt: skip
    one = compose(Asking(con), of_views(VIEWS[1:]), Choice(D, "620700", "2024-Q3"), FOLDERS)
    assert keys(one)[1] == keys(deck)[2]  # a slide keeps its key when others go


def test_slides_in_another_order_without_one_and_renamed(deck):
    cover, ranking, trend = keys(deck)
    other = arranged(deck, [trend, "nowhere", cover, trend], {trend: "我的标题", ranking: "x"})
    assert [(s.key, s.title, s.edited) for s in other.slides] == [
        (trend, "我的标题", True), (cover, "张掖市双拥工作情况", False),
    ]  # fmt: skip
    assert arranged(deck, [], {}) == deck
    assert isinstance(other, exports.ReleasedDeck)


@pytest.mark.parametrize(
    ("key", "by", "result"), [("b", 1, "acb"), ("b", -1, "bac"), ("a", -1, "abc"), ("c", 1, "abc")]
)
def test_a_slide_goes_one_place_on_or_back(key, by, result):
    assert shifted(list("abc"), key, by) == list(result)


@pytest.mark.parametrize(
    ("left", "key", "result"), [("ac", "b", "abc"), ("bc", "a", "abc"), ("cba", "d", "cdba")]
)
def test_a_slide_comes_back_behind_those_that_were_before_it(left, key, result):
    assert with_back(list(left), key, list("abcd")) == list(result)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_says_what_the_slide_says_and_nothing_leaves_it(con, size, language):
    choice = Choice(D, "620700", "2024-Q3", language)
    made = compose(Asking(con), read_recipe("quarterly", FOLDERS), choice, FOLDERS)
    deck = exports.release_deck(Asking(con), made, words(language))
    for n, slide in enumerate(deck.slides):
        picture = ET.fromstring(slide_to_svg(deck, n, size))
        told = [e.text or "" for e in picture.iter(f"{S}text")]
        said = "".join(told)
        origin = (slide.charts[0] if slide.charts else deck).provenance
        for part in (origin.badge, origin.footer, f"{n + 1} / {len(deck.slides)}"):
            assert part in told
        assert re.sub(r"\W", "", slide.title)[:20] in re.sub(r"\W", "", said)
        for e in picture.iter(f"{S}text"):
            assert 0 <= float(e.get("x")) <= SIZES[size][0]
            assert 0 <= float(e.get("y")) <= SIZES[size][1]
