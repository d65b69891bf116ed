"""What one cell prints as a number, and what it must not be taken for."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.understand.number import read_number
from etl.understand.numerals import chinese_integer

EXACT = [  # printed, value, unit, rounding
    ("0", 0.0, "", 0.5),
    ("15", 15.0, "", 0.5),
    ("206.66", 206.66, "", 0.005),
    ("48.0", 48.0, "", 0.05),
    ("0.50", 0.5, "", 0.005),
    ("-3.2", -3.2, "", 0.05),
    ("－3.2", -3.2, "", 0.05),
    ("−3.2", -3.2, "", 0.05),
    # the seeds, as they are printed
    ("6次", 6.0, "次", 0.5),
    ("22项", 22.0, "项", 0.5),
    ("15支", 15.0, "支", 0.5),
    ("59万元", 590000.0, "元", 5000.0),
    ("60名", 60.0, "名", 0.5),
    ("6项", 6.0, "项", 0.5),
    ("27家", 27.0, "家", 0.5),
    ("5大类", 5.0, "大类", 0.5),
    ("43项", 43.0, "项", 0.5),
    ("39个", 39.0, "个", 0.5),
    ("一座", 1.0, "座", 0.5),
    ("连续四次", 4.0, "次", 0.5),
    ("连续八次", 8.0, "次", 0.5),
    ("两次", 2.0, "次", 0.5),
    ("660万元", 6600000.0, "元", 5000.0),
    ("3万亩", 30000.0, "亩", 5000.0),
    ("零事故", 0.0, "事故", 0.5),
    ("116名", 116.0, "名", 0.5),
    ("100%", 100.0, "%", 0.5),
    ("3.8亿元", 380000000.0, "元", 5000000.0),
    ("42.79万元", 427900.0, "元", 50.0),
    ("206.66万元", 2066600.0, "元", 50.0),
    ("12306块", 12306.0, "块", 0.5),
    ("10834张", 10834.0, "张", 0.5),
    ("1580万元", 15800000.0, "元", 5000.0),
    ("833.06万元", 8330600.0, "元", 50.0),
    ("15.8万元", 158000.0, "元", 500.0),
    ("10804人", 10804.0, "人", 0.5),
    ("三年", 3.0, "年", 0.5),
    ("10大方面", 10.0, "大方面", 0.5),
    # width, thousands, spaces, scientific
    ("１，５８０", 1580.0, "", 0.5),
    ("１２３４．５", 1234.5, "", 0.05),
    ("９，９５０", 9950.0, "", 0.5),
    ("1,234", 1234.0, "", 0.5),
    ("12,345,678.90", 12345678.9, "", 0.005),
    ("1,234万元", 12340000.0, "元", 5000.0),
    ("15 支", 15.0, "支", 0.5),
    (" 15　支 ", 15.0, "支", 0.5),
    ("1.234E+05", 123400.0, "", 50.0),
    ("1.5e-03", 0.0015, "", 0.00005),
    ("'15", 15.0, "", 0.5),
    ('="15"', 15.0, "", 0.5),
    # powers
    ("18549.19亿", 1854919000000.0, "", 500000.0),
    ("1389.32亿元", 138932000000.0, "元", 500000.0),
    ("3千", 3000.0, "", 500.0),
    ("5百", 500.0, "", 50.0),
    ("3百万", 3000000.0, "", 500000.0),
    ("2.5千万元", 25000000.0, "元", 500000.0),
    ("3十万", 300000.0, "", 50000.0),
    ("1.2万亿元", 1200000000000.0, "元", 50000000000.0),
    ("6000万", 60000000.0, "", 5000.0),
    # units
    ("12.5%", 12.5, "%", 0.05),
    ("１２．５％", 12.5, "%", 0.05),
    ("3.1‰", 3.1, "‰", 0.05),
    ("10.17个百分点", 10.17, "个百分点", 0.005),
    ("2百分点", 2.0, "百分点", 0.5),
    ("300人次", 300.0, "人次", 0.5),
    ("5万人次", 50000.0, "人次", 5000.0),
    ("80m²", 80.0, "m2", 0.5),
    ("80㎡", 80.0, "m2", 0.5),
    ("1.5公顷", 1.5, "公顷", 0.05),
    ("3个月", 3.0, "个月", 0.5),
    ("50年", 50.0, "年", 0.5),
    ("60周岁", 60.0, "周岁", 0.5),
    ("15支部队", 15.0, "支部队", 0.5),
    ("200套", 200.0, "套", 0.5),
    ("¥50", 50.0, "元", 0.5),
    ("￥1,234.50", 1234.5, "元", 0.005),
    ("¥5万元", 50000.0, "元", 5000.0),
    ("$495,133 ", 495133.0, "$", 0.5),
    (" $- ", 0.0, "", 0.5),  # a zero in a workbook's accounting format
    ("￥ -", 0.0, "", 0.5),
    ("人民币3万元", 30000.0, "元", 5000.0),
    # words before
    ("共计20万元", 200000.0, "元", 5000.0),
    ("合计20", 20.0, "", 0.5),
    ("累计12场", 12.0, "场", 0.5),
    ("累计达3.8亿元", 380000000.0, "元", 5000000.0),
    ("折价15万元", 150000.0, "元", 5000.0),
    ("价值59万元", 590000.0, "元", 5000.0),
    ("先后3次", 3.0, "次", 0.5),
    ("共三场", 3.0, "场", 0.5),
    ("达100%", 100.0, "%", 0.5),
    # Chinese numerals
    ("二十三", 23.0, "", 0.5),
    ("十", 10.0, "", 0.5),
    ("十二", 12.0, "", 0.5),
    ("二十", 20.0, "", 0.5),
    ("一百二十", 120.0, "", 0.5),
    ("一百零五", 105.0, "", 0.5),
    ("一百一十", 110.0, "", 0.5),
    ("两百五十人", 250.0, "人", 0.5),
    ("三千", 3000.0, "", 0.5),
    ("三千零五", 3005.0, "", 0.5),
    ("一万二千", 12000.0, "", 0.5),
    ("三万零五百", 30500.0, "", 0.5),
    ("五百万元", 5000000.0, "元", 5000.0),
    ("一亿两千万元", 120000000.0, "元", 5000.0),
    ("二〇二四", 2024.0, "", 0.5),
    ("零", 0.0, "", 0.5),
    ("两", 2.0, "", 0.5),
    ("两家", 2.0, "家", 0.5),
    ("百分之九十五", 95.0, "%", 0.5),
    ("百分之百", 100.0, "%", 0.5),
    ("百分之12.5", 12.5, "%", 0.05),
    # nothing happened
    ("无", 0.0, "", 0.5),
    ("零投诉", 0.0, "投诉", 0.5),
    ("零报告", 0.0, "报告", 0.5),
    # marks of notes
    ("12①", 12.0, "", 0.5),
    ("12*", 12.0, "", 0.5),
    ("2*", 2.0, "", 0.5),
    ("12.5注1", 12.5, "", 0.05),
    ("1,580[1]", 1580.0, "", 0.5),
]


@pytest.mark.parametrize(("printed", "value", "unit", "rounding"), EXACT)
def test_an_exact_number(printed, value, unit, rounding):
    number = read_number(printed)
    assert (number.value, number.unit, number.rounding) == (value, unit, rounding)
    assert (number.qualifier, number.low, number.high) == ("exact", None, None)
    assert (number.preliminary, number.parts) == (False, ())


INEXACT = [  # printed, qualifier, value, low, high, unit
    ("10余", "at_least", 10, 10, 20, ""),
    ("10余场", "at_least", 10, 10, 20, "场"),
    ("20余次", "at_least", 20, 20, 30, "次"),
    ("20多篇", "at_least", 20, 20, 30, "篇"),
    ("40余户", "at_least", 40, 40, 50, "户"),
    ("140余次", "at_least", 140, 140, 150, "次"),
    ("105余人", "at_least", 105, 105, 106, "人"),
    ("200余人", "at_least", 200, 200, 300, "人"),
    ("1700余人", "at_least", 1700, 1700, 1800, "人"),
    ("3000余份", "at_least", 3000, 3000, 4000, "份"),
    ("3万多人次", "at_least", 30000, 30000, 40000, "人次"),
    ("5万余人次", "at_least", 50000, 50000, 60000, "人次"),
    ("8万余人", "at_least", 80000, 80000, 90000, "人"),
    ("12万多人", "at_least", 120000, 120000, 130000, "人"),
    ("10万余元", "at_least", 100000, 100000, 200000, "元"),
    ("10余万元", "at_least", 100000, 100000, 200000, "元"),
    ("1000余万元", "at_least", 10000000, 10000000, 20000000, "元"),
    ("974余万元", "at_least", 9740000, 9740000, 9750000, "元"),
    ("3.8亿多元", "at_least", 380000000, 380000000, 390000000, "元"),
    ("4900余件", "at_least", 4900, 4900, 5000, "件"),
    ("30人以上", "at_least", 30, 30, 40, "人"),
    ("95%以上", "at_least", 95, 95, 96, "%"),
    ("超30万元", "at_least", 300000, 300000, 400000, "元"),
    ("超过200人", "at_least", 200, 200, 300, "人"),
    ("五年多", "at_least", 5, 5, 6, "年"),
    ("十余", "at_least", 10, 10, 20, ""),
    ("十余万元", "at_least", 100000, 100000, 200000, "元"),
    ("二十余人", "at_least", 20, 20, 30, "人"),
    ("三千余", "at_least", 3000, 3000, 4000, ""),
    ("三千余份", "at_least", 3000, 3000, 4000, "份"),
    ("三万余元", "at_least", 30000, 30000, 40000, "元"),
    ("万余元", "at_least", 10000, 10000, 20000, "元"),
    ("百余人", "at_least", 100, 100, 200, "人"),
    ("千余份", "at_least", 1000, 1000, 2000, "份"),
    ("近30万次", "nearly", 300000, 270000, 300000, "次"),
    ("近2.3亿元", "nearly", 230000000, 207000000, 230000000, "元"),
    ("近万份", "nearly", 10000, 9000, 10000, "份"),
    ("近百人", "nearly", 100, 90, 100, "人"),
    ("将近500", "nearly", 500, 450, 500, ""),
    ("近三千人", "nearly", 3000, 2700, 3000, "人"),
    ("累计近30万次", "nearly", 300000, 270000, 300000, "次"),
    ("上万", "over", 10000, 10000, 20000, ""),
    ("上万个", "over", 10000, 10000, 20000, "个"),
    ("上千人", "over", 1000, 1000, 2000, "人"),
    ("逾300", "over", 300, 300, 400, ""),
    ("突破100万元", "over", 1000000, 1000000, 2000000, "元"),
    ("约1100", "about", 1100, 1045, 1155, ""),
    ("大约20人", "about", 20, 19, 21, "人"),
    ("20人左右", "about", 20, 19, 21, "人"),
    ("约20人左右", "about", 20, 19, 21, "人"),
    ("约万人", "about", 10000, 9500, 10500, "人"),
    ("折价约1.2万元", "about", 12000, 11400, 12600, "元"),
    ("共约20户", "about", 20, 19, 21, "户"),
    ("百分之九十五以上", "at_least", 95, 95, 96, "%"),
    ("…", "about", 0, 0, 1, ""),
    ("……", "about", 0, 0, 1, ""),
    ("...", "about", 0, 0, 1, ""),
    ("全部", "implied", 100, 100, 100, "%"),
    ("全覆盖", "implied", 100, 100, 100, "%"),
]


@pytest.mark.parametrize(("printed", "qualifier", "value", "low", "high", "unit"), INEXACT)
def test_a_number_that_is_not_exact(printed, qualifier, value, low, high, unit):
    number = read_number(printed)
    assert (number.qualifier, number.value, number.unit) == (qualifier, value, unit)
    assert (number.low, number.high) == (low, high)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("多次", "次"),
        ("多场", "场"),
        ("先后多次", "次"),
        ("若干", ""),
        ("若干次", "次"),
        ("一批", ""),
        ("大量", ""),
        ("广泛", ""),
        ("数十人", "人"),
        ("数百人次", "人次"),
        ("几十场", "场"),
        ("十几家", "家"),
    ],
)
def test_words_of_quantity_have_no_value(printed, unit):
    number = read_number(printed)
    assert (number.value, number.qualifier, number.unit) == (None, "non_numeric", unit)
    assert (number.low, number.high) == (None, None)


@pytest.mark.parametrize(
    ("printed", "value", "parts"),
    [
        ("12(其中女兵3)", 12.0, (("女兵", "3"),)),
        ("12（其中：女兵3）", 12.0, (("女兵", "3"),)),
        ("12（其中女兵3人）", 12.0, (("女兵", "3人"),)),
        ("12人（其中女兵为3人）", 12.0, (("女兵", "3人"),)),
        ("12(其中:女兵3,党员5)", 12.0, (("女兵", "3"), ("党员", "5"))),
        ("20（含市本级2）", 20.0, (("市本级", "2"),)),
        ("2（含线上1场）", 2.0, (("线上", "1场"),)),
        ("12人,其中女兵3人", 12.0, (("女兵", "3人"),)),
        ("651万元（其中残疾军人288.1万元）", 6510000.0, (("残疾军人", "288.1万元"),)),
    ],
)
def test_parts_in_brackets_are_kept_beside_the_whole(printed, value, parts):
    number = read_number(printed)
    assert (number.value, number.parts) == (value, parts)


@pytest.mark.parametrize(
    ("printed", "value", "qualifier"),
    [
        ("初步22项", 22.0, "exact"),
        ("初步确定22项", 22.0, "exact"),
        ("初步统计约1100人", 1100.0, "about"),
    ],
)
def test_a_preliminary_number_says_so(printed, value, qualifier):
    number = read_number(printed)
    assert (number.value, number.qualifier, number.preliminary) == (value, qualifier, True)


REFUSED = [
    # nothing, marks, states
    "", " ", "-", "—", "——", "/", "\\", "*", "****", "√", "×", "未统计", "暂无", "待报", "未报",
    "同上", "详见附件", "是", "否", "已完成", "推进中", "优", "良", "合格", "长期", "########",
    "#REF!", "#DIV/0!", "n/a", "TBD", "约", "近", "上", "余", "一",
    # more than one number
    "5+2", "3/5", "1-6", "3~5", "3至5个", "50%-60%", "5，1", "5,1", "1,23,456", "12,34", "0,123",
    "12 34", "1 580", "12、13", "140余次12万多人", "3万5千", "1亿2000万元", "5二", "10:30", "1=2",
    "1000元/户", "3人/次", "12(女3)", "12(8)", "12(其中女兵)", "12(其中女兵约3)", "近30余",
    # bounds that the contract has no word for
    ">30", "≥30", "<10", "小于5次", "不足100人", "不超过5次", "至少3场", "30人以下", "5人以内",
    "10000+", "+5",
    # a change
    "增长3.2", "下降2.8%", "上升5个百分点", "减少12人", "同比增长3.2%", "持平", "翻一番", "零增长",
    "(3.2)", "（12）",
    # dates, orders, grades, names
    "2024年", "1949年", "2023年上半年宣传", "2024年6月",
    "2024年6月30日", "2024-06-30", "2024/6/30", "2024.6.30",
    "6月", "12月份", "6月底", "30日", "12号", "8时", "二季度", "2季度", "第2季度", "上半年",
    "第三次", "第31次", "第一批", "第十一届", "十一届", "首次", "首届", "双组长", "4A级", "3级",
    "96747部队", "一站式", "一次性", "一盘棋", "三属", "四套班子", "五纳入和五统一", "一般",
    "两个待遇", "一二三产业", "十四五", "八一", "五一", "三五个", "一两次", "七八十人",
    # codes, telephones, identity numbers
    "01", "007", "016000", "-05", "SY0301", "A12", "12A", "1.2.3", "0473-3998316", "13893612345",
    "620702199001011234", "1503000001503000001", "1E5", "0x1F", "12.", "1..2", "--5", "1_000",
    "٣", "①", "12①人", "10²人", "3½", "½", "12⑴人",
    # words of numbers that two people read differently, or units alone
    "一百二", "三千五", "一万二", "三万五百", "半", "一半", "半数", "三点五万", "万元", "千人",
    "百", "万", "亿元", "万人次", "个百分点", "零星3人", "零售额",
    # a sentence
    "送去价值59万元的慰问品", "慰问20次", "共有3名干部参加", "12名困难退役军人家庭", "详见12页附件",
]  # fmt: skip


@pytest.mark.parametrize("printed", REFUSED)
def test_what_is_not_certainly_one_number_is_refused(printed):
    assert read_number(printed) is None


ALPHABET = (
    "0123456789.,-−+eE%（）()其中含女兵万亿千百十余多近约上以左右"
    "零〇一二两人次元年月部队第①… \u3000"
)


@given(st.text(max_size=30) | st.text(alphabet=ALPHABET, max_size=14))
def test_no_text_raises_and_every_number_is_finite_and_within_its_bounds(text):
    number = read_number(text)
    if number is not None and number.value is not None:
        assert math.isfinite(number.value)
        if number.qualifier != "exact":
            assert number.low <= number.value <= number.high
        assert number.rounding >= 0


amounts = st.decimals(0, 10**6, places=2) | st.decimals(0, 10**6, places=0)
POWERS = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8}


@given(amounts, st.sampled_from(sorted(POWERS)))
def test_multiplying_a_power_in_is_exact(amount, power):
    number = read_number(f"{amount}{power}元")
    assert number.value == float(Decimal(amount) * POWERS[power])
    places = -Decimal(amount).as_tuple().exponent
    assert number.rounding == float(Decimal(POWERS[power]).scaleb(-places) / 2)


@given(st.integers(0, 10**10))
def test_an_integer_is_read_alike_with_and_without_thousands_and_in_full_width(value):
    wide = str(value).translate({48 + i: 0xFF10 + i for i in range(10)})
    assert {read_number(text).value for text in (str(value), f"{value:,}", wide)} == {value}


@given(st.integers(-(10**9), 10**9))
def test_a_sign_is_kept(value):
    assert read_number(f"{value}人").value == value


@given(st.integers(1, 10**8 - 1))
def test_a_bound_of_at_least_begins_at_the_number_and_changes_its_last_printed_digit(value):
    number = read_number(f"{value}余")
    digits = str(value).rstrip("0")
    step = 10 ** (len(str(value)) - len(digits))
    assert (number.low, number.high) == (value, value + step)


def in_chinese(value: int) -> str:
    """Write an integer below a hundred million as a careful clerk does."""
    if value >= 10**4:
        high, low = divmod(value, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return in_chinese(high) + "万" + (gap + in_chinese(low) if low else "")
    written, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return written or "零"


@given(st.integers(0, 10**8 - 1))
def test_chinese_numerals_come_back(value):
    assert chinese_integer(in_chinese(value)) == value


@given(st.integers(2, 10**8 - 1))
def test_chinese_numerals_count(value):
    number = read_number(in_chinese(value) + "人")
    assert (number.value, number.unit) == (value, "人")


@given(st.integers(1000, 2999))
def test_a_year_in_single_characters_is_read_digit_by_digit(value):
    written = "".join("〇一二三四五六七八九"[int(c)] for c in str(value))
    assert chinese_integer(written) == value


@given(st.integers(11, 10**8 - 1), st.data())
def test_a_chinese_numeral_that_lost_a_character_is_another_careful_one_or_none(value, data):
    words = in_chinese(value)
    lost = data.draw(st.integers(0, len(words) - 1))
    rest = words[:lost] + words[lost + 1 :]
    read = chinese_integer(rest)
    if read is not None:
        assert bare(in_chinese(read)) == bare(rest)  # 四千十 is 四千零一十


def bare(words: str) -> str:
    return words.replace("零", "").replace("一十", "十")
