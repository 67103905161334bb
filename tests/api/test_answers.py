"""What the API answers is what the command line and the pages say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lib.answers.fields import Field
from lib.api.resources import RESOURCES
from lib.catalog.metrics import METRICS
from lib.catalog.places import DEPARTMENT_BY_ID, place_name
from lib.links import download_address
from lib.queries.facts import fact_book
from lib.selection import Selection
from tests.api.asking import ROOT, ask, items, pages
from tests.caseload import release_cases
from tests.cli.command import run
from tests.inside import get

OF = "release=R0001&period=2022H1"


def said(*words: str) -> Any:
    """What a command prints as JSON."""
    return json.loads(run(*words, "--json").stdout)


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/datasets", ["datasets"]),
        ("/metrics", ["metrics"]),
        ("/releases", ["releases"]),
        ("/facts?limit=5000", ["facts"]),
        ("/reconciliation", ["reconcile"]),
    ],
)
def test_rows_are_those_of_the_command(address: str, command: list[str]) -> None:
    rows = items(address)
    assert rows == said(*command)
    assert rows


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_a_metrics_figure_is_that_of_the_command(metric: Any) -> None:
    reply = ask(f"/metrics/{metric.id}/figure")
    assert reply.json["item"] == said("metric", metric.id)
    assert reply.headers["x-tongbao-release"] == "R0001"


def test_places_are_asked_for_by_id_name_or_alias() -> None:
    answers = [
        ask(f"/metrics/warning_count/figure?department={name}").json["item"]
        for name in ("market", "市市监局", "市市场局")
    ]
    assert [answer["text"] for answer in answers] == ["2件"] * 3
    assert answers[0] == said("metric", "warning_count", "--department", "市市监局")
    assert (
        ask("/metrics/power_claim_rate/figure?district=经开").json["item"]["bound"] == "less_than"
    )


def test_figures_are_those_of_the_page() -> None:
    """网办预警, as the page's table has it."""
    address = download_address("warnings", "csv", Selection("R0001", "2022H1"))
    table = list(csv.DictReader(io.StringIO(get(address)[2].decode("utf-8-sig"))))
    facts = items("/facts?metric=warning_count&metric=overdue_count&" + OF)
    held = {(fact["metric"], fact["department"]): fact["value_text"] for fact in facts}
    named = [row for row in table if row["部门"] in {d.name for d in DEPARTMENT_BY_ID.values()}]
    assert len(named) > 10
    for row in named:
        if row["部门"] != "全市":
            for metric, label in (("warning_count", "预警件数"), ("overdue_count", "超期件数")):
                assert held.get((metric, row["部门"]), "—") == row[label], row


def test_a_missing_figure_is_null_and_never_zero() -> None:
    found = ask("/metrics/staff_trained/figure?district=liyang").json["item"]
    assert (found["value"], found["value_text"], found["text"]) == (None, None, "—")
    assert (found["bound"], found["as_of"], found["district"]) == (None, None, "溧阳市")


def test_a_bound_is_a_field_of_its_own() -> None:
    facts = {fact["reference"]: fact for fact in items(f"/facts?metric=power_claim_rate&{OF}")}
    below = facts["power_claim_rate~jingkai~2022H1"]
    assert {key: below[key] for key in ("value", "value_text", "qualifier", "bound", "unit")} == {
        "value": 70, "value_text": "70", "qualifier": "低于", "bound": "less_than", "unit": "%",
    }  # fmt: skip
    exact = facts["power_claim_rate~liyang~2022H1"]
    assert (exact["value"], exact["value_text"], exact["qualifier"], exact["bound"]) == (
        85.4, "85.40", None, "exact",
    )  # fmt: skip


FILTERS: list[tuple[str, Callable[[dict[str, Any]], bool]]] = [
    ("district=liyang&district=jintan", lambda f: f["district_id"] in ("liyang", "jintan")),
    ("department=市教育局", lambda f: f["department_id"] == "education"),
    ("metric=staff_trained", lambda f: f["metric"] == "staff_trained"),
    (
        "metric=warning_count&department=police&department=education",
        lambda f: f["metric"] == "warning_count" and f["department_id"] in ("police", "education"),
    ),
    ("district=liyang&department=police", lambda f: False),
]


