"""Word files for tests, written tag by tag, and read back without the code under test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from lxml import etree

from lib.proofread.draft import Draft, Paragraph
from lib.proofread.findings import Confidence, Finding, Place
from tests.books import repacked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = (
    f'xmlns:w="{W[1:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def word(*blocks: str) -> bytes:
    """A Word file whose body is made of these blocks of XML, in python-docx's own frame."""
    out = io.BytesIO()
    Document().save(out)
    body = f"<w:document {_NAMES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    return with_part(out.getvalue(), "word/document.xml", body.encode())


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A packed file with one part put in place of its own."""
    return repacked(content, lambda held, old: part if held == name else old)


def run(text: str, style: str = "") -> str:
    """A run; `style` are the tags of its properties."""
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    properties = f"<w:pPr>{style}</w:pPr>" if style else ""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{properties}{inside}</w:p>"


def control(tag: str, *runs: str) -> str:
    """A content control round runs or paragraphs."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>'
        f"<w:sdtContent>{''.join(runs)}</w:sdtContent></w:sdt>"
    )


def finding(
    number: int,
    text: str,
    quoted: str,
    mend: str | None = None,
    confidence: Confidence = "确定",
    message: str = "不对",
) -> Finding:
    """What a check found at `quoted`, which stands in the paragraph's `text` once."""
    start = text.index(quoted)
    place = Place(number, start, start + len(quoted))
    return Finding("test", "缺字", place, quoted, message, mend or "", confidence, mend)


def draft(*texts: str) -> Draft:
    """A draft of plain paragraphs."""
    return Draft("稿子", tuple(Paragraph(n, text) for n, text in enumerate(texts, 1)))


def body(content: bytes) -> etree._Element:
    """The body of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def _texts(found: etree._Element) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(W + "t")) for p in found.iter(W + "p")]


def _settled(content: bytes, gone: str, kept: str) -> list[str]:
    found = body(content)
    for element in list(found.iter(W + gone)):
        element.getparent().remove(element)
    for text in found.iter(W + "delText"):
        assert next(text.iterancestors(W + kept), None) is not None
        text.tag = W + "t"
    return _texts(found)


def accepted(content: bytes) -> list[str]:
    """The paragraphs once every change is accepted."""
    return _settled(content, "del", "ins")


def rejected(content: bytes) -> list[str]:
    """The paragraphs once every change is rejected."""
    return _settled(content, "ins", "del")


def commented(content: bytes) -> list[tuple[str, str]]:
    """The words every comment stands at, deleted ones too, and what it says."""
    said = {str(c.comment_id): c.text for c in Document(io.BytesIO(content)).comments}
    found: dict[str, str] = {}
    opened: list[str] = []
    for element in body(content).iter():
        number = element.get(W + "id", "")
        if element.tag == W + "commentRangeStart":
            opened.append(number)
            found[number] = ""
        elif element.tag == W + "commentRangeEnd":
            opened.remove(number)
        elif element.tag in (W + "t", W + "delText"):
            for one in opened:
                found[one] += element.text or ""
    assert opened == []
    assert sorted(found) == sorted(said)
    return [(words, said[number]) for number, words in found.items()]


def formats(content: bytes) -> list[Sequence[str]]:
    """Of every run with text: its words, and the names of its properties."""
    return [
        ("".join(t.text or "" for t in r.iter(W + "t", W + "delText")), *(p.tag.removeprefix(W) for p in r.iterfind(f"{W}rPr/*")))
        for r in body(content).iter(W + "r")
        if r.find(W + "t") is not None or r.find(W + "delText") is not None
    ]  # fmt: skip
