"""GB/T 9704-2012, point by point, in the file itself."""

from __future__ import annotations

import pytest

from lib.documents.bulletin import bulletin_docx
from lib.selection import Selection
from tests.documents.bulletins import made_bulletin
from tests.documents.opened import W, paragraphs, part, style_names, styles, text_of, value


@pytest.fixture(scope="module")
def content(data_folder) -> bytes:
    return bulletin_docx(made_bulletin(Selection("R0001", "2022H1")))


def attributes(node, path: str) -> dict[str, str]:
    found = node.find("/".join(W + name for name in path.split("/")))
    return {key.removeprefix(W): text for key, text in found.attrib.items()}


def test_the_page_is_a4_with_the_standards_margins_and_grid(content: bytes) -> None:
    section = part(content, "word/document.xml").find(f"{W}body/{W}sectPr")
    assert attributes(section, "pgSz") == {"w": "11906", "h": "16838"}
    margins = attributes(section, "pgMar")
    millimetres = {side: round(int(margins[side]) / 1440 * 25.4, 1) for side in margins}
    assert {side: millimetres[side] for side in ("top", "left", "bottom", "right")} == {
        "top": 37.0, "left": 28.0, "bottom": 35.0, "right": 26.0,
    }  # fmt: skip
    grid = {"type": "linesAndChars", "linePitch": "579", "charSpace": "-848"}
    assert attributes(section, "docGrid") == grid


def test_the_grid_is_counted_in_the_body_size(content: bytes) -> None:
    assert value(styles(content)["Normal"], "rPr/sz") == "32"
    width = 16 - 848 / 4096
    assert 28 * width == pytest.approx(156 / 25.4 * 72, abs=0.2)
    height = 22 * 579 / 20
    assert height == pytest.approx(225 / 25.4 * 72, abs=1)


