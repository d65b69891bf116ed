"""The part of docs/reading-sheets.md on real files, where they lie beside the project."""

from tests.samples.reading import PAGE, REAL, counts, on_real_files


def test_the_page_counts_what_real_files_give_today():
    page = PAGE.read_text(encoding="utf-8")
    assert counts(page[page.index(REAL) :]) == counts("\n".join(on_real_files()))
