"""How a style is written down, and the fonts of 公文 by name. Fonts are named, never embedded."""

from __future__ import annotations

from collections.abc import Sequence

from lib.documents.word.xml import Element, w

TITLE_SONG, FANGSONG, KAI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
HEI, SONG = "黑体", "宋体"
# What a machine without the font is asked to take, and the font's Chinese-charset class.
_STAND_INS = {TITLE_SONG: "宋体", FANGSONG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun"}


def fonts(family: str) -> Element:
    """One family for all scripts, so that digits and the marks “”—…· take the Chinese font too."""
    return w("rFonts", hint="eastAsia", ascii=family, eastAsia=family, hAnsi=family, cs=family)


def type_of(family: str, size: float, color: str = "000000", press: int = 0) -> list[Element]:
    """Font, colour and size (points) as run properties; `press` twips are taken from each character."""
    half = round(size * 2)
    return [
        fonts(family),
        w("color", val=color),
        *([w("spacing", val=-press)] if press else []),
        w("sz", val=half),
        w("szCs", val=half),
    ]


def paragraph_style(
    id: str,
    name: str,
    family: str,
    size: float,
    *layout: Element,
    color: str = "000000",
    press: int = 0,
) -> Element:
    """A paragraph style people can pick and change; `layout` in the order of the schema."""
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="Normal"),
        w("qFormat"),
        w("pPr", *layout) if layout else None,
        w("rPr", *type_of(family, size, color, press)),
        type="paragraph",
        customStyle=1,
        styleId=id,
    )


def character_style(id: str, name: str, *properties: Element) -> Element:
    """A style for words within a paragraph."""
    return w(
        "style", w("name", val=name), w("qFormat"), w("rPr", *properties),
        type="character", customStyle=1, styleId=id,
    )  # fmt: skip


def table_style(id: str, name: str, margin: int) -> Element:
    """A ruled table; `margin` (twips) stands round every cell's text."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = [w(side, val="single", sz=4, space=0, color="000000") for side in sides]
    return w(
        "style",
        w("name", val=name),
        w("qFormat"),
        w(
            "tblPr",
            w("tblBorders", *lines),
            w("tblCellMar", *(w(side, w=margin, type="dxa") for side in sides[:4])),
        ),
        type="table",
        customStyle=1,
        styleId=id,
    )


def styles_part(size: float, styles: Sequence[Element]) -> Element:
    """The styles of a file whose plain text is 仿宋 of that size; the character grid is counted in it."""
    lang = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    normal = w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w(
            "pPr",
            w("widowControl", val=0),
            w("overflowPunct", val=1),
            w("autoSpaceDE", val=0),
            w("autoSpaceDN", val=0),
            w("jc", val="both"),
        ),
        w("rPr", *type_of(FANGSONG, size)),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    run_defaults = w("rPrDefault", w("rPr", *type_of(FANGSONG, size), lang))
    return w("styles", w("docDefaults", run_defaults, w("pPrDefault")), normal, *styles)


def fonts_part() -> Element:
    """The fonts by name, and what stands in where one is not installed: 仿宋 for 仿宋_GB2312."""
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=stand_in),
                w("charset", val="86"),
                w("family", val="auto"),
                w("pitch", val="variable"),
                name=family,
            )
            for family, stand_in in _STAND_INS.items()
        ),
    )
