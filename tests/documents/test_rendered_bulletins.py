"""Every bulletin, in both languages: valid, nothing beside its page, nothing unreadable."""

import pypdfium2
import pytest
from docx import Document

from dashboard.exports.__main__ import main
from tests.dashboard.office import ROOT
from tests.documents.rendering import findings, to_pdf

RECIPES = sorted(
    file.stem
    for file in (ROOT / "data" / "catalogue" / "decks").glob("*.yml")
    if "document: bulletin" in file.read_text(encoding="utf-8")
)
AREAS = ("513400", "530800")  # seventeen counties; names of thirteen characters
SLACK = 2.0  # points that a glyph may stand out of the text's width
HANGING = 16.0  # a comma at the end of a line hangs in the margin


@pytest.fixture(scope="module")
def bulletins(wide, tmp_path_factory):
    """Write and print every bulletin: recipe, area, language."""
    folder = tmp_path_factory.mktemp("bulletins")
    files = {}
    for recipe in RECIPES:
        for area in AREAS:
            for lang in ("zh", "en"):
                file = folder / f"{recipe}-{area}-{lang}.docx"
                args = ["bulletin", "--vintages", str(wide), "--recipe", recipe, "--area", area,
                        "--period", "2024-Q2", "--lang", lang, "--out", str(file)]  # fmt: skip
                assert main(args) == 0
                files[recipe, area, lang] = file
    printed = to_pdf([*files.values()], folder)
    return dict(zip(files, zip(files.values(), printed, strict=True), strict=True))


def characters(page):
    text = page.get_textpage()
    found = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    return [(c, box) for c, box in found if c.strip()]


def words_of(document):
    """Every paragraph and cell of a document, without spaces."""
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return ["".join(text.split()) for text in (*(p.text for p in document.paragraphs), *cells)]


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bulletin_is_valid_and_can_be_read(bulletins, recipe, area, lang):
    file, printed = bulletins[recipe, area, lang]
    assert findings(file) == []
    document, pages = Document(str(file)), list(pypdfium2.PdfDocument(printed))
    printed_on = [characters(page) for page in pages]
    shown = "".join(
        "".join(c for c, _ in found).replace(f"—{n}—", "")
        for n, found in enumerate(printed_on, start=1)
    )
    assert [text for text in words_of(document) if text not in shown] == []
    for page, found in zip(pages, printed_on, strict=True):
        section = document.sections[page.get_width() > page.get_height()]
        left, right = section.left_margin.pt - SLACK, section.right_margin.pt - SLACK
        ends = page.get_width() - right + HANGING
        assert [c for c, box in found if box[0] < left or box[2] > ends] == []
