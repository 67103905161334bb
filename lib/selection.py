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
    def scope(self) -> str:
        """For people: 全市, or the chosen places by name."""
        names = [place_name(i) for i in (*self.chosen_districts, *self.chosen_departments)]
        return "、".join(names) or "全市"
