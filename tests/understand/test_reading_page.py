"""docs/reading-sheets.md says what the committed workbooks give today."""

from tests.samples.reading import PAGE, REAL, committed, counts


def test_the_page_counts_what_is_read_today():
    page = PAGE.read_text(encoding="utf-8")
    assert counts(page[: page.index(REAL)]) == counts("\n".join(committed()))
