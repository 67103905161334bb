"""One cell that lists many: 市教育局(31件)、市民政局(21件), or 市司法局、市财政局各1件."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lib.catalog.datasets import Dataset
from lib.catalog.places import clean_name, resolve_department, resolve_district
from lib.intake.locate.texts import Record, joined
from lib.intake.words.numbers import read_figure

# Each in one pass over the text: a cell may be made of nothing but separators.
_PART = re.compile(r"(?:[^、，,；;()（）]|[(（][^()（）]*[)）]|[()（）])+")
_BRACKETED = re.compile(r"(?P<name>.+?)[(（](?P<figure>(?=[^()（）]*\d)[^()（）]*)[)）]")
_PLAIN = re.compile(
    r"(?P<name>[^\d]+?)(?P<each>均?各)?(?:有|为)?(?P<figure>\d[\d.,]*万?(?:件|个|人|项|条)?)"
)
_REST = re.compile(r"等(?:共?(?P<count>\d+)(?:个|家)(?:部门|单位|地区)?)?[。.]?$")


@dataclass(frozen=True)
class ListedItem:
    """One member of a list: its name and its figure, both as written."""

    name: str
    figure: str


def _is_place(name: str) -> bool:
    district = resolve_district(name)
    return bool(resolve_department(name).id or district.id or district.options)


def parse_list(text: str) -> tuple[ListedItem, ...]:
    """The members of a list cell with their figures; empty where the cell is not such a list.

    Every member must be a registered place with a figure of its own; one that is not makes the
    whole cell unreadable rather than partly read.
    """
    body = _REST.sub("", clean_name(text).rstrip("。"))
    found: list[ListedItem] = []
    waiting: list[str] = []
    for part in _PART.findall(body):
        match = _BRACKETED.fullmatch(part) or _PLAIN.fullmatch(part)
        if match is None:
            waiting.append(part)
            continue
        name, figure = match["name"], match["figure"]
        each = bool(match.groupdict().get("each")) or figure.startswith("各")
        if waiting and not each:
            return ()
        found += [ListedItem(one, figure.removeprefix("各")) for one in (*waiting, name)]
        waiting = []
    readable = all(_is_place(item.name) and read_figure(item.figure) for item in found)
    return tuple(found) if found and not waiting and readable else ()


def stated_count(text: str) -> int | None:
    """The N of a closing 等N个部门."""
    match = _REST.search(clean_name(text).rstrip("。"))
    return int(match["count"]) if match and match["count"] else None


# in a table


def expand(
    records: list[Record], dataset: Dataset, confirmed: Callable[[str], bool]
) -> tuple[list[Record], list[tuple[str, Record, tuple[ListedItem, ...]]]]:
    """Records with every confirmed list spread over its members, and the lists that were found.

    A list that is not confirmed leaves its record out: its figures are not one figure.
    """
    place = "department" if "department" in dataset.key else "district"
    if place not in dataset.key:
        return records, []
    measures = [column.name for column in dataset.measures]
    kept: list[Record] = []
    lists: list[tuple[str, Record, tuple[ListedItem, ...]]] = []
    for record in records:
        found = _lists_in(record, place, measures)
        if not found:
            kept.append(record)
        for column, measure, items in found:
            lists.append((column, record, items))
            if confirmed(column):
                kept += [_member(record, place, measure, measures, item, column) for item in items]
    return (joined(kept, dataset) if lists else kept), lists


def _lists_in(
    record: Record, place: str, measures: list[str]
) -> list[tuple[str, str, tuple[ListedItem, ...]]]:
    """(column of the list, measure its figures are of, members) of every list in a record."""
    present = [name for name in measures if name in record.cells]
    found = [(name, name, parse_list(record.cells[name][0])) for name in present]
    if len(present) == 1 and not clean_name(record.cells[present[0]][0]):
        found.append((place, present[0], parse_list(record.cells.get(place, ("", 0))[0])))
    return [item for item in found if item[2]]


def _member(
    record: Record, place: str, measure: str, measures: list[str], item: ListedItem, column: str
) -> Record:
    index = record.cells[column][1]
    shared = {name: cell for name, cell in record.cells.items() if name not in measures}
    cells = shared | {place: (item.name, index), measure: (item.figure, index)}
    return Record(record.row, cells, {})
