"""A Word draft: opened with care, its running text as paragraphs, and a sentence on what was left out.

Anybody may send the file. A workbook is opened in a child process because its reader builds
objects for every cell; here the parser's work can be weighed before it begins, so none is needed:
parts and tags are counted first, declared entities are refused, and the parser neither resolves
entities nor takes trees or texts beyond its own limits.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from lib.documents.drafts.pieces import CONTROL, is_contents, paragraphs, read_paragraph
from lib.documents.drafts.styles import Styles, styles_of
from lib.documents.word.kept_tags import tags_in
from lib.intake.files.archive import Packed, part_names
from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile
from lib.proofread.draft import Mark, Paragraph

_SAVE_AS = "请在Word或WPS中打开检查，另存为“.docx”后再传，或把正文粘贴进来"
_SMALLER = "请去掉图片和附表后再传，或把正文粘贴进来"
_DOCUMENT = Packed("文档", _SAVE_AS, _SMALLER)
_MOST_TAGS = 600_000  # of all parts together; a hundred pages have about a sixth
_ENTITY = tuple("<!ENTITY".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHANGES = tuple(map(qn, ("w:ins", "w:del", "w:moveTo", "w:moveFrom")))
_NOTES = tuple(map(qn, ("w:footnoteReference", "w:endnoteReference")))
_HEADERS = ("/header", "/footer")


@dataclass(frozen=True)
class WordText:
    """A document's paragraphs, and a sentence on everything else in it."""

    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[str, ...]


def read_word(content: bytes, limits: Limits) -> WordText:
    """The text of a .docx. Raises RefusedFile where it is none, is damaged, or was made to do harm."""
    names = part_names(content, limits, _DOCUMENT)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFile("FILE_TYPE", "文档带有宏（.docm）", "请另存为不带宏的“.docx”后再传")
    if not any(name.startswith("word/") for name in names):
        raise RefusedFile("FILE_TYPE", "这是压缩包或其他格式的文档，不是 .docx", _SAVE_AS)
    try:
        _weigh(content)
        document = Document(io.BytesIO(content))
        _ = document.comments  # so that the copy that goes back can hold ours
        return WordText(running_text(document), remarks(document))
    except (MemoryError, RefusedFile):
        raise
    except Exception as error:  # python-docx and its XML parser raise most of the built-in kinds
        raise RefusedFile("FILE_DAMAGED", "文档已损坏，打不开", _SAVE_AS) from error


def _weigh(content: bytes) -> None:
    """Count what the parser would have to build, and refuse what declares entities."""
    tags = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if any(mark in part for mark in _ENTITY):
                raise RefusedFile("FILE_DAMAGED", "文档里有不安全的内容（实体声明）", _SAVE_AS)
            tags += (
                part.count(b"<")
                if part[:100].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n").startswith(b"<")
                else 0
            )
    if tags > _MOST_TAGS:
        raise RefusedFile("FILE_SIZE", f"文档里有{tags}个标记，上限{_MOST_TAGS}个", _SMALLER)


def numbered_paragraphs(
    document: DocumentType,
) -> Iterator[tuple[int, BaseOxmlElement, tuple[str, ...]]]:
    """The paragraphs that hold text, counted from 1, with the tags of the controls round them."""
    number = 0
    for paragraph, tags in paragraphs(document.element.body):
        if read_paragraph(paragraph).text.strip():
            number += 1
            yield number, paragraph, tags


def running_text(document: DocumentType) -> tuple[Paragraph, ...]:
    """The document's paragraphs, in order."""
    styles, whole = styles_of(document), _whole_tags(document)
    return tuple(
        _paragraph(number, element, tags, styles, whole)
        for number, element, tags in numbered_paragraphs(document)
    )


def _paragraph(
    number: int,
    element: BaseOxmlElement,
    tags: tuple[str, ...],
    styles: Styles,
    whole: Mapping[str, str],
) -> Paragraph:
    found = read_paragraph(element)
    marks = (*(Mark(0, len(found.text), tag) for tag in tags), *found.marks)
    told = tuple(replace(mark, tag=whole.get(mark.tag, mark.tag)) for mark in marks)
    return Paragraph(number, found.text, styles.is_heading(element), told)


def _whole_tags(document: DocumentType) -> dict[str, str]:
    """What the short tags of a file of ours stand for; it is kept in the file."""
    parts = [
        relation.target_part.blob
        for relation in document.part.rels.values()
        if not relation.is_external and relation.reltype.endswith("/customXml")
    ]
    return {short: tag for part in parts for short, tag in tags_in(part).items()}


def remarks(document: DocumentType) -> tuple[str, ...]:
    """What of the document was not read, or was read in a way people should know, a sentence each."""
    body = document.element.body
    styles = styles_of(document)
    counts = {
        "文档里有{}处修订，按全部接受来读。": _count(body, _CHANGES),
        "{}张表格没有读，请自行核对表内数字。": _tables(body),
        "{}个文本框没有读。": _boxes(body),
        "{}条脚注、尾注没有读。": _count(body, _NOTES),
        "{}条批注没有读，带修订的稿子里照原样保留。": _count(body, (qn("w:commentReference"),)),
        "{}段用了自动编号，编号不算正文。": sum(map(styles.is_numbered, _elements(document))),
        "目录没有读。": any(map(is_contents, body.iter(CONTROL))),
        "页眉页脚没有读。": any(map(_has_text, _around(document))),
    }
    return tuple(sentence.format(count) for sentence, count in counts.items() if count)


def _elements(document: DocumentType) -> Iterator[BaseOxmlElement]:
    return (element for _, element, _ in numbered_paragraphs(document))


def _count(body: BaseOxmlElement, tags: tuple[str, ...]) -> int:
    return sum(1 for _ in body.iter(*tags))


def _tables(body: BaseOxmlElement) -> int:
    """Tables that say something; one inside another counts with it."""
    table = qn("w:tbl")
    return sum(
        1
        for one in body.iter(table)
        if next(one.iterancestors(table), None) is None and _has_text(one)
    )


def _boxes(body: BaseOxmlElement) -> int:
    """Text boxes that say something; the same box for older programs does not count again."""
    return sum(
        1
        for box in body.iter(qn("w:txbxContent"))
        if next(box.iterancestors(_FALLBACK), None) is None and _has_text(box)
    )


def _around(document: DocumentType) -> Iterator[BaseOxmlElement]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(_HEADERS):
            yield relation.target_part.element


def _has_text(element: BaseOxmlElement) -> bool:
    return any((text.text or "").strip() for text in element.iter(qn("w:t")))
