"""The copy handed back: changes to accept or reject, comments, and nothing else touched."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from lib.documents.drafts.received import DraftFile, read_draft, read_pasted
from lib.documents.drafts.tracked import tracked_docx
from lib.proofread.findings import Place
from tests.proofread.papers import (
    W,
    accepted,
    body,
    commented,
    control,
    draft,
    finding,
    formats,
    paragraph,
    rejected,
    run,
    word,
)

AT = dt.datetime(2022, 8, 8, 9, 30, tzinfo=dt.UTC)
TEXT = "截止7月底,已有142个便利站,培育775名专员"
BOLD, RED = "<w:b/>", '<w:color w:val="FF0000"/>'


def read(content: bytes) -> DraftFile:
    found = read_draft(content, "稿.docx")
    assert isinstance(found, DraftFile), found
    return found


def handed_back(content: bytes, *found) -> bytes:
    return tracked_docx(content, read(content).draft, found, AT)


def test_a_mend_is_a_change_word_can_accept_or_reject() -> None:
    content = word(paragraph(TEXT), paragraph("第二段。"))
    made = handed_back(content, finding(1, TEXT, "775名", "776名"))
    assert accepted(made) == [TEXT.replace("775", "776"), "第二段。"]
    assert rejected(made) == [TEXT, "第二段。"]
    (deleted,) = body(made).iter(W + "del")
    (added,) = body(made).iter(W + "ins")
    assert [deleted.get(W + key) for key in ("author", "date")] == [
        "通报校对",
        "2022-08-08T09:30:00Z",
    ]
    assert deleted.get(W + "id") != added.get(W + "id")
    assert commented(made) == []


def test_a_change_is_no_larger_than_a_number_or_a_sign() -> None:
    made = handed_back(
        word(paragraph(TEXT)), finding(1, TEXT, TEXT, TEXT.replace(",", "，") + "。")
    )
    assert accepted(made) == [TEXT.replace(",", "，") + "。"]
    assert rejected(made) == [TEXT]
    gone = ["".join(one.itertext()) for one in body(made).iter(W + "del")]
    assert gone == [",", ","]


def test_what_has_no_mend_is_a_comment_on_the_quoted_words() -> None:
    made = handed_back(
        word(paragraph(TEXT)), finding(1, TEXT, "142个", None, "可能", "与第3段的140个不同")
    )
    assert commented(made) == [("142个", "与第3段的140个不同\n把握：可能")]
    (comment,) = Document(io.BytesIO(made)).comments
    assert (comment.author, comment.timestamp) == ("通报校对", AT)
    assert accepted(made) == rejected(made) == [TEXT]


def test_runs_are_split_where_the_words_begin_and_keep_their_formatting() -> None:
    pieces = (
        "截止7月底,已有",
        run("142", BOLD),
        run("个便利站,培育7", RED),
        run("75名专员", BOLD + RED),
    )
    made = handed_back(word(paragraph(*pieces)), finding(1, TEXT, "培育775名", "培育776名"))
    assert accepted(made) == [TEXT.replace("775", "776")]
    assert rejected(made) == [TEXT]
    assert formats(made) == [
        ("截止7月底,已有",), ("142", "b"), ("个便利站,培育", "color"), ("7", "color"),
        ("75", "b", "color"), ("776", "b", "color"), ("名专员", "b", "color"),
    ]  # fmt: skip


def test_a_content_control_is_kept_with_the_new_figure_inside() -> None:
    content = word(paragraph("已有", control("center_point_completed", run("142")), "个便利站"))
    made = handed_back(content, finding(1, "已有142个便利站", "142个", "143个"))
    (kept,) = body(made).iter(W + "sdtContent")
    assert "".join(kept.itertext()) == "142143"
    assert accepted(made) == ["已有143个便利站"]
    again = read(made)
    assert [(m.start, m.end, m.tag) for m in again.draft.paragraphs[0].marks] == [
        (2, 5, "center_point_completed")
    ]


def test_what_is_added_after_a_control_stays_out_of_it() -> None:
    content = word(paragraph("培育", control("staff_trained", run("775"))))
    made = handed_back(content, finding(1, "培育775", "775", "775。"))
    (kept,) = body(made).iter(W + "sdtContent")
    assert "".join(kept.itertext()) == "775"
    assert accepted(made) == ["培育775。"]


def test_several_findings_of_one_paragraph_are_all_written() -> None:
    found = (
        finding(1, TEXT, "截止", "截至"), finding(1, TEXT, "底,", "底，"), finding(1, TEXT, "142"),
        finding(1, TEXT, "站,培", "站，培"), finding(1, TEXT, "专员", "专员。"),
    )  # fmt: skip
    made = handed_back(word(paragraph(TEXT)), *found)
    assert accepted(made) == ["截至7月底，已有142个便利站，培育775名专员。"]
    assert rejected(made) == [TEXT]
    assert [words for words, _ in commented(made)] == ["142"]


@pytest.mark.parametrize("order", [1, -1])
def test_where_two_mends_clash_the_surer_is_made_and_the_other_told(order: int) -> None:
    sure = finding(1, TEXT, "775", "776", "确定")
    other = finding(1, TEXT, "培育775名", "培育780名", "可能", "也许是780")
    made = handed_back(word(paragraph(TEXT)), *(sure, other)[::order])
    assert accepted(made) == [TEXT.replace("775", "776")]
    assert rejected(made) == [TEXT]
    assert commented(made) == [("培育775776名", "也许是780\n应为：培育780名\n把握：可能")]


def test_a_mend_of_a_whole_paragraph_and_one_inside_it_are_both_made() -> None:
    signs = finding(1, TEXT, TEXT, TEXT.replace(",", "，"), "很可能")
    made = handed_back(word(paragraph(TEXT)), signs, finding(1, TEXT, "775", "776"))
    assert accepted(made) == [TEXT.replace(",", "，").replace("775", "776")]
    assert rejected(made) == [TEXT]


def test_a_wording_is_mended_wherever_it_stands_and_a_figure_only_where_it_is_wrong() -> None:
    texts = ("截止6月底,完成35个", "截止7月底,完成35个,超时35次。")
    also = (Place(2, 0, 2), Place(2, 8, 10), Place(2, 13, 15))
    word_of = replace(finding(1, texts[0], "截止", "截至"), also=also)
    figure = replace(finding(1, texts[0], "35", "36"), kind="内部算术", also=also)
    made = handed_back(word(*map(paragraph, texts)), word_of, figure)
    assert accepted(made) == ["截至6月底,完成36个", "截至7月底,完成35个,超时35次。"]
    assert rejected(made) == list(texts)
    assert commented(made) == []


def test_somebody_elses_insertion_is_not_mended_but_commented() -> None:
    theirs = f'<w:ins w:id="7" w:author="甲" w:date="2022-08-01T00:00:00Z">{run("775名")}</w:ins>'
    gone = '<w:del w:id="8" w:author="甲"><w:r><w:delText xml:space="preserve">770名</w:delText></w:r></w:del>'
    content = word(paragraph("截止7月底,培育", gone, theirs, "专员"))
    text = "截止7月底,培育775名专员"
    made = handed_back(content, finding(1, text, "775", "776"), finding(1, text, "底,", "底，"))
    assert accepted(made) == ["截止7月底，培育775名专员"]
    assert [words for words, _ in commented(made)] == ["775"]
    assert len({one.get(W + "id") for one in body(made).iter(W + "ins", W + "del")}) == 4


def test_footnotes_fields_and_tabs_stay_where_a_change_passes_them() -> None:
    mixed = '<w:r><w:t>共35个</w:t><w:footnoteReference w:id="2"/><w:tab/><w:t>和36个</w:t></w:r>'
    made = handed_back(
        word(paragraph(mixed)), finding(1, "共35个\t和36个", "5个\t和36", "7个\t和38")
    )
    assert len(list(body(made).iter(W + "footnoteReference"))) == 1
    assert len(list(body(made).iter(W + "tab"))) == 1
    assert accepted(made) == ["共37个和38个"]
    assert rejected(made) == ["共35个和36个"]


def test_every_other_part_of_the_file_stays_as_it_was() -> None:
    content = word(paragraph(TEXT), "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    made = handed_back(content, finding(1, TEXT, "775", "776"))
    names = ("word/styles.xml", "word/theme/theme1.xml", "docProps/thumbnail.jpeg")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert set(old.namelist()) <= set(new.namelist())
        assert [len(old.read(n)) for n in names] == [len(new.read(n)) for n in names]
    assert len(list(body(made).iter(W + "tbl"))) == 1


def test_a_text_becomes_a_plain_document_with_the_same_changes() -> None:
    pasted = read_pasted(f"关于工作情况的通报\n\n　　{TEXT}\n一、总体情况")
    assert isinstance(pasted, DraftFile)
    text = pasted.draft.paragraphs[1].text
    made = tracked_docx(
        None, pasted.draft, [finding(2, text, "775", "776"), finding(2, text, "142")]
    )
    assert rejected(made) == [p.text for p in pasted.draft.paragraphs]
    assert accepted(made)[1] == text.replace("775", "776")
    document = Document(io.BytesIO(made))
    assert [p.runs[0].font.name for p in document.paragraphs] == [
        "方正小标宋简体",
        "仿宋_GB2312",
        "黑体",
    ]
    assert document.sections[0].footer.paragraphs[0].text == "由通报台校对｜非涉密"
    assert [c.author for c in document.comments] == ["通报校对"]


def test_a_long_document_with_a_finding_in_every_paragraph() -> None:
    texts = [f"{n}.{TEXT}" for n in range(3_000)]
    found = [finding(n, text, "育775", "育776") for n, text in enumerate(texts, 1)]
    made = tracked_docx(None, draft(*texts), found, AT)
    assert accepted(made) == [text.replace("育775", "育776") for text in texts]
    assert rejected(made) == texts