@pytest.mark.parametrize(("asked", "wanted"), FILTERS, ids=[asked for asked, _ in FILTERS])
def test_filters_leave_rows_out_and_change_none(
    asked: str, wanted: Callable[[dict[str, Any]], bool]
) -> None:
    every = items("/facts?limit=5000")
    assert items(f"/facts?{asked}") == [fact for fact in every if wanted(fact)]


@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages_hold_every_row_once_and_in_order(size: int) -> None:
    asked = "metric=warning_count&metric=overdue_count"
    whole = items(f"/facts?{asked}&limit=5000")
    assert len(whole) > 20
    assert pages(f"/facts?{asked}&limit={size}") == whole
    positions = [fact["position"] for fact in whole]
    assert positions == sorted(positions)


def test_every_fact_is_there_at_its_position() -> None:
    rows = pages("/facts?limit=97")
    assert [row["position"] for row in rows] == list(
        range(1, len(fact_book("R0001", "2022H1")) + 1)
    )


def test_the_next_page_is_of_the_same_release_and_period() -> None:
    reply = ask("/facts?limit=3&district=溧阳市&format=json").json
    assert reply["next"] == (
        f"{ROOT}/facts?release=R0001&period=2022H1&district=liyang&limit=3"
        f"&after={reply['items'][-1]['position']}&format=json"
    )


def test_a_single_release_or_metric_is_the_row_of_the_list() -> None:
    for row in items("/releases"):
        assert ask(f"/releases/{row['id']}").json["item"] == row
    for row in items("/metrics"):
        assert ask(f"/metrics/{row['id']}").json["item"] == row


def fits(field: Field, value: Any) -> bool:
    """Whether a value of an answer in JSON is what its field says."""
    if value is None:
        return field.missing
    if field.choices and value not in field.choices:
        return False
    kinds = {
        "text": str, "integer": int, "decimal": (int, float), "day": str, "moment": str,
        "flag": bool, "texts": list, "counts": dict, "hashes": dict, "rows": list,
    }  # fmt: skip
    if not isinstance(value, kinds[field.kind]):
        return False
    return all(
        list(row) == [one.name for one in field.of] and all(fits(one, row[one.name]) for one in field.of)
        for row in value
    ) if field.of else value != ""  # fmt: skip


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.id)
def test_every_row_has_its_fields_and_nothing_empty(resource: Any) -> None:
    path = resource.path.replace("{release}", "R0001").replace("{metric}", "staff_trained_rate")
    reply = ask(path).json
    rows = [reply["item"]] if resource.single else reply["items"]
    assert rows
    for row in rows:
        assert set(row) == {field.name for field in resource.fields}
        assert [f.name for f in resource.fields if not fits(f, row[f.name])] == []


def test_releases_come_in_pages_newest_first_and_made_up_figures_are_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    run("seed")
    release_cases(tmp_path / "cases", 300)
    assert [row["id"] for row in pages("/releases?limit=1")] == ["R0002", "R0001"]
    newest, first = items("/releases")
    assert (newest["live"], newest["nature"], newest["synthetic"]) == (True, "演示数据", ["2022H1"])
    assert (first["live"], first["nature"]) == (False, None)
    told = ask("/reconciliation").json
    assert told["nature"].startswith("演示数据：2022年上半年的网办办件是编造的")
    assert {row["nature"] for row in told["items"]} == {"演示数据", None}
    assert all(row["nature"] for row in told["items"] if "演示数据" in row["computed"])
    real = ask("/facts").json  # what was reported is real although the cases are not
    assert (real["release"], real["nature"]) == ("R0002", None)
    assert {row["nature"] for row in real["items"]} == {None}


def test_the_place_names_are_those_of_the_catalog() -> None:
    for fact in items("/facts?limit=5000"):
        for kind in ("district", "department"):
            assert fact[kind] == (fact[f"{kind}_id"] and place_name(fact[f"{kind}_id"]))
