"""Every deck, in both languages and sizes: valid, and all of it readable where it stands."""

import pytest

from dashboard.exports.__main__ import main
from tests.dashboard.office import ROOT
from tests.documents.rendering import findings, misplaced, to_pdf

RECIPES = sorted(
    file.stem
    for file in (ROOT / "data" / "catalogue" / "decks").glob("*.yml")
    if "document: slides" in file.read_text(encoding="utf-8")
)
AREAS = ("513400", "530800")  # seventeen counties; names of thirteen characters


@pytest.fixture(scope="session")
def decks(wide, tmp_path_factory):
    """Write and print every deck: recipe, area, language, size."""
    folder = tmp_path_factory.mktemp("decks")
    files = {}
    for recipe in RECIPES:
        for area in AREAS:
            for lang in ("zh", "en"):
                for size in ("16x9", "4x3"):
                    file = folder / f"{recipe}-{area}-{lang}-{size}.pptx"
                    args = ["deck", "--vintages", str(wide), "--recipe", recipe, "--area", area,
                            "--period", "2024-Q2", "--lang", lang, "--format", size,
                            "--out", str(file)]  # fmt: skip
                    assert main(args) == 0
                    files[recipe, area, lang, size] = file
    printed = to_pdf([*files.values()], folder)
    return dict(zip(files, zip(files.values(), printed, strict=True), strict=True))


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", ["16x9", "4x3"])
def test_a_deck_is_valid_and_can_be_read(decks, recipe, area, lang, size):
    file, printed = decks[recipe, area, lang, size]
    assert findings(file) + misplaced(file, printed) == []
