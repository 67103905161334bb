"""Addresses: what a link asks for, and the links pages make. The address fixes release and filters.

A link that keeps the filters does not name them: `links.js` adds those in view when it is used. So a
filter changes only the figures of a page, and a browser draws nothing anew for its links.

Streamlit drops an unknown value of a bound filter without a word, and replaces the address where
a reader expects the back button to return; so the shell reads and writes the address itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, Resolution
from lib.selection import Selection

FILTERS = ("release", "period", "district", "department")  # what addresses of every page share
PAGE = "p"  # the page of a list in view, from 1; what changes the list takes it out of the address


@dataclass(frozen=True)
class LinkValues:
    """The values of one parameter: the ids that are known, and the texts that are not."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def read_values(
    written: Sequence[str],
    options: Mapping[str, str],
    resolve: Callable[[str], Resolution] | None = None,
) -> LinkValues:
    """Read one parameter against `options` (id > display name); names and exact aliases are understood."""
    by_name = {name: id for id, name in options.items()}
    known: list[str] = []
    unknown: list[str] = []
    for text in written:
        found = text if text in options else by_name.get(text)
        if found is None and resolve:
            found = resolve(text).id
        if found is None or found not in options:
            unknown.append(text)
        elif found not in known:
            known.append(found)
    return LinkValues(tuple(known), tuple(unknown))


def notice(what: str, unknown: Sequence[str], instead: str) -> str:
    """The sentence that names what a link asked for and could not be given."""
    shown = [text if len(text) <= 30 else f"{text[:30]}…" for text in unknown[:5]]
    names = "、".join(f"“{text}”" for text in shown) + ("等" if len(unknown) > 5 else "")
    return f"链接里的{what}{names}不存在，没有套用；{instead}。"


def parameters(selection: Selection) -> dict[str, list[str]]:
    """What the address says of a selection; filters that are not set are left out."""
    said = {
        "release": [selection.release_id],
        "period": [selection.period],
        "district": list(selection.chosen_districts),
        "department": list(selection.chosen_departments),
    }
    return {key: values for key, values in said.items() if values}


def address(page: str, selection: Selection, **more: str | Sequence[str]) -> str:
    """The relative address of a page (empty for the one in view) as a selection shows it.

    `more` are parameters of the page's own.
    """
    return carried(page, **{**parameters(selection), **more})


def carried(page: str, **own: str | Sequence[str]) -> str:
    """The relative address of a page as the filters in view show it, but for its `own` parameters."""
    asked = urlencode({key: value for key, value in own.items() if value}, doseq=True)
    return ("." if page == "overview" else page) + (f"?{asked}" if asked else "")


def download_address(
    view: str, suffix: str, selection: Selection | None = None, item: str = ""
) -> str:
    """The relative address of a view's table as a file (csv, xlsx); of the filters in view, or those named.

    item: whose cases are listed, where not of all
    """
    of = parameters(selection) if selection else {}
    return carried(f"download/{view}.{suffix}", **of, item=item)


def document_address(document: str, selection: Selection | None = None) -> str:
    """The relative address of a document made for the filters in view, or for those named."""
    return carried(f"document/{document}", **(parameters(selection) if selection else {}))


def read_selection(asked: Mapping[str, Sequence[str]]) -> Selection:
    """The selection that `parameters` wrote; unknown places are left out. Raises KeyError, IndexError."""
    return Selection(
        asked["release"][0],
        asked["period"][0],
        tuple(id for id in DISTRICT_IDS if id in asked.get("district", ())),
        tuple(id for id in DEPARTMENT_IDS if id in asked.get("department", ())),
    )
