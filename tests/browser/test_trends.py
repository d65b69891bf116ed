"""Trends in a real Chromium: comparisons are switched and shared, a click leads on, and back."""

import re

from playwright.sync_api import expect

from tests.browser.test_main_job import address, heading


def test_a_comparison_is_switched_shared_and_taken_back(page, site):
    page.goto(f"{site}/trends?indicators=condolence_fund&areas=620702")
    page.locator(".js-plotly-plot .points path").first.wait_for()
    expect(heading(page)).to_contain_text("同比增长10.0%")
    page.get_by_role("radio", name="历年同期").click()
    expect(heading(page)).to_have_text("甘州区慰问金发放额：历年同期")
    page.get_by_role("radio", name="累计同比").click()
    expect(heading(page)).to_have_text("甘州区慰问金发放额累计同比增长：历年同期")
    expect(page.locator(".js-plotly-plot .legendtext")).to_have_text(["2023", "2024"])
    shared = {"indicators": "condolence_fund", "areas": "620702"}
    assert address(page) == shared | {"shape": "years", "shown": "to_date"}
    page.reload()
    page.locator(".js-plotly-plot .legendtext").first.wait_for()
    expect(heading(page)).to_have_text("甘州区慰问金发放额累计同比增长：历年同期")
    page.go_back()
    expect(heading(page)).to_have_text("甘州区慰问金发放额：历年同期")


def test_a_click_on_a_period_leads_to_it_and_back(page, site):
    page.goto(f"{site}/trends?indicators=condolence_fund&areas=620702")
    page.locator(".js-plotly-plot .points path").first.wait_for()
    page.locator(".js-plotly-plot .points path").nth(4).click(force=True)
    expect(page.get_by_text("甘州区，2024年一季度：")).to_be_visible()
    page.get_by_role("link", name=re.compile("县区排名")).click()
    expect(heading(page).first).to_have_text("2024年一季度慰问金发放额：甘州居首")
    page.go_back()
    expect(heading(page).first).to_contain_text("甘州区慰问金发放额")
    assert address(page) == {"indicators": "condolence_fund", "areas": "620702"}
    assert page.wrong == []


def test_an_open_list_of_files_is_the_next_step_of_the_keyboard(page, site):
    """Streamlit draws it at the end of the page, behind all that stands below the button."""
    page.goto(f"{site}/trends")
    button = page.get_by_role("button", name="下载").first
    button.focus()
    page.keyboard.press("Enter")
    files = page.get_by_test_id("stPopoverBody").get_by_role("button")
    expect(files).to_have_count(5)  # they come one after another: the last is no other's then
    page.keyboard.press("Tab")
    expect(files.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    files.last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="加入汇报").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(files).to_have_count(0)
