"""The presentation in Chromium: begun by a button, turned by keys, left by Esc; fits its screen."""

from playwright.sync_api import expect


def test_keys_turn_the_screens_and_escape_leaves(page, site):
    page.goto(f"{site}/?period=2024-Q2")
    page.get_by_role("button", name="演示").click()
    expect(page.locator(".place")).to_have_text("1 / 5")
    expect(page.get_by_test_id("stSelectbox")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(page.locator("h2.question")).to_have_text("2024年1—6月，谁走在前面，谁落后了？")
    assert "screen=progress" in page.url
    assert "period=2024-Q2" in page.url
    page.keyboard.press("ArrowRight")
    expect(page.locator(".place")).to_have_text("3 / 5")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".place")).to_have_text("2 / 5")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="主要指标")).to_be_visible()
    assert "present" not in page.url
    assert "period=2024-Q2" in page.url


def test_the_first_screen_fits_a_projector(page, site):
    for width, height in ((1920, 1080), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{site}/?present=1")
        last = page.locator(".tile").last
        expect(last).to_be_visible()
        expect(page.locator(".place")).to_have_text("1 / 5")
        box = last.bounding_box()
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        size = last.locator("h3").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= height / 45
