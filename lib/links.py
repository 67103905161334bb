"""What a shared link asks for, and a sentence for every part of it that is not known.

Streamlit drops an unknown value of a bound filter without a word; this reads the link first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lib.catalog.places import Resolution


@dataclass(frozen=True)
class LinkValues:
    """The values of one parameter: display names that are known, and the texts that are not."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def read_values(
    written: Sequence[str],
    options: Mapping[str, str],
    resolve: Callable[[str], Resolution] | None = None,
) -> LinkValues:
    """Read one parameter against `options` (id > display name); exact aliases are understood."""
    labels = set(options.values())
    known: list[str] = []
    unknown: list[str] = []
    for text in written:
        place = text if text in options else resolve(text).id if resolve else None
        label = text if text in labels else options.get(place or "")
        if label is None:
            unknown.append(text)
        elif label not in known:
            known.append(label)
    return LinkValues(tuple(known), tuple(unknown))


def notice(what: str, unknown: Sequence[str], instead: str) -> str:
    """The sentence that names what a link asked for and could not be given."""
    names = "、".join(f"“{text}”" for text in unknown)
    return f"链接里的{what}{names}不存在，没有套用；{instead}。"
