"""Proposes observations from a report in words; nothing of it loads before a person has read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.catalogue.prose import read_prose
from etl.prose import when
from etl.prose.clean import sentences
from etl.prose.document import paragraphs
from etl.prose.figures import CLAUSE_ENDS, Figures
from etl.prose.match import Match, Matcher, place_of
from etl.prose.where import Gazetteer
from etl.read import UnreadableFile
from etl.records import Issue
from etl.sentences import RefusedError
from etl.sentences import sentences as sentences_of
from etl.understand.vocabulary import Vocabulary, breakdown_key
from etl.workers import read_all

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from etl.catalogue.model import Indicator
    from etl.catalogue.prose import Prose
    from etl.prose.figures import Found

LONGEST_HEADING = 40
REACH = 5  # sentences of its paragraph in which a figure looks back for its period


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a sentence seems to say.

    ``obs_value`` is in the base unit, None where there is no number (多次). A day that the text
    does not tell is None, an area ''.
    """

    indicator: str
    breakdown: str
    ref_area: str
    period_start: dt.date | None
    period_end: dt.date | None
    obs_value: float | None
    qualifier: str
    unit: str  # as printed
    printed: str
    quote: str


@dataclass(frozen=True, slots=True)
class Extract:
    """The proposals of one text, and the day that it was published on, where it prints one."""

    proposals: tuple[Proposal, ...]
    reported_on: dt.date | None


def extract(path: Path, folders: Sequence[Path], vocabulary: Vocabulary) -> Extract:
    """Read a .txt or .docx, a large one in a process of its own; refuse what is neither."""
    (lines,) = read_all([path], paragraphs)
    if isinstance(lines, UnreadableFile):
        said = sentences_of(Issue(lines.rule, words=lines.words), vocabulary.catalogue)
        raise RefusedError(said.message, said.message_en)
    return proposals(lines, folders, vocabulary)


def proposals(lines: Sequence[str], folders: Sequence[Path], vocabulary: Vocabulary) -> Extract:
    """Return what the paragraphs of a text seem to say."""
    catalogue = vocabulary.catalogue
    prose = read_prose(folders, catalogue)
    text = sentences(lines, catalogue, prose.simplified)
    reader = _Reader(vocabulary, prose, text)
    found: dict[tuple[object, ...], Proposal] = {}
    for proposal in reader.read(text):
        same = (proposal.indicator, proposal.breakdown, proposal.printed, proposal.period_start)
        found.setdefault(same, proposal)
    return Extract(tuple(found.values()), reader.calendar.day)


def _is_heading(paragraph: Sequence[str]) -> bool:
    line = paragraph[0]
    return len(paragraph) == 1 and len(line) < LONGEST_HEADING and line[-1] not in CLAUSE_ENDS


def _is_part(match: Match, given: Sequence[tuple[Match, int]], said: str) -> bool:
    """Whether 其中 stands between a figure and one that was given for the same before it."""
    same = (match.indicator, match.breakdown)
    return any(
        same == (whole.indicator, whole.breakdown) and "其中" in said[end:] for whole, end in given
    )


class _Reader:
    def __init__(self, vocabulary: Vocabulary, prose: Prose, text: Sequence[Sequence[str]]) -> None:
        self.catalogue = catalogue = vocabulary.catalogue
        self.figures = Figures(catalogue)
        self.matcher = Matcher(vocabulary, prose)
        self.calendar = when.Calendar(text, prose.lists["vague"])
        self.gazetteer = Gazetteer(catalogue)
        self.area = self.gazetteer.of(text)
        self.lead = ["".join(paragraph)[:120] for paragraph in text[:4]]

    def read(self, text: Sequence[Sequence[str]]) -> Iterator[Proposal]:
        heading = ""
        for paragraph in text:
            if _is_heading(paragraph):
                heading = paragraph[0]
            for at, sentence in enumerate(paragraph):
                yield from self._sentence(sentence, paragraph[:at], heading)

    def _sentence(self, sentence: str, earlier: Sequence[str], heading: str) -> Iterator[Proposal]:
        figures = sorted(self.figures.of(sentence), key=lambda figure: figure.start)
        given: list[tuple[Match, int]] = []
        for at, figure in enumerate(figures):
            place = place_of(sentence, figures, at, heading)
            match = self.matcher.indicator(figure, place)
            if match and not _is_part(match, given, place.said):
                given.append((match, figure.end))
                said = [sentence[: figure.end], *reversed(earlier[-REACH:]), *self.lead]
                yield self._proposal(sentence, figure, match, [place.clause, *said])

    def _kind(self, indicator: Indicator) -> str:
        """The kind of a figure, of which its time depends: a share of a stock is one of its own."""
        part = self.catalogue.indicators.get(indicator.numerator or "")
        return when.SHARE if part is not None and part.kind == "stock" else indicator.kind

    def _proposal(
        self, sentence: str, figure: Found, match: Match, said: Sequence[str]
    ) -> Proposal:
        indicator = self.catalogue.indicators[match.indicator]
        period = self.calendar.stated(said, self._kind(indicator))
        factor = self.matcher.factor(figure.number.unit, match.indicator) or 1.0
        value = figure.number.value
        pairs = [tuple(pair.split(":", 1)) for pair in match.breakdown.split(";") if pair]
        if period.festival and indicator.seasonal:
            pairs.append(("festival", period.festival))
        return Proposal(
            match.indicator,
            breakdown_key((dimension, code) for dimension, code in pairs),
            self.gazetteer.within(sentence[: figure.start], self.area),
            period.start,
            period.end,
            None if value is None else round(value * factor, 6),
            figure.number.qualifier,
            figure.number.unit,
            figure.printed,
            sentence,
        )
