"""A draft as it comes in, pasted or as a file: recognised by its content, read, or refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.documents.drafts.word import read_word
from lib.intake.files.archive import megabytes
from lib.intake.files.decode import decode
from lib.intake.files.filetype import OLE, other_kind, plain_name
from lib.intake.files.limits import UPLOAD, Limits
from lib.intake.issues import Issue, RefusedFile
from lib.proofread.draft import Draft, Paragraph

PASTED = "粘贴的文字"
ENDINGS = ("docx", "txt", "md")  # of the names browsers may send; nothing is read from them
_MB = 1024 * 1024
# Long documents of one kind of paragraph pack very well: the size they unpack to is what counts.
DRAFT_LIMITS = replace(UPLOAD, file_bytes=20 * _MB, unpacked_bytes=100 * _MB, ratio=1_000)
MOST_CHARACTERS, MOST_PARAGRAPHS = 300_000, 10_000  # ten bulletins and more

_PASTE = "请复制正文，粘贴到“粘贴文字”里"
_SAVE_TEXT = "请用记事本打开核对，另存为 UTF-8 文本后再传，或把正文粘贴进来"
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")
_WEB = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_HEADING = re.compile(
    r"#{1,6} |[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|附[件表]"
)
_LONGEST_HEADING = 40  # characters
_SENTENCE_END = ("。", "；", "！", "？", "：", ".", ";", "!", "?", ":", "，", ",")


@dataclass(frozen=True)
class DraftFile:
    """A draft that was read.

    lines:    all its paragraphs as written, blank ones too
    remarks:  what was not read, a sentence each
    original: the bytes of a Word file; None for text
    """

    draft: Draft
    lines: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    original: bytes | None = None


def read_pasted(text: str) -> DraftFile | Issue:
    """The draft in a pasted text, a paragraph a line; what no keyboard writes is left out."""
    try:
        return _from_lines(_CONTROLS.sub("", text), PASTED)
    except RefusedFile as refused:
        return replace(refused.issue, file=PASTED)


def read_draft(content: bytes, name: str, limits: Limits = DRAFT_LIMITS) -> DraftFile | Issue:
    """The draft in a .docx, .txt or .md file, known by its content; an Issue where it is refused."""
    name = plain_name(name)
    try:
        _check_kind(content, limits)
        packed = content.startswith(b"PK")
        return (_from_word if packed else _from_text)(content, name, limits)
    except RefusedFile as refused:
        return replace(refused.issue, file=name)


def _check_kind(content: bytes, limits: Limits) -> None:
    """Refuse what is neither text nor a packed document, and what is too large to open."""
    if len(content) > limits.file_bytes:
        message = f"文件有{megabytes(len(content))}，上限{megabytes(limits.file_bytes)}"
        raise RefusedFile("FILE_SIZE", message, "请去掉图片和附表后再传，或把正文粘贴进来")
    if content.startswith(OLE):
        message = "这是旧版 .doc（或WPS的 .wps）文档，或者加了密码"
        raise RefusedFile("FILE_TYPE", message, "请取消密码，另存为“.docx”后再传")
    if content.startswith(b"%PDF"):
        fix = "请传生成它的 .docx；没有的话，复制正文粘贴到“粘贴文字”里"
        raise RefusedFile("FILE_TYPE", "这是 PDF，版式里读不准段落", fix)
    kinds = ((b"{\\rtf" in content[:16], "RTF 文档"), (_WEB.match(content), "网页"))
    what = other_kind(content) or next((name for found, name in kinds if found), "")
    if what:
        raise RefusedFile("FILE_TYPE", f"这是{what}，不是 .docx、.txt 或 .md", _PASTE)


def _from_word(content: bytes, name: str, limits: Limits) -> DraftFile:
    read = read_word(content, limits)
    draft = _checked(name, [_with_heading(paragraph) for paragraph in read.paragraphs])
    return DraftFile(draft, tuple(p.text for p in read.paragraphs), read.remarks, content)


def _from_text(content: bytes, name: str, limits: Limits) -> DraftFile:
    try:
        text, encoding = decode(content, limits)
    except RefusedFile as refused:
        refused.issue = replace(refused.issue, fix=_SAVE_TEXT)
        raise
    made = _from_lines(text, name)
    if encoding.startswith("UTF-8"):
        return made
    return replace(made, remarks=(f"编码按{encoding}读；如有乱码，请另存为 UTF-8。",))


def _from_lines(text: str, name: str) -> DraftFile:
    lines = tuple(_BREAKS.sub("\n", text).split("\n"))
    written = (line for line in lines if line.strip())
    paragraphs = [_with_heading(Paragraph(n, line)) for n, line in enumerate(written, 1)]
    return DraftFile(_checked(name, paragraphs), lines)


def _checked(name: str, paragraphs: Sequence[Paragraph]) -> Draft:
    """The draft, if it has text and not too much of it. Raises RefusedFile."""
    if not paragraphs:
        message = "没有读到正文"
        fix = "正文在表格、文本框或图片里时，请把文字复制粘贴进来"
        raise RefusedFile("FILE_EMPTY", message, fix)
    characters = sum(len(paragraph.text) for paragraph in paragraphs)
    for count, most, what in (
        (characters, MOST_CHARACTERS, "字"),
        (len(paragraphs), MOST_PARAGRAPHS, "段"),
    ):
        if count > most:
            message = f"正文有{count}{what}，上限{most}{what}"
            raise RefusedFile("FILE_SIZE", message, "请分几次校对")
    return Draft(name, tuple(paragraphs))


def _with_heading(paragraph: Paragraph) -> Paragraph:
    """The paragraph as a heading where it is numbered like one, or begins the draft like a title."""
    text = paragraph.text.strip()
    short = len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END)
    like_one = short and (paragraph.number == 1 or _HEADING.match(text))
    return replace(paragraph, heading=True) if like_one else paragraph
