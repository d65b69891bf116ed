"""The form of a sheet: alike for the next county and quarter, different for another template."""

from __future__ import annotations

from etl.asked import sheet_key
from etl.understand.blocks import blocks
from etl.understand.form import Form, form_of
from etl.understand.rows import kinds
from etl.understand.sheet import Sheet
from tests.understand.committed import grids, vocabulary, workbooks
from tests.understand.pinning import grid


def form(rows, **more) -> Form:
    sheet = Sheet(grid(rows, **more), vocabulary())
    return form_of(sheet, blocks(sheet, kinds(sheet)))


def table(title="张掖市2024年二季度走访慰问情况", header=("县区", "慰问金（万元）"), rows=None):
    body = rows or [("甘州区", 3.5), ("民乐县", 2)]
    return [[title], ["填报单位：甘州区双拥办", "填报时间：2024年7月3日"], header, *body]


SAME = {
    "another quarter": table("张掖市2025年第一季度走访慰问情况"),
    "another county": table("民乐县2024年1-6月走访慰问情况"),
    "more rows": table(rows=[("山丹县", 1), ("高台县", 2), ("临泽县", None), ("合计", 3)]),
    "a mark and words": table(rows=[("肃南县", "约3"), ("山丹县", "略"), ("甘州区", "—")]),
    "another office": [
        ["张掖市2024年二季度走访慰问情况"],
        ["填报单位：肃南县退役军人事务局", "填报时间：2024年10月9日"],
        *table()[2:],
    ],
}
OTHER = {
    "another title": table("张掖市2024年二季度宣传情况"),
    "another unit": table(header=("县区", "慰问金（元）")),
    "another column": table(header=("县区", "慰问金（万元）", "场次")),
    "indicators in rows": table(header=("项目", "慰问金（万元）"), rows=[("慰问金", 3)]),
}


def test_the_same_form():
    assert {name: form(rows).key for name, rows in SAME.items()} == dict.fromkeys(
        SAME, form(table()).key
    )
    assert form(table(), sheet="二季度", file="终稿(1).xlsx") == form(table())


def test_another_form():
    keys = {name: form(rows).key for name, rows in OTHER.items()}
    assert len({*keys.values(), form(table()).key}) == len(OTHER) + 1


def test_headers_that_repeat_across_count_once():
    def quarters(count):
        names = ["一季度", "二季度", "三季度", "四季度"][:count]
        return form([["2024年慰问金（万元）"], ["县区", *names], ["甘州区", *range(count)]])

    assert quarters(4) == quarters(3)


def test_only_a_title_of_its_own_tells_a_form_from_others():
    assert form(table()).titled
    assert not form([["县区", "慰问金"], ["甘州区", 1]]).titled
    assert not form([["张掖市2024年"], ["县区", "慰问金"], ["甘州区", 1]]).titled


def test_a_sheet_is_known_by_its_bytes_and_its_name():
    keys = {sheet_key("a" * 64, "一"), sheet_key("a" * 64, "二"), sheet_key("b" * 64, "一")}
    assert len(keys) == 3


def test_the_quarters_of_a_demonstration_template_share_a_form():
    """Four quarters of 2024, each a workbook with one sheet a county."""
    books = [path for path in workbooks() if path.name.startswith("2024年") and "优抚" in path.name]
    found = set()
    for path in books:
        for sheet_grid in grids(path):
            sheet = Sheet(sheet_grid, vocabulary())
            found.add(form_of(sheet, blocks(sheet, kinds(sheet))).key)
    assert len(books) == 4
    assert len(found) == 1
