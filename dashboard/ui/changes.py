"""What the page of changes shows: the sentence, a waterfall by county, one by each dimension."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard import charts
from dashboard.locale.periods import window_name
from dashboard.locale.sentences_changes import effect_text, refusal, sentence
from dashboard.queries.months import month_text
from dashboard.ui.basket import question
from dashboard.ui.blocks import chart_block
from dashboard.ui.sources import sources

if TYPE_CHECKING:
    from dashboard.charts import Point, Provenance
    from dashboard.decks import Asked
    from dashboard.queries.contributions import Comparison, Explanation
    from dashboard.queries.dimensions import Dimension
    from dashboard.ui.view import View


def finding(view: View, explained: Explanation, asked: Comparison) -> None:
    """Say the change in a sentence, and what should be known of the windows compared."""
    st.html(f'<p class="headline">{escape(sentence(explained, asked, view.labels))}</p>')
    say, kind = view.words, view.labels.indicators[asked.indicator].kind
    now, base = asked.now, asked.base
    if kind == "flow" and now.n_months != base.n_months:
        st.warning(say("changes.lengths", now=now.n_months, base=base.n_months))
    if now.first <= base.last and base.first <= now.last:
        st.warning(say("changes.overlap"))


def by_county(view: View, explained: Explanation, asked: Comparison) -> None:
    """Draw what each county adds; where nothing can be divided, say why."""
    if explained.parts:
        chart = charts.waterfall(explained, asked, view.labels, _origin(view, asked))
        name = f"changes_{asked.indicator}"
        chart_block(view, chart, name, _again(asked), rests_on=rests_on(view, explained))
        return
    if explained.change and explained.refused:
        st.info(refusal(explained, asked, view.labels))
    st.fragment(sources)(view, rests_on(view, explained), f"changes_{asked.indicator}")


def by_dimension(view: View, dimension: Dimension, asked: Comparison) -> None:
    """Draw what each part of a dimension adds; parts that overlap are listed, not added up."""
    explained = dimension.explanation
    name = view.words.pick(dimension.name, dimension.name_en)
    if not dimension.overlapping:
        chart = charts.waterfall(explained, asked, view.labels, _origin(view, asked), name)
        by = explained.parts[0].code.partition(":")[0]
        key = f"changes_{asked.indicator}_{by}"
        chart_block(view, chart, key, _again(asked, by), rests_on=rests_on(view, explained))
        return
    say, labels = view.words, view.labels
    st.subheader(say("changes.overlapping_title", dimension=name), anchor=False)
    st.caption(say("changes.overlapping"))
    rows = [
        (
            labels.breakdown(p.code),
            labels.value(p.before, asked.indicator),
            labels.value(p.now, asked.indicator),
            effect_text(p.effect, labels.indicators[asked.indicator], labels, exact=p.exact),
        )
        for p in explained.parts
    ]
    columns = [
        name, window_name(asked.base, say), window_name(asked.now, say), say("changes.series"),
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, alt=name)


def _again(asked: Comparison, by: str = "") -> Asked:
    """Return the question of a waterfall: two windows of months, and whose parts explain it."""
    return question(
        "changes", indicator=asked.indicator, area=asked.area, breakdown=asked.breakdown,
        against="windows", now=str(asked.now), base=str(asked.base), by=by,
    )  # fmt: skip


def rests_on(view: View, explained: Explanation) -> list[Point]:
    """Return the values of the series behind a change, county by county, oldest first."""
    steps = {
        (step.value.series_id, step.measure): step
        for windowed in explained.rests_on
        for _, step in windowed.steps
        if step.value.obs_value is not None
    }
    ordered = sorted(
        steps.values(), key=lambda s: (s.value.indicator, s.value.ref_area, s.start, s.end)
    )
    return [charts.point_of(s.value, view.labels, s.measure) for s in ordered]


def _origin(view: View, asked: Comparison) -> Provenance:
    first = month_text(min(asked.now.first, asked.base.first))
    last = month_text(max(asked.now.last, asked.base.last))
    return view.provenance(asked.indicator, (asked.area,), first, last, asked.breakdown)
