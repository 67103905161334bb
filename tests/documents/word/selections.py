"""What documents are made of in tests."""

from __future__ import annotations

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.selection import Selection

REAL = Selection("R0001", "2022H1")
# What a brief has to hold on one page.
SELECTIONS = {
    "city": REAL,
    **{id: Selection("R0001", "2022H1", (id,)) for id in DISTRICT_IDS},
    "long": Selection("R0001", "2022H1", DISTRICT_IDS[:6], DEPARTMENT_IDS[:35]),
    "department": Selection("R0001", "2022H1", (), ("education",)),
}
