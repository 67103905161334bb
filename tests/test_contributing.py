"""What CONTRIBUTING.md shows is what it takes: applied to a copy of the project, it works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from lib.settings import ROOT
from tests.security.conftest import copied

DIFFS = re.findall("```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL)
CLOSING = "时点,截止日期,出处,备注"
FILES = {
    "等候.csv": f"期次,指标,地区,部门,数值,限定词,单位,{CLOSING}\n"
    "2022H1,窗口平均等候时间,溧阳市,,12.5,,分钟,6月底,2022-06-30,二,\n",
    "热线.csv": f"期次,地区,受理件数,按期办结件数,单位,{CLOSING}\n"
    "2022H1,溧阳市,310,296,件,上半年,2022-06-30,三（三）,\n"
    "2022H1,新北区,200,210,件,上半年,2022-06-30,三（三）,\n",
}
PAGE = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("lib/shell.py", default_timeout=60).run()
app.switch_page("../pages/hotline.py").run()
assert not app.exception, app.exception
print("".join(str(block.value) for block in app.html))
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project after all four changes, with a release that has the new figures."""
    root = copied(tmp_path_factory.mktemp("contributing") / "project")
    for diff in DIFFS:
        (root / "change.diff").write_text(diff, "utf-8")
        subprocess.run(["git", "apply", "--verbose", "change.diff"], cwd=root, check=True)
    for name, text in FILES.items():
        (root / name).write_text(text, "utf-8")
    ran(root, "-m", "lib", "seed")
    ran(
        root,
        "-m",
        "lib",
        "publish",
        *FILES,
        "--period",
        "2022H1",
        "--by",
        "测试岗",
        "--mode",
        "merge",
    )
    return root


def ran(root: Path, *words: str) -> str:
    """What Python prints, run in the project on a data folder of its own."""
    own = {"TONGBAO_DATA": str(root / "data"), "TONGBAO_BULLETINS": str(ROOT / "data/bulletins")}
    done = subprocess.run(
        [sys.executable, *words], cwd=root, env=os.environ | own, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_change_that_is_shown_applies(changed: Path) -> None:
    assert len(DIFFS) == 4
    assert (changed / "pages" / "hotline.py").exists()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("queue_minutes", "--district", "溧阳市"), "12.5分钟"),
        (("hotline_received", "--district", "新北区"), "200件"),
    ],
)
def test_its_figures_are_answered(changed: Path, words: Sequence[str], text: str) -> None:
    assert json.loads(ran(changed, "-m", "lib", "metric", *words, "--json"))["text"] == text


def test_its_template_has_its_columns(changed: Path) -> None:
    ran(changed, "-m", "lib", "template", "hotline", "-o", "t.csv")
    assert "受理件数,按期办结件数" in (changed / "t.csv").read_text("utf-8-sig")


def test_its_rule_finds_what_does_not_add_up(changed: Path) -> None:
    found = json.loads(ran(changed, "-m", "lib", "reconcile", "--period", "2022H1", "--json"))
    (finding,) = [one for one in found if one["rule"] == "hotline_within"]
    assert (finding["status"], "新北区" in json.dumps(finding, ensure_ascii=False)) == (
        "不一致",
        True,
    )


def test_its_page_shows_them(changed: Path) -> None:
    shown = ran(changed, "-c", PAGE)
    assert "热线工单" in shown
    assert re.search("<td[^>]*>(<a[^>]*>)?210件", shown)
