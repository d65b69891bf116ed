"""Every deck and bulletin, in both languages and sizes, is valid and readable where it stands."""

import itertools

import pytest

from dashboard.exports.__main__ import main
from tests.dashboard.office import ROOT
from tests.documents.rendering import findings, in_the_margins, misplaced, to_pdf, unreadable


def recipes(document):
    """Return the names of all recipes of a kind of document."""
    files = (ROOT / "data" / "catalogue" / "decks").glob("*.yml")
    wanted = f"document: {document}"
    return sorted(file.stem for file in files if wanted in file.read_text(encoding="utf-8"))


AREAS = ("513400", "530800")  # seventeen counties; names of thirteen characters
LANGUAGES = ("zh", "en")
# Every two of area, language and size meet in one of these four.
MEETING = (("513400", "zh", "16x9"), ("513400", "en", "4x3"),
           ("530800", "zh", "4x3"), ("530800", "en", "16x9"))  # fmt: skip
DECKS = [(recipe, *each) for recipe in recipes("slides") for each in MEETING]
BULLETINS = list(itertools.product(recipes("bulletin"), AREAS, LANGUAGES))


def written(command, suffix, wanted, vintages, folder):
    """Write and print the documents wanted; return each with its pages."""
    files = [folder / f"{'-'.join(each)}.{suffix}" for each in wanted]
    for (recipe, area, lang, *size), file in zip(wanted, files, strict=True):
        args = [command, "--vintages", str(vintages), "--recipe", recipe, "--area", area]
        args += ["--period", "2024-Q2", "--lang", lang, "--out", str(file)]
        assert main(args + [f"--format={each}" for each in size]) == 0
    return dict(zip(wanted, zip(files, to_pdf(files, folder), strict=True), strict=True))


@pytest.fixture(scope="session")
def decks(wide, tmp_path_factory):
    return written("deck", "pptx", DECKS, wide, tmp_path_factory.mktemp("decks"))


@pytest.fixture(scope="session")
def bulletins(wide, tmp_path_factory):
    return written("bulletin", "docx", BULLETINS, wide, tmp_path_factory.mktemp("bulletins"))


@pytest.mark.parametrize("wanted", DECKS, ids="-".join)
def test_a_deck_is_valid_and_can_be_read(decks, wanted):
    file, printed = decks[wanted]
    assert findings(file) + misplaced(file, printed) == []


@pytest.mark.parametrize("wanted", BULLETINS, ids="-".join)
def test_a_bulletin_is_valid_and_can_be_read(bulletins, wanted):
    file, printed = bulletins[wanted]
    assert findings(file) == []
    assert unreadable(file, printed) == []
    assert in_the_margins(file, printed) == []
