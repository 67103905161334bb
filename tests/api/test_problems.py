"""What the API does not answer is said in a sentence: what, which parameter, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.access.roles import ALLOWED, Action, Role
from lib.api.problems import KINDS
from lib.seed import ensure_seeded
from lib.settings import lake_dir
from tests.api.asking import ask
from tests.fresh import forget_views
from tests.inside import get


@pytest.mark.parametrize(
    ("address", "status", "parameter", "said"),
    [
        ("/facts?nope=1", 400, "nope", "没有参数“nope”，可用的是 after、department"),
        ("/facts?Period=2022H1", 400, "Period", "没有参数“Period”"),
        ("/facts?period=2022H3", 400, "period", "不能是“2022H3”，请写成 2022H1"),
        ("/facts?period=", 400, "period", "不能是“”"),
        ("/facts?period=2022H1&period=2022H1", 400, "period", "写了2次，只能写一次"),
        ("/facts?period=2031H1", 404, "period", "版本 R0001 里没有期次 2031H1，现有：2022H1"),
        ("/facts?release=R9999", 404, "release", "没有版本 R9999"),
        ("/facts?release=R0001%0A", 400, "release", "请写成 R0001 的样子"),
        ("/facts?release=latest", 400, "release", "请写成 R0001 的样子"),
        ("/facts?district=mars", 400, "district", "不能是“mars”，可写 全市、市本级"),
        ("/facts?district=高新区", 400, "district", "武进高新区"),
        ("/facts?department=市教育厅", 400, "department", "不能是“市教育厅”"),
        ("/facts?metric=nope", 400, "metric", "不能是“nope”"),
        ("/facts?metric=staff_trained_rate", 400, "metric", "不能是“staff_trained_rate”"),
        ("/facts?limit=0", 400, "limit", "请写1到5000的整数"),
        ("/facts?limit=5001", 400, "limit", "请写1到5000的整数"),
        ("/facts?limit=１", 400, "limit", "请写1到5000的整数"),
        ("/facts?after=-1", 400, "after", "请写0到"),
        ("/facts?format=xml", 400, "format", "可写 json、csv、parquet"),
        ("/reconciliation?district=liyang", 400, "district", "可用的是 format、period、release"),
        ("/openapi.json?x=1", 400, "x", "这里没有参数"),
        ("/metrics/nope", 404, "metric", "不能是“nope”"),
        ("/metrics/nope/figure", 404, "metric", "不能是“nope”"),
        ("/releases/R9999", 404, "release", "没有版本 R9999，现有的见 /api/v1/releases"),
        ("/releases/P0001", 404, "release", "请写成 R0001 的样子"),
        ("/nope", 404, None, "没有网址“/nope”，接口的说明见 /api"),
        ("/facts/", 404, None, "没有网址“/facts/”"),
        ("", 404, None, "接口的说明见 /api"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_in_a_sentence(
    address: str, status: int, parameter: str | None, said: str
) -> None:
    found = ask(address).problem
    assert found[:2] == (status, parameter)
    assert said in found[2]


def test_other_addresses_under_api_are_the_apis_too() -> None:
    for address in ("api/", "api/v2/facts", "api/facts"):
        status, headers, _ = get(address)
        assert (status, headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_api_only_reads(method: str) -> None:
    reply = ask("/facts", method=method)
    assert reply.problem[0] == 405
    assert method in reply.problem[2]
    assert reply.headers["allow"] == "GET, HEAD"


def test_no_other_site_may_ask() -> None:
    reply = ask("/facts", origin="https://elsewhere.example")
    assert (reply.status, "别的网站" in reply.body.decode()) == (403, True)
    assert not [name for name in ask("/facts").headers if name.startswith("access-control")]


def test_what_was_sent_comes_back_short_and_harmless() -> None:
    status, parameter, detail = ask("/facts?" + "x%00%1b" * 2_000 + "=1").problem
    assert (status, len(parameter or "") < 50, len(detail) < 300) == (400, True, True)
    assert (parameter or "").isprintable()


def test_an_address_too_long_is_turned_away_before() -> None:
    assert ask("/facts?metric=" + "x" * 40_000).status == 414


def test_a_role_that_takes_nothing_away_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ALLOWED, Role.ADMIN, ALLOWED[Role.ADMIN] - {Action.TAKE})
    status, _, detail = ask("/facts").problem
    assert (status, "不能导出文件" in detail) == (403, True)


def test_before_the_first_release_there_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    assert ask("/facts").problem == (503, None, "还没有可用的数据版本，请联系管理员。")
    assert ask("/releases").json["items"] == []
    assert ask("/metrics").status == 200


def test_a_damaged_release_is_said_to_be_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    ensure_seeded()
    assert ask("/facts?release=R0001").status == 200
    for path in (lake_dir() / "warnings").rglob("*.parquet"):
        path.write_bytes(b"x")
    forget_views()
    status, _, detail = ask("/facts?release=R0001").problem
    assert (status, "文件损坏" in detail, "python -m lib verify" in detail) == (503, True, True)
    assert ask("/facts").problem[0] == 503
    (row,) = ask("/releases").json["items"]
    assert (row["live"], bool(row["damage"])) == (False, True)


SLOW = """
SELECT facts.* FROM facts, range(1000000) AS a, range(1000000) AS b
WHERE (a.range * b.range) % 7 = 8 AND concat($period, $metric, $district, $department) <> ''
"""


def test_a_query_that_takes_too_long_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    monkeypatch.setenv("TONGBAO_QUERY_SECONDS", "0.5")
    ensure_seeded()
    assert ask("/facts").status == 200
    monkeypatch.setattr("lib.queries.release.sql_text", lambda _: SLOW)
    status, _, detail = ask("/metrics/staff_trained/figure").problem
    assert (status, "已停止。请" in detail) == (503, True)


def test_the_page_explains_every_kind_of_problem() -> None:
    status, headers, body = get("/api")
    html = body.decode()
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert all(f'id="{kind.id}"' in html and kind.about in html for kind in KINDS)
    assert "http://" not in html.replace("http://127.0.0.1:8501", "")
    assert "<script" not in html
