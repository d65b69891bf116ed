"""Composes a deck: asks what a recipe wants to know of an area in a period, and says it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.decks.deck import Asked, Choice, Deck, Slide
from dashboard.decks.findings import find
from dashboard.decks.questions import make
from dashboard.decks.setting import CHILDREN, Wanted, settle
from dashboard.locale.periods import period_name
from dashboard.queries import overview

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dashboard.decks.recipe import Named, Page, Recipe
    from dashboard.decks.setting import Setting
    from dashboard.queries.ask import Ask
    from dashboard.queries.choices import Vintage


def compose(
    ask: Ask,
    recipe: Recipe,
    choice: Choice,
    folders: Sequence[Path] = (),
    vintage: Vintage | None = None,
    footer: str = "",
) -> Deck:
    """Make the deck of a recipe for an area and a period.

    A slide of charts for which nothing is known is left out, and the deck says which. ``vintage``
    is given where it is shown as a meeting's, ``footer`` where it is no more in force.
    """
    setting = settle(ask, choice, tuple(folders), vintage, footer)
    slides: list[Slide] = []
    left_out: list[str] = []
    for page in _pages(recipe, setting):
        slide = slide_of(setting, page)
        if slide.layout == "content" and not slide.charts and not slide.lines:
            left_out.append(slide.name)
        else:
            slides.append(slide)
    title = _said(setting, recipe.title)
    period = period_name(choice.period, setting.words)
    slides = [_cover(s, title, period) if s.layout == "cover" else s for s in slides]
    return Deck(
        recipe.recipe, choice, title, period, setting.origin(), tuple(slides),
        setting.vintage.issue, tuple(left_out),
    )  # fmt: skip


def slide_of(setting: Setting, page: Page) -> Slide:
    """Ask what a page of a recipe asks."""
    made = [(asked, make(setting, asked)) for asked in page.charts]
    drawn = [(asked, chart) for asked, chart in made if chart is not None]
    titles = find(setting, page.title) if page.title else ()
    title = next((found for found in titles if found.sentences), None)
    lines = [(sentence, found.rests_on) for line in page.lines for found in find(setting, line)
             for sentence in found.sentences]  # fmt: skip
    name = _said(setting, page.name)
    first = drawn[0][1].title if drawn and page.title is None else name
    return Slide(
        page.key,
        page.layout,
        name,
        title.sentences[0] if title else first,
        tuple(sentence for sentence, _ in lines),
        tuple(chart for _, chart in drawn),
        tuple(asked for asked, _ in drawn),
        rests_on=title.rests_on if title else (),
        told=tuple(points for _, points in lines),
        coverage=coverage(setting, page.area or setting.choice.area),
    )


def coverage(setting: Setting, area: str) -> str:
    """Say how many parts of an area reported in the deck's period; of one without parts, what."""
    asked = (setting.choice.dataset, area, setting.choice.period)
    came = setting.ask(overview.due_areas, *asked)
    if came:
        return setting.words("coverage.tile", n=sum(came.values()), of=len(came))
    n, due = setting.ask(overview.own_figures, *asked)
    return setting.words("coverage.own", n=n, of=due) if due else ""


def _pages(recipe: Recipe, setting: Setting) -> Iterator[Page]:
    """Yield the pages; one that is made for each county as often as there are any."""
    for page in recipe.pages:
        if page.each != CHILDREN:
            yield page
            continue
        for area in Wanted(setting, {}).children:
            yield _of_area(page, area, setting)


def _of_area(page: Page, area: str, setting: Setting) -> Page:
    def asked(one: Asked) -> Asked:
        return Asked(one.question, (("area", area), *one.choices))

    zh, en = (text.replace("{county}", setting.labels.area(area)) for text in page.name)
    return replace(
        page,
        key=f"{page.key}-{area}",
        name=(zh, en),
        title=asked(page.title) if page.title else None,
        lines=tuple(map(asked, page.lines)),
        charts=tuple(map(asked, page.charts)),
        each="",
        area=area,
    )


def _said(setting: Setting, named: Named) -> str:
    """Return a name in the deck's language, with the area's and the period's in it."""
    choice, say = setting.choice, setting.words
    return (
        say.pick(*named)
        .replace("{area}", setting.labels.area(choice.area))
        .replace("{period}", period_name(choice.period, say))
    )


def _cover(slide: Slide, title: str, period: str) -> Slide:
    return replace(slide, title=title, lines=(period, *slide.lines), told=((), *slide.told))
