"""Commands that answer: what is declared, one figure, every figure."""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from typing import Annotated, Any

import typer

from lib.catalog.datasets import DATASETS
from lib.catalog.metrics import METRIC_BY_ID, METRICS, Metric, metric_name
from lib.catalog.places import (
    place_name,
    resolve_department,
    resolve_district,
)
from lib.cli.common import (
    JsonOption,
    PeriodOption,
    ReleaseOption,
    cli,
    fail,
    period_of,
    place_of,
    print_json,
    print_table,
    release_of,
)
from lib.downloads import safe_text
from lib.insight.trend import change, earlier, history
from lib.insight.wording import in_full, percent
from lib.queries.facts import Fact, fact_book, metric_fact
from lib.queries.release import sql_text
from lib.store.release import Release

FACT_COLUMNS = (
    "section", "district", "department", "indicator", "value", "value_text", "qualifier", "unit",
    "as_of", "as_of_text", "metric", "dataset", "source_file", "source_row", "note",
)  # fmt: skip


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


@cli.command()
def datasets(as_json: JsonOption = False) -> None:
    """列出数据集：编号、名称、说明、列。"""
    rows = [
        {"id": d.id, "name": d.name, "description": d.description, "columns": "、".join(c.label for c in d.columns)}
        for d in DATASETS
    ]  # fmt: skip
    print_json(rows) if as_json else print_table(rows)


@cli.command()
def metrics(as_json: JsonOption = False) -> None:
    """列出指标：编号、名称、单位、方向、类型、数据集、定义。"""
    rows = [
        {
            "id": m.id, "name": m.name, "unit": m.unit, "direction": m.direction, "basis": m.basis,
            "dataset": m.dataset, "section": m.section, "target": m.target, "definition": m.definition,
        }
        for m in METRICS
    ]  # fmt: skip
    print_json(rows) if as_json else print_table(rows)


def _metric_answer(
    metric: Metric, release: Release, period: str, district: str | None, department: str | None
) -> dict[str, Any] | None:
    """The answer for one metric and place; a ratio is computed from its two stated figures."""
    question = {"period": period, "district": district, "department": department}
    parts = [
        metric_fact(release.id, period, name, district, department)
        for name in metric.ratio or (metric.id,)
    ]
    stated = [fact for fact in parts if fact is not None]
    if len(stated) < len(parts):
        return None
    first = stated[0]
    answer = {
        "metric": metric.id,
        "name": metric_name(metric.id, period),
        "period": period,
        "district": district and place_name(district),
        "department": department and place_name(department),
        "value": float(first.value) if first.value % 1 else int(first.value),
        "value_text": first.value_text,
        "qualifier": first.qualifier or "",
        "unit": first.unit or "",
        "text": in_full(first),
        "as_of": first.as_of.isoformat(),
        "as_of_text": first.as_of_text,
        "section": first.section,
        "note": first.note,
        "computed": False,
        "release": release.id,
        "sql": sql_text("metric"),
        "params": [{**question, "metric": fact.metric} for fact in stated],
    }
    if metric.ratio:
        if not stated[1].value:
            return None
        share = first.value / stated[1].value
        answer |= {
            "value": float(round(share * 100, 4)),
            "value_text": percent(share).removesuffix("%"),
            "qualifier": "",
            "unit": metric.unit,
            "text": percent(share),
            "computed": True,
            "note": metric.definition,
        }
    return answer


@cli.command()
def metric(
    metric_id: Annotated[str, typer.Argument(help="指标编号，见 metrics 命令。")],
    period: PeriodOption = None,
    district: Annotated[str | None, typer.Option(help="地区名称或别名。")] = None,
    department: Annotated[str | None, typer.Option(help="部门名称或别名。")] = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """查一个指标：数值、原文、限定词、单位、时点、出处、版本和所用 SQL。"""
    found = METRIC_BY_ID.get(metric_id)
    if found is None:
        fail(f"没有指标“{metric_id}”，可用 metrics 命令查看全部编号")
    used = release_of(release)
    of_period = period_of(used, period)
    department_id = place_of(department, resolve_department)
    district_id = place_of(district, resolve_district)
    if district_id is None and department_id is None:
        district_id = found.scope
    answer = _metric_answer(found, used, of_period, district_id, department_id)
    if answer is None:
        where = place_name(department_id or district_id)
        if not as_json:
            fail(f"{of_period}{where}没有{found.name}的数（缺失，不等于零）")
        answer = {"metric": metric_id, "period": of_period, "value": None, "release": used.id}
    if as_json:
        print_json(answer)
    else:
        shown = (answer[key] for key in ("name", "text", "as_of", "section", "release"))
        typer.echo("\t".join(map(str, shown)))


@cli.command()
def trend(
    metric_id: Annotated[str, typer.Argument(help="指标编号，见 metrics 命令。")],
    district: Annotated[str | None, typer.Option(help="地区名称或别名。")] = None,
    department: Annotated[str | None, typer.Option(help="部门名称或别名。")] = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """一个指标的各期数值和与上一个同样长短的期次的比较；口径不同的不比，并说明原因。"""
    found = METRIC_BY_ID.get(metric_id)
    if found is None:
        fail(f"没有指标“{metric_id}”，可用 metrics 命令查看全部编号")
    used = release_of(release)
    department_id = place_of(department, resolve_department)
    district_id = place_of(district, resolve_district) or (None if department_id else found.scope)
    points = history(used.id, metric_id, district_id, department_id)
    by_period = {point.period: point for point in points}
    rows = []
    for point in points:
        before = earlier(used.id, point.period.id)
        compared = change(by_period[before], point) if before else None
        rows.append(
            {
                "period": point.period.id, "value": in_full(point.fact) if point.fact else "—",
                "as_of": point.fact.as_of.isoformat() if point.fact else None,
                "change": compared.text if compared else "—",
            }
        )  # fmt: skip
    print_json(rows) if as_json else print_table(rows)


@cli.command()
def facts(
    period: PeriodOption = None,
    release: ReleaseOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="以 CSV 输出（默认就是）。")] = False,
    as_json: JsonOption = False,
) -> None:
    """列出一期的每一个数，一行一个。"""
    used = release_of(release)
    rows = [_fact_row(fact) for fact in fact_book(used.id, period_of(used, period))]
    if as_json and not as_csv:
        print_json(rows)
    else:
        writer = csv.DictWriter(sys.stdout, FACT_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_text(str(value)) for key, value in row.items()} for row in rows)


def _fact_row(fact: Fact) -> dict[str, Any]:
    return {
        "section": fact.section,
        "district": place_name(fact.district) if fact.district else "",
        "department": place_name(fact.department) if fact.department else "",
        "indicator": metric_name(fact.metric, fact.period),
        "value": _plain(fact.value),
        "value_text": fact.value_text,
        "qualifier": fact.qualifier or "",
        "unit": fact.unit or "",
        "as_of": fact.as_of.isoformat(),
        "as_of_text": fact.as_of_text or "",
        "metric": fact.metric,
        "dataset": fact.dataset,
        "source_file": fact.source_file,
        "source_row": fact.source_row,
        "note": fact.note or "",
    }
