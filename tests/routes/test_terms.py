"""What is said of a metric that is pointed at is what the catalog declares."""

from __future__ import annotations

import json

from lib.catalog.metrics import METRIC_BY_ID
from tests.inside import get


def test_every_metric_says_name_definition_unit_and_source() -> None:
    status, headers, body = get("terms.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    said = json.loads(body)
    assert set(said) == set(METRIC_BY_ID)
    definition = METRIC_BY_ID["overdue_count"].definition
    assert said["overdue_count"] == [
        "网办超期件数", definition, "件", "通报三（三）（网办响应）",
    ]  # fmt: skip
