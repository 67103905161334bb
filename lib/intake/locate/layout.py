"""Where a sheet's table stands and what its columns are: the header rows, the dataset, the roles.

A table may be long (one row a fact) or wide (districts, departments, levels or indicators as
columns). Everything is decided by exact names; what they leave open becomes a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from lib.catalog.datasets import DATASET_BY_ID, DATASETS, Column, Dataset
from lib.catalog.metrics import indicator_id
from lib.catalog.places import clean_name, resolve_department, resolve_district, resolve_level
from lib.intake.choices import IGNORE, Choices, key
from lib.intake.files.grid import Grid, column_letter, is_blank
from lib.intake.locate.headings import PERSONAL, SERIALS, TOTALS, Heading, Meaning, heading, meaning

_SEARCHED_ROWS, _TIERS, _SAMPLE = 30, 3, 60
ROW_MEASURE = "measure"  # a column whose cells name the measure of their row
_SUPPLIED = frozenset({"period", "as_of"})  # may come from a title or a choice


@dataclass(frozen=True)
class Layout:
    """A located table. Row and column numbers start at 0; `bottom` is the last header row.

    meanings: column > what its cells are
    roles:    column > the key column its cells name, found by its cells and not by its heading
    personal, checked, unknown: columns dropped, only compared, and not understood
    missing:  what the dataset needs and the table lacks
    measure:  of a wide table whose rows and columns do not name it
    cut_short: the row below still looks like a header
    """

    dataset: Dataset
    top: int
    bottom: int
    headings: tuple[Heading, ...]
    meanings: dict[int, Meaning]
    roles: dict[int, str]
    personal: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    measure: Column | None = None
    cut_short: bool = False

    @property
    def score(self) -> tuple[int, int, int]:
        """More understood columns first, then fewer header rows, then the higher place."""
        claims = [
            (item.column, tuple(sorted(item.members.items()))) for item in self.meanings.values()
        ]
        repeats = (
            len(claims) - len({c for c in claims if c != (None, ())}) - claims.count((None, ()))
        )
        poor = len(self.missing) * 6 + len(self.unknown) + repeats * 8 + self.cut_short * 8
        return (self.understood * 4 - poor, self.top - self.bottom, -self.top)

    @property
    def understood(self) -> int:
        """How many columns have a meaning."""
        return len(self.meanings) + len(self.roles)

    @property
    def wide(self) -> bool:
        """Whether some dimension stands in the columns."""
        return any(meaning.members for meaning in self.meanings.values())

    def label(self, index: int) -> str:
        """A column's words, or where it stands when it has none."""
        words = self.headings[index].label if index < len(self.headings) else ""
        return words or f"{column_letter(index)}列（无列名）"


def _tier(grid: Grid, row: int, lower: bool, width: int) -> list[str]:
    """One header row, merged cells filled; blanks above another tier continue to the right."""
    cells = [clean_name(cell) for cell in grid.rows[row]] + [""] * (width - len(grid.rows[row]))
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom:
            text = clean_name(grid.rows[top][left]) if left < len(grid.rows[top]) else ""
            for index in range(left, min(right + 1, width)):
                cells[index] = text
    if lower and not grid.merged:
        below = grid.rows[row + 1]
        for index in range(1, width):
            if not cells[index] and index < len(below) and clean_name(below[index]):
                cells[index] = cells[index - 1]
    return cells


def _headings(grid: Grid, top: int, bottom: int) -> tuple[Heading, ...]:
    width = max(len(row) for row in grid.rows[top : bottom + 1])
    tiers = [_tier(grid, row, row < bottom, width) for row in range(top, bottom + 1)]
    return tuple(heading([tier[index] for tier in tiers]) for index in range(width))


@lru_cache(maxsize=1 << 12)
def _is_member(text: str, role: str) -> bool:
    """Whether a cell names a district, a department, a level or an indicator."""
    match role:
        case "district":
            found = resolve_district(text)
            return bool(found.id or found.options)
        case "department":
            return bool(resolve_department(text).id)
        case "level":
            level = resolve_level(text)
            return bool(level.id or level.options)
        case _:
            return indicator_id(text) is not None


def _resolves(text: str, role: str, dataset: Dataset, choices: Choices) -> bool:
    if role == ROW_MEASURE:
        return measure_named(text, dataset, choices) is not None
    return _is_member(text, role)


@cache
def _measure_names(dataset: Dataset) -> dict[str, Column]:
    named: dict[str, Column] = {}
    for column in dataset.measures:
        for name in (column.label, *column.synonyms):
            named.setdefault(clean_name(name), column)
    return named


def measure_named(text: str, dataset: Dataset, choices: Choices) -> Column | None:
    """The measure a row's label names, or a person said it is."""
    chosen = choices.get(key("column", clean_name(text))) if choices else None
    named = _measure_names(dataset).get(clean_name(text))
    if chosen is None:
        return named
    return next((c for c in dataset.measures if c.name == chosen or c is named), None)


def _role(values: Sequence[str], dataset: Dataset, taken: set[str], choices: Choices) -> str | None:
    """The key column most of a column's cells are names of."""
    words = {clean_name(v) for v in values} - {""} - TOTALS
    if not words:
        return None
    wanted = [name for name in ("metric", "level", "district", "department") if name in dataset.key]
    for role in [name for name in wanted if name not in taken] + [ROW_MEASURE]:
        if role == ROW_MEASURE and (len(dataset.measures) < 2 or role in taken):
            continue
        if sum(_resolves(word, role, dataset, choices) for word in words) * 2 >= len(words):
            return role
    return None


