"""One county's file in Chromium: chosen, read, and taken along as a card for a phone."""

import re

from playwright.sync_api import expect

PATIENCE = 30_000
FIRST_BAR = ".js-plotly-plot .bars .point path"


def test_a_county_s_file_leads_to_its_cells_and_to_a_card_for_a_phone(
    page, site, chromium, tmp_path
):
    page.goto(f"{site}/county")
    expect(page.get_by_role("heading", name="甘州区", exact=True)).to_be_visible(timeout=PATIENCE)
    page.get_by_role("combobox", name=re.compile("地区$")).first.click()
    page.get_by_role("option", name="高台县", exact=True).click()
    expect(page.get_by_role("heading", name="高台县", exact=True)).to_be_visible(timeout=PATIENCE)
    row = page.get_by_role("row", name=re.compile("慰问金发放额"))
    expect(row.first).to_contain_text("19.20")
    expect(page).to_have_url(f"{site}/county?area=620724")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("单页档案")).click()
    card = tmp_path / "card.html"
    download.value.save_as(card)
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, offline=True).new_page()
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(card.as_uri())
    assert "19.20" in phone.locator("main").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert asked == [card.as_uri()]
    phone.context.close()
    assert page.wrong == []


def test_a_click_on_a_bar_of_the_ranking_opens_that_county(page, site):
    page.goto(f"{site}/counties?indicator=condolence_fund")
    bar = page.locator(FIRST_BAR).first
    bar.wait_for()
    place = bar.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(page.get_by_role("heading", name="甘州区", exact=True)).to_be_visible(timeout=PATIENCE)
    assert page.wrong == []
