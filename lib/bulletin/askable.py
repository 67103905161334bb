"""What a template may ask, declared once: the checks, the help on the page and the answers follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "metric", "roster", "place", "level", "measure", "section", "rule", "words", "wrap", "choice"
]


@dataclass(frozen=True)
class Argument:
    """One thing a question is given, as text in quotation marks; a `place` may be the loop's 区."""

    name: str
    kind: Kind
    required: bool = True


@dataclass(frozen=True)
class Question:
    """A question by the name templates use, with a sentence on what it gives and an example."""

    name: str
    arguments: tuple[Argument, ...]
    help: str
    example: str


_METRIC, _ROSTER = Argument("指标", "metric"), Argument("名单", "roster")
_PLACE = Argument("地区", "place", False)
_LEVEL, _MEASURE = Argument("层级", "level"), Argument("项", "measure")
_NOUN, _WRAP = Argument("名词", "words", False), Argument("外加", "wrap", False)
_NOTES, _LINK = Argument("附注", "choice", False), Argument("连接", "words", False)

QUESTIONS: tuple[Question, ...] = (
    Question("节", (Argument("章节", "section"), _PLACE), "从这里起写哪一节，要点和其余的数按它取", '节("一、1")'),
    Question("期次", (), "本期的名称，如2022年上半年", "期次()"),
    Question("数", (_METRIC, _PLACE), "一个数，照原文带限定词、单位和小数位；没有报送时显示〔缺：…〕", '数("不见面办理率", "钟楼区")'),
    Question("截至", (_METRIC, _PLACE), "这个数的时点，带逗号，如“截至7月底，”；原文未注明时为空", '截至("“畅通办”专员已培育人数")'),
    Question("时点", (_METRIC, _PLACE), "这个数的时点，照原文，如“7月中下旬”", '时点("全面质检发现问题数")'),
    Question("有数", (_METRIC, _PLACE), "有没有这个数，用在 {% if %} 里", '有数("网办超期件数")'),
    Question("站点名", (_LEVEL,), "这一层级站点本期的名称", '站点名("镇级")'),
    Question("站点数", (_LEVEL, _MEASURE, _PLACE), "某层级站点的计划数、提升数、新增数或完成数", '站点数("便民点", "完成数")'),
    Question("站点分列", (_LEVEL, _MEASURE), "各地区的站点数，如“溧阳市1个”", '站点分列("村级", "新增数")'),
    Question("站点列举", (Argument("地区", "place"),), "一个地区各层级的提升数、新增数和完成数", "站点列举(区)"),
    Question("各部门", (_METRIC,), "各部门的数，如“市教育局（31件）”，由多到少", '各部门("网办预警件数")'),
    Question("各地区", (_METRIC,), "各辖市（区）的数，如“溧阳市153项”，按固定次序", '各地区("公共服务事项已认领数")'),
    Question("名单", (_ROSTER, _PLACE, _NOUN, _WRAP, _NOTES, _LINK), "名单的成员；未列全的加“等”，有所称个数的写出个数和名词", '名单("“智能导办”新增业务部门", 名词="部门")'),
    Question("个数", (_ROSTER,), "名单所称的个数", '个数("产生网办预警的部门")'),
    Question("要点", (), "本节的工作亮点，按先后，带时点，以句号结束", "要点()"),
    Question("要点地区", (), "本节工作亮点所在的地区", "要点地区()"),
    Question("规则", (Argument("规则", "rule"),), "按已登记的规则生成的一句话，以句号结束", '规则("网办预警：集中程度")'),
    Question("其余", (), "本节还没有说到的数、名单和要点，一律说出来", "其余()"),
)  # fmt: skip
QUESTION_BY_NAME = {question.name: question for question in QUESTIONS}
# Variables a template may loop over: the chosen districts' names in their fixed order.
LOOPS = ("各区",)
# Questions answered with yes or no, for {% if %}; they are no words.
YES_NO = ("有数",)
WRAPS = ("“”", "《》")
MEASURES = {"计划数": "planned", "提升数": "upgraded", "新增数": "added", "完成数": "completed"}
