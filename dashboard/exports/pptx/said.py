"""What a slide says around its charts: unit, period, coverage, marks, sources; figures as notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dashboard.locale import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.charts import Chart, Series
    from dashboard.decks import Deck, Slide
    from dashboard.locale import Language, Words

GAP = "　"


def subtitle(deck: Deck, slide: Slide) -> tuple[str, str]:
    """Return the badge of demonstration data, and what the slide covers.

    That is the unit and period of a chart whose title is the slide's; other charts say their own.
    Who reported stands on every slide: as the chart says it, else of the deck's period.
    """
    own = next((chart for chart in slide.charts if chart.title == slide.title), None)
    if own is None:
        parts = (deck.subtitle, slide.coverage)
    elif own.coverage or not slide.coverage:
        parts = (covered(own), "")
    else:
        say = words(cast("Language", deck.choice.lang))
        told = say("coverage.in_period", period=deck.subtitle, coverage=slide.coverage)
        parts = (covered(own), told)
    return deck.provenance.badge, GAP.join(part for part in parts if part)


def covered(chart: Chart) -> str:
    """Return a chart's unit, the periods of its points, and how many counties reported."""
    return GAP.join(part for part in (chart.unit_line, chart.period, chart.coverage) if part)


def foot(deck: Deck, slide: Slide) -> list[str]:
    """Return the marks and remarks of all charts, their sources, vintage and meeting."""
    remarks = _distinct(note for chart in slide.charts for note in chart.notes)
    sources = [_sources(deck, slide)] if slide.charts else []
    footer = (slide.charts[0] if slide.charts else deck).provenance.footer
    issue = deck.issue if deck.issue not in footer else ""
    lines = (GAP.join(remarks), GAP.join(sources or [deck.provenance.source]),
             GAP.join(part for part in (footer, issue) if part))  # fmt: skip
    return [line for line in lines if line]


def _sources(deck: Deck, slide: Slide) -> str:
    """Name the files of all charts in one sentence: 来源：甲.xlsx等9个文件；乙.xlsx（演示数据）."""
    say = words(cast("Language", deck.choice.lang))
    told = _distinct(chart.provenance.source for chart in slide.charts)
    before, after = say("source.line", files=GAP, dataset=deck.provenance.dataset).split(GAP)
    if not all(line.startswith(before) and line.endswith(after) for line in told):
        return GAP.join(told)
    files = (line.removeprefix(before).removesuffix(after) for line in told)
    return before + say("join.clauses").join(files) + after


def notes(deck: Deck, slide: Slide) -> list[str]:
    """Return every figure of a slide in words, with unit and period, and its source below."""
    lines = []
    say = words(cast("Language", deck.choice.lang))
    for chart in slide.charts:
        lines += [chart.title, *(_figures(series, say) for series in chart.series)]
        lines += [*chart.notes, chart.provenance.source]
    return [line for line in (*lines, *foot(deck, slide)[-1:]) if line] if lines else []


def _figures(series: Series, say: Words) -> str:
    """Return 甘州区：2024年一季度 12.30万元 (同比 +5.0%)；…, without what its series says."""
    told, unchanged = [], say("change.none")
    for point in series.points:
        about = dict.fromkeys((point.area, point.indicator, point.period))
        name = " ".join(part for part in about if part and part != series.name)
        change = (
            f" ({say('change.on_year')} {point.change})"
            if point.change not in ("", unchanged)
            else ""
        )
        told.append(f"{name} {point.text}{change}")
    return f"{series.name}：{'；'.join(told)}"


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
