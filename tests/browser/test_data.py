"""The data page in a real Chromium: from an upload to a number on Trends, and back to its cell."""

import re

import pytest
from playwright.sync_api import expect

from etl.pipeline import load
from tests.browser.conftest import ROOT, serving
from tests.dashboard.office import workbook

PATIENCE = 30_000
DRAG = """const files = new DataTransfer(); files.items.add(new File(["x"], "x.csv"));
document.querySelector("[data-testid=stFileUploaderDropzone]")
  .dispatchEvent(new DragEvent("dragenter", {bubbles: true, dataTransfer: files}))"""
LONG = [(name, n) for n, name in enumerate(("甘州区", "民乐县", "临泽县", "高台县", "山丹县"), 20)]


@pytest.fixture(scope="module")
def vintages(tmp_path_factory):
    """Load a first quarter of five counties, and a third with one cell that cannot be read."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "一季度.xlsx").write_bytes(workbook(rows=LONG))
    (folder / "三季度.xlsx").write_bytes(workbook("三", [("甘州区", 8), ("临泽县", "5+2")]))
    data = folder / "data"
    paths = sorted(folder.glob("*.xlsx"))
    load(paths, data, data / "vintages", (ROOT / "data" / "catalogue",))
    return data / "vintages"


@pytest.fixture(scope="module")
def office(vintages):
    with serving(vintages) as address:
        yield address


def send(page, *files):
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_text("还没有发布")).to_be_visible(timeout=PATIENCE)


def click_number(page, row):
    """Click a row of the list of numbers; it is a canvas, so by its place."""
    box = page.locator('[class*="st-key-source_"] canvas').first.bounding_box()
    page.mouse.click(box["x"] + 200, box["y"] + 35 * (row + 1) + 17)


def test_from_an_upload_to_a_number_on_trends_and_back_to_its_cell(page, office):
    page.set_viewport_size({"width": 1440, "height": 2000})
    page.goto(f"{office}/data")
    send(page, ("二季度.xlsx", workbook("二", [("甘州区", 31.5), ("临泽县", "5+2")])))
    page.get_by_text("二季度.xlsx：1条").click()
    expect(page.get_by_text("“5+2”不能读作一个数")).to_be_visible()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布。现在共有3个文件、7个观测值。")).to_be_visible(timeout=PATIENCE)

    page.goto(f"{office}/trends?indicators=condolence_fund&areas=620702&last=2024-Q2")
    expect(page.get_by_text("2024年二季度为31.50万元")).to_be_visible()
    page.get_by_text("数字来源").click()
    page.locator('[class*="st-key-source_"] canvas').first.wait_for()
    page.wait_for_timeout(500)  # while the box still unfolds
    click_number(page, 1)
    expect(page.locator(".sheet figcaption")).to_have_text("二季度.xlsx › 二季度 › B4")
    expect(page.locator(".sheet .target")).to_have_text("31.5")
    expect(page.locator(".sheet tr", has_text="31.5").locator("th")).to_have_text("4")
    expect(page.locator(".sheet").get_by_text("张掖市2024年第二季度")).to_be_visible()
    assert page.wrong == []


def test_an_issue_shows_its_cell_and_its_filters_stand_in_the_address(page, office):
    page.goto(f"{office}/data?part=issues&severity=error&file=三季度.xlsx")
    expect(page.get_by_text("“5+2”不能读作一个数")).to_be_visible()
    page.get_by_text("查看单元格").click()
    expect(page.locator(".sheet .target")).to_have_text("5+2")
    with page.expect_download() as csv:
        page.get_by_role("button", name="下载问题清单 CSV").click()
    text = csv.value.path().read_bytes().decode("utf-8")
    assert text.startswith("\ufeff级别,")
    assert "三季度.xlsx,三季度,B5,5+2" in text
    page.goto(f"{office}/data?part=issues&severity=note")
    expect(page.get_by_text("没有符合条件的问题。")).to_be_visible()


def test_a_blank_form_and_the_marked_file_come_and_an_answer_needs_a_name(page, office):
    page.goto(f"{office}/data")
    page.get_by_text("空白填报表").click()
    with page.expect_download() as form:
        page.get_by_role("button", name="下载空白表").click()
    assert form.value.path().read_bytes().startswith(b"PK")
    send(page, ("四季度.xlsx", workbook("三", [("甘州区", 1)], "慰藉款")))
    page.get_by_text("四季度.xlsx：").click()
    with page.expect_download() as marked:
        page.get_by_role("button", name="下载标注后的表格").click()
    assert marked.value.suggested_filename == "四季度-已标注.xlsx"
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("新载入1个文件、0个观测值")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{office}/data?part=questions")
    page.get_by_role("combobox", name=re.compile("规范名称")).first.click()
    page.keyboard.type("慰问金发放额")
    page.get_by_role("option", name="慰问金发放额", exact=True).click()
    keep = page.get_by_role("button", name="保存答复")
    expect(keep).to_be_disabled()
    page.get_by_role("textbox", name="由谁回答").fill("优抚科")
    page.keyboard.press("Enter")
    keep.click()
    expect(page.get_by_text("1个答复已记下")).to_be_visible()
    assert page.wrong == []


def test_withdraw_and_the_way_back(page, office, vintages):
    before = (vintages / "current").read_text("utf-8")
    page.goto(f"{office}/data?part=loaded")
    page.get_by_role("button", name="撤回文件").click()
    page.get_by_role("combobox", name=re.compile("撤回哪个文件")).click()
    page.get_by_role("option", name="一季度.xlsx").click()
    page.get_by_role("button", name="确认撤回", disabled=False).click()
    expect(page.get_by_text("已发布。现在共有")).to_be_visible(timeout=PATIENCE)
    assert (vintages / "current").read_text("utf-8") != before
    page.get_by_role("button", name="退回旧版本").click()
    page.get_by_role("combobox", name=re.compile("退回哪个版本")).click()
    page.get_by_role("option", name=before.strip()).click()
    page.get_by_role("button", name="确认退回", disabled=False).click()
    expect(page.get_by_text("现在使用的版本是")).to_be_visible()
    assert (vintages / "current").read_text("utf-8") == before


def test_a_read_only_server_shows_and_changes_nothing(page, vintages):
    with serving(vintages, SHUANGYONG_READ_ONLY="1") as address:
        page.goto(f"{address}/data")
        expect(page.get_by_text("本服务只供查看")).to_be_visible()
        assert page.locator("input[type=file]").count() == 0
        page.goto(f"{address}/data?part=loaded")
        expect(page.get_by_role("heading", name="已载入的文件")).to_be_visible()
        assert page.get_by_role("button", name="撤回文件").count() == 0
        answer = page.request.put(f"{address}/_stcore/upload_file/any/any", data=b"x")
        assert answer.status == 403


@pytest.mark.parametrize("part", ["upload", "loaded", "gaps", "issues"])
def test_a_phone_reads_every_part_without_sideways_scrolling(page, site, part):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/data?part={part}&lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Data")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.wrong == []


def test_streamlits_own_words_are_in_the_language_of_the_page(page, office):
    page.goto(f"{office}/data")
    page.get_by_test_id("stFileUploaderDropzone").wait_for()
    page.evaluate(DRAG)
    expect(page.get_by_text("松开鼠标，放到这里")).to_be_visible()
    page.goto(f"{office}/changes")
    page.get_by_role("combobox").first.fill("没有这个")
    expect(page.get_by_text("没有符合的")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changes")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("navigation", name="App pages")).to_be_visible()
    page.get_by_role("combobox").first.fill("nothing like it")
    expect(page.get_by_text("No results")).to_be_visible()