def _given(meanings: Iterable[Meaning]) -> set[str]:
    found: set[str] = set()
    for item in meanings:
        found |= set(item.members)
        if item.column:
            found.add(item.column.name)
    return found


def _fitted(
    grid: Grid,
    dataset: Dataset,
    words: tuple[Heading, ...],
    top: int,
    bottom: int,
    choices: Choices,
) -> Layout:
    """How one dataset would read the table under these header rows."""
    meanings: dict[int, Meaning] = {}
    personal, open_columns = [], []
    for index, item in enumerate(words):
        chosen = choices.get(key("column", item.label))
        if chosen == IGNORE or item.label.lower() in SERIALS - _labels(dataset):
            continue
        if chosen and chosen in {column.name for column in dataset.columns}:
            meanings[index] = Meaning(dataset.column(chosen))
        elif PERSONAL.match(item.tiers[-1] if item.tiers else ""):
            personal.append(index)
        elif item.tiers and item.tiers[-1] in TOTALS and not meaning(item, dataset):
            continue  # a total column of a wide table
        elif found := meaning(item, dataset):
            meanings[index] = found
        else:
            open_columns.append(index)
    sample = [row for row in grid.rows[bottom + 1 : bottom + 1 + _SAMPLE] if not is_blank(row)]
    roles: dict[int, str] = {}
    given = _given(meanings.values())
    as_unit = [i for i, m in meanings.items() if m.column and m.column.name == "unit"]
    for index in (*open_columns, *as_unit):
        values = [row[index] for row in sample if index < len(row)]
        role = _role(values, dataset, given | set(roles.values()), choices)
        if role:
            roles[index] = role
            meanings.pop(index, None)
    layout = Layout(
        dataset, top, bottom, words, meanings, roles, tuple(personal),
        tuple(i for i in open_columns if i not in roles and _written(i, words, sample)),
        cut_short=_cut_short(grid, bottom, meanings),
    )  # fmt: skip
    return replace(layout, missing=_missing(layout))


def _cut_short(grid: Grid, bottom: int, meanings: dict[int, Meaning]) -> bool:
    """Whether the row below fills only columns not understood, with words: a lower header tier."""
    below = next((row for row in grid.rows[bottom + 1 :] if not is_blank(row)), [])
    filled = {index for index, cell in enumerate(below) if clean_name(cell)}
    words = not any(character.isdigit() for cell in below for character in cell)
    return bool(filled) and words and not filled & set(meanings)


def _labels(dataset: Dataset) -> set[str]:
    return {column.label for column in dataset.columns}


def _written(index: int, words: Sequence[Heading], sample: Sequence[Sequence[str]]) -> bool:
    has_cells = any(index < len(row) and clean_name(row[index]) for row in sample)
    return bool(words[index].label) or has_cells


def _missing(layout: Layout) -> tuple[str, ...]:
    """Labels of what the dataset needs and this table gives nowhere."""
    dataset = layout.dataset
    given = _given(layout.meanings.values()) | set(layout.roles.values())
    lists = any(
        m.column and m.column.kind == "measure" and not m.members for m in layout.meanings.values()
    )
    missing = [
        column.label
        for column in dataset.columns
        if column.required and column.name not in given | _SUPPLIED
        and not (lists and column.kind == "department" and dataset.id == "warnings")
    ]  # fmt: skip
    if dataset.id == "indicators" and not given & {"district", "department"}:
        missing.append("地区或部门")
    has_measure = {c.name for c in dataset.measures} & given or ROW_MEASURE in given
    if dataset.measures and not has_measure and dataset.id != "roster":
        missing.append("、".join(column.label for column in dataset.measures))
    return tuple(missing)


def layouts(grid: Grid, choices: Choices, place: str) -> list[Layout]:
    """Every whole reading of a sheet, best first; `place` is file/sheet, for the choices."""
    chosen_dataset = DATASET_BY_ID.get(choices.get(key("dataset", place), ""))
    chosen_row = choices.get(key("header", place), "")
    rows = (
        [int(chosen_row) - 1]
        if chosen_row.isdigit()
        else range(min(len(grid.rows), _SEARCHED_ROWS))
    )
    found: dict[str, Layout] = {}
    for bottom in rows:
        if bottom >= len(grid.rows) or sum(bool(clean_name(c)) for c in grid.rows[bottom]) < 1:
            continue
        for top in range(bottom, max(bottom - _TIERS, -1), -1):
            if _splits_merged(grid, top, bottom):
                continue
            words = _headings(grid, top, bottom)
            for dataset in (chosen_dataset,) if chosen_dataset else DATASETS:
                layout = _fitted(grid, dataset, words, top, bottom, choices)
                best = found.get(dataset.id)
                if layout.understood >= 2 and (best is None or _better(layout, best)):
                    found[dataset.id] = layout
    return sorted(
        found.values(), key=lambda layout: (not layout.missing, layout.score), reverse=True
    )


def _splits_merged(grid: Grid, top: int, bottom: int) -> bool:
    """Whether these header rows would cut through a merged cell."""
    return any(
        first < top <= last or first <= bottom < last
        for first, _, last, _ in grid.merged
        if first <= bottom and last >= top
    )


def _better(layout: Layout, best: Layout) -> bool:
    return (not layout.missing, layout.score) > (not best.missing, best.score)
