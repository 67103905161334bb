"""What is declared: datasets and metrics."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

from lib.answers.fields import Field, Row, maybe, text
from lib.catalog.datasets import DATASETS, Column, Dataset
from lib.catalog.indicators import Basis, Direction
from lib.catalog.metrics import METRICS, Metric

_COLUMN = (
    text("name", "列的标识"),
    text("label", "列名"),
    text("kind", "怎样读这一列"),
    Field("required", "flag", "是否必填"),
    maybe("unit", "单位"),
    maybe("help", "填写说明"),
)
DATASET = (
    text("id", "数据集编号"),
    text("name", "名称"),
    text("description", "说明"),
    Field("key", "texts", "一行由哪些列确定（期次之外）"),
    Field("columns", "rows", "列，按填报模板的次序", of=_COLUMN),
)
METRIC = (
    text("id", "指标编号"),
    text("name", "名称"),
    maybe("unit", "单位"),
    text("direction", "越大越好、越小越好，或都不是", *get_args(Direction)),
    text("basis", "时点数、累计数、比率或名次", *get_args(Basis)),
    text("dataset", "数据集编号"),
    text("section", "通报章节"),
    maybe("target", "目标值", "decimal"),
    maybe("target_metric", "目标由哪个指标给出"),
    text("definition", "定义"),
    text("scope", "不指明地区时说的是哪里：全市或市本级"),
    maybe("numerator", "本系统计算的比率：分子的指标编号"),
    maybe("denominator", "本系统计算的比率：分母的指标编号"),
)


def dataset_rows() -> list[Row]:
    """Every dataset, as declared."""
    return [_dataset_row(dataset) for dataset in DATASETS]


def _dataset_row(dataset: Dataset) -> Row:
    return {
        "id": dataset.id, "name": dataset.name, "description": dataset.description,
        "key": list(dataset.key), "columns": [_column_row(column) for column in dataset.columns],
    }  # fmt: skip


def _column_row(column: Column) -> Row:
    return {
        "name": column.name, "label": column.label, "kind": column.kind, "required": column.required,
        "unit": column.unit or None, "help": column.help or None,
    }  # fmt: skip


def metric_rows() -> list[Row]:
    """Every metric, as declared."""
    return [metric_row(metric) for metric in METRICS]


def metric_row(metric: Metric) -> Row:
    """One metric, as declared."""
    target = metric.target
    numerator, denominator = metric.ratio or (None, None)
    return {
        "id": metric.id, "name": metric.name, "unit": metric.unit or None,
        "direction": metric.direction, "basis": metric.basis, "dataset": metric.dataset,
        "section": metric.section,
        "target": None if target is None or isinstance(target, str) else Decimal(str(target)),
        "target_metric": target if isinstance(target, str) else None,
        "definition": metric.definition, "scope": metric.scope,
        "numerator": numerator, "denominator": denominator,
    }  # fmt: skip
