"""The layouts slides are made from: Chinese prompts, our colours and type, 16:9. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from itertools import chain

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Pt

from lib.charts.palette import LIGHT

WIDTH, HEIGHT, MARGIN = 960, 540, 36
WHOLE = WIDTH - 2 * MARGIN
# Where the content begins and how high it is: below a title alone, and below a sentence too.
TOP, TOP_READ, FOOT = 82, 142, 500
TITLE, READING, FOOTER, SMALLEST = 30, 20, 12, 18
FONT, FREE_FONT = "微软雅黑", "Noto Sans CJK SC"
READ, CONTENT, FOOT_IDX, NUMBER_IDX = 13, 14, 11, 12  # idx of placeholders
CARD_IDX = tuple(range(20, 26))
_COLORS = {
    "dk1": LIGHT.text, "lt1": "#FFFFFF", "dk2": LIGHT.faint, "lt2": "#EEF3F9", "accent1": LIGHT.primary,
    "accent2": LIGHT.secondary, "accent3": LIGHT.tertiary, "accent4": LIGHT.quaternary,
    "accent5": LIGHT.warning, "accent6": LIGHT.overdue, "hlink": LIGHT.primary, "folHlink": LIGHT.tertiary,
}  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """A placeholder: its kind and index in OOXML, name, prompt, and box (left, top, width, height)."""

    kind: str
    idx: int
    name: str
    box: tuple[float, float, float, float]
    size: int
    color: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    align: str = "l"
    ground: str = ""


def _title(width: int = WHOLE) -> Slot:
    return Slot("title", 0, "标题", (MARGIN, 24, width, 52), TITLE, "accent1", True, "ctr")


_READING = Slot("body", READ, "说明文字", (MARGIN, 78, WHOLE, 62), READING, "tx1")
_FOOTING = (
    Slot("ftr", FOOT_IDX, "页脚", (MARGIN, 508, WHOLE - 90, 22), FOOTER, "tx2", anchor="ctr"),
    Slot("sldNum", NUMBER_IDX, "页码", (WIDTH - MARGIN - 80, 508, 80, 22), FOOTER, "tx2", True, "ctr", "r"),
)  # fmt: skip


def _grid(across: int, down: int) -> tuple[Slot, ...]:
    """Placeholders of headline figures, row by row."""
    gap = 14
    width, height = (WHOLE - gap * (across - 1)) / across, (FOOT - TOP - gap * (down - 1)) / down
    places = [(row, column) for row in range(down) for column in range(across)]
    return tuple(
        Slot(
            "body", idx, f"数据{n}",
            (MARGIN + column * (width + gap), TOP + row * (height + gap), width, height),
            SMALLEST, anchor="ctr", ground="bg2",
        )
        for n, (idx, (row, column)) in enumerate(zip(CARD_IDX, places, strict=False), 1)
    )  # fmt: skip


_LARGE = (MARGIN, TOP, WHOLE, FOOT - TOP)
_UNDER = (MARGIN, TOP_READ, WHOLE, FOOT - TOP_READ)
LAYOUTS: dict[str, tuple[Slot, ...]] = {
    "封面": (
        Slot("ctrTitle", 0, "标题", (72, 130, 816, 110), 44, "bg1", True, "b"),
        Slot("subTitle", CONTENT, "副标题", (72, 256, 816, 200), 22, "bg1"),
        *(replace(slot, color="bg1") for slot in _FOOTING),
    ),
    "主要数据": (_title(), *_grid(3, 2), *_FOOTING),
    "主要数据（四格）": (_title(), *_grid(2, 2), *_FOOTING),
    "文字": (_title(), Slot("body", CONTENT, "正文", _LARGE, READING), *_FOOTING),
    "图": (_title(), _READING, Slot("chart", CONTENT, "图表", _UNDER, SMALLEST), *_FOOTING),
    "表": (_title(), _READING, Slot("tbl", CONTENT, "表格", _UNDER, SMALLEST), *_FOOTING),
}
_MASTER = (
    _title(),
    Slot("body", 1, "正文", _LARGE, READING),
    Slot("ftr", 3, "页脚", _FOOTING[0].box, FOOTER, "tx2", anchor="ctr"),
    Slot("sldNum", 4, "页码", _FOOTING[1].box, FOOTER, "tx2", True, "ctr", "r"),
)
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def presentation() -> PresentationType:
    """An empty presentation with `LAYOUTS` and nothing else."""
    made = Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = made.slide_master
    _lay_out(master, _MASTER)
    spare = list(made.slide_layouts)[len(LAYOUTS) :]
    for layout in spare:
        made.slide_layouts.remove(layout)
    for layout, (name, slots) in zip(made.slide_layouts, LAYOUTS.items(), strict=True):
        _lay_out(layout, slots)
        layout.name = name
        layout._element.attrib.pop("type", None)
    _cover(made.slide_layouts[0])
    _theme(master)
    _without_picture(made)
    return made


def layout_named(deck: PresentationType, name: str) -> SlideLayout:
    """A layout by its name."""
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def shape_xml(slot: Slot, id: int, text: str = "", *, placed: bool = True) -> str:
    """A placeholder as XML; on a slide it is not `placed`, so that it stands where its layout says."""
    paragraph = f'<a:p><a:r><a:rPr lang="zh-CN"/><a:t>{escape(text)}</a:t></a:r></a:p>'
    if slot.kind == "sldNum":
        field = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="zh-CN"/><a:t>1</a:t></a:fld>'
        total = f'<a:r><a:rPr lang="zh-CN"/><a:t>{escape(text)}</a:t></a:r>' if text else ""
        paragraph = f"<a:p>{field}{total}</a:p>"
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{id}" name="{slot.name}"/><p:cNvSpPr>'
        f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{slot.kind}" idx="{slot.idx}"/></p:nvPr>'
        f"</p:nvSpPr>{_place(slot) if placed else '<p:spPr/>'}"
        f"<p:txBody>{_body(slot)}{paragraph}</p:txBody></p:sp>"
    ).replace(' idx="0"', "")


def _place(slot: Slot) -> str:
    left, top, width, height = (round(side * 12700) for side in slot.box)
    ground = f'<a:solidFill><a:schemeClr val="{slot.ground}"/></a:solidFill>' if slot.ground else ""
    return (
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground}</p:spPr>'
    )


def _body(slot: Slot) -> str:
    inset = 127000 if slot.ground else 0
    sides = " ".join(f'{side}Ins="{inset if side in "lr" else 0}"' for side in "ltrb")
    return (
        f'<a:bodyPr wrap="square" {sides} anchor="{slot.anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle>'
        f'<a:lvl1pPr marL="0" indent="0" algn="{slot.align}"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr lang="zh-CN" sz="{slot.size * 100}" b="{int(slot.bold)}"><a:solidFill><a:schemeClr val="{slot.color}"/>'
        '</a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/></a:defRPr></a:lvl1pPr></a:lstStyle>'
    )


def _lay_out(holder: SlideMaster | SlideLayout, slots: tuple[Slot, ...]) -> None:
    """Put placeholders in place of those the library's own template has."""
    tree = holder.shapes._spTree
    for shape in list(tree.iterchildren(qn("p:sp"), qn("p:pic"), qn("p:cxnSp"))):
        tree.remove(shape)
    for id, slot in enumerate(slots, 2):
        prompt = "" if slot.kind in ("ftr", "sldNum") else f"单击编辑{slot.name}"
        tree.append(parse_xml(shape_xml(slot, id, prompt)))


def _cover(layout: SlideLayout) -> None:
    fill = layout.background.fill
    fill.solid()
    fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1


def _theme(master: SlideMaster) -> None:
    """Our colours, and fonts by name; who has not the first one finds the second."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(part.blob)
    root.set("name", "通报台")
    for name, color in _COLORS.items():
        (slot,) = root.xpath(f".//a:clrScheme/a:{name}")
        for child in list(slot):
            slot.remove(child)
        slot.append(slot.makeelement(qn("a:srgbClr"), {"val": color.lstrip("#")}))
    latin = root.xpath(".//a:fontScheme/*/a:latin")
    east = root.xpath(".//a:fontScheme/*/a:ea")
    for face in chain(latin, east):
        face.set("typeface", FONT)
    for face in root.xpath(".//a:fontScheme/*/a:font[@script='Hans']"):
        face.set("typeface", FREE_FONT)
    part._blob = serialize_part_xml(root)


def _without_picture(deck: PresentationType) -> None:
    """Drop the preview picture of the library's own template."""
    package = deck.part.package
    for id, rel in list(package._rels.items()):
        if rel.reltype.endswith("/thumbnail"):
            package._rels.pop(id)
