"""A Word file's parts, read the way no code of ours does: with lxml."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from lib.documents.word.kept_tags import tags_in
from lib.queries.references import is_short

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str) -> etree._Element:
    """A part's root element."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return etree.fromstring(file.read(name))


def text_of(node: etree._Element) -> str:
    """All text below an element, content controls too."""
    return "".join(t.text or "" for t in node.iter(f"{W}t"))


def value(node: etree._Element, path: str, attribute: str = "val") -> str | None:
    """One attribute of the first element at a path of Word's names (pPr/ind)."""
    found = node.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + attribute)


def styles(content: bytes) -> dict[str, etree._Element]:
    """The styles by the name people see."""
    root = part(content, "word/styles.xml")
    return {value(style, "name") or "": style for style in root.iter(f"{W}style")}


def style_names(content: bytes) -> dict[str, str]:
    """Style id > the name people see."""
    return {style.get(f"{W}styleId"): name for name, style in styles(content).items()}


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    """The paragraphs outside tables: style name and text."""
    names = style_names(content)
    body = part(content, "word/document.xml").find(f"{W}body")
    return [(names[value(p, "pPr/pStyle") or ""], text_of(p)) for p in body.findall(f"{W}p")]


def controls(content: bytes) -> list[tuple[str, str, int]]:
    """Every content control: whole tag, text, id."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        kept = tags_in(file.read("customXml/item1.xml"))
    found = []
    for sdt in part(content, "word/document.xml").iter(f"{W}sdt"):
        tag = value(sdt, "sdtPr/tag") or ""
        whole = kept[tag] if is_short(tag) else tag
        found.append((whole, text_of(sdt), int(value(sdt, "sdtPr/id") or 0)))
    return found
