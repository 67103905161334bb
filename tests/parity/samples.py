"""What each question is asked with, here and there: parameters as the pages give them, and odd ones.

A new file of `lib/queries` needs a line here (`tests/engine/test_portable.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS

Params = Mapping[str, Any]

PERIOD = {"period": "2022H1"}
NO_PERIOD = {"period": "1999H1"}
_HOSTILE = {"period": "2022H1' OR '1' = '1"}
_CITY = {"district": "city", "department": None}
_DEPARTMENT = {"district": None, "department": "education"}

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
        {**PERIOD, "departments": ["education", "public_security"]},
        {**PERIOD, "departments": []},
    ),
    "roster_members": (PERIOD, NO_PERIOD),
    "highlights": (PERIOD, NO_PERIOD),
}
