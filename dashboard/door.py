"""The one door to the loader: check, publish and withdraw what a person uploads, see its cells."""

from __future__ import annotations

import hashlib
import re
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from etl import additions as catalogue_additions
from etl import answers as kept_answers
from etl import frozen, pipeline
from etl import questions as asked
from etl import vintages as shelf
from etl.catalogue import CatalogueError
from etl.catalogue.answers import Answer
from etl.files import FileRead, known
from etl.picture import Line, Picture, Square, picture
from etl.pipeline import Outcome
from etl.questions import Place as Asked
from etl.questions import Question
from etl.read import UnreadableFile
from etl.revisions import CHANGES, Revision, Revisions, revisions
from etl.sentences import RefusedError, Told
from etl.vintages import Published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Progress = Callable[[int, int, str], None]

__all__ = [
    "CHANGES", "Answer", "Asked", "CatalogueError", "FileRead", "Line", "Outcome", "Picture",
    "Place", "Published", "Question", "RefusedError", "Revision", "Revisions", "Square", "Told",
    "Uploaded", "add_alias", "add_area", "add_indicator", "annotated", "answer", "answers", "check",
    "freeze", "history", "pictured", "publish", "questions", "revised", "roll_back", "template",
    "undo", "unfreeze",
    "withdraw",
]  # fmt: skip

CATALOGUE = Path(__file__).parents[1] / "data" / "catalogue"
DATASET = "reported"  # what an office uploads is its own
NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
MOST_REVISIONS = 2000  # shown and downloaded at once; the command line has all
LONGEST = 120  # characters of a file's name


@dataclass(frozen=True)
class Place:
    """Where an office's data lies: its vintages, and beside them its sources and own catalogue."""

    vintages: Path

    @property
    def data(self) -> Path:
        """Return the folder of all three."""
        return self.vintages.parent

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders of the catalogue, the office's own last."""
        return CATALOGUE, self.data / "local"


@dataclass(frozen=True)
class Uploaded:
    """Files from a browser, on disk as long as this is kept; each in a folder of its own."""

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="shuangyong-"), repr=False
    )

    def source_ids(self) -> list[str]:
        """Return the hashes of the files, by which the table source knows them."""
        return [hashlib.sha256(content).hexdigest() for _, content in self.files]

    def path_of(self, source_id: str) -> Path:
        """Return where the file with a hash lies, the first of several."""
        return self.paths()[self.source_ids().index(source_id)]

    def paths(self) -> list[Path]:
        """Write the files, unless that is done, and return where they lie."""
        found = []
        for number, (name, content) in enumerate(self.files):
            path = Path(self.folder.name) / str(number) / safe_name(name)
            if not path.is_file():
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
            found.append(path)
        return found


def safe_name(name: str) -> str:
    """Return a file's name without folders and without what Windows allows in no name."""
    plain = NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    return (stem[:LONGEST] + dot + suffix[:10]) or "_"


def check(place: Place, uploaded: Uploaded, progress: Progress | None = None) -> Outcome:
    """Read and check what was uploaded, beside what is loaded; publish nothing."""
    paths, beside = uploaded.paths(), shelf.current(place.vintages)
    return pipeline.check_files(paths, place.data, place.folders, DATASET, progress, beside)


def annotated(place: Place, uploaded: Uploaded, outcome: Outcome, n: int, language: str) -> bytes:
    """Return the n-th file that was uploaded and checked as a workbook with its issues marked."""
    source_id = outcome.files[n].source.source_id
    own = [issue for issue in outcome.issues if issue.source_id == source_id]
    return pipeline.annotated(uploaded.path_of(source_id), own, place.folders, language)


def template(place: Place, areas: Sequence[str], period: str, dataset: str) -> tuple[str, bytes]:
    """Return the name of a blank reporting workbook, and the workbook."""
    from etl.template import template as blank  # openpyxl: not before somebody asks for one

    catalogue, _ = known(place.folders)
    vintage = shelf.current(place.vintages)
    title, form = blank(areas, period, [], catalogue, vintage, dataset)
    return f"{title}.xlsx", form


