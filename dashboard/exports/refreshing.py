"""An edited deck with the figures of another period: what the command and the page both do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dashboard.exports import pptx
from dashboard.exports.release import release_deck
from dashboard.locale import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.locale import Language
    from dashboard.queries.ask import Ask
    from dashboard.queries.choices import Vintage


def refreshed(
    ask: Ask,
    old: bytes,
    record: pptx.Record,
    dataset: str,
    period: str,
    folders: Sequence[Path],
    vintage: Vintage | None = None,
) -> pptx.Refreshed:
    """Return the deck with the figures of a period, small counts withheld, and the report."""
    deck = pptx.made_again(ask, record, dataset, period, folders, vintage)
    released = release_deck(ask, deck, words(cast("Language", record.choice.lang)))
    return pptx.refresh(old, pptx.write_deck(released, pptx.like(old)))
