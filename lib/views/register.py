"""Every view in one list: which page shows it, and what makes it. Meeting slides are chosen from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lib.selection import Selection
from lib.views.centers import centers
from lib.views.exhibit import Exhibit
from lib.views.staff import staff
from lib.views.warnings import warnings


@dataclass(frozen=True)
class View:
    """A view by name: `page` is the file in `pages/` that shows it, `make` what builds it."""

    id: str
    title: str
    page: str
    make: Callable[[Selection], Exhibit]


VIEWS: tuple[View, ...] = (
    View("centers", "服务阵地提升范围", "centers", centers),
    View("staff", "“畅通办”专员培育", "staff", staff),
    View("warnings", "网办预警与超期", "warnings", warnings),
)
VIEW_BY_ID = {view.id: view for view in VIEWS}
