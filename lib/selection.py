"""What a person is looking at: a release, a period, and the places chosen in the filters."""

from __future__ import annotations

from dataclasses import dataclass

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name


@dataclass(frozen=True)
class Selection:
    """The filters of every page. An empty choice means all; ids are in catalog order."""

    release_id: str
    period: str
    chosen_districts: tuple[str, ...] = ()
    chosen_departments: tuple[str, ...] = ()

    @property
    def districts(self) -> tuple[str, ...]:
        """The district ids to ask about."""
        return self.chosen_districts or DISTRICT_IDS

    @property
    def departments(self) -> tuple[str, ...]:
        """The department ids to ask about."""
        return self.chosen_departments or DEPARTMENT_IDS

    @property
    def hidden(self) -> frozenset[str]:
        """The ids the filters leave out; totals (全市, 市本级) never are."""
        return frozenset(DISTRICT_IDS + DEPARTMENT_IDS) - {*self.districts, *self.departments}

    @property
    def district_scope(self) -> str:
        """For a card: 全市, one or two chosen districts by name, or how many."""
        return _few(self.chosen_districts, "地区") or "全市"

    @property
    def department_scope(self) -> str:
        """For a card: 全部部门, one or two chosen departments by name, or how many."""
        return _few(self.chosen_departments, "部门") or "全部部门"

    @property
    def scope(self) -> str:
        """For people, both filters in full."""
        districts = "、".join(map(place_name, self.chosen_districts)) or "全市"
        departments = "、".join(map(place_name, self.chosen_departments)) or "全部部门"
        return f"{districts}，{departments}"


def _few(places: tuple[str, ...], what: str) -> str:
    return f"{len(places)}个{what}" if len(places) > 2 else "、".join(map(place_name, places))