@pytest.mark.parametrize(
    ("name", "font", "half_points"),
    [
        ("公文标题", "方正小标宋简体", "44"),
        ("主送机关", "仿宋_GB2312", "32"),
        ("公文正文", "仿宋_GB2312", "32"),
        ("一级标题", "黑体", "32"),
        ("二级标题", "楷体_GB2312", "32"),
        ("三级标题", "仿宋_GB2312", "32"),
        ("附件说明", "仿宋_GB2312", "32"),
        ("公文署名", "仿宋_GB2312", "32"),
        ("成文日期", "仿宋_GB2312", "32"),
        ("附件序号", "黑体", "32"),
        ("公文页码", "宋体", "28"),
    ],
)
def test_each_style_has_its_font_and_size_in_black(
    content: bytes, name: str, font: str, half_points: str
) -> None:
    style = styles(content)[name]
    said = attributes(style, "rPr/rFonts")
    assert {said[script] for script in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert value(style, "rPr/sz") == half_points
    assert value(style, "rPr/color") == "000000"


def test_a_line_is_as_high_as_the_grid(content: bytes) -> None:
    for name in (
        "公文标题",
        "公文空行",
        "主送机关",
        "公文正文",
        "一级标题",
        "公文署名",
        "成文日期",
    ):
        spacing = attributes(styles(content)[name], "pPr/spacing")
        assert spacing == {"line": "579", "lineRule": "exact"}, name


def test_paragraphs_begin_two_characters_in_and_the_addressee_does_not(content: bytes) -> None:
    for name in ("公文正文", "一级标题", "二级标题", "三级标题"):
        inset = attributes(styles(content)[name], "pPr/ind")
        assert inset == {"firstLineChars": "200", "firstLine": "632"}, name
    assert styles(content)["主送机关"].find(f"{W}pPr/{W}ind") is None


def test_headings_are_an_outline(content: bytes) -> None:
    levels = [value(styles(content)[f"{n}级标题"], "pPr/outlineLvl") for n in "一二三"]
    assert levels == ["0", "1", "2"]


def test_looks_come_from_named_styles_and_not_from_runs(content: bytes) -> None:
    document = part(content, "word/document.xml")
    own = {child.tag.removeprefix(W) for rpr in document.iter(f"{W}rPr") for child in rpr}
    assert own == {"rStyle", "highlight"}


def test_the_order_of_a_bulletin(content: bytes) -> None:
    found = paragraphs(content)
    assert found[:5] == [
        ("公文标题", "2022年上半年政务服务工作推进情况通报"),
        ("公文空行", ""),
        ("主送机关", "市各有关部门，各辖市（区）协调办："),
        (
            "公文正文",
            "今年以来，全市上下深入推进“政务服务体系”“一网通办”等工作，现将情况通报如下：",
        ),
        ("一级标题", "一、整体情况"),
    ]
    tail = [style for style, _ in found][-16:]
    assert tail == [
        "公文空行", "附件说明", "附件说明", "公文空行", "公文署名", "公文署名", "成文日期",
        "附件序号", "公文空行", "公文标题", "公文空行", "表格说明",
        "附表标题", "表格说明", "附表标题", "表格说明",
    ]  # fmt: skip


def test_attachments_signatory_and_date_stand_where_the_standard_has_them(content: bytes) -> None:
    names = style_names(content)
    body = part(content, "word/document.xml").find(f"{W}body")
    insets = [
        (text_of(p), attributes(p, "pPr/ind"))
        for p in body.findall(f"{W}p")
        if names[value(p, "pPr/pStyle") or ""] in ("附件说明", "公文署名", "成文日期")
    ]
    assert [
        (text, int(said["leftChars"]), int(said.get("hangingChars", 0))) for text, said in insets
    ] == [
        ("附件：1.网办预警部门清单", 600, 400),
        ("2.尚未接入的应用清单", 600, 100),
        ("某某市政府推进政府职能转变", 1100, 0),
        ("和“放管服”改革协调小组办公室", 1100, 0),
        ("2022年8月8日", 1300, 0),
    ]


def test_page_numbers_are_outside_between_dashes_odd_right_even_left(content: bytes) -> None:
    section = part(content, "word/document.xml").find(f"{W}body/{W}sectPr")
    kinds = [r.get(f"{W}type") for r in section.findall(f"{W}footerReference")]
    assert kinds == ["default", "even"]
    assert part(content, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for kind, side in (("default", "right"), ("even", "left")):
        footer = part(content, f"word/footer-{kind}.xml")
        number, note = footer.findall(f"{W}p")
        assert text_of(number) == "— 1 —"
        assert number.find(f"{W}fldSimple").get(f"{W}instr") == " PAGE "
        assert value(number, "pPr/jc") == side
        assert value(number, "pPr/ind", f"{side}Chars") == "100"
        assert text_of(note).startswith("非涉密　版本：R0001")


def test_nothing_breaks_a_number_from_its_year(content: bytes) -> None:
    settings = part(content, "word/settings.xml")
    kept = settings.find(f"{W}noLineBreaksBefore")
    assert kept.get(f"{W}lang") == "zh-CN"
    assert set("年月日，。；：、”）》%") <= set(kept.get(f"{W}val"))


def test_a_font_that_is_not_installed_has_a_stand_in(content: bytes) -> None:
    fonts = part(content, "word/fontTable.xml")
    stand_ins = {font.get(f"{W}name"): value(font, "altName") for font in fonts}
    assert stand_ins["仿宋_GB2312"] == "仿宋"
    assert stand_ins["楷体_GB2312"] == "楷体"


def test_a_red_head_is_thirty_five_millimetres_down_and_has_no_number() -> None:
    made = made_bulletin(Selection("R0001", "2022H1"))
    red = bulletin_docx(made, red_head=True)
    names = style_names(red)
    body = part(red, "word/document.xml").find(f"{W}body")
    head = body.findall(f"{W}p")[:7]
    assert [(names[value(p, "pPr/pStyle") or ""], text_of(p)) for p in head] == [
        ("发文机关标志", "某某市政府推进政府职能转变"),
        ("发文机关标志", "和“放管服”改革协调小组办公室"),
        ("公文空行", ""),
        ("公文空行", ""),
        ("发文字号", "常协调办〔2022〕　号"),
        ("公文空行", ""),
        ("公文空行", ""),
    ]
    assert round(int(value(head[0], "pPr/spacing", "before")) / 1440 * 25.4, 1) == 35.0
    assert value(styles(red)["发文机关标志"], "rPr/color") == "FF0000"
    rule = attributes(head[4], "pPr/pBdr/bottom")
    assert (rule["color"], rule["val"]) == ("FF0000", "single")
    assert head[4].find(f"{W}pPr/{W}ind") is None
    assert paragraphs(red)[7:] == paragraphs(bulletin_docx(made))
