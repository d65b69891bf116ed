"""Materials in a real Chromium: take a view, arrange the slides, rename one, take the file."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from pptx import Presentation

PATIENCE = 30_000


def test_choose_arrange_rename_and_take_the_slides(page, site):
    page.goto(f"{site}/materials?period=2024-Q3")
    slides = page.locator("img.slide")
    titles = page.get_by_label("页标题")
    expect(slides.nth(2)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("改过的标题只在本次打开期间保留")).to_be_visible()
    expect(titles).to_have_count(slides.count())
    every = [field.input_value() for field in titles.all()]
    assert len(every) > 2
    page.get_by_role("button", name="去掉").nth(1).click()
    expect(slides).to_have_count(len(every) - 1)
    page.get_by_role("button", name="后移").first.click()
    expect(titles.nth(1)).to_have_value(every[0])
    titles.first.fill("走访慰问走在前列")
    titles.first.press("Enter")
    expect(slides.first).to_have_attribute("alt", re.compile("^走访慰问走在前列"))
    assert len(parse_qs(urlsplit(page.url).query)["slides"][0].split(",")) == len(every) - 1
    with page.expect_download() as file:
        page.get_by_role("button", name="下载幻灯片 PPTX").click()
    assert file.value.suggested_filename == f"{every[0]}_2024年三季度.pptx"
    made = Presentation(file.value.path())
    wanted = ["走访慰问走在前列", every[0], *every[3:]]
    assert [slide.shapes.title.text for slide in made.slides] == wanted
    assert page.wrong == []


def test_a_view_taken_on_trends_is_a_slide(page, site):
    page.goto(f"{site}/trends?indicators=condolence_fund&areas=620702")
    page.get_by_role("button", name="加入汇报").click()
    expect(page.get_by_role("button", name="已加入汇报（共1张），点一下移出")).to_be_visible()
    expect(page.locator(".unfold")).to_be_hidden()  # a toast here took the page's style away
    page.reload()  # the browser remembers what was taken
    expect(page.get_by_role("button", name="已加入汇报（共1张），点一下移出")).to_be_visible()
    page.get_by_role("link", name="材料").click()
    page.get_by_role("combobox", name=re.compile("材料$")).click()
    page.get_by_role("option", name="我的汇报（1张图）").click()
    expect(page.get_by_role("img", name="甘州区慰问金发放额")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("button", name="下载幻灯片 PPTX").click()
    _, slide = Presentation(file.value.path()).slides
    assert slide.shapes.title.text.startswith("甘州区慰问金发放额")
    page.get_by_role("button", name="清空我的汇报").click()
    expect(page.get_by_text("还没有加入图表")).to_be_visible()
    page.reload()
    expect(page.get_by_text("还没有加入图表")).to_be_visible()
    assert page.wrong == []