def publish(
    place: Place, uploaded: Uploaded | None = None, progress: Progress | None = None
) -> Outcome:
    """Publish what was uploaded beside what is in force; without files, read everything anew."""
    paths: Sequence[Path] = uploaded.paths() if uploaded else ()
    return pipeline.load(
        paths, place.data, place.vintages, place.folders, dataset=DATASET, progress=progress
    )


def withdraw(place: Place, source_id: str, progress: Progress | None = None) -> Outcome:
    """Publish without one source."""
    return pipeline.remove(source_id, place.vintages, place.folders, progress)


def questions(place: Place) -> list[Question]:
    """Return what a person can settle of the vintage in force, most places first."""
    vintage = shelf.current(place.vintages)
    if vintage is None:
        return []
    return asked.open_questions(vintage, place.folders)


def answer(place: Place, question: Question, value: str, who: str) -> None:
    """Keep an answer in the office's own folder; the next load uses it."""
    kept_answers.answer(question, value, who, place.folders)


def answers(place: Place) -> dict[str, Answer]:
    """Return the answers in force by the ids of their questions, the latest last."""
    return {kept_answers.id_of(row): row for row in kept_answers.given(place.folders)}


def called(place: Place, row: Answer) -> tuple[str, str]:
    """Return what an answer is called, in both languages."""
    return asked.called(row, known(place.folders)[0])


def add_indicator(place: Place, code: str, fields: dict[str, object]) -> None:
    """Add an indicator to the office's own catalogue; ``fields`` are those of indicators.yml."""
    catalogue_additions.add_indicator(place.folders, code, fields)


def add_area(place: Place, code: str, fields: dict[str, str]) -> None:
    """Add an area to the office's own catalogue; ``fields`` are columns of ref_areas.csv."""
    catalogue_additions.add_area(place.folders, code, fields)


def add_alias(place: Place, kind: str, code: str, alias: str) -> None:
    """Let words mean an indicator, area, breakdown or unit from the next load on."""
    catalogue_additions.add_alias(place.folders, kind, code, alias)


def undo(place: Place, question_id: str, who: str) -> None:
    """Take an answer back; what was said stays in the file."""
    kept_answers.undo(question_id, who, place.folders)


@lru_cache(maxsize=16)
def revised(place: Place, old: str, new: str, dataset: str) -> Revisions | None:
    """Return what changed from one vintage to another; None where they cannot be compared.

    A vintage of another version of the program may have other tables.
    """
    try:
        return revisions(place.vintages / old, place.vintages / new, MOST_REVISIONS, dataset)
    except duckdb.Error:
        return None


def freeze(place: Place, vintage: str, number: str, title: str) -> None:
    """Keep a vintage for good under the number of a meeting."""
    frozen.freeze(place.vintages, number, title, place.vintages / vintage)


def unfreeze(place: Place, number: str) -> None:
    """Take back a number that was given by mistake."""
    frozen.unfreeze(place.vintages, number)


def history(place: Place) -> list[Published]:
    """Return every vintage that is still there, the one made last first."""
    return shelf.history(place.vintages)


def roll_back(place: Place, vintage: str) -> None:
    """Put an earlier vintage in force again."""
    shelf.roll_back(place.vintages, vintage)


@lru_cache(maxsize=256)
def pictured(
    place: Place,
    source_id: str,
    source_file: str,
    sheet: str,
    cells: str,
    open_cells: frozenset[str],
) -> Picture | None:
    """Draw the sheet around some cells from the kept file; None where it cannot be drawn."""
    if not re.fullmatch(r"[0-9a-f]{64}", source_id):
        return None
    path = place.data / "sources" / source_id
    drawn = picture(path, source_file, sheet, cells, open_cells, place.folders)
    return None if isinstance(drawn, UnreadableFile) else drawn
