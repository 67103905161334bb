"""The OpenAPI document, made from the declarations the routes answer by."""

from __future__ import annotations

from functools import cache
from typing import Any

from lib.answers.fields import Field
from lib.api import ROOT, VERSION, formats
from lib.api.parameters import Parameter
from lib.api.problems import KINDS, METHOD, MIME
from lib.api.problems import Kind as Problem
from lib.api.resources import RESOURCES, Resource

Schema = dict[str, Any]
_TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "flag": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
    "hashes": {"type": "object", "additionalProperties": {"type": "string"}},
}
_OF = {
    "release": {"type": ["string", "null"], "description": "数据版本；与版本无关的为空"},
    "period": {"type": ["string", "null"], "description": "期次；与期次无关的为空"},
    "nature": {"type": ["string", "null"], "description": "哪些数是编造的；没有编造的为空"},
}
_NEXT = {"type": ["string", "null"], "description": "下一页的地址；没有下一页为空"}


def _field(field: Field) -> Schema:
    kind: Schema = (
        {"type": "array", "items": _row(field.of)} if field.of else dict(_TYPES[field.kind])
    )
    kind["description"] = field.about
    if field.choices:
        kind["enum"] = [*field.choices, *([None] if field.missing else [])]
    if field.missing:
        kind["type"] = [kind["type"], "null"]
    return kind


def _row(fields: tuple[Field, ...]) -> Schema:
    return _object({field.name: _field(field) for field in fields})


def _object(properties: Schema) -> Schema:
    """An object that has all of these and no more."""
    return {
        "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip


def _body(resource: Resource) -> Schema:
    """What a JSON answer holds."""
    row = {"$ref": f"#/components/schemas/{resource.id}"}
    if resource.single:
        return _object(_OF | {"item": row})
    return _object(_OF | {"next": _NEXT, "items": {"type": "array", "items": row}})


def _parameter(parameter: Parameter) -> Schema:
    schema = parameter.taken.schema
    if parameter.many:
        schema = {"type": "array", "items": schema}
    if parameter.default is not None:
        schema = schema | {"default": parameter.default}
    place: Schema = (
        {"in": "path", "required": True} if parameter.in_path
        else {"in": "query", "required": False, **({"style": "form", "explode": True} if parameter.many else {})}
    )  # fmt: skip
    return {"name": parameter.name, "description": parameter.about, **place, "schema": schema}


def _header(about: str) -> Schema:
    return {"description": about, "schema": {"type": "string"}}


def _problem(kind: Problem) -> tuple[str, Schema]:
    schema = {"$ref": "#/components/schemas/problem"}
    return str(kind.status), {
        "description": f"{kind.title}：{kind.about}",
        "content": {MIME: {"schema": schema}},
    }


def _answers(resource: Resource) -> Schema:
    """Every status a resource answers with."""
    headers = {
        "ETag": _header("答复的指纹；下次放在 If-None-Match 里，没有变就答 304"),
        "Cache-Control": _header("只供本人，每次都要核对"),
        "X-Tongbao-Release": _header("所答的数据版本；与版本无关的没有"),
        **({"Link": _header("下一页的地址；没有下一页就没有")} if resource.paged else {}),
    }
    content = {
        formats.JSON.mime: {"schema": _body(resource)},
        formats.CSV.mime: {"schema": {"type": "string"}},
        formats.PARQUET.mime: {"schema": {"type": "string", "format": "binary"}},
    }
    return {
        "200": {"description": resource.about, "headers": headers, "content": content},
        "304": {"description": "与 If-None-Match 所说的相同，没有内容", "headers": {"ETag": headers["ETag"]}},
        **dict(_problem(kind) for kind in KINDS if kind is not METHOD),
    }  # fmt: skip


def _operation(resource: Resource) -> Schema:
    in_path = [one for one in resource.parameters if one.in_path]
    return {
        "operationId": resource.id,
        "summary": resource.title,
        "description": resource.about,
        "parameters": [_parameter(one) for one in (*in_path, *resource.queried)],
        "responses": _answers(resource),
    }


@cache
def document() -> Schema:
    """The document, as OpenAPI 3.1."""
    problem = _object(
        {
            "type": {"type": "string", "description": "是哪一种，也是说明的地址"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "哪里不对，怎样改"},
            "parameter": {"type": ["string", "null"], "description": "哪个参数不对"},
        }
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "通报台数据接口",
            "version": VERSION,
            "description": "只读：数据版本、数据集、指标、数和数据核验。缺失为空，不等于零。说明见 /api。",
        },
        "servers": [{"url": ROOT}],
        "security": [{}, {"token": []}],
        "paths": {resource.path: {"get": _operation(resource)} for resource in RESOURCES},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"problem": problem} | {r.id: _row(r.fields) for r in RESOURCES},
        },
    }
