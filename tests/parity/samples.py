"""What each question is asked with, here and there: parameters as the pages give them, and odd ones.

A new file of `lib/queries` needs a line here (`tests/engine/test_portable.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.queries.cases import CASE_DISTRICTS

Params = Mapping[str, Any]

PERIOD = {"period": "2022H1"}
NO_PERIOD = {"period": "1999H1"}
_HOSTILE = {"period": "2022H1' OR '1' = '1"}
_CITY = {"district": "city", "department": None}
_DEPARTMENT = {"district": None, "department": "education"}
_LISTED = {
    **PERIOD, "item": None, "most": 20, "skipped": 0,
    "departments": list(DEPARTMENT_IDS), "districts": list(CASE_DISTRICTS),
    "first_department": min(DEPARTMENT_IDS), "last_department": max(DEPARTMENT_IDS),
}  # fmt: skip
_POLICE = {
    **_LISTED, "departments": ["police"], "first_department": "police", "last_department": "police",
}  # fmt: skip

# Name of a `.sql` file of `lib/queries` > what it is asked with.
SAMPLES: dict[str, tuple[Params, ...]] = {
    "facts": ({},),
    "period_facts": (PERIOD, NO_PERIOD, _HOSTILE),
    "metric": (
        {**PERIOD, **_CITY, "metric": "overdue_count"},
        {**PERIOD, **_DEPARTMENT, "metric": "warning_count"},
        {**PERIOD, **_CITY, "metric": "没有这一项"},
    ),
    "center_scope": (
        {**PERIOD, "districts": list(DISTRICT_IDS)},
        {**PERIOD, "districts": ["liyang"]},
        {**PERIOD, "districts": []},
    ),
    "staff_by_district": (
        {**PERIOD, "districts": list(DISTRICT_IDS)},
        {**PERIOD, "districts": []},
    ),
    "warnings_by_department": (
        {**PERIOD, "departments": list(DEPARTMENT_IDS)},
        {**PERIOD, "departments": ["education", "police"]},
        {**PERIOD, "departments": []},
    ),
    "roster_members": (PERIOD, NO_PERIOD),
    "highlights": (PERIOD, NO_PERIOD),
    "case_standing": (PERIOD, NO_PERIOD),
    "case_channels": (PERIOD, NO_PERIOD),
    "case_items": (PERIOD, NO_PERIOD),
    "case_months": (PERIOD, NO_PERIOD),
    "case_dates": (PERIOD, NO_PERIOD),
    "case_list": (
        {**_LISTED, "status": "overdue"},
        {**_LISTED, "status": "late", "skipped": 20},
        {**_LISTED, "status": "due_soon", "most": 10_000},
        {**_POLICE, "status": "late", "item": "户口迁移"},
        {**_POLICE, "status": "late", "districts": ["liyang"]},
        {**_LISTED, "status": "overdue", "departments": [], "districts": []},
    ),
}
