"""What a draft is read as: paragraphs, headings, marks, and a sentence on everything else."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from lib.documents.drafts.received import PASTED, DraftFile, read_draft, read_pasted
from lib.proofread.draft import Draft, Mark, Paragraph
from tests.books import repacked
from tests.proofread.papers import control, paragraph, run, with_part, word

LINES = "2022年上半年通报\r\n\r\n各部门：\r\n　　（一）工作情况\r\n已有142个，分别是：一、甲；二、乙。\r\n"
TEXTS = (
    "2022年上半年通报",
    "各部门：",
    "　　（一）工作情况",
    "已有142个，分别是：一、甲；二、乙。",
)
AS_READ = tuple(
    Paragraph(number, text, heading)
    for number, (text, heading) in enumerate(zip(TEXTS, (True, False, True, False), strict=True), 1)
)


def read(content: bytes, name: str = "稿.docx") -> DraftFile:
    found = read_draft(content, name)
    assert isinstance(found, DraftFile), found
    return found


def texts(content: bytes) -> list[str]:
    return [p.text for p in read(content).draft.paragraphs]


def test_pasted_text_is_a_paragraph_a_line_and_blank_lines_are_kept_apart() -> None:
    found = read_pasted(LINES)
    assert found == DraftFile(
        Draft(PASTED, AS_READ), tuple(LINES.replace("\r\n", "\n").split("\n"))
    )


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("name", ["稿.txt", "稿.docx"])
def test_a_text_file_is_known_by_its_content_in_every_encoding(code: str, name: str) -> None:
    assert read(LINES.encode(code), name).draft == Draft(name, AS_READ)


def test_an_encoding_that_is_only_likely_is_said() -> None:
    assert read(LINES.encode("gbk")).remarks == ("编码按GB18030读；如有乱码，请另存为 UTF-8。",)


def test_a_markdown_heading_is_a_heading_and_stays_as_written() -> None:
    found = read("前言。\n\n## 总体情况\n\n- 已有142个".encode(), "稿.md")
    assert [(p.text, p.heading) for p in found.draft.paragraphs] == [
        ("前言。", False), ("## 总体情况", True), ("- 已有142个", False),
    ]  # fmt: skip


def test_what_no_keyboard_writes_is_left_out_of_a_paste() -> None:
    found = read_pasted("甲\x00\x07乙\ufeff\v丙\u2028丁")
    assert isinstance(found, DraftFile)
    assert [p.text for p in found.draft.paragraphs] == ["甲乙", "丙", "丁"]


def test_a_word_file_is_read_like_the_text_it_shows() -> None:
    blocks = [paragraph(text) for text in LINES.split("\r\n")]
    content = word(*blocks)
    assert read(content) == DraftFile(Draft("稿.docx", AS_READ), TEXTS, (), content)


def test_runs_breaks_links_and_fields_read_as_one_text() -> None:
    parts = (
        run("共"), '<w:hyperlink w:anchor="a">' + run("35") + "</w:hyperlink>",
        "<w:r><w:tab/><w:t>个</w:t><w:br/><w:t>另</w:t><w:noBreakHyphen/></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
        '<w:r><w:br w:type="page"/></w:r>', f'<w:fldSimple w:instr="X">{run("页")}</w:fldSimple>',
    )  # fmt: skip
    assert texts(word(paragraph(*parts))) == ["共35\t个\n另-页"]


def test_content_controls_are_marks_with_exact_offsets() -> None:
    inner = control("inner", run("142"))
    content = word(
        paragraph(
            "已有", control("outer", run("约"), inner, run("个")), control("", run("站")), "。"
        ),
        control("whole", paragraph("第二段"), paragraph("第三段")),
    )
    assert [p.marks for p in read(content).draft.paragraphs] == [
        (Mark(3, 6, "inner"), Mark(2, 7, "outer")), (Mark(0, 3, "whole"),), (Mark(0, 3, "whole"),),
    ]  # fmt: skip


def test_a_short_tag_reads_as_the_whole_one_the_file_keeps() -> None:
    whole = "+".join(f"warning_count~{name}~2022H1" for name in ("education", "science")) + "@R0001"
    kept = f'<figures xmlns="urn:tongbao:figures"><figure tag="#1" of="{whole}"/></figures>'
    relation = b'<Relationship Id="rIdK" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" Target="../customXml/item9.xml"/>'
    out = io.BytesIO(word(paragraph("共", control("#1", run("52")), control("#2", run("件")))))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("customXml/item9.xml", kept)
    content = repacked(
        out.getvalue(),
        lambda name, part: (
            part.replace(b"</Relationships>", relation + b"</Relationships>")
            if name == "word/_rels/document.xml.rels"
            else part
        ),
    )
    (only,) = read(content).draft.paragraphs
    assert only.marks == (Mark(1, 3, whole), Mark(3, 4, "#2"))


def test_headings_are_known_by_style_level_or_number() -> None:
    found = read(
        word(
            paragraph("首段是正文，有句号。"),
            paragraph("按样式", style='<w:pStyle w:val="Heading2"/>'),
            paragraph("按级别", style='<w:outlineLvl w:val="0"/>'),
            paragraph("样式说是标题，自己说不是", style='<w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/>'),
            paragraph("一、按编号"),
            paragraph("一、像标题，其实是一句话。"),
            paragraph("正文"),
        )
    )  # fmt: skip
    headings = [p.number for p in found.draft.paragraphs if p.heading]
    assert headings == [2, 3, 5]


def test_tracked_changes_read_as_accepted_and_this_is_said() -> None:
    content = word(
        paragraph(
            "培育", '<w:del w:id="1" w:author="甲"><w:r><w:delText>770</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" w:author="甲">{run("775")}</w:ins>', "名",
            f'<w:moveFrom w:id="3" w:author="甲">{run("旧处")}</w:moveFrom>',
            f'<w:moveTo w:id="4" w:author="甲">{run("新处")}</w:moveTo>',
        )
    )  # fmt: skip
    found = read(content)
    assert [p.text for p in found.draft.paragraphs] == ["培育775名新处"]
    assert found.remarks == ("文档里有4处修订，按全部接受来读。",)


def test_what_is_not_read_is_said() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('35')}<w:tbl><w:tr><w:tc>{paragraph('里层')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    contents = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    found = read(
        word(
            f"{contents}<w:sdtContent>{paragraph('一、情况1')}</w:sdtContent></w:sdt>",
            paragraph(run("正文"), f"<w:r>{both}</w:r>", '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            paragraph("编号段", style='<w:numPr><w:numId w:val="1"/></w:numPr>'),
            paragraph("列表段", style='<w:pStyle w:val="ListNumber"/>'),
            paragraph("不编号", style='<w:pStyle w:val="ListNumber"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
            table,
            "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        )
    )  # fmt: skip
    assert [p.text for p in found.draft.paragraphs] == ["正文", "编号段", "列表段", "不编号"]
    assert found.remarks == (
        "1张表格没有读，请自行核对表内数字。", "1个文本框没有读。", "1条脚注、尾注没有读。",
        "2段用了自动编号，编号不算正文。", "目录没有读。",
    )  # fmt: skip


def test_comments_and_page_headers_are_not_read_and_this_is_said() -> None:
    document = Document()
    document.add_comment(document.add_paragraph("正文").runs, "请核实", "甲", "甲")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    out = io.BytesIO()
    document.save(out)
    found = read(out.getvalue())
    assert [p.text for p in found.draft.paragraphs] == ["正文"]
    assert found.remarks == (
        "1条批注没有读，带修订的稿子里照原样保留。", "页眉页脚没有读。",
    )  # fmt: skip


def test_a_style_based_on_itself_does_no_harm() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="甲"/><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="标题 1"/><w:basedOn w:val="a"/></w:style>'
        "</w:styles>"
    )
    content = word(paragraph("首段。"), paragraph("题", style='<w:pStyle w:val="a"/>'))
    found = read(with_part(content, "word/styles.xml", styles.encode()))
    assert [p.heading for p in found.draft.paragraphs] == [False, True]
