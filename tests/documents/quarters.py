"""A deck of three slides — cover, ranking and trend, table — and its refresh by a quarter."""

import io
from dataclasses import replace

from pptx import Presentation

from dashboard import charts, exports
from dashboard.charts.chart import PALETTE, Chart, Point, Series
from dashboard.decks import Asked, Choice, Deck, Slide
from dashboard.exports import pptx

D = "demonstration"
ORIGIN = charts.Provenance("来源：甲.xlsx", D, "v1", "2024-10-15", "演示数据", "版本 v1")
THIRD = {"620702": 33.0, "620721": 6.6, "620722": 12.0}
FOURTH = {"620722": 40.0, "620702": 35.5, "620723": 9.0, "620721": 7.0}
NAMES = {"620702": "甘州区", "620721": "肃南裕固族自治县", "620722": "民乐县", "620723": "临泽县"}


def point(area, key, value, mark="final"):
    text = "未报" if value is None else f"{value:.2f}"
    return Point(key, value, f"{text}万元", text, mark, "慰问金", NAMES[area], f"2024年{key}")


def ranking(values, period):
    points = tuple(replace(point(a, period, v), category=a) for a, v in values.items())
    points = (*points[:-1], replace(points[-1], mark="inexact", short="约" + points[-1].short))
    return chart(
        "ranking",
        f"{period}慰问金：{NAMES[next(iter(values))]}居首",
        tuple((area, f"{n} {NAMES[area]}") for n, area in enumerate(values, start=1)),
        (Series("慰问金", points, PALETTE[0]),),
    )


def lines(values, periods):
    series = tuple(
        Series(
            NAMES[area],
            tuple(point(area, p, None if n == 1 else value + n) for n, p in enumerate(periods)),
            PALETTE[k],
        )
        for k, (area, value) in enumerate(values.items())
    )
    return chart("lines", "各县区慰问金", tuple((p, p) for p in periods), series)


def heat(values, periods):
    return replace(lines(values, periods), kind="heat_map", title="各季度慰问金")


def chart(kind, title, keys, series):
    return Chart(kind, title, "万元", "单位：万元", 2, keys, series, (), f"图：{title}", ORIGIN)


def deck(values, last, period, *, without=()):
    periods = [f"Q{n}" for n in range(1, last + 1)]
    made = (
        Slide("cover", "cover", "封面", "双拥工作汇报", (period,)),
        Slide("visits", "content", "走访慰问", f"{period}：{NAMES[next(iter(values))]}居首",
              ("上季度有所增长。",), (ranking(values, period), lines(values, periods)),
              (Asked("ranking"), Asked("trend"))),
        Slide("annex", "content", "附表", "附表", (), (heat(values, periods),),
              (Asked("heat_map"),)),
    )  # fmt: skip
    slides = tuple(
        replace(
            slide,
            charts=tuple(c for c in slide.charts if c.kind not in without),
            asked=tuple(
                a for c, a in zip(slide.charts, slide.asked, strict=True) if c.kind not in without
            ),
        )
        for slide in made
    )
    choice = Choice(D, "620700", f"2024-Q{last}")
    return Deck("quarterly", choice, "双拥工作汇报", period, ORIGIN, slides)


BEFORE = exports.write_deck(deck(THIRD, 3, "三季度"))
AFTER = exports.write_deck(deck(FOURTH, 4, "四季度"))


def refreshed(edit=lambda presentation: None, fresh=AFTER, old=BEFORE):
    presentation = Presentation(io.BytesIO(old))
    edit(presentation)
    data = io.BytesIO()
    presentation.save(data)
    done = pptx.refresh(data.getvalue(), fresh)
    return Presentation(io.BytesIO(done.data)), done


RANKED = (["1 民乐县", "2 甘州区", "3 临泽县", "4 肃南裕固族自治县"], {"慰问金": (40, 35.5, 9, 7)})
TREND = {
    "甘州区": (35.5, None, 37.5, 38.5), "肃南裕固族自治县": (7, None, 9, 10),
    "民乐县": (40, None, 42, 43), "临泽县": (9, None, 11, 12),
}  # fmt: skip
