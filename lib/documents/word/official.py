"""GB/T 9704-2012 as a Word file: page, grid, named styles, settings, page numbers.

The numbers are the standard's: 22 lines of 28 characters on 156 by 225 mm. 28 characters of 16 pt are
wider than that, so the grid presses them a little.
"""

from __future__ import annotations

from lib.documents.word.styles import (
    FANGSONG,
    HEI,
    KAI,
    SONG,
    TITLE_SONG,
    character_style,
    fonts,
    paragraph_style,
    table_style,
)
from lib.documents.word.xml import TWIPS_A_POINT, Element, element, paragraph, run, twips, w

# Millimetres.
WIDTH, HEIGHT = 210, 297
TOP, LEFT, BOTTOM, RIGHT = 37, 28, 35, 26
TEXT_WIDTH = WIDTH - LEFT - RIGHT
HEADER, FOOTER = 20, 18
MARK_TOP = 35  # from the top of the text area to 发文机关标志

LINES, CHARACTERS = 22, 28
BODY_SIZE, TITLE_SIZE, NUMBER_SIZE, TABLE_SIZE, NOTE_SIZE = 16, 22, 14, 12, 9
LINE = 579  # twips
SPACE = -848  # 4096ths of a point added to each character's width
PRESS = 5  # twips
CHARACTER = (BODY_SIZE + SPACE / 4096) * TWIPS_A_POINT  # twips
ISSUER_SIZE = 42
RED = "FF0000"
# Nothing that closes may begin a line, nor may what a number counts with: 2022 | 年.
NEVER_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠年月日万亿元"


def indent(**characters: float) -> Element:
    """Indents in characters of the grid, with the same in twips for programs that know no characters."""
    said = {f"{side}Chars": round(n * 100) for side, n in characters.items()}
    return w("ind", **said, **{side: round(n * CHARACTER) for side, n in characters.items()})


def room(size: float) -> float:
    """How many characters of a size (points) stand in a line."""
    return TEXT_WIDTH / 25.4 * 72 / size


def styles() -> list[Element]:
    """The named styles of a 公文."""
    free = w("snapToGrid", val=0)
    single = (free, w("spacing", line=240, lineRule="auto"))
    centred = w("jc", val="center")
    heads = ((HEI, "一"), (KAI, "二"), (FANGSONG, "三"))
    return [
        paragraph_style("Title", "公文标题", TITLE_SONG, TITLE_SIZE, w("keepNext"), *_line(), centred),
        _text("Blank", "公文空行"),
        _text("Addressee", "主送机关"),
        _text("Body", "公文正文", *_line(), indent(firstLine=2)),
        *(
            _text(
                f"Level{n}", f"{label}级标题", w("keepNext"), *_line(), indent(firstLine=2),
                w("outlineLvl", val=n - 1), family=family,
            )
            for n, (family, label) in enumerate(heads, 1)
        ),
        _text("Attachment", "附件说明"),
        _text("Signatory", "公文署名", w("keepNext"), *_line(), w("jc", val="left")),
        _text("Date", "成文日期", *_line(), w("jc", val="left")),
        _text("AppendixNumber", "附件序号", w("keepNext"), *_line(), family=HEI),
        _text("DocumentNumber", "发文字号", *_line(), centred),
        paragraph_style(
            "IssuerMark", "发文机关标志", TITLE_SONG, ISSUER_SIZE, free, centred, color=RED
        ),
        paragraph_style("Cell", "表格文字", FANGSONG, TABLE_SIZE, *single, w("jc", val="left")),
        paragraph_style("CellSmall", "表格小字", FANGSONG, NOTE_SIZE, *single, w("jc", val="left")),
        paragraph_style("CellHead", "表格栏目", HEI, TABLE_SIZE, w("keepNext"), *single, centred),
        paragraph_style(
            "CellHeadSmall", "表格栏目小字", HEI, NOTE_SIZE, w("keepNext"), *single, centred
        ),
        paragraph_style(
            "TableTitle", "附表标题", HEI, NUMBER_SIZE, w("keepNext"), free,
            w("spacing", before=LINE // 2, after=120), centred,
        ),
        paragraph_style("TableNote", "表格说明", FANGSONG, TABLE_SIZE, *single),
        paragraph_style("PageNumber", "公文页码", SONG, NUMBER_SIZE, free),
        paragraph_style("FootNote", "页脚说明", FANGSONG, NOTE_SIZE, free, centred),
        paragraph_style("DemoMark", "演示标记", HEI, TABLE_SIZE, free, centred, color=RED),
        character_style("Lead", "段首标题", fonts(KAI)),
        table_style("Grid", "公文表格", 60),
    ]  # fmt: skip


def _line() -> tuple[Element, Element]:
    """A line of the grid, exactly: as high whatever font stands in, and in every word processor."""
    return w("snapToGrid", val=0), w("spacing", line=LINE, lineRule="exact")


def _text(id: str, name: str, *layout: Element, family: str = FANGSONG) -> Element:
    """A style of 三号 whose characters fit 28 to a line also where a program knows no character grid."""
    return paragraph_style(id, name, family, BODY_SIZE, *(layout or _line()), press=PRESS)


def settings(odd_and_even: bool = True) -> Element:
    """Odd and even pages differ; nothing is pressed or broken that the standard keeps whole."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders") if odd_and_even else None,
        w("characterSpacingControl", val="doNotCompress"),
        w("noLineBreaksBefore", lang="zh-CN", val=NEVER_FIRST),
        w(
            "compat",
            w("balanceSingleByteDoubleByteWidth"),
            w("doNotExpandShiftReturn"),
            w("useFELayout"),
            *(w("compatSetting", name=name, uri=uri, val=value) for name, value in modes),
        ),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def section(references: list[Element]) -> Element:
    """The page: A4, margins and grid, with its headers and footers."""
    return w(
        "sectPr",
        *references,
        w("pgSz", w=twips(WIDTH), h=twips(HEIGHT)),
        w(
            "pgMar", top=twips(TOP), right=twips(RIGHT), bottom=twips(BOTTOM), left=twips(LEFT),
            header=twips(HEADER), footer=twips(FOOTER), gutter=0,
        ),
        w("docGrid", type="linesAndChars", linePitch=LINE, charSpace=SPACE),
    )  # fmt: skip


def footer(even: bool, note: str) -> Element:
    """The page number between 一字线, a character in from the outer side; a note on its own line below."""
    side, character = ("left", "right")[not even], NUMBER_SIZE * TWIPS_A_POINT
    field = element("w:fldSimple", {"w:instr": " PAGE "}, run("1"))
    inset = w("ind", **{f"{side}Chars": 100, side: character})
    number = paragraph("PageNumber", [run("— "), field, run(" —")], inset, w("jc", val=side))
    return w("ftr", number, paragraph("FootNote", [run(note)]))
