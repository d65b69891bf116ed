"""One spelling for the words of a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.understand.text import dashes, normalise, note_marks

SPELLINGS = [
    # white space
    ("慰 问 金", "慰问金"),
    ("单 位", "单位"),
    ("单　　位", "单位"),
    ("慰问\n金", "慰问金"),
    ("慰问\r\n金", "慰问金"),
    ("慰问_x000D_\n金", "慰问金"),
    ("慰问\t金", "慰问金"),
    ("　　其中：残疾军人", "其中:残疾军人"),
    ("\u00a0甘州区\u00a0", "甘州区"),
    ("\ufeff地区", "地区"),
    ("甘\u200b州\u200d区", "甘州区"),
    ("甘州区\u202c", "甘州区"),
    ("单位： 万元", "单位:万元"),
    ("慰问金 （万元）", "慰问金(万元)"),
    ("( 万元 )", "(万元)"),
    ("Job  fairs\n held", "Job fairs held"),
    ("March (p)", "March (p)"),
    ("620702 甘州区", "620702 甘州区"),
    ("附件1 2024年", "附件1 2024年"),
    ("1 234", "1 234"),
    ("", ""),
    ("   ", ""),
    ("\u200b", ""),
    # width
    ("１２３４．５", "1234.5"),
    ("１，５８０", "1,580"),
    ("（％）：", "(%):"),
    ("ＡＢＣ", "ABC"),
    ("㎡", "m2"),
    ("万m²", "万m2"),
    ("Ⅱ类", "II类"),
    ("⽉份", "月份"),
    ("￥50", "¥50"),
    ("−3.2", "−3.2"),
    ("——", "——"),
    ("—", "—"),
    # marks of notes, off before NFKC makes digits of them
    ("12①", "12"),
    ("12②", "12"),
    ("12*", "12"),
    ("2*", "2"),
    ("12＊", "12"),
    ("12①②", "12"),
    ("12①、", "12①、"),
    ("优待证①", "优待证"),
    ("优待证 ①", "优待证"),
    ("优待证注1", "优待证"),
    ("优待证（注1）", "优待证"),
    ("优待证(注)", "优待证"),
    ("优待证[1]", "优待证"),
    ("优待证［１］", "优待证"),
    ("优待证【注2】", "优待证"),
    ("优待证¹", "优待证"),
    ("Apr¹", "Apr"),
    ("Jan†", "Jan"),
    ("12⑴", "12"),
    # what looks like one and is none
    ("备注", "备注"),
    ("备注1", "备注1"),
    ("附注2", "附注2"),
    ("关注100", "关注100"),
    ("慰问金(1)", "慰问金(1)"),
    ("①", "①"),
    ("*", "*"),
    ("****", "****"),
    ("12①人", "12①人"),
    ("10²人", "10²人"),
    ("①市级", "①市级"),
    ("3½", "31⁄2"),
    # system exports, and texts kept as such
    ('="620702"', "620702"),
    ('= "620702"', "620702"),
    ('="肃南县"', "肃南县"),
    ('=""', ""),
    ('="a""b"', 'a"b'),
    ("'620702", "620702"),
    ("'01", "01"),
    ("'十四五'", "'十四五'"),
    ("=A1+B1", "=A1+B1"),
    # what is left alone
    ("當", "當"),
    ("“最美系列”", "“最美系列”"),
    ("慰问金—走访", "慰问金—走访"),
]


@pytest.mark.parametrize(("printed", "expected"), SPELLINGS)
def test_a_cell_has_one_spelling(printed, expected):
    assert normalise(printed) == expected


@pytest.mark.parametrize(
    ("printed", "marks"),
    [
        ("12①", ("①",)),
        ("12①*", ("①", "*")),
        ("12＊", ("＊",)),
        ("优待证（注1）", ("（注1）",)),
        ("优待证 注1", ("注1",)),
        ("优待证[1]", ("[1]",)),
        ("优待证¹²", ("¹²",)),
        ("优待证", ()),
        ("备注1", ()),
        ("m²", ()),
        ("*", ()),
        ("", ()),
    ],
)
def test_note_marks_are_told(printed, marks):
    assert note_marks(printed) == marks


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("1—6月", "1-6月"),
        ("1–6月", "1-6月"),
        ("1－6月", "1-6月"),
        ("1～6月", "1-6月"),
        ("1~6月", "1-6月"),
        ("1〜6月", "1-6月"),
        ("1至6月", "1-6月"),
        ("1到6月", "1-6月"),
        ("1——6月", "1-6月"),
        ("1 - 6月", "1-6月"),
        ("一至六月", "一-六月"),
        ("2019年4月至2023年3月", "2019年4月-2023年3月"),
        ("一季度至三季度", "一季度-三季度"),
        ("年初至本月", "年初-本月"),
        ("—", "—"),
        ("——", "——"),
        ("甚至6月", "甚至6月"),
        ("达到3次", "达到3次"),
        ("截至6月底", "截至6月底"),
        ("慰问—活动", "慰问—活动"),
        ("2024年—双拥", "2024年—双拥"),
    ],
)
def test_only_dashes_between_moments_become_hyphens(printed, expected):
    assert dashes(printed) == expected


@given(st.text(max_size=40))
def test_normalise_is_idempotent(text):
    assert normalise(normalise(text)) == normalise(text)


AWKWARD = st.text(alphabet="慰金1２²①⑴⒈*＊注[]（）( )=\"' \u3000\u200bm½—。", max_size=14)


@given(AWKWARD)
def test_normalise_is_idempotent_on_marks_spaces_and_wrappers(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.integers(0, 10**9), st.sampled_from("①②③⑩⑳❶*＊†¹"))
def test_a_note_mark_never_becomes_a_digit(value, mark):
    assert normalise(f"{value}{mark}") == str(value)
    assert normalise(f"{value}{mark}人") != f"{value}1人"


@given(st.integers(0, 10**12))
def test_full_width_digits_are_digits(value):
    wide = str(value).translate({48 + i: 0xFF10 + i for i in range(10)})
    assert normalise(wide) == str(value)


@given(st.text(max_size=40))
def test_dashes_is_idempotent(text):
    assert dashes(dashes(text)) == dashes(text)
