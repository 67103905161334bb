"""Files that are no draft, or were made to do harm: a sentence each, and soon."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from lib.documents.drafts.received import DraftFile, read_draft, read_pasted
from lib.documents.drafts.tracked import tracked_docx
from lib.intake.issues import Issue
from tests.books import book, repacked
from tests.proofread.papers import W, control, finding, paragraph, run, with_part, word
from tests.work import worked

SECRET = "a line only this machine knows"
SECONDS = 8
SOUND = word(paragraph("已有142个。"))


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def added(name: str, part: bytes) -> bytes:
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return out.getvalue()


def with_entities(doctype: str, use: str, code: str = "utf-8") -> bytes:
    text = word(paragraph(use))
    with zipfile.ZipFile(io.BytesIO(text)) as archive:
        part = archive.read("word/document.xml").decode()
    whole = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE w:document [{doctype}]>{part}'
    return with_part(text, "word/document.xml", whole.encode(code))


def laughs(code: str = "utf-8") -> bytes:
    lines = ['<!ENTITY a0 "哈">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return with_entities("".join(lines), "&a9;", code)


def cut_off() -> bytes:
    return SOUND[: len(SOUND) // 2]


def empty_paragraphs(count: int) -> bytes:
    return word("<w:p/>" * count, paragraph("完。"))


def nested(depth: int) -> bytes:
    return word(
        "<w:sdt><w:sdtContent>" * depth + paragraph("深。") + "</w:sdtContent></w:sdt>" * depth
    )


def lying_about_its_size() -> bytes:
    """A file whose directory says less than there is to unpack."""
    content = bytearray(added("word/big.xml", b"<a>" + b" " * (60 * 2**20) + b"</a>"))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


# name > (content, code, words of the sentence, words of what to do)
REFUSED: dict[str, tuple[Callable[[], bytes], str, str, str]] = {
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "FILE_TYPE", "旧版 .doc", "另存为“.docx”"),
    "稿.pdf": (lambda: b"%PDF-1.7\n", "FILE_TYPE", "PDF", "复制正文"),
    "稿.rtf": (lambda: rb"{\rtf1\ansi " + b"}", "FILE_TYPE", "RTF", "复制正文"),
    "页.html": (lambda: b"\n<!DOCTYPE html><html>", "FILE_TYPE", "网页", "复制正文"),
    "program.docx": (lambda: b"MZ\x90\x00" + bytes(60), "FILE_TYPE", "可执行程序", "复制正文"),
    "图.docx": (lambda: b"\x89PNG\r\n", "FILE_TYPE", "图片", "复制正文"),
    "表.docx": (lambda: book({"一": [["1"]]}), "FILE_TYPE", "不是 .docx", "粘贴"),
    "包.zip": (lambda: packed(a=b"1"), "FILE_TYPE", "不是 .docx", "粘贴"),
    "宏.docm": (lambda: added("word/vbaProject.bin", b"1"), "FILE_TYPE", "宏", "不带宏"),
    "空.txt": (lambda: b"\xef\xbb\xbf \r\n", "FILE_EMPTY", "没有读到正文", "复制粘贴"),
    "空.docx": (lambda: word(paragraph(" ")), "FILE_EMPTY", "没有读到正文", "复制粘贴"),
    "半个.docx": (cut_off, "FILE_DAMAGED", "已损坏", "另存为“.docx”"),
    "无正文.docx": (lambda: packed(**{"word/x.xml": b"<a/>"}), "FILE_DAMAGED", "已损坏", "另存为“.docx”"),
    "坏字.docx": (lambda: with_part(SOUND, "word/document.xml", b"<w:document>"), "FILE_DAMAGED", "已损坏", "另存为“.docx”"),
    "坏编码.txt": (lambda: "甲".encode() + b"\r\n" + "乙乙".encode("gbk"), "ENCODING_BROKEN", "不成字", "UTF-8 文本"),
    "哈.docx": (laughs, "FILE_DAMAGED", "实体", "另存为“.docx”"),
    "哈16.docx": (lambda: laughs("utf-16"), "FILE_DAMAGED", "实体", "另存为“.docx”"),
    "逃.docx": (lambda: added("../../x", b"1"), "FILE_DAMAGED", "不安全", "另存为“.docx”"),
    "炸.docx": (lambda: added("word/media/a.bin", bytes(110 * 2**20)), "FILE_SIZE", "解压后", "去掉图片"),
    "部件.docx": (lambda: packed(**{f"word/{n}": b"" for n in range(1_001)}), "FILE_SIZE", "部件", "另存为"),
    "标记.docx": (lambda: empty_paragraphs(600_000), "FILE_SIZE", "个标记", "去掉图片"),
    "大.txt": (lambda: "甲。\n".encode() * (3 * 2**20), "FILE_SIZE", "上限20.0 MB", "粘贴"),
    "长.txt": (lambda: ("字" * 31 + "\n").encode() * 9_999, "FILE_SIZE", "正文有309969字", "分几次"),
    "深.docx": (lambda: nested(400), "FILE_DAMAGED", "已损坏", "另存为“.docx”"),
    "谎.docx": (lying_about_its_size, "FILE_DAMAGED", "已损坏", "另存为“.docx”"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_is_no_draft_is_refused_in_a_sentence(name: str) -> None:
    made, code, words, fix = REFUSED[name]
    content = made()
    started = worked()
    found = read_draft(content, name)
    assert worked() - started < SECONDS
    assert isinstance(found, Issue), found
    assert (found.code, found.severity, found.file) == (code, "阻断", name)
    assert words in found.message
    assert fix in found.fix


def test_a_paste_that_is_too_long_or_empty_is_refused_too() -> None:
    assert [read_pasted(text).message for text in ("", "\n 　\n", "字" * 300_001, "字\n" * 10_001)] == [
        "没有读到正文", "没有读到正文", "正文有300001字，上限300000字", "正文有10001段，上限10000段",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_document_gets_no_file_of_this_machine(code: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    content = with_entities(f'<!ENTITY file SYSTEM "file://{secret}">', "正文&file;", code)
    assert SECRET not in repr(read_draft(content, "稿.docx"))


def test_a_link_to_a_template_or_picture_outside_is_not_followed() -> None:
    outside = b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'
    content = repacked(
        SOUND,
        lambda name, part: (
            part.replace(b"</Relationships>", outside + b"</Relationships>")
            if name == "word/_rels/document.xml.rels"
            else part
        ),
    )
    found = read_draft(content, "稿.docx")
    assert isinstance(found, DraftFile)
    assert [p.text for p in found.draft.paragraphs] == ["已有142个。"]


def without_body() -> bytes:
    return with_part(SOUND, "word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"/>'.encode())


def pointing(kind: str) -> bytes:
    """A file whose part of a kind is no part of that kind."""
    wrong = f'<Relationship Id="rIdW" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="media/a.png"/>'
    content = repacked(
        added("word/media/a.png", b"\x89PNG"),
        lambda name, part: (
            re.sub(rb'<Relationship [^>]*/%s"[^>]*/>' % kind.encode(), b"", part).replace(
                b"</Relationships>", wrong.encode() + b"</Relationships>"
            )
            if name == "word/_rels/document.xml.rels"
            else part
        ),
    )  # fmt: skip
    return repacked(
        content,
        lambda name, part: (
            part.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
            if name == "[Content_Types].xml"
            else part
        ),
    )


@pytest.mark.parametrize(
    "made", [without_body, *(partial(pointing, kind) for kind in ("styles", "comments", "header"))]
)
def test_a_file_whose_parts_are_not_what_they_are_called_is_refused(
    made: Callable[[], bytes],
) -> None:
    found = read_draft(made(), "稿.docx")
    assert isinstance(found, Issue)
    assert (found.code, found.message) == ("FILE_DAMAGED", "文档已损坏，打不开")


TAG = re.compile(rb"<[^>]+>|[^<]+")


def garbled(content: bytes, chance: random.Random) -> bytes:
    """The file with a few tags of one part left out, doubled or swapped."""
    names = (
        "word/document.xml",
        "word/styles.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    )
    victim = chance.choice(names)

    def change(name: str, part: bytes) -> bytes:
        if name != victim:
            return part
        pieces = TAG.findall(part)
        for _ in range(chance.randint(1, 4)):
            at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
            how = chance.randrange(3)
            if how == 0:
                pieces[at] = b""
            elif how == 1:
                pieces[at] *= 2
            else:
                pieces[at], pieces[other] = pieces[other], pieces[at]
        return b"".join(pieces)

    return repacked(content, change)


def test_a_garbled_file_is_read_or_refused_and_what_is_read_comes_back() -> None:
    chance = random.Random(7)
    content = word(
        paragraph("已有", control("a", run("142")), "个。"),
        paragraph("<w:r><w:tab/><w:t>甲</w:t></w:r>"),
    )
    outcomes = Counter[str]()
    for _ in range(80):
        made = garbled(content, chance)
        found = read_draft(made, "稿.docx")
        outcomes[type(found).__name__] += 1
        if isinstance(found, DraftFile):
            first = found.draft.paragraphs[0]
            mend = finding(1, first.text, first.text, "改。")
            back = tracked_docx(made, found.draft, [mend, replace(mend, mend=None)])
            assert isinstance(read_draft(back, "稿.docx"), DraftFile)
    assert min(outcomes["Issue"], outcomes["DraftFile"]) > 8, outcomes


@pytest.mark.parametrize("name", ["../../x.docx", "<img onerror=x>.docx", "a\0b.docx"])
def test_a_file_name_is_only_ever_shown(name: str) -> None:
    found = read_draft(SOUND, name)
    assert isinstance(found, DraftFile)
    assert found.draft.name == name.replace("\0", "?")
