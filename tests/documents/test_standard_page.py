"""A printed page of a bulletin holds what GB/T 9704 asks: 22 lines of 28 characters."""

from dashboard.charts import Provenance
from dashboard.decks import Choice, Deck, Slide
from dashboard.exports.docx import write_bulletin
from tests.documents.rendering import lines_of, to_pdf


def test_a_page_has_22_lines_of_28_characters(tmp_path):
    origin = Provenance("来源", "本单位上报", "v1", "2024-10-15", "", "版本 v1")
    body = Slide("a", "content", "甲", "甲", ("国" * 28 * 60,))
    choice = Choice("reported", "620700", "2024-Q3")
    file = tmp_path / "bulletin.docx"
    file.write_bytes(write_bulletin(Deck("bulletin", choice, "通报", "", origin, (body,))))
    [pdf] = to_pdf([file], tmp_path)
    assert lines_of(pdf, page=2) == ["国" * 28] * 22 + ["—2—"]
