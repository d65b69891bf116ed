"""What checks our files must itself see a text that is cut, off its slide or without a glyph."""

from pptx import Presentation
from pptx.util import Inches

from tests.documents.rendering import findings, misplaced, to_pdf

NO_GLYPH = "\U000f1234"


def test_texts_that_nobody_can_read_are_told(tmp_path):
    deck = Presentation()
    for text, left in (
        ("慰问金同比增长", 1),
        ("慰问金" * 60, 1),
        ("临泽县居首", 9.5),
        (NO_GLYPH, 1),
    ):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        box = slide.shapes.add_textbox(Inches(left), Inches(1), Inches(3), Inches(0.5))
        box.name, box.text_frame.word_wrap = "甲", True
        box.text_frame.text = text
    file = tmp_path / "deck.pptx"
    deck.save(file)
    [pdf] = to_pdf([file], tmp_path)
    assert misplaced(file, pdf) == [
        f"slide 2 甲 over its box: {'慰问金' * 10}",
        "slide 3 甲 off the slide",
        f"slide 4 甲 not to be read: {NO_GLYPH}",
    ]
    assert findings(file) == []


def test_a_part_that_breaks_the_schema_is_told(tmp_path):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    tree = slide.shapes._spTree
    tree.remove(tree[1])
    file = tmp_path / "deck.pptx"
    deck.save(file)
    assert any("grpSpPr" in finding for finding in findings(file))
