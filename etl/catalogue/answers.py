"""Reads answers.csv: what people said when a sheet could not say it; the latest word holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.asked import question_id
from etl.catalogue.files import CatalogueError, Entry, csv_entries
from etl.catalogue.pins import (
    MARKS,
    NO_PINS,
    Chosen,
    Known,
    Pin,
    Pins,
    check_pin,
    parse_pin,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from etl.catalogue.model import Unit

FILE = "answers.csv"
COLUMNS = ("form", "question", "about", "answer", "who", "when", "seen_in")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: which question about which form, and what was said. '' takes it back."""

    form: str  # f-… a form, s-… a sheet as it was sent, '' for a report
    question: str  # a kind, see KINDS
    about: str  # the word, indicator, column … that the question is about
    answer: str
    who: str
    when: str
    seen_in: str  # file › sheet, for people who read the file
    where: str  # the line that an error names

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later row of the same question overrides."""
        return self.form, self.question, self.about


def _one_of(*allowed: str) -> Callable[[str], bool]:
    return lambda said: said in allowed


def _place(about: str, said: str) -> Pins:
    return Pins(cells={about: said})


# Each kind of question → the pins that its answer is. The first argument is what it is about.
KINDS: dict[str, Callable[[str, str], Pins]] = {
    "word": lambda about, said: Pins(words={about: parse_pin(said)}),
    "breakdown": lambda about, said: Pins(parts={about: parse_pin(said).breakdowns}),
    "name": lambda about, said: Pins(areas={about: said}),
    "area": lambda _, said: Pins(sheet=Pin(area=said)),
    "indicator": lambda _, said: Pins(sheet=parse_pin(said)),
    "period": lambda about, said: (
        Pins(periods={about: said}) if about else Pins(sheet=Pin(period=said))
    ),
    "code": lambda about, said: Pins(codes={about: said}),
    "unit": lambda about, said: Pins(units={about: said}),
    "mark": lambda about, said: Pins(marks={about: said}),
    "share": lambda about, said: Pins(shares={about: said}),
    "figures": lambda _, said: Pins(figures=said),
    "header": lambda about, said: Pins(headers={about: said}),
    "cell": _place,
    "row": lambda about, said: Pins(rows={int(about): parse_pin(said)}),
    **dict.fromkeys(("report", "scale", "wrong"), lambda _about, _said: NO_PINS),  # of figures
}
# The kinds that are about figures and not about how a sheet is read: see chosen and verdicts_of.
OF_FIGURES = ("report", "scale", "wrong")
RIGHT = "right"  # leaves a doubted figure as it is
# The kinds that know only a few answers.
FEW = {
    "mark": MARKS,
    "share": ("percent", "fraction"),
    "figures": ("done", "plan"),
    "code": ("month", "quarter", "january", "october"),
}


def read_answers(folders: Sequence[Path]) -> list[Answer]:
    """Every row of the answers of all folders, the earliest first."""
    return [_answer(entry) for folder in folders for entry in csv_entries(folder / FILE, COLUMNS)]


def _answer(entry: Entry) -> Answer:
    """One row; an apostrophe before = or - only keeps spreadsheet programs from calculating."""
    entry.choice("question", tuple(KINDS))
    said = {name: entry.text(name, "").removeprefix("'") for name in COLUMNS}
    return Answer(**said, where=entry.where)


def in_force(answers: Iterable[Answer]) -> list[Answer]:
    """The latest answer to each question, without those taken back."""
    latest = {answer.key: answer for answer in answers}
    return [answer for answer in latest.values() if answer.answer]


def pins_of(answers: Iterable[Answer], known: Known) -> dict[str, Pins]:
    """Form → all that people answered about it."""
    found: dict[str, Pins] = {}
    for answer in answers:
        if answer.question not in OF_FIGURES:
            said = _pins(answer, known)
            found[answer.form] = said.over(found.get(answer.form, NO_PINS))
    return found


def _pins(answer: Answer, known: Known) -> Pins:
    """The pins of one answer; what it names must be in the catalogue."""
    entry = Entry(answer.where, {"answer": answer.answer})
    if answer.question in FEW:
        entry.choice("answer", FEW[answer.question])
    try:
        pins = KINDS[answer.question](answer.about, answer.answer)
    except (TypeError, ValueError):
        raise entry.error(
            f"“{answer.answer}”不是答复；请撤销后重新答复",
            f"{answer.answer!r} is no answer; undo it and answer again",
        ) from None
    said = [Pin(breakdowns=pairs) for pairs in pins.parts.values()]
    for pin in (pins.sheet, *pins.words.values(), *pins.rows.values(), *said):
        check_pin(pin, entry, known)
    entry.check_known(pins.areas.values(), known.areas)
    entry.check_known([*pins.units, *pins.shares], known.indicators)
    return pins


def chosen(answers: Iterable[Answer]) -> tuple[Chosen, ...]:
    """Whose figure is in force: the keys that people decided, with the report that they named."""
    found = []
    for answer in answers:
        if answer.question == "report":
            key, place = answer.about.split("|"), answer.answer.split("|", 2)
            if len(key) != 6 or len(place) != 3:
                raise CatalogueError(
                    answer.where,
                    "没有指明报告；请撤销后重新答复",
                    "names no report; undo it and answer again",
                )
            found.append(Chosen(*key, *place))
    return tuple(found)


def verdicts_of(answers: Iterable[Answer], units: Mapping[str, Unit]) -> dict[str, Answer]:
    """What people said of doubted figures, by question: their unit, which is wrong, or right."""
    found = {}
    for answer in answers:
        if answer.question in ("scale", "wrong"):
            said = answer.answer
            known = said in units if answer.question == "scale" else said.count("|") >= 2
            if said != RIGHT and not known:
                raise CatalogueError(
                    answer.where,
                    f"“{said}”不是答复；请撤销后重新答复",
                    f"{said!r} is no answer; undo it, answer again",
                )
            found[question_id(*answer.key)] = answer
    return found
