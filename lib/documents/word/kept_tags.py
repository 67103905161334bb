"""What the short tags of a Word file stand for, as the XML part that is kept in the file."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, SubElement

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

NAMESPACE = "urn:tongbao:figures"
_ROOT, _ENTRY = f"{{{NAMESPACE}}}figures", f"{{{NAMESPACE}}}figure"


def tags_part(tags: Mapping[str, str]) -> Element:
    """The part: an entry for each short tag and the whole one it stands for."""
    root = Element(_ROOT)
    for short, whole in tags.items():
        SubElement(root, _ENTRY, {"tag": short, "of": whole})
    return root


def tags_in(part: bytes) -> dict[str, str]:
    """Short tag > whole tag; empty where the part is another's, or cannot be read."""
    try:
        root = fromstring(part)
    except (ParseError, DefusedXmlException, ValueError):
        return {}
    entries = root.iter(_ENTRY) if root.tag == _ROOT else ()
    return {entry.get("tag", ""): entry.get("of", "") for entry in entries}
