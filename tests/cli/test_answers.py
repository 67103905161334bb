"""What is asked by command: listings, figures, the reconciliation, templates; and what a wrong word gets."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from lib.catalog.datasets import DATASETS
from lib.catalog.metrics import METRICS
from lib.insight.reconcile import reconcile
from lib.queries.facts import fact_book
from tests.cli.command import run


def answer(*words: str) -> dict:
    result = run("metric", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_metric_comes_with_everything_needed_to_check_it() -> None:
    found = answer("power_claim_rate", "--district", "经开", "--period", "2022H1")
    assert "FROM facts" in found.pop("sql")
    assert found == {
        "metric": "power_claim_rate", "name": "权力事项认领率", "period": "2022H1",
        "district": "经开区", "department": None, "value": 70, "value_text": "70",
        "qualifier": "低于", "unit": "%", "text": "低于70%", "as_of": "2022-06-30",
        "as_of_text": "6月底", "section": "三（二）权力事项认领", "note": None, "computed": False,
        "release": "R0001", "district_id": "jingkai", "department_id": None, "bound": "less_than",
        "nature": None,
        "params": [{"period": "2022H1", "metric": "power_claim_rate", "district": "jingkai", "department": None}],
    }  # fmt: skip


def test_a_metric_without_a_place_is_of_its_own_scope() -> None:
    assert answer("supervision_claim_rate")["district"] == "市本级"
    assert answer("power_claim_rate", "--district", "溧阳")["value_text"] == "85.40"
    assert answer("warning_count", "--department", "市市场局")["text"] == "2件"


def test_a_ratio_says_that_it_was_computed() -> None:
    found = answer("center_point_completed_rate")
    assert (found["value"], found["text"], found["computed"]) == (71.0, "71.0%", True)
    assert [p["metric"] for p in found["params"]] == [
        "center_point_completed",
        "center_point_planned",
    ]


def test_a_missing_figure_is_null_and_never_zero() -> None:
    assert answer("staff_trained", "--district", "溧阳市")["value"] is None
    plain = run("metric", "staff_trained", "--district", "溧阳市")
    assert plain.exit_code == 2
    assert "缺失，不等于零" in plain.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["metric", "nope"], "没有指标“nope”"),
        (["metric", "power_claim_rate", "--district", "高新区"], "武进高新区"),
        (["metric", "warning_count", "--department", "市教育厅"], "不是已登记的部门"),
        (["facts", "--period", "2030H1"], "没有期次“2030H1”"),
        (["facts", "--release", "R9999"], "没有版本“R9999”"),
        (["reconcile", "--period", "2030H1"], "没有期次“2030H1”"),
        (["reconcile", "--release", "R9999"], "没有版本“R9999”"),
        (["template", "nope", "-o", "x.csv"], "没有数据集“nope”"),
        (["template", "staff", "-o", "x.doc"], "后缀不支持"),
    ],
)
def test_a_wrong_word_gets_a_chinese_sentence(words: list[str], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_facts_prints_every_fact_as_a_row() -> None:
    result = run("facts", "--period", "2022H1", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == len(fact_book("R0001", "2022H1")) > 190
    wanted = [
        "section",
        "district",
        "department",
        "indicator",
        "value",
        "value_text",
        "qualifier",
        "unit",
        "as_of",
    ]
    assert list(rows[0])[: len(wanted)] == wanted
    found = next(
        r for r in rows if r["indicator"] == "权力事项认领率" and r["district"] == "溧阳市"
    )
    assert [found[name] for name in wanted[4:]] == ["85.4", "85.40", "", "%", "2022-06-30"]


def test_reconcile_gives_every_finding_with_its_rows() -> None:
    result = run("reconcile", "--period", "2022H1", "--json")
    assert result.exit_code == 0
    found = {finding["rule"]: finding for finding in json.loads(result.stdout)}
    assert list(found) == [finding.rule for finding in reconcile("R0001", "2022H1")]
    row = {"list": None, "place": "市本级", "file": "indicators.csv"}
    assert found["supervision_claim"] == {
        "rule": "supervision_claim", "name": "监管事项认领率：认领÷总数", "kind": "比率",
        "status": "不一致", "stated": "89.17%", "computed": "90.38%", "arithmetic": "930÷1029＝90.38%",
        "resolver": "市政务办", "nature": None,
        "rows": [
            {"metric": "supervision_claim_rate", "name": "监管事项认领率", "value": "89.17%", "row": 87, **row},
            {"metric": "supervision_claimed_items", "name": "认领监管事项数", "value": "930个", "row": 86, **row},
            {"metric": "supervision_items", "name": "监管事项数", "value": "1029个", "row": 84, **row},
        ],
    }  # fmt: skip
    assert found["roster_wujin_points_new"]["rows"][1:] == [
        {
            "metric": None, "list": "wujin_points_new", "name": "武进区新建便利站", "place": "武进区",
            "value": name, "file": "roster.csv", "row": row,
        }
        for name, row in (("洛阳职工服务中心", 80), ("洛阳农行", 81))
    ]  # fmt: skip


def test_reconcile_prints_a_table_with_a_head() -> None:
    lines = [
        line.split("\t") for line in run("reconcile", "--release", "R0001").stdout.splitlines()
    ]
    assert lines[0] == ["类别", "结论", "事项", "所称", "计算", "算式", "由谁核对"]
    assert lines[1] == [
        "分项与合计", "不一致", "便利站提升数：分区合计", "200个", "201个",
        "35＋25＋35＋35＋26＋25＋20＝201", "市政务办与各辖市（区）",
    ]  # fmt: skip
    assert len(lines) == 1 + len(reconcile("R0001", "2022H1"))


def test_listings() -> None:
    assert len(run("datasets").stdout.splitlines()) == len(DATASETS)
    assert len(json.loads(run("metrics", "--json").stdout)) == len(METRICS)
    assert json.loads(run("releases", "--json").stdout)[-1]["id"] == "R0001"
    assert run("releases").stdout.splitlines()[-1].startswith("R0001\t")


def test_seeding_again_changes_nothing() -> None:
    assert run("seed").stdout.startswith("R0001\t2022H1\t")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_template_is_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"模板.{suffix}"
    assert run("template", "staff", "-o", str(path)).exit_code == 0
    assert path.stat().st_size > 50
