"""What is never kept as written: persons' names and numbers, and units' designators."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from etl.records import Grid
from etl.understand import file_shown, hide, masked_sheets
from etl.understand.mask import masked
from tests.understand.committed import read_grid, vocabulary

MASKS = vocabulary().catalogue.masks


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证620102199001011234", "身份证〔身份证号〕"),
        ("62010219900101123X", "〔身份证号〕"),
        ("６２０１０２１９９００１０１１２３Ｘ", "〔身份证号〕"),
        ("620102 19900101 1234", "〔身份证号〕"),
        ("620102900101123", "〔身份证号〕"),
        ("卡号6217000012345678901，余额", "卡号〔账号〕，余额"),
        ("6217 0000 1234 5678 901", "〔账号〕"),
        ("账号：2713 0101 0920", "账号：〔账号〕"),
        ("请联系13812345678", "请联系〔电话〕"),
        ("138-1234-5678", "〔电话〕"),
        ("+86 13812345678", "〔电话〕"),
        ("电话：0936-8212345", "电话：〔电话〕"),
        ("0936-8212345转2", "〔电话〕转2"),
        ("（0936）8212345", "〔电话〕"),
        ("联系电话：8212345", "联系电话：〔电话〕"),
        ("走访93525部队", "走访某部队"),
        ("解放军第68058部队", "解放军某部队"),
        ("第76集团军某旅", "某部队某旅"),
        ("第八十三集团军", "某部队"),
        ("陆军第112旅", "陆军某部队"),
        ("陆军第21集团军61旅", "陆军某部队某部队"),
        ("火箭军56旅", "火箭军某部队"),
        ("空军第6飞行团", "空军某部队"),
        ("武警8640部队", "武警某部队"),
        ("联系人：张三", "联系人：〔姓名〕"),
        ("制表人：欧阳小明　审核人：李四", "制表人：〔姓名〕　审核人：〔姓名〕"),
        ("负责人：　审核人：李四　联系电话：", "负责人：　审核人：〔姓名〕　联系电话："),
        ("负责人：张 三联系电话：13812345678", "负责人：〔姓名〕联系电话：〔电话〕"),
        ("户主: 阿依古丽·买买提", "户主: 〔姓名〕"),
        ("慰问老兵高建国、文秀英同志", "慰问老兵〔姓名〕、文秀英同志"),
        ("优抚对象金玉兰家中", "优抚对象〔姓名〕家中"),
    ],
)
def test_hidden(text, shown):
    assert hide(text, MASKS) == shown
    assert hide(shown, MASKS) == shown


@pytest.mark.parametrize(
    "text",
    [
        "13812345678", "约13812345678", "13812345678元", "13812345678.50", "1,380万", "51.25%",
        "2021 2022 2023 2024", "2024-01-01", "620702001000", "2024年1-6月", "第八师石河子市",
        "走访部队12345元", "0.1234567890123456789", "制表人：××", "审核人：",
        "单位负责人：　　审核人：　制表人：　　联系电话：",
        "负责人（签字）：　填报人（签字）：　电话：",
        "填报单位：张掖市双拥办", "慰问部队12支", "民兵营", "12(其中女兵3)", "01",
        "620700-00", "2024部队慰问", "军属安置、退役军人方案", "烈属高平、优抚对象金额",
    ],
)  # fmt: skip
def test_left_alone(text):
    assert hide(text, MASKS) == text


def test_a_bare_number_is_hidden_where_no_table_took_it():
    assert hide("13812345678", MASKS, spare_figures=False) == "〔电话〕"


DIGITS = st.integers(10**16, 10**17 - 1)
ANY_TEXT = st.text("张掖市慰问金元人（）：,. -abc年部队\n", max_size=8)


@given(ANY_TEXT, DIGITS, st.sampled_from("0123456789Xx"), ANY_TEXT)
def test_no_identity_number_survives_in_any_text(before, digits, last, after):
    number = f"{digits}{last}"
    if before.endswith("."):  # 0.12345678901234567 is a share
        before += " "
    assert number not in hide(before + number + after, MASKS)


@given(
    st.one_of(
        st.integers(-(10**12) + 1, 10**12 - 1).map(str),
        st.integers(-(10**12) + 1, 10**12 - 1).map("{:,}".format),
        st.decimals(-(10**9), 10**12, places=2).map(str),
        st.decimals(0, 10**9, places=4).map("{:,}".format),
    ),
    st.sampled_from(["", "约", "近", "超"]),
    st.sampled_from(["", "元", "万元", "万", "亿元", "人", "余元", "%"]),
)
@example("13812345678", "约", "")
def test_no_figure_is_mangled(number, before, unit):
    assume(not (before and unit == "余元"))  # 约…余 says two things, and is no figure
    assume(not (before and number.startswith("-")))  # nor is 约-5
    assert hide(before + number + unit, MASKS) == before + number + unit


def grid(*rows):
    width = max(map(len, rows))
    cells = [[*row, *[None] * (width - len(row))] for row in rows]
    return Grid("张掖市2024年二季度.xlsx", "Sheet1", cells)


def test_what_stands_below_a_header_is_hidden_whatever_it_looks_like():
    safe = masked(
        grid(
            ["张掖市2024年二季度慰问情况"],
            ["单位", "慰问金（元）", "负责人", "联系电话", "番号"],
            ["甘州区", 13812345678, "王二", 8212345, "猛虎旅"],
            ["肃南县", 3, "××", "8212346", None],
            [None],
            ["单位", "负责人次", "输送新兵（人）", "走访部队（支）"],
            ["甘州区", 4, 5, 1234567],
        ),
        "张掖市2024年二季度（联系13812345678）.xlsx",
        vocabulary(),
    )
    assert safe.file == "张掖市2024年二季度（联系〔电话〕）.xlsx"
    assert safe.rows[1:4] == [
        ["单位", "慰问金（元）", "负责人", "联系电话", "番号"],
        ["甘州区", 13812345678, "〔姓名〕", "〔电话〕", "某部队"],
        ["肃南县", 3, "××", "〔电话〕", None],
    ]
    assert safe.rows[6][:4] == ["甘州区", 4, 5, 1234567]


def test_a_name_may_stand_beside_its_word_and_in_a_comment():
    sheet = grid(["填报单位：甘州区", None, "联系人：", "张三"], ["单位", "慰问金（元）"])
    sheet.comments[1, 0] = "问张三 13812345678，张掖市"
    safe = masked(sheet, "表.xlsx", vocabulary())
    assert safe.rows[0] == ["填报单位：甘州区", None, "联系人：", "〔姓名〕"]
    assert safe.comments == {(1, 0): "问〔姓名〕 〔电话〕，张掖市"}


def test_a_sheet_without_persons_is_handed_on_as_it_is():
    sheet = grid(["张掖市2024年二季度"], ["单位", "慰问金（元）"], ["甘州区", 5.5])
    assert masked(sheet, sheet.file, vocabulary()).rows is sheet.rows


def register(*columns):
    return grid(
        ["张掖市2024年二季度困难退役军人慰问金发放名册"],
        ["序号", *columns, "慰问金（元）"],
        [1, "张三", "甘州区", 1000],
        [2, "李四", "甘州区", 1000],
        [3, "海南", "山丹县", 1000],
        ["合计", None, None, 3000],
    )


def test_of_a_list_of_persons_only_the_printed_total_is_read():
    found = read_grid(masked(register("姓名", "县区"), "名册.xlsx", vocabulary()))
    (total,) = found.observations.to_pylist()
    said = total["cell"], total["ref_area"], total["breakdown"], total["obs_value"]
    assert said == ("D6", "620700", "recipient:困难退役军人", 3000)
    issues = {issue.rule: issue for issue in found.issues}
    assert issues["person_register"].cell == "B3:B5"
    assert issues["person_register"].words["persons"] == 3
    assert "张三" not in str(found.issues)
    assert found.fates["note"] == 12
    assert sum(found.fates.values()) == 19


def test_a_county_with_its_contact_person_is_no_list_of_persons():
    sheet = grid(
        ["张掖市2024年二季度慰问情况"],
        ["单位", "姓名", "慰问金（元）"],
        ["甘州区", "张三", 1000],
        ["山丹县", "李四", 2000],
    )
    found = read_grid(masked(sheet, "表.xlsx", vocabulary()))
    assert [o["obs_value"] for o in found.observations.to_pylist()] == [1000, 2000]


@pytest.mark.parametrize("card", [620102199001011000.0, 620102199001011000, "620102199001011234"])
def test_a_persons_number_is_no_figure(card):
    sheet = grid(["张掖市2024年二季度"], ["单位", "慰问金（元）"], ["山丹县", 5], ["甘州区", card])
    found = read_grid(masked(sheet, "表.xlsx", vocabulary()))
    assert [o["cell"] for o in found.observations.to_pylist()] == ["B3"]
    (issue,) = found.issues
    assert issue.cell == "B4"
    assert not re.search(r"62010219|6\.2010219", str(issue))


def test_an_amount_of_eleven_digits_is_an_amount():
    sheet = grid(["张掖市2024年二季度"], ["单位", "慰问金（元）"], ["甘州区", 13812345678])
    sheet.rows.append(["山丹县", "13912345678"])
    found = read_grid(masked(sheet, "表.xlsx", vocabulary())).observations.to_pylist()
    assert [(o["obs_value"], o["printed"]) for o in found] == [
        (13812345678, "13812345678"),
        (13912345678, "13912345678"),
    ]
    assert found[0]["period_end"] == dt.date(2024, 6, 30)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("负责人：张三丰", "负责人：〔姓名〕"),
        ("10（王建国经办）", "10（〔姓名〕经办）"),
        ("由欧阳建国负责", "由〔姓名〕负责"),
        ("联系人 王建国", "联系人 〔姓名〕"),
        ("制表人　李翀　联系电话 8212345", "制表人　〔姓名〕　联系电话 〔电话〕"),
    ],
)
def test_a_name_beside_a_word_needs_no_colon(text, shown):
    assert hide(text, MASKS) == shown
    assert hide(shown, MASKS) == shown


@pytest.mark.parametrize(
    "text",
    ["10（方案审核）", "（高台县负责）", "单位填报", "联系人 电话", "负责人 单位", "由安置科负责",
     "金额核实", "姓名 金额（元）", "12（含线上1场）", "经办人 时间"],
)  # fmt: skip
def test_words_that_begin_like_names_stay(text):
    assert hide(text, MASKS) == text


@pytest.mark.parametrize("header", ["退役军人", "优抚对象", "烈属", "现役军人", "户主"])
def test_persons_below_a_header_that_says_who_they_are(header):
    sheet = register(header, "县区")
    safe = masked(sheet, "慰问.xlsx", vocabulary())
    assert [row[1] for row in safe.rows[2:5]] == ["〔姓名〕"] * 3
    assert [row[2] for row in safe.rows[2:5]] == ["甘州区", "甘州区", "山丹县"]
    found = read_grid(safe)
    assert "张三" not in str(found)
    assert "person_register" in {issue.rule for issue in found.issues}


def test_figures_and_places_below_such_a_header_stay():
    sheet = grid(
        ["张掖市2024年二季度慰问金（万元）"],
        ["县区", "退役军人", "优抚对象", "慰问对象"],
        ["甘州区", 12.0, "12", "驻军部队"],
        ["山丹县", 3.0, "未报", "安置科"],
        ["高台县", 3.0, "—", "高台县"],
    )
    assert masked(sheet, sheet.file, vocabulary()).rows == sheet.rows


def test_a_name_in_the_next_cell_is_hidden_above_another_line():
    sheet = grid(
        ["单位", "慰问金（元）"], ["甘州区", 5], ["联系人", "王建国"], ["联系电话", "8212345"]
    )
    assert masked(sheet, "表.xlsx", vocabulary()).rows[2:] == [
        ["联系人", "〔姓名〕"],
        ["联系电话", "〔电话〕"],
    ]


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [("王建国", "〔姓名〕"), ("张 三", "〔姓名〕"), ("欧阳建国", "〔姓名〕")]
    + [(word, word) for word in ("安置", "高台", "汇总", "双拥", "金额", "文明", "陆军", "封面",
                                 "八一", "甘州区", "Sheet1", "二季度", "安全", "方案", "武威")],
)  # fmt: skip
def test_a_sheet_named_after_a_person_loses_its_name(sheet, shown):
    named = grid(["张掖市2024年二季度"])
    assert masked(replace(named, sheet=sheet), "表.xlsx", vocabulary()).sheet == shown


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("张三报表.xlsx", "〔姓名〕报表.xlsx"),
        ("甘州区报表-李娜(终稿).xlsx", "甘州区报表-〔姓名〕(终稿).xlsx"),
        ("2024年二季度张建国.xls", "2024年二季度〔姓名〕.xls"),
        ("欧阳建国上报甘州区.csv", "〔姓名〕上报甘州区.csv"),
        ("易县报表.xlsx", "易县报表.xlsx"),
        ("张北2024年一季度.xlsx", "张北2024年一季度.xlsx"),
        ("关于安置.xlsx", "关于安置.xlsx"),
    ],
)
def test_a_file_named_after_a_person_loses_its_name(file, shown):
    assert file_shown(file, vocabulary()) == shown


def test_no_area_is_taken_for_a_person_in_a_files_name():
    words = {
        word
        for area in vocabulary().catalogue.areas.values()
        for word in (area.name, area.short_name)
    }
    assert {
        word for word in words if file_shown(f"{word}报表.xlsx", vocabulary()) != f"{word}报表.xlsx"
    } == set()


def test_a_list_that_goes_on_in_the_next_sheets_stands_below_the_header_of_the_first():
    """A sheet that does not go on has headers of its own, or none."""
    first = [["困难退役军人慰问名单"], ["序号", "姓名", "慰问金（元）"], [1, "张建国", 1000]]
    grids = [
        Grid("表.xlsx", "表1", first),
        Grid("表.xlsx", "续表1", [[2, "王秀兰", 1200]]),
        Grid("表.xlsx", "表2", [["续表"], [3, "赵志强", 900]]),
        Grid("表.xlsx", "表3", [["县区", "招聘会场次（场）"], ["甘州区", 3]]),
    ]
    shown = {grid.sheet: grid.sheet for grid in grids}
    safe = [grid.rows[-1] for grid in masked_sheets(grids, shown, "表.xlsx", vocabulary())]
    assert safe == [
        [1, "〔姓名〕", 1000],
        [2, "〔姓名〕", 1200],
        [3, "〔姓名〕", 900],
        ["甘州区", 3],
    ]
