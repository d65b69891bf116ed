"""Explore in a real Chromium: filter, click a cell, share the link, take the file."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect


def test_filter_click_share_and_take_the_file(page, site, chromium):
    page.goto(f"{site}/explore?indicators=condolence_fund&first=2024-Q1")
    expect(page.get_by_text("张掖市及下属7个县区，2024年一季度至2024年三季度")).to_be_visible()
    expect(page.get_by_text("共24行")).to_be_visible()
    page.get_by_role("button", name="更多筛选").click()
    page.get_by_label("不低于（万元）").fill("20")
    page.get_by_label("不低于（万元）").press("Enter")
    expect(page.get_by_text("不低于20万元：共5行")).to_be_visible()
    page.keyboard.press("Escape")
    query = parse_qs(urlsplit(page.url).query)
    assert query["low"] == ["20"]
    with page.expect_download() as file:
        page.get_by_role("button", name="下载表格 CSV").click()
    text = file.value.path().read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == "慰问金发放额,张掖市,2024年一季度,62.70万元,"
    other = chromium.new_context().new_page()
    other.goto(page.url)
    expect(other.get_by_text("不低于20万元：共5行")).to_be_visible()
    other.context.close()
    grid = page.get_by_test_id("stDataFrame").bounding_box()
    for _ in range(2):  # the first click may only take the focus from a file that came
        page.mouse.click(grid["x"] + 60, grid["y"] + 55)
        page.wait_for_timeout(700)
    expect(page.get_by_role("heading", name="张掖市　2024年一季度　慰问金发放额")).to_be_visible()
    page.get_by_text("透视表", exact=True).click()
    expect(page.get_by_role("heading", level=3)).to_contain_text("慰问金发放额")
    assert page.wrong == []
