"""The main job in a real Chromium: choose, see, share, download, in both languages, offline."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

CHART = ".js-plotly-plot path.js-line, .js-plotly-plot .bars path"


def choose(page, label, option):
    page.get_by_role("combobox", name=re.compile(f"^(Selected .*)?{label}|{label}$")).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def address(page):
    return {k: v[0] for k, v in parse_qs(urlsplit(page.url).query, keep_blank_values=True).items()}


def heading(page):
    return page.get_by_role("heading", level=3)


def test_the_main_job(page, site):
    page.goto(site)
    expect(page.get_by_text("慰问金发放额93.90万元，同比增长7.9%")).to_be_visible()
    expect(page.locator(".tile")).to_have_count(5)
    page.get_by_role("link", name="县区").click()
    expect(heading(page).first).to_have_text("2024年三季度双拥宣传活动场次：甘州居首")
    expect(page.get_by_role("radio", name="当期")).to_be_checked()
    choose(page, "指标", "慰问金发放额")
    expect(heading(page).first).to_have_text("2024年三季度慰问金发放额：甘州居首")
    page.locator(CHART).first.wait_for()
    assert address(page) == {"indicator": "condolence_fund"}
    assert page.wrong == []


def test_an_address_opened_reloaded_and_shared_restores_the_view(page, site, chromium):
    page.goto(f"{site}/trends?indicators=recruits_sent&areas=620702&shape=bars&measure=ytd")
    title = "甘州区输送新兵人数：2024年1—9月为154人，同比增长10.0%"
    expect(heading(page)).to_have_text(title)
    page.locator(".js-plotly-plot .bars path").first.wait_for()
    page.reload()
    expect(heading(page)).to_have_text(title)
    other = chromium.new_context().new_page()
    other.goto(page.url)
    expect(heading(other)).to_have_text(title)
    other.context.close()


def test_a_choice_is_in_the_address_and_back_takes_it_back(page, site):
    page.goto(f"{site}/counties")
    choose(page, "指标", "慰问金发放额")
    expect(heading(page).first).to_have_text("2024年三季度慰问金发放额：甘州居首")
    choose(page, "指标", "输送新兵人数")
    expect(heading(page).first).to_have_text("2024年三季度输送新兵人数：甘州居首")
    assert address(page) == {"indicator": "recruits_sent"}
    page.go_back()
    expect(heading(page).first).to_have_text("2024年三季度慰问金发放额：甘州居首")
    page.go_forward()
    expect(heading(page).first).to_have_text("2024年三季度输送新兵人数：甘州居首")


def test_a_breakdown_is_chosen_drawn_and_shared(page, site):
    page.goto(f"{site}/trends?indicators=condolence_fund&areas=620702&last=2024-Q1")
    expect(heading(page)).to_contain_text("甘州区慰问金发放额：")
    choose(page, "分项", "部队")
    title = "甘州区慰问金发放额（部队）：2024年一季度为12.00万元，同比增长20.0%"
    expect(heading(page)).to_have_text(title)
    assert address(page)["breakdown"] == "recipient:部队"
    page.reload()
    expect(heading(page)).to_have_text(title)
    page.goto(f"{site}/counties?indicator=condolence_fund&breakdown=recipient:部队&period=2024-Q1")
    expect(heading(page).first).to_have_text("2024年一季度慰问金发放额（部队）：甘州居首")


def test_a_choice_goes_with_the_reader_to_the_next_page(page, site):
    page.goto(f"{site}/?area=620723")
    expect(page.get_by_text("临泽县双拥宣传活动场次", exact=False)).to_be_visible()
    page.get_by_role("link", name="趋势").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("趋势")
    page.get_by_role("link", name="总览").click()
    expect(page.get_by_text("临泽县双拥宣传活动场次", exact=False)).to_be_visible()
    assert address(page) == {"area": "620723"}


def test_the_language_is_switched_and_shared(page, site):
    page.goto(f"{site}/counties?indicator=condolence_fund")
    page.get_by_role("radio", name="English").or_(page.get_by_text("English")).first.click()
    expect(heading(page).first).to_have_text("Condolence money, Q3 2024: Ganzhou comes first")
    assert address(page) == {"indicator": "condolence_fund", "lang": "en"}
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Counties")
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("name", ["", "trends", "counties", "data"])
def test_nothing_leaves_the_machine_and_nothing_fails(page, site, name):
    page.goto(f"{site}/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if name in ("trends", "counties"):
        page.locator(".js-plotly-plot .main-svg").first.wait_for()
    page.wait_for_load_state("networkidle")
    foreign = [u for u in page.asked if not u.startswith((site, "data:", "blob:"))]
    assert foreign == []
    assert page.wrong == []


def test_the_first_visitor_by_a_link_sees_the_whole_frame(page, site):
    page.goto(f"{site}/trends")
    expect(page.get_by_text("演示数据").first).to_be_visible()
    expect(page.get_by_role("link", name="总览")).to_be_visible()


def test_the_files_come(page, site):
    page.goto(f"{site}/counties?indicator=condolence_fund")
    title = page.get_by_role("heading", level=3).first.inner_text()
    page.get_by_role("button", name="下载", exact=False).first.click(timeout=60_000)
    begins = {
        "下载表格 CSV": b"\xef\xbb\xbf",
        "下载工作簿 XLSX": b"PK",
        "下载幻灯片 PPTX": b"PK",
        "下载矢量图 SVG": b"<svg",
        "下载图片 PNG": b"\x89PNG",
    }
    for name, first in begins.items():
        with page.expect_download() as file:
            page.get_by_role("button", name=name).first.click()
        assert file.value.path().read_bytes().startswith(first)
        assert file.value.suggested_filename == f"{title}.{name[-4:].strip().lower()}"


def test_a_phone_shows_the_sentence_first_and_leads_to_the_issues(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site)
    sentence = page.get_by_text("慰问金发放额93.90万元，同比增长7.9%")
    assert sentence.bounding_box()["y"] < 300
    area = page.get_by_role("combobox", name=re.compile("地区"))
    expect(area).to_be_hidden()
    page.get_by_label("更换地区、时期等").check()
    expect(area).to_be_visible()
    page.get_by_role("link", name=re.compile("查看全部")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("数据")
    assert address(page)["part"] == "issues"


@pytest.mark.parametrize("name", ["", "?lang=en", "trends", "counties", "data"])
def test_a_phone_needs_no_sideways_scrolling(page, site, name):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/{name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    too_wide = "tiles => tiles.filter(t => t.scrollWidth > t.clientWidth).map(t => t.innerText)"
    assert page.locator(".tile").evaluate_all(too_wide) == []


def test_a_click_on_a_county_of_the_map_opens_it(page, site):
    page.goto(f"{site}/counties?indicator=condolence_fund")
    block = page.locator(".st-key-chart_map_condolence_fund")
    expect(block.get_by_role("heading", level=3)).to_have_text(
        "2024年三季度慰问金发放额：县区分布图"
    )
    name = block.locator(".textpoint", has_text="高台")
    name.wait_for()
    place = name.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_url(re.compile(r"/county\?.*area=620724"))
    assert page.wrong == []


def test_a_phone_shows_a_map_and_no_blank_space_below_it(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/counties?indicator=condolence_fund")
    block = page.locator(".st-key-chart_map_condolence_fund")
    drawn = block.locator(".scatterlayer")
    block.locator(".textpoint").first.wait_for()
    box, seen = drawn.bounding_box(), block.locator(".stPlotlyChart").bounding_box()
    assert seen["y"] < box["y"]
    assert 0 <= seen["y"] + seen["height"] - box["y"] - box["height"] < 80
