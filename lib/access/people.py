"""The list of people: which account has which role, for which places.

A TOML file that the administrator edits while the app runs:

    [[people]]
    account = "shujuke@example.gov.cn"
    name = "数据科值班岗"
    role = "填报"
    places = ["溧阳市"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lib.access.roles import Person, Role
from lib.catalog.places import resolve_department, resolve_district
from lib.disk_errors import trouble

_AT = re.compile(r"line (\d+), column (\d+)")  # as the library says where


class PeopleError(Exception):
    """The list cannot be used; the text says which entry, and why."""


def people(path: Path) -> Mapping[str, Person]:
    """Account (in lower case) > person. Read again when the file changes.

    Raises PeopleError where the file is missing or an entry is not clear.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise PeopleError(f"找不到人员名单 {path}，请新建，说明见 docs/running.md") from error
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Mapping[str, Person]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("people", [])
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        where = f"，第{at[1]}行第{at[2]}列写法有误" if at else ""
        raise PeopleError(
            f"人员名单 {path.name} 不是正确的 TOML 文件{where}，请改正，说明见 docs/running.md"
        ) from error
    except UnicodeDecodeError as error:
        raise PeopleError(f"人员名单 {path.name} 不是 UTF-8 编码，请另存为 UTF-8") from error
    except OSError as error:
        raise PeopleError(f"人员名单 {path.name} 读不出来（{trouble(error)}）") from error
    found: dict[str, Person] = {}
    for number, entry in enumerate(entries, 1):
        person = _person(entry, f"人员名单第{number}条")
        if person.id in found:
            raise PeopleError(f"人员名单第{number}条：账号 {person.id} 已在前面出现过")
        found[person.id] = person
    return found


def _person(entry: Mapping[str, Any], where: str) -> Person:
    if unknown := set(entry) - {"account", "name", "role", "places"}:
        raise PeopleError(f"{where}：不认识 {'、'.join(sorted(unknown))}")
    account, name = (str(entry.get(key, "")).strip() for key in ("account", "name"))
    if not account or not name:
        raise PeopleError(f"{where}：要写明 account（账号）和 name（岗位）")
    if str(entry.get("role")) not in set(Role):
        raise PeopleError(f"{where}（{account}）：role 只能是 {'、'.join(Role)}")
    role = Role(str(entry["role"]))
    places = frozenset(_place(text, f"{where}（{account}）") for text in entry.get("places", []))
    if (role is Role.REPORTER) != bool(places):
        rule = "“填报”要写明 places（地区或部门）" if not places else f"“{role}”不写 places"
        raise PeopleError(f"{where}（{account}）：{rule}")
    return Person(account.lower(), name, role, places)


def _place(text: Any, where: str) -> str:
    for resolve in (resolve_district, resolve_department):
        found = resolve(str(text)).id
        if found is not None:
            return found
    raise PeopleError(f"{where}：不认识地区或部门“{text}”")
