"""Changes in a real Chromium: from what moved to why, and two windows that are shared by link."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect


def test_what_moved_leads_to_why_and_windows_are_shared(page, site):
    page.goto(site)
    page.get_by_role("link", name="看原因").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("变化")
    page.locator(".js-plotly-plot .bars path").first.wait_for()
    windows = "against=windows&now=2023-07..2024-06&base=2023-01..2023-06"
    page.goto(f"{site}/changes?indicator=job_fairs&{windows}")
    expect(page.get_by_text("2023年7月—2024年6月，张掖市退役军人招聘会场次34场")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("本期起")).click()
    page.get_by_role("option", name="2024年1月", exact=True).click()
    said = page.get_by_text("2024年上半年，张掖市退役军人招聘会场次17场，同比增加3场")
    expect(said).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["now"] == ["2024-01..2024-06"]
    page.reload()
    expect(said).to_be_visible()
    assert page.wrong == []
