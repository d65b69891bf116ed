"""What a deck is: slides with a finding as title, sentences and charts, and what they were asked.

A deck is made of a recipe and a choice. The same recipe with the next period makes the next deck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dashboard.charts import Chart, Point, Provenance

Layout = Literal["cover", "content", "text"]


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom and when: 620700, 2024-Q2; ``lang`` is the language of all text."""

    dataset: str
    area: str
    period: str
    lang: str = "zh"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its choices in the words of the address: from it a chart can be made again.

    ``question`` is its name in dashboard/decks/questions (trend, ranking, …); choices that are left
    out (area, period) are those of the deck. A period may be told from the deck's: ``-3``, ``0``.
    """

    question: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide, or one part of a bulletin. ``key`` is its own within the deck and names its slots.

    ``name`` says what it is about (走访慰问与资金), ``title`` what it finds
    (上半年慰问金同比增长12.3%，临泽县居首). Where one of its figures must be withheld
    only the name is left.
    ``edited`` says that a person wrote the title.
    ``asked`` says what each of its charts was made from, in their order; ``rests_on`` are the
    values that the title speaks of, ``told`` those of each line. ``coverage`` says who reported in
    the deck's period.
    """

    key: str
    layout: Layout
    name: str
    title: str
    lines: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    asked: tuple[Asked, ...] = ()
    rests_on: tuple[Point, ...] = ()
    told: tuple[tuple[Point, ...], ...] = ()
    edited: bool = False
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """A document: what it is called, of which choice, from which vintage, and its slides.

    ``issue`` is the meeting it was frozen for (2024年第2期), else nothing; ``left_out`` names the
    slides of the recipe for which there is nothing to show.
    """

    recipe: str
    choice: Choice
    title: str
    subtitle: str
    provenance: Provenance
    slides: tuple[Slide, ...]
    issue: str = ""
    left_out: tuple[str, ...] = ()
