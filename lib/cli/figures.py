"""Commands for figures: what is declared, one figure, every figure."""

from __future__ import annotations

import csv
import sys
from typing import Annotated

import typer

from lib.answers.catalog import dataset_rows, metric_rows
from lib.answers.figures import FACT, fact_rows, figure_row, numbered_facts
from lib.answers.plain import cell
from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import resolve_department, resolve_district
from lib.cli.common import (
    JsonOption,
    PeriodOption,
    ReleaseOption,
    cli,
    fail,
    period_of,
    place_of,
    print_json,
    print_rows,
    print_table,
    release_of,
)
from lib.downloads import safe_text
from lib.insight.trend import change, earlier, history
from lib.insight.wording import in_full


@cli.command()
def datasets(as_json: JsonOption = False) -> None:
    """列出数据集：编号、名称、说明、列。"""
    rows = dataset_rows()
    if as_json:
        print_rows(rows)
    else:
        labels = ("、".join(column["label"] for column in row["columns"]) for row in rows)
        told = ("id", "name", "description")
        print_table(
            [{key: row[key] for key in told} | {"columns": c} for row, c in zip(rows, labels, strict=True)]
        )  # fmt: skip


@cli.command()
def metrics(as_json: JsonOption = False) -> None:
    """列出指标：编号、名称、单位、目标、定义和其他。"""
    rows = metric_rows()
    if as_json:
        print_rows(rows)
    else:
        told = ("id", "name", "unit", "direction", "basis", "dataset", "section")
        print_table(
            [
                {key: row[key] for key in told}
                | {"target": cell(row["target"]) or row["target_metric"], "definition": row["definition"]}
                for row in rows
            ]
        )  # fmt: skip


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
    answer = figure_row(found, used, of_period, district_id, department_id)
    if as_json:
        print_rows(answer)
    elif answer["value"] is None:
        where = answer["department"] or answer["district"]
        fail(f"{of_period}{where}没有{found.name}的数（缺失，不等于零）")
    else:
        typer.echo(
            "\t".join(cell(answer[key]) for key in ("name", "text", "as_of", "section", "release"))
        )


@cli.command()
def trend(
    metric_id: Annotated[str, typer.Argument(help="指标编号，见 metrics 命令。")],
    district: Annotated[str | None, typer.Option(help="地区名称或别名。")] = None,
    department: Annotated[str | None, typer.Option(help="部门名称或别名。")] = None,
    release: ReleaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """一个指标的各期数值和逐期比较。

    与上一个同样长短的期次比；口径不同的不比，并说明原因。
    """
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
    rows = fact_rows(used, numbered_facts(used, period_of(used, period)))
    if as_json and not as_csv:
        print_rows(rows)
    else:
        names = [field.name for field in FACT]
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([safe_text(cell(row[name])) for name in names] for row in rows)
