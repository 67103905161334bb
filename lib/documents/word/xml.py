"""Elements of a Word file. `w("ind", left=0)` is `<w:ind w:left="0"/>`; texts are made safe here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

Element = ET.Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
for _prefix, _uri in NAMESPACES.items():
    ET.register_namespace(_prefix, _uri)
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TWIPS_A_POINT = 20
_TWIPS_A_MM = 1440 / 25.4


def qualified(name: str) -> str:
    """`w:p` with its namespace spelled out."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else name


def element(name: str, attributes: Mapping[str, object], *content: Element | str | None) -> Element:
    """An element by its prefixed name; None among its content is left out, a text comes first."""
    made = ET.Element(qualified(name), {qualified(k): str(v) for k, v in attributes.items()})
    for piece in content:
        if isinstance(piece, str):
            made.text = _FORBIDDEN.sub("", piece)
        elif piece is not None:
            made.append(piece)
    return made


def w(name: str, /, *content: Element | str | None, **attributes: object) -> Element:
    """An element of Word's own namespace, and its attributes with it."""
    return element(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, *content)


def serialized(root: Element) -> bytes:
    """An element as a part of a file."""
    text = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def run(text: str, *properties: Element) -> Element:
    """A run of text; the properties in the order of the schema."""
    kept = element("w:t", {"xml:space": "preserve"}, text)
    return w("r", w("rPr", *properties) if properties else None, kept)


def broken(lines: Iterable[str]) -> list[Element]:
    """Lines of one paragraph, so that it stays one for whoever changes it."""
    runs = [piece for line in lines for piece in (w("r", w("br")), run(line))]
    return runs[1:]


def paragraph(style: str, runs: Iterable[Element] = (), *properties: Element) -> Element:
    """A paragraph of a named style; what is particular to it in the order of the schema."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * _TWIPS_A_MM)
