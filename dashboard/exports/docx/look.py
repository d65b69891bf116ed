"""The looks of a bulletin after GB/T 9704: a style for each kind of paragraph, and its typefaces.

Whatever an office's own template already calls by these names stays as the office has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

RED, GREY, INK = "C00000", "595F66", "000000"
LATIN = "Times New Roman"
BODY = 16  # 三号
TIGHTER = -5  # twentieths of a point: 28 characters of 16 points in a line of 156 mm

# What stands in for a typeface where a computer has not got it.
FACES = {
    "方正小标宋简体": "华文中宋,小标宋体,宋体",
    "仿宋": "仿宋_GB2312,FangSong,华文仿宋",
    "楷体": "楷体_GB2312,KaiTi,华文楷体",
    "黑体": "SimHei,微软雅黑",
    "宋体": "SimSun,新宋体",
}
SONG, FANG, KAI, HEI, PLAIN = FACES
FONT = (
    '<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
    '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of paragraph looks: sizes in points, indent in characters, line 0 for its own.

    ``align`` is Word's word: both (justified), left, center, right.
    """

    identity: str
    face: str
    size: float
    line: float
    align: str = "both"
    indent: int = 0
    colour: str = INK
    before: float = 0
    after: float = 0
    with_next: bool = False
    outline: int | None = None


# 二号 is 22 points, 三号 16, 四号 14, 小四 12, 五号 10.5, 小五 9. Names as Word has them,
# in Chinese where it has none.
LOOKS = {
    "Normal": Look("Normal", FANG, BODY, 28),
    "Body Text": Look("BodyText", FANG, BODY, 28, indent=2),
    "Title": Look("Title", SONG, 22, 34, "center", before=28, after=28),
    "Heading 1": Look("Heading1", HEI, BODY, 28, indent=2, with_next=True, outline=0),
    "Heading 2": Look("Heading2", KAI, BODY, 28, indent=2, with_next=True, outline=1),
    "Caption": Look("Caption", HEI, 12, 18, "center", before=8, with_next=True),
    "红头": Look("Masthead", SONG, 46, 64, "center", colour=RED, before=14),
    "期号": Look("IssueNumber", FANG, BODY, 28, "center"),
    "发文": Look("Office", FANG, BODY, 28, "left"),
    "单位": Look("UnitLine", PLAIN, 10.5, 14, "right", with_next=True),
    "表头": Look("TableHead", HEI, 10.5, 13, "center"),
    "表格": Look("TableText", PLAIN, 10.5, 13, "center"),
    "图表": Look("Figure", PLAIN, 10.5, 0, "center", with_next=True),
    "说明": Look("FootOfFigure", PLAIN, 9, 12, "left", colour=GREY),
    "页眉标记": Look("Badge", HEI, 12, 16, "center", colour=RED),
    "页码": Look("PageNumber", PLAIN, 14, 18, "right"),
}
DEFAULTS = f"""
<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FANG}" w:cs="{LATIN}"/>
<w:sz w:val="{2 * BODY}"/><w:szCs w:val="{2 * BODY}"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
"""
OF_WORD = ("Default Paragraph Font", "Normal Table", "No List")  # what every document has


def add_looks(document: Any) -> None:
    """Give a template those styles of a bulletin that it has not got, based on its own 正文."""
    styles = document.styles
    for name in LOOKS:
        if name not in styles:
            identity = f"Bulletin{LOOKS[name].identity}"
            styles.element.append(_style(name, identity, styles["Normal"].style_id))


def only_looks(document: Any) -> None:
    """Give a new document the styles of a bulletin and no others."""
    styles = document.styles.element
    for child in list(styles):
        name = child.find(qn("w:name"))
        if child.tag == qn("w:docDefaults"):
            styles.replace(child, parse_xml(DEFAULTS))
        elif child.tag == qn("w:style") and name.get(qn("w:val")) not in OF_WORD:
            styles.remove(child)
    for name, look in LOOKS.items():
        styles.append(_style(name, look.identity, "Normal"))


def in_chinese(document: Any) -> None:
    """Set a new document as Word 2013 and later set Chinese, not Japanese as Word 2010 does."""
    settings = document.settings.element
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")


def add_faces(document: Any) -> None:
    """Name the typefaces that may stand in for those that a computer has not got."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            part = relation.target_part
            known = part.blob.decode("utf-8")
            fonts = "".join(
                FONT.format(name=name, other=other)
                for name, other in FACES.items()
                if f'w:name="{name}"' not in known
            )
            part._blob = known.replace("</w:fonts>", f"{fonts}</w:fonts>").encode()


def _style(name: str, identity: str, normal: str) -> Any:
    """Return a style; all but 正文 itself, whose identity is ``normal``, are based on that."""
    look, own = LOOKS[name], name == "Normal"
    based = "" if own else f'<w:basedOn w:val="{normal}"/>'
    default = ' w:default="1"' if own else ""
    custom = "" if name.isascii() else ' w:customStyle="1"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{identity}"{default}{custom}>'
        f'<w:name w:val="{_stored(name)}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph(look)}</w:pPr><w:rPr>{_letters(look)}</w:rPr></w:style>"
    )


def _stored(name: str) -> str:
    """Return a style's name as a file has it: heading 1, where people see Heading 1."""
    return name.lower() if name.startswith(("Heading", "Caption")) else name


def _paragraph(look: Look) -> str:
    line = f'w:line="{round(20 * look.line)}" w:lineRule="exact"' if look.line else ""
    line = line or 'w:line="240" w:lineRule="auto"'
    indent = round(20 * look.indent * look.size)
    outline = "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>'
    return (
        f"{'<w:keepNext/>' if look.with_next else ''}"
        '<w:widowControl w:val="0"/>'
        f'<w:spacing w:before="{round(20 * look.before)}" w:after="{round(20 * look.after)}" '
        f"{line}/>"
        f'<w:ind w:firstLineChars="{100 * look.indent}" w:firstLine="{indent}"/>'
        f'<w:jc w:val="{look.align}"/>{outline}'
    )


def _letters(look: Look) -> str:
    spacing = f'<w:spacing w:val="{TIGHTER}"/>' if look.size == BODY else '<w:spacing w:val="0"/>'
    half = round(2 * look.size)
    return (
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{look.face}" w:cs="{LATIN}"/>'
        f'<w:color w:val="{look.colour}"/>{spacing}'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )
