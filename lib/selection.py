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
    def district_scope(self) -> str:
        """For people: 全市, or the chosen districts by name."""
        return "、".join(map(place_name, self.chosen_districts)) or "全市"

    @property
    def department_scope(self) -> str:
        """For people: 全部部门, or the chosen departments by name."""
        return "、".join(map(place_name, self.chosen_departments)) or "全部部门"

    @property
    def scope(self) -> str:
        """For people, both filters in one phrase."""
        return f"{self.district_scope}，{self.department_scope}"
