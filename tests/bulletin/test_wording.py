"""Templates: what may stand in one, whose version wins, and what is said where one cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.bulletin.askable import LOOPS, QUESTIONS
from lib.bulletin.compose import bulletin, preview
from lib.bulletin.problems import WordingError
from lib.bulletin.rules import RULES
from lib.bulletin.wording import (
    TEMPLATES,
    check,
    keep,
    own_wording,
    shipped,
    wording,
    wordings,
)
from lib.selection import Selection

NAME = "08-mobile.txt"


@pytest.fixture
def own_folder(data_folder: Path) -> Iterator[Path]:
    """The office's templates, taken away again afterwards."""
    folder = data_folder / "templates"
    yield folder
    for path in folder.glob("*.txt"):
        path.unlink()


def messages(text: str) -> list[str]:
    return [str(problem) for problem in check(NAME, text)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_shipped_template_can_be_used_and_explains_itself(name: str) -> None:
    text = shipped(name).text
    assert check(name, text) == ()
    assert text.startswith("{# ")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_s_example_can_be_asked(question: object) -> None:
    example = question.example  # type: ignore[attr-defined]
    shown = (
        f"{{% if {example} %}}有。{{% endif %}}" if "有数" in example else f"{{{{ {example} }}}}"
    )
    assert messages(f"{{% for 区 in 各区 %}}{shown}{{% endfor %}}") == []


def test_every_rule_is_used_by_a_shipped_template() -> None:
    whole = "".join(shipped(name).text for name in TEMPLATES)
    assert [rule for rule in RULES if f'规则("{rule}")' not in whole] == []


REFUSED = [
    ("已接入45项。", "第1行：写了数“45”；数只能从数据来，请改用 {{ 数(…) }} 等提问"),
    ("截至月底，\n共有３个。", "第2行：写了数“３”；数只能从数据来，请改用 {{ 数(…) }} 等提问"),
    ("涉及六个方面。", "第1行：写了数“六个”；数只能从数据来，请改用 {{ 数(…) }} 等提问"),
    ("{{ 期次() }}，\n位居全省第二。", "第2行：写了数“第二”；数只能从数据来，请改用 {{ 数(…) }} 等提问"),
    ('{{ 数("接入率") }}', "第1行：没有叫“接入率”的指标，名称见“指标口径”页；站点的数请用“站点数”"),
    ('{{ 名单("好人") }}', "第1行：没有叫“好人”的名单，名称见“指标口径”页"),
    ('{{ 数("不见面办理率", "苏州市") }}', "第1行：没有叫“苏州市”的地区或部门"),
    ('{{ 节("五") }}', "第1行：没有叫“五”的章节"),
    ('{{ 站点数("乡级", "计划数") }}', "第1行：没有叫“乡级”的层级，只有县级、镇级、村级、便民点"),
    ('{{ 站点数("镇级", "拆除数") }}', "第1行：没有叫“拆除数”的项，只有计划数、提升数、新增数、完成数"),
    ('{{ 名单("网办申请渠道", 名词="3个渠道") }}', "第1行：“3个渠道”里有数，数只能从数据来"),
    ('{{ 名单("网办申请渠道", 附注="是") }}', "第1行：“是”不认识，请写“要”或“不要”"),
    ('{{ 名单("网办申请渠道", 外加="<>") }}', "第1行：“<>”不能用来外加，只有“”、《》"),
    ("{{ 数() }}", "第1行：“数”要写明指标，如 数(\"不见面办理率\", \"钟楼区\")"),
    ('{{ 期次("今年") }}', "第1行：“期次”最多给：什么也不用给"),
    ('{{ 数("不见面办理率", 单位="%") }}', "第1行：“数”最多给：指标、地区"),
    ("{{ 数(25) }}", "第1行：“数”的指标要写成引号里的文字"),
    ("{{ 求和() }}", "第1行：没有“求和”这个提问"),
    ('{{ "25" }}', "第1行：{{ }} 里只能提问，如 {{ 数(\"不见面办理率\") }}"),
    ("{{ 20 + 5 }}", "第1行：{{ }} 里只能提问，如 {{ 数(\"不见面办理率\") }}"),
    ("{{ 数 }}", "第1行：“数”不是可以用的名称；提问要带括号"),
    ('{{ 有数("网办超期件数") }}', "第1行：{{ }} 里只能提问，如 {{ 数(\"不见面办理率\") }}"),
    ('{{ 数("不见面办理率"', "第1行：写法有误，括号、引号或标签没有配对"),
    ("{% if 有数(\"网办超期件数\") %}有。", "第1行：写法有误，括号、引号或标签没有配对"),
    ('{{ "".__class__.__mro__ }}', "第1行：{{ }} 里只能提问"),
    ("{{ 数.__globals__ }}", "第1行：{{ }} 里只能提问"),
    ("{{ 数.__init__() }}", "第1行：这里用了模板不支持的写法"),
    ("{% set 数目 = 各区 %}", "第1行：这里用了模板不支持的写法"),
    ("{% include 'x.txt' %}", "第1行：这里用了模板不支持的写法"),
    ("{% macro 甲() %}{{ 甲() }}{% endmacro %}", "第1行：这里用了模板不支持的写法"),
    ('{{ 期次()|upper }}', "第1行：{{ }} 里只能提问"),
    ("{% for 数字 in range(999999999) %}多。{% endfor %}", "第1行：循环只能取各区"),
    ("{% for 区 in 各区 %}{% for 甲 in 各区 %}{% for 乙 in 各区 %}多。{% endfor %}{% endfor %}{% endfor %}",
     "第1行：循环最多套2层"),
    ("（" * 21_000, "第1行：模板有21000字，最多20000字"),
    ("看不见" + chr(0xF0001), "第1行：有看不见的专用字符，请删去重写这一行"),
    ("{{ " + "(" * 5_000, "第1行："),
    ("**金坛区：今年。", "第1行：段内标题的两对星号没有配对"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_a_template_may_not_hold_is_said_with_file_and_line(text: str, expected: str) -> None:
    found = messages(text)
    assert found
    assert found[0].startswith(f"{NAME}{expected}")


def test_every_problem_of_a_template_is_named_at_once() -> None:
    text = '共三个。\n{{ 数("无此指标") }}\n{{ 没有() }}'
    assert [problem.line for problem in check(NAME, text)] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "统一部署，进一步推进一体化平台和“一件事”改革，一批事项落地。",
        "委托第三方评估，第一时间答复，服务千家万户。",
        "“一网通办”“互联网+监管”同步推进，五保户、百姓满意。",
    ],
)
def test_ordinary_words_with_a_number_in_them_are_let_through(text: str) -> None:
    assert messages(text) == []


def test_a_text_can_be_previewed_before_it_is_kept(whole_city: Selection) -> None:
    text = shipped(NAME).text.replace("尚未接入", "还没有接入")
    blocks = preview(whole_city, NAME, text)
    assert [block.text[:6] for block in blocks] == ["（五）移动端", "按省第二版清"]
    assert "还没有接入31项" in blocks[1].text
    assert not wording(NAME).changed
    with pytest.raises(WordingError):
        preview(whole_city, NAME, "共三个。")


def test_the_offices_own_version_wins_until_it_is_reset(
    own_folder: Path, whole_city: Selection
) -> None:
    text = shipped(NAME).text.replace("尚未接入", "还没有接入")
    keep(NAME, text)
    assert (wording(NAME).text, wording(NAME).changed) == (text, True)
    assert [w.name for w in wordings() if w.changed] == [NAME]
    assert "还没有接入31项（清单见附件）。" in all_text(whole_city)
    own_wording().reset(NAME)
    assert "还没有接入" not in all_text(whole_city)
    assert not wording(NAME).changed


def all_text(selection: Selection) -> str:
    return "".join(block.text for block in bulletin(selection).blocks)


def test_a_template_that_cannot_be_used_is_not_kept(own_folder: Path) -> None:
    with pytest.raises(WordingError, match=r"08-mobile\.txt第1行：写了数“45”"):
        keep(NAME, "已接入45项。")
    assert not wording(NAME).changed


def test_a_damaged_version_gives_way_to_the_shipped_one_and_that_is_said(
    own_folder: Path, whole_city: Selection
) -> None:
    before = bulletin(whole_city)
    own_folder.mkdir(exist_ok=True)
    (own_folder / NAME).write_text("{% for 区 in %}", encoding="utf-8")
    made = bulletin(whole_city)
    assert made.blocks == before.blocks
    assert len(made.notices) == 1
    assert made.notices[0].startswith(
        "模板““一网通办”：移动端标准应用”不能用，这部分改用了原来的写法：08-mobile.txt第1行：写法有误"
    )


def test_bytes_that_are_no_text_are_no_traceback(own_folder: Path, whole_city: Selection) -> None:
    own_folder.mkdir(exist_ok=True)
    (own_folder / NAME).write_bytes(b"\xff\xfe{{ \x00")
    assert "不能用" in bulletin(whole_city).notices[0]


def test_figures_a_template_leaves_out_are_tabled_and_that_is_said(
    own_folder: Path, whole_city: Selection
) -> None:
    keep(NAME, '{{ 节("三（五）") }}\n已接入{{ 数("移动端标准应用已接入数") }}。')
    made = bulletin(whole_city)
    assert made.notices == (
        "有3个数没有写进正文，列在附表“正文没有写到的数”里；模板里加上“其余”就会写进去",
    )
    assert [row[2] for row in made.appendices[0].table.rows] == ["76项", "第五", "31项"]


def test_the_rest_says_what_no_other_sentence_did(own_folder: Path, whole_city: Selection) -> None:
    keep(NAME, '{{ 节("三（五）") }}\n已接入{{ 数("移动端标准应用已接入数") }}。\n    {{ 其余() }}')
    made = bulletin(whole_city)
    assert made.notices == ()
    assert next(block.text for block in made.blocks if block.section == "三（五）") == (
        "已接入45项。另有：移动端标准应用总数76项、移动端标准应用接入省内排名第五、"
        "移动端标准应用未接入数31项。按省第二版清单发通知、逐部门对接。"
    )


def test_a_template_that_asks_without_end_is_stopped(
    own_folder: Path, whole_city: Selection
) -> None:
    loops = "{% for 区 in 各区 %}{% for 乙 in 各区 %}" + "{{ 期次() }}" * 500
    keep(NAME, loops + "{% endfor %}{% endfor %}")
    assert "问的太多" in bulletin(whole_city).notices[0]


def test_loops_are_the_only_variables() -> None:
    assert LOOPS == ("各区",)
