"""What commands share: the vintage, dataset and area that they write of, or why they refuse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard import store
from dashboard.decks import Choice
from dashboard.locale import Words, words
from dashboard.locale.periods import period_name
from dashboard.queries import choices, overview
from dashboard.queries.ask import Remembering
from dashboard.queries.periods import freq_of, is_period

if TYPE_CHECKING:
    import argparse

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

DATA = Path(__file__).parents[3] / "data"
VINTAGES = DATA / "vintages"


class RefusedError(Exception):
    """A sentence that says why no file was written."""


@dataclass(frozen=True)
class Opened:
    """An open vintage, the dataset of it that is wanted, and the words of the file."""

    ask: Remembering
    dataset: str
    say: Words
    folders: tuple[Path, ...]  # of the catalogue, the office's own last
    vintage: choices.Vintage  # with the meeting issue as which it is wanted

    def area(self, wanted: str) -> str:
        """Return the area that is wanted; one without data is refused."""
        if wanted not in self.ask(choices.available_areas, self.dataset):
            raise RefusedError(self.say("export.no_area", area=wanted, dataset=self.dataset))
        return wanted

    def period(self, wanted: str | None, area: str) -> str:
        """Return the period that is wanted, by default the area's latest; others are refused."""
        freq = self.ask(choices.usual_frequency, self.dataset)
        if wanted is None:
            known = self.ask(choices.periods, self.dataset, freq)
            return self.ask(overview.latest_period, self.dataset, area, freq) or known[-1]
        if not is_period(wanted):
            raise RefusedError(self.say("export.no_period", period=wanted))
        known = self.ask(choices.periods, self.dataset, freq_of(wanted))
        if wanted not in known:
            names = [period_name(period, self.say) for period in (*known[:1], *known[-1:])]
            raise RefusedError(
                self.say("export.period_without", period=wanted, known=" – ".join(names) or "—")
            )
        return wanted

    def choice(self, options: argparse.Namespace) -> Choice:
        """Return the area and period that are wanted, and in which language."""
        area = self.area(options.area)
        return Choice(self.dataset, area, self.period(options.period, area), options.lang)


def add_area_and_period(command: argparse.ArgumentParser) -> None:
    """Declare of which area in which period a file is wanted."""
    command.add_argument("--area", required=True, metavar="CODE", help="620700")
    command.add_argument("--period", metavar="PERIOD", help="2024-Q2; default: the latest")


def open_wanted(options: argparse.Namespace) -> Opened:
    """Open the vintage in force, or the one frozen for a meeting, of the folder that is wanted."""
    say = words(options.lang)
    in_force = store.newest(options.vintages)
    if in_force is None:
        raise RefusedError(say("export.no_vintage", folder=options.vintages))
    issue = _issue(options, say) if options.issue else None
    database = store.named(options.vintages, issue.vintage) if issue else in_force
    if database is None:
        raise RefusedError(say("asof.gone", vintage=options.issue))
    ask = Remembering(store.open_vintage(database, in_force))
    folders = (DATA / "catalogue", options.vintages.parent / "local")
    dataset = _dataset(ask, options.dataset, say)
    vintage = ask(choices.vintage, dataset).shown_as(issue)
    return Opened(ask, dataset, say, folders, vintage)


def _issue(options: argparse.Namespace, say: Words) -> store.MeetingIssue:
    known = store.meeting_issues(options.vintages)
    issue = store.meeting_issue(options.vintages, options.issue)
    if issue is None:
        names = say.listed([*known]) or "—"
        raise RefusedError(say("export.no_issue", issue=options.issue, known=names))
    return issue


def _dataset(ask: Remembering, wanted: str | None, say: Words) -> str:
    known = ask(choices.datasets)
    if not known:
        raise RefusedError(say("empty.no_values"))
    if wanted and wanted not in known:
        raise RefusedError(say("export.no_dataset", dataset=wanted, known=say.listed(known)))
    return wanted or known[0]
