"""Rows of any dataset as a person would fill them into its template, drawn by Hypothesis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from lib.catalog.datasets import DATASETS, Column, Dataset
from lib.catalog.indicators import INDICATORS, Indicator
from lib.catalog.outline import SECTIONS
from lib.catalog.places import CITY_LEVEL, DEPARTMENTS, DISTRICTS, LEVELS
from lib.catalog.qualifiers import QUALIFIERS, with_qualifier
from lib.catalog.rosters import ROSTERS, Roster
from lib.downloads import original_text
from lib.intake.read.cells import is_excel_error
from lib.intake.words.privacy import holds_number

Row = dict[str, str]
DISTRICT_NAMES = [name for place in (CITY_LEVEL, *DISTRICTS) for name in (place.name, *place.aliases)]  # fmt: skip
DEPARTMENT_NAMES = [name for place in DEPARTMENTS for name in (place.name, *place.aliases)]
PERIODS = ["2022H1", "2021H2", "2022Q3", "2022M07", "2022"]
COUNTED = {"个", "件", "人", "名", "项", "条", "家", "份", "次", "人次"}

_VISIBLE = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
_INNER = st.text(st.one_of(_VISIBLE, st.sampled_from(" \n\t,;|，\"'=+-@#")), max_size=30)
TEXTS = st.builds("{}{}{}".format, _VISIBLE, _INNER, _VISIBLE).filter(
    lambda text: not holds_number(text) and not is_excel_error(text)
)
COUNTS = st.integers(0, 10**7).map(str)
RATES = st.decimals(Decimal("1.01"), 100, places=2).map("{:f}".format)
MONEY = st.one_of(st.decimals(0, 10**6, places=4).map("{:f}".format), st.sampled_from(["2.3万", "3亿", "25,472", "1,234.5"]))  # fmt: skip


def figures(unit: str) -> st.SearchStrategy[str]:
    """A figure that a unit allows, without its qualifier."""
    scaled = st.builds("{}{}".format, st.integers(1, 99), st.sampled_from(["百", "千", "万", "亿"]))
    if unit == "%":
        return RATES
    return st.one_of(COUNTS, scaled) if unit in COUNTED else st.one_of(COUNTS, scaled, MONEY)


def _choice(column: Column) -> st.SearchStrategy[str]:
    register: dict[str, list[str]] = {
        "period": PERIODS,
        "district": DISTRICT_NAMES,
        "department": DEPARTMENT_NAMES,
        "level": [level.tier for level in LEVELS],
        "section": list(SECTIONS),
        "flag": ["是", "否"],
        "choice": list(column.options),
    }
    if column.kind in register:
        return st.sampled_from(register[column.kind])
    if column.kind == "date":
        return st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)).map(str)
    if column.kind == "integer":
        return st.integers(0, 999).map(str)
    return TEXTS


@st.composite
def _row(draw: st.DrawFn, dataset: Dataset) -> Row:
    row: Row = {}
    indicator: Indicator | None = None
    roster: Roster | None = None
    for column in dataset.columns:
        name, made = column.name, _choice(column)
        match column.kind:
            case "metric":
                indicator = draw(st.sampled_from(INDICATORS))
                row[name] = indicator.name
                continue
            case "roster":
                roster = draw(st.sampled_from(ROSTERS))
                row[name] = roster.name
                continue
            case "member":
                names = {"district": DISTRICT_NAMES, "department": DEPARTMENT_NAMES}
                kind = roster.member if roster else "text"
                made = st.sampled_from(names[kind]) if kind in names else TEXTS
            case "measure":
                row[name] = draw(_measure(dataset, column, indicator))
                continue
            case "qualifier":
                row[name] = draw(st.sampled_from(["", *QUALIFIERS])) if row["value"] else ""
                continue
            case "code":
                made = st.from_regex(r"[0-9]{12,18}", fullmatch=True)
        if name == "unit":
            row[name] = indicator.unit if indicator else ""
        elif column.required:
            row[name] = draw(made)
        else:
            row[name] = draw(st.one_of(st.just(""), made))
    return _without_contradiction(_with_unit(row, dataset))


def _without_contradiction(row: Row) -> Row:
    """A case promised after it was accepted, and finished when it says so."""
    if "accepted_on" in row:
        row["accepted_on"], row["due_on"] = sorted((row["accepted_on"], row["due_on"]))
        row["state"] = "已办结" if row["finished_on"] else "办理中"
    return row


@st.composite
def _measure(draw: st.DrawFn, dataset: Dataset, column: Column, indicator: Indicator | None) -> str:
    if draw(st.integers(0, 4)) == 0:
        return ""
    text = draw(figures(indicator.unit if indicator else column.unit or "个"))
    apart = any(other.kind == "qualifier" for other in dataset.columns)
    return text if apart else with_qualifier(text, draw(st.sampled_from([None, *QUALIFIERS])))


def _with_unit(row: Row, dataset: Dataset) -> Row:
    """The unit of a row that has a figure, one without has none; and some place it is of."""
    if "department" in row and not row["department"] and not row.get("district", "-"):
        row["district"] = "溧阳市"
    if "unit" in row:
        unit = next((c.unit for c in dataset.measures if c.unit), row["unit"])
        row["unit"] = unit if any(row[c.name] for c in dataset.measures) else ""
    return row


def rows(dataset: Dataset, most: int = 8) -> st.SearchStrategy[list[list[str]]]:
    """Lines of a filled-in template, no two of one key."""

    def key(row: Row) -> tuple[str, ...]:
        return tuple(_plain(row, name) for name in ("period", *dataset.key))

    lists = st.lists(_row(dataset), min_size=1, max_size=most, unique_by=key)
    return lists.map(lambda made: [list(row.values()) for row in made])


def _plain(row: Row, name: str) -> str:
    """What an alias stands for, so that two names of a place are one key."""
    from lib.catalog.places import resolve_department, resolve_district

    text = original_text(row[name])
    kind = next((c.kind for d in DATASETS for c in d.columns if c.name == name), "text")
    found = resolve_department(text).id if kind == "department" else resolve_district(text).id
    member = resolve_department(text).id if name == "member" else None
    return (
        (found if kind in ("district", "department") or name == "member" else None)
        or member
        or text
    )
