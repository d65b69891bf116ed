"""What holds for every page: accessible in both themes, back and forward, printed whole on A4."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from dashboard.ui.frame import PAGES

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})"
GRAVE = ("serious", "critical")
A4 = {"width": 688, "height": 1000}  # pixels of CSS between the margins

# What a screen reader says of a Chinese page without a Chinese sign.
FOREIGN = """[...document.querySelectorAll("[aria-label], [placeholder], [title]")]
  .flatMap(e => ["aria-label", "placeholder", "title"].map(name => e.getAttribute(name) ?? ""))
  .filter(said => /[A-Za-z]{3}/.test(said) && !/[\u4e00-\u9fff]/.test(said))"""

every_page = pytest.mark.parametrize("name", PAGES)


def opened(page, site, name):
    page.goto(f"{site}/{'' if name == 'overview' else name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)  # Streamlit fades in what it draws


def findings(page):
    """Return what axe finds grave, and any heading that skips a level."""
    page.evaluate(AXE)
    return [
        (found["id"], node["target"], node["failureSummary"])
        for found in page.evaluate(RULES)["violations"]
        for node in found["nodes"]
        if found["impact"] in GRAVE or found["id"] == "heading-order"
    ]


@every_page
def test_every_page_is_accessible_in_both_themes_and_printed_whole(page, site, name):
    """One test, since a page takes two seconds to open: the dark one is printed."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        opened(page, site, name)
        for _ in range(5):
            found = findings(page)
            if not found:
                break
            page.wait_for_timeout(1000)  # what still fades in is pale
        assert found == [], theme
    assert page.evaluate(FOREIGN) == []
    print_without_chrome(page)


def print_without_chrome(page):
    """Print a dark page on A4: nothing that can only be clicked, nothing cut, dark on light."""
    for table in page.locator(".stDataFrame").all():
        expect(table.locator("canvas table")).to_be_attached()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    for chrome in ("stHeader", "stSelectbox", "stDownloadButton"):
        expect(page.get_by_test_id(chrome).first).to_be_hidden()
    drawn = ".main-svg, .matrix table, .on-paper table"
    ends = f"e => [...e.querySelectorAll('{drawn}')].map(s => s.getBoundingClientRect().right)"
    assert max([0, *page.locator("body").evaluate(ends)]) <= A4["width"] + 1
    for n, table in enumerate(page.locator(".stDataFrame").all()):  # dark, and cut, on its canvas
        expect(table).to_be_hidden()
        expect(page.locator(".on-paper th").nth(n)).to_be_visible()
    for finding in page.locator(".st-key-exceptions .stPageLink").all():  # news, too
        expect(finding).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"]
    assert page.locator("h1").first.evaluate("e => getComputedStyle(e).color") == "rgb(31, 35, 40)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".on-paper")).to_have_count(0)


@every_page
def test_back_and_forward_go_through_the_choices_of_every_page(page, site, name):
    opened(page, site, name)
    chinese = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("English", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(chinese)
    page.wait_for_url(re.compile("lang=en"))  # before that Back would leave the site
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(chinese)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(chinese)
