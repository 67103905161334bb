"""The list of people: read, refused with the entry and the reason, and read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lib.access.people import PeopleError, people
from lib.access.roles import Role

GOOD = """
[[people]]
account = "LY@example.gov.cn"
name = "溧阳填报岗"
role = "填报"
places = ["溧阳市", "市教育局"]

[[people]]
account = "gl@example.gov.cn"
name = "管理岗"
role = "管理"
"""


def test_accounts_have_a_role_and_places_by_name(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(GOOD, encoding="utf-8")
    found = people(file)
    assert found["ly@example.gov.cn"].places == {"liyang", "education"}
    assert found["gl@example.gov.cn"].role is Role.ADMIN


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("溧阳市", "溧水区", "第1条（LY@example.gov.cn）：不认识地区或部门“溧水区”"),
        ("管理\"\n", "超级\"\n", "第2条（gl@example.gov.cn）：role 只能是 查看、填报、复核、管理"),
        ('places = ["溧阳市", "市教育局"]', "", "“填报”要写明 places"),
        ('role = "管理"', 'role = "管理"\nplaces = ["溧阳市"]', "“管理”不写 places"),
        ("gl@", "ly@", "第2条：账号 ly@example.gov.cn 已在前面出现过"),
        ('name = "管理岗"', "", "第2条：要写明 account（账号）和 name（岗位）"),
        ("name =", "nmae =", "不认识 nmae"),
        ("[[people]]", "[[people]", "不是正确的 TOML 文件"),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_clear_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "people.toml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(PeopleError) as refused:
        people(file)
    assert said in str(refused.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="找不到人员名单"):
        people(tmp_path / "none.toml")


@pytest.mark.case(4)
def test_a_change_of_role_is_read_at_once(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(GOOD, encoding="utf-8")
    people(file)
    file.write_text(GOOD.replace('"管理"', '"查看"'), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert people(file)["gl@example.gov.cn"].role is Role.VIEWER
