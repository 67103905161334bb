"""The page and the named styles of a brief as a Word file, from the design."""

from __future__ import annotations

from collections.abc import Sequence

from lib.documents.brief import design
from lib.documents.tones import ACCENT, FAINT
from lib.documents.word.package import Part, references
from lib.documents.word.styles import FANGSONG, HEI, TITLE_SONG, paragraph_style
from lib.documents.word.watermark import demo_style
from lib.documents.word.xml import TWIPS_A_POINT, Element, w


def points(size: float) -> int:
    """Points in twips."""
    return round(size * TWIPS_A_POINT)


def styles() -> list[Element]:
    """The named styles of a brief, each line as high as the design has it."""
    looks: dict[str, tuple[str, str, str, str]] = {
        "title": ("简报标题", TITLE_SONG, "000000", "center"),
        "about": ("简报说明", FANGSONG, FAINT, "center"),
        "heading": ("简报小标题", HEI, ACCENT, "left"),
        "point": ("要点", FANGSONG, "000000", "both"),
        "cell": ("表格文字", FANGSONG, "000000", "left"),
        "note": ("简报附注", FANGSONG, FAINT, "left"),
        "card": ("指标名称", HEI, "000000", "left"),
        "value": ("指标数值", HEI, "000000", "left"),
        "line": ("指标说明", FANGSONG, FAINT, "left"),
        "footer": ("简报页脚", FANGSONG, FAINT, "center"),
    }
    kinds = [
        paragraph_style(
            kind, name, family, design.TYPE[kind][0], *_layout(kind), w("jc", val=side), color=color
        )
        for kind, (name, family, color, side) in looks.items()
    ]
    return [*kinds, demo_style()]


def _layout(kind: str) -> list[Element]:
    around = {"before": design.BEFORE_HEADING, "after": design.AFTER_HEADING}
    spaces = {side: points(n) for side, n in around.items()} if kind == "heading" else {}
    line = w("spacing", **spaces, line=points(design.TYPE[kind][1]), lineRule="exact")
    hanging = w("ind", left=points(design.NUMBER), hanging=points(design.NUMBER))
    rule = w("pBdr", w("bottom", val="single", sz=4, space=0, color=ACCENT))
    return [
        *([w("keepNext"), rule] if kind == "heading" else []),
        w("snapToGrid", val=0),
        line,
        *([hanging] if kind == "point" else []),
    ]


def section(parts: Sequence[Part]) -> Element:
    """A4 with the design's margins, and its headers and footers."""
    side = points(design.SIDE)
    return w(
        "sectPr",
        *references(parts),
        w("pgSz", w=points(design.PAGE_WIDTH), h=points(design.PAGE_HEIGHT)),
        w(
            "pgMar", top=points(design.TOP), right=side, bottom=points(design.BOTTOM), left=side,
            header=points(14), footer=points(20), gutter=0,
        ),
    )  # fmt: skip
