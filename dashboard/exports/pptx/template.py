"""Templates: ours in 16 : 9 and 4 : 3, or an office's, whose layouts are found by their names."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile

import yaml
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.package import Package

from dashboard.exports.pptx.blank import blank
from dashboard.exports.pptx.boxes import EMU, Box
from dashboard.exports.pptx.package import forget_unlisted, is_whole
from dashboard.exports.pptx.typeface import EAST_ASIAN, LATIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dashboard.decks.deck import Layout
    from dashboard.locale import Words

# What layouts are called, the first that fits: ours, then PowerPoint's and WPS's own.
NAMES: dict[Layout, tuple[str, ...]] = {
    "cover": ("封面", "cover", "标题幻灯片", "title slide"),
    "content": ("内容", "content", "标题和内容", "title and content", "仅标题", "title only"),
    "text": ("文字", "text", "标题和内容", "title and content", "内容", "content"),
}
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
BODIES = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SUBTITLE)
NUMBER = PP_PLACEHOLDER.SLIDE_NUMBER
LEAST = 0.5  # inches that room must be wide and high; a narrow line is for something else
PRESENTATIONS = (CONTENT_TYPE.PML_PRESENTATION_MAIN, CONTENT_TYPE.PML_PRES_MACRO_MAIN)
# What a package makes python-pptx raise that is cut short, locked, or lacks a part or its size.
BROKEN = (
    PackageNotFoundError, BadZipFile, etree.XMLSyntaxError, zlib.error, EOFError, RuntimeError,
    AttributeError, KeyError, TypeError, ValueError,
)  # fmt: skip
BELOW = 0.3  # inches left free at the foot of a slide whose layout has no room of its own


class UnreadableError(Exception):
    """A file that is no presentation."""


class TemplateError(Exception):
    """A sentence that says why a template cannot be used."""


class Room(NamedTuple):
    """A layout, where its title and its largest other placeholder stand, and their numbers.

    -1 is the number of what it has not: a place for words, one for the slide's number.
    """

    layout: Any
    title: Box
    body: Box
    words: int
    number: int


@dataclass(frozen=True, slots=True)
class Template:
    """An open presentation without slides, room for each kind, its theme's two typefaces."""

    presentation: Any
    rooms: Mapping[Layout, Room]
    faces: tuple[str, str]

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of its slides in inches."""
        return self.presentation.slide_width / EMU, self.presentation.slide_height / EMU


def ours(size: str) -> Template:
    """Open our own template in a size, 16x9 or 4x3."""
    presentation = Presentation(io.BytesIO(blank(size)))
    return _template(presentation, _found(presentation, {})[0], (LATIN, EAST_ASIAN))


def _template(presentation: Any, layouts: Mapping[Layout, Any], faces: tuple[str, str]) -> Template:
    """Measure the layouts, once; and have new parts numbered without a look at all others."""
    size = presentation.slide_width / EMU, presentation.slide_height / EMU
    rooms = {kind: _room(layout, size) for kind, layout in layouts.items()}
    package = presentation.part.package
    package.next_partname = _Numbers(package)
    return Template(presentation, rooms, faces)


class _Numbers:
    """Names new parts: python-pptx walks through the whole package for each."""

    def __init__(self, package: Any) -> None:
        self.taken = {str(part.partname) for part in package.iter_parts()}

    def __call__(self, form: str) -> PackURI:
        name = next(name for n in count(1) if (name := form % n) not in self.taken)
        self.taken.add(name)
        return PackURI(name)


def office(path: Path, say: Words) -> Template:
    """Open an office's own template.

    Layouts are known by their names; where those say nothing, a file of the same name with the
    suffix .yml names them: ``cover: 首页``. Slides that the template holds are left out.
    """
    named = _names(path.with_suffix(".yml"), say)
    try:
        presentation = opened(path.read_bytes())
        layouts, missing = _found(presentation, named)
        if not missing:
            _empty(presentation)
            return _template(presentation, layouts, faces_of(presentation))
        have = say.listed([layout.name for layout in presentation.slide_layouts])
    except (UnreadableError, *BROKEN):
        raise TemplateError(say("template.unreadable", file=path.name)) from None
    lacks = say.listed([say(key) for key in missing])
    raise TemplateError(say("template.lacks", file=path.name, lacks=lacks, have=have))


def _names(path: Path, say: Words) -> dict[str, str]:
    """Read how an office calls the layouts; nothing where there is no such file."""
    if not path.exists():
        return {}
    try:
        named = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, ValueError):
        named = None
    if not isinstance(named, dict):
        raise TemplateError(say("template.names", file=path.name))
    return {str(kind): str(name) for kind, name in named.items()}


def opened(data: bytes) -> Any:
    """Open a presentation; a template (.potx) is one from now on."""
    try:
        if not is_whole(data):
            raise UnreadableError
        part = Package.open(io.BytesIO(data)).main_document_part
        if part._content_type == CONTENT_TYPE.PML_TEMPLATE_MAIN:
            part._content_type = CONTENT_TYPE.PML_PRESENTATION_MAIN
        if part.content_type not in PRESENTATIONS:
            raise UnreadableError
        forget_unlisted(part)
        return part.presentation
    except BROKEN as error:
        raise UnreadableError from error


def like(deck: bytes) -> Template:
    """Return the template of a deck: its own, or ours of its shape where LibreOffice renamed it."""
    presentation = opened(deck)
    layouts, missing = _found(presentation, {})
    if missing:
        wide = presentation.slide_width / presentation.slide_height > 1.5
        return ours("16x9" if wide else "4x3")
    _empty(presentation)
    return _template(presentation, layouts, faces_of(presentation))


def _found(presentation: Any, named: Mapping[str, str]) -> tuple[dict[Layout, Any], list[str]]:
    """Return the layouts, and what is missing, as keys of sentences: one, or its title."""
    layouts: dict[Layout, Any] = {}
    missing: list[str] = []
    for kind, names in NAMES.items():
        layout = _layout(presentation, [named[kind]] if kind in named else names)
        if layout is None:
            missing.append(f"template.{kind}")
        elif not any(s.placeholder_format.type in TITLES for s in layout.placeholders):
            missing.append(f"template.{kind}_title")
        else:
            layouts[kind] = layout
    return layouts, missing


def _layout(presentation: Any, names: list[str] | tuple[str, ...]) -> Any:
    """Return the layout that is called by the first of some names, or has it in its own."""
    by_name = {layout.name.strip().casefold(): layout for layout in presentation.slide_layouts}
    wanted = [name.strip().casefold() for name in names]
    whole = (by_name[name] for name in wanted if name in by_name)
    within = (by_name[name] for word in wanted for name in by_name if word in name.split())
    return next(whole, None) or next(within, None)


def _empty(presentation: Any) -> None:
    """Take all slides out of a presentation."""
    listed = presentation.slides._sldIdLst
    for slide in list(listed):
        presentation.part.drop_rel(slide.get(qn("r:id")))
        listed.remove(slide)


def faces_of(presentation: Any) -> tuple[str, str]:
    """Return the Latin and the Chinese typeface of the theme's text; ours where it has none."""
    themes = (
        etree.fromstring(rel.target_part.blob)
        for rel in presentation.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    minor = next((font for theme in themes for font in theme.iter(qn("a:minorFont"))), None)
    if minor is None:
        return LATIN, EAST_ASIAN
    said = {font.tag: font.get("typeface") for font in minor}
    chinese = said.get(qn("a:ea")) or next(
        (f.get("typeface") for f in minor.iter(qn("a:font")) if f.get("script") == "Hans"), ""
    )
    return said.get(qn("a:latin")) or LATIN, chinese or EAST_ASIAN


def _room(layout: Any, size: tuple[float, float]) -> Room:
    """Measure a layout; where it has no other placeholder, all below the title is room."""
    title = next(_box(s) for s in layout.placeholders if s.placeholder_format.type in TITLES)
    top = title.top + title.height
    rest = Box(title.left, top, title.width, size[1] - BELOW - top)
    bodies = [
        s
        for s in layout.placeholders
        if s.placeholder_format.type in BODIES and min(s.height, s.width) >= LEAST * EMU
    ]
    largest = max(bodies, key=lambda s: s.width * s.height, default=None)
    number = next((s for s in layout.placeholders if s.placeholder_format.type == NUMBER), None)
    idx = [-1 if s is None else s.placeholder_format.idx for s in (largest, number)]
    return Room(layout, title, rest if largest is None else _box(largest), *idx)


def _box(shape: Any) -> Box:
    return Box(*(n / EMU for n in (shape.left, shape.top, shape.width, shape.height)))
