"""The page at `/api` that explains the API to people: one HTML document, from the same declarations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from lib.answers.fields import Field
from lib.api import ROOT, formats
from lib.api.parameters import Parameter
from lib.api.problems import KINDS, Kind
from lib.api.resources import RESOURCES, Resource
from lib.catalog.demo import DEMO_MARK

_PAGE = Path(__file__).with_name("page.html")
_KINDS = {
    "text": "文本", "integer": "整数", "decimal": "小数", "day": "日期", "moment": "时间", "flag": "是否",
    "texts": "文本的列表", "counts": "名称和个数", "hashes": "名称和指纹", "rows": "行的列表",
}  # fmt: skip
_ABOUT = {
    formats.JSON: "默认。数按双精度；逐位精确请用 Parquet 或 value_text。",
    formats.CSV: "UTF-8 带 BOM，Excel 可直接打开；成组的值是格里的 JSON。",
    formats.PARQUET: "数为 decimal(20,4)；版本、期次和数据性质也写在文件的 tongbao 元数据里。",
}


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _cells(*cells: str, id: str = "") -> str:
    """A row of a table, of cells that are HTML."""
    mark = f' id="{escape(id)}"' if id else ""
    return f"<tr{mark}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _resource(resource: Resource) -> str:
    asked = "、".join(_code(parameter.name) for parameter in resource.queried)
    return _cells(_code(f"{ROOT}{resource.path}"), escape(resource.about), asked)


def _parameters() -> Iterable[Parameter]:
    """Each once; those that some resources take one of and some several, as the latter have it."""
    return {one.name: one for resource in RESOURCES for one in resource.queried}.values()


def _problem(kind: Kind) -> str:
    return _cells(str(kind.status), escape(kind.title), escape(kind.about), id=kind.id)


def _field_rows(fields: tuple[Field, ...], of: str = "") -> str:
    return "".join(
        _cells(_code(of + field.name), _KINDS[field.kind], escape(field.about), "可能为空" if field.missing else "")
        + _field_rows(field.of, f"{of}{field.name}[].")
        for field in fields
    )  # fmt: skip


def _fields(resource: Resource) -> str:
    names = "".join(f'<th scope="col">{name}</th>' for name in ("列", "类型", "说明", "缺失"))
    region = f'class="scroll" tabindex="0" role="region" aria-label="{escape(resource.title)}的列"'
    return (
        f"<details><summary>{escape(resource.title)} {_code(resource.path)}</summary>"
        f"<div {region}><table><tr>{names}</tr>{_field_rows(resource.fields)}</table></div></details>"
    )


@cache
def page() -> str:
    """The HTML of the page."""
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(
        mark=DEMO_MARK,
        resources="".join(map(_resource, RESOURCES)),
        parameters="".join(_cells(_code(p.name), escape(p.about)) for p in _parameters()),
        formats="".join(
            _cells(_code(one.id), _code(one.mime), escape(_ABOUT[one])) for one in formats.FORMATS
        ),
        problems="".join(map(_problem, KINDS)),
        fields="".join(map(_fields, RESOURCES)),
    )
