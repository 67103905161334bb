"""Datasets: the tables staff fill in. Templates, reading, storage and labels all follow these.

Every dataset shares the closing columns: the unit, the figure's own date beside the period,
the bulletin section that stated it, and a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "period", "district", "department", "level", "metric", "roster", "member",
    "measure", "integer", "flag", "date", "section", "qualifier", "choice", "code", "text",
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of a template.

    name:     identifier in storage and SQL
    label:    the header people see; `synonyms` are read as the same column
    kind:     how a cell is read; a `measure` keeps value, text and qualifier
    required: an empty cell blocks the row
    unit:     of a measure, where neither the cell, the header nor the unit column says one
    options:  the words a `choice` takes
    """

    name: str
    label: str
    kind: Kind = "text"
    required: bool = False
    help: str = ""
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    options: tuple[str, ...] = ()

    def __hash__(self) -> int:  # of every field it would cost more than what is cached by it
        return hash(self.name)


@dataclass(frozen=True)
class Derived:
    """A column people add that follows from others: checked against them, never loaded.

    A sum of `parts`, or their ratio to `whole` in percent.
    """

    label: str
    parts: tuple[str, ...]
    whole: str = ""
    synonyms: tuple[str, ...] = ()


# What a template adds beside its table; a reader passes them over.
GUIDE, EXAMPLE, LISTS = "填写说明", "示例", "选项"


@dataclass(frozen=True)
class Dataset:
    """One table: its grain is `key`. `example` is a line of a filled-in template."""

    id: str
    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    example: tuple[str, ...]
    derived: tuple[Derived, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)

    def column(self, name: str) -> Column:
        """The declared column, by its identifier."""
        return next(column for column in self.columns if column.name == name)

    @property
    def measures(self) -> tuple[Column, ...]:
        """The columns that hold figures."""
        return tuple(column for column in self.columns if column.kind == "measure")


_PERIOD = Column(
    "period",
    "期次",
    "period",
    True,
    "如 2022H1（上半年）、2022Q3、2022",
    ("期间", "报告期", "统计期", "填报期"),
)
_DISTRICT_NAMES = ("区", "辖区", "区域", "辖市区", "辖市（区）", "市区", "地区名称")
_DEPARTMENT_NAMES = ("部门名称", "责任部门", "市级部门", "单位名称")
_DISTRICT = Column(
    "district", "地区", "district", True, "七个辖市（区）、市本级或全市", _DISTRICT_NAMES
)
CHANNELS = ("PC端", "移动端", "自助端", "窗口")
STATES = ("办理中", "已办结", "已退回")
_UNIT = Column("unit", "单位", help="如 个、件、人、%、元")
_AS_OF_NAMES = ("数据截止日期", "截至日期", "截止时间", "截至时间", "数据日期")
_CLOSING = (
    Column("as_of_text", "时点", help="原文写法，如 7月底、上半年"),
    Column("as_of", "截止日期", "date", True, "数据截至哪一天，如 2022-07-31", _AS_OF_NAMES),
    Column("section", "出处", "section", help="通报章节，如 二、三（三）"),
    Column("note", "备注"),
)


def _measure(name: str, label: str, unit: str, help: str, *synonyms: str) -> Column:
    return Column(name, label, "measure", help=help, synonyms=synonyms, unit=unit)


CENTERS = Dataset(
    "centers", "服务阵地", "各级服务站点的功能完善和服务提升，每个地区每个层级一行",
    ("district", "level"),
    (
        _PERIOD,
        _DISTRICT,
        Column(
            "level", "层级", "level", True, "县级、镇级、村级、便民点；按层级填，站点名称按期次换算成层级",
            ("站点类型", "站点名称", "阵地类型", "服务阵地", "站点层级"),
        ),
        _measure("planned", "计划数", "个", "年初计划提升的个数", "计划", "年初计划", "年初计划数", "计划提升数"),
        _measure("upgraded", "提升数", "个", "列入提升范围的个数；是范围，不是完成数", "提升", "提升个数", "提升范围"),
        _measure("added", "新增数", "个", "提升数中比计划新增的个数", "新增", "新增个数"),
        _measure(
            "completed", "完成数", "个", "已实体运转或基本完成的个数",
            "运转数", "实体运转数", "完成", "完成个数", "已完成数",
        ),
        _UNIT,
        *_CLOSING,
    ),
    ("2022H1", "溧阳市", "镇级", "10", "11", "1", "", "个", "7月底", "2022-07-31", "二、溧阳市", ""),
    (Derived("完成率", ("completed",), "planned", ("运转率", "完成比例")),),
)  # fmt: skip

STAFF = Dataset(
    "staff", "畅通办专员", "“畅通办”专员队伍的目标和已培育人数，每个地区一行",
    ("district",),
    (
        _PERIOD,
        _DISTRICT,
        _measure("target", "目标人数", "人", "全年目标；可填“不少于1000”", "目标", "目标数", "培育目标", "全年目标", "计划人数"),
        _measure("trained", "已培育人数", "人", "截至时点已培育的人数；可以超过目标", "已培育数", "已培育", "培育数", "培育人数", "完成人数"),
        _UNIT,
        *_CLOSING,
    ),
    ("2022H1", "武进区", "150", "120", "人", "7月底", "2022-07-31", "二", ""),
    (Derived("完成率", ("trained",), "target", ("培育完成率", "完成比例", "培育率")),),
)  # fmt: skip

WARNINGS = Dataset(
    "warnings", "网办预警", "网办事项预警和超期件数，每个部门一行；“全市”行是所称合计，不计入明细",
    ("department",),
    (
        _PERIOD,
        Column("department", "部门", "department", True, "市级部门名称或已登记的简称", _DEPARTMENT_NAMES),
        _measure(
            "warning", "预警件数", "件", "时限将到、系统提醒的件数；没有数据请留空，不要填0",
            "预警", "预警数", "预警件", "预警数量", "预警办件数", "预警部门", "预警情况",
        ),
        _measure(
            "overdue", "超期件数", "件", "已超过承诺时限的件数；没有数据请留空，不要填0",
            "超期", "超期数", "超期件", "超期数量", "超期办件数", "超期部门", "超期情况", "逾期件数",
        ),
        _UNIT,
        *_CLOSING,
    ),
    ("2022H1", "市教育局", "31", "1", "件", "上半年", "2022-06-30", "三（三）", ""),
    (Derived("小计", ("warning", "overdue"), synonyms=("合计", "合计件数")),),
)  # fmt: skip

INDICATORS = Dataset(
    "indicators", "其他指标", "三张快照以外的每一个数，每个指标每个地区或部门一行",
    ("metric", "district", "department"),
    (
        _PERIOD,
        Column("metric", "指标", "metric", True, "指标名称，见“指标口径”页", ("指标名称", "指标项")),
        Column("district", "地区", "district", help="填了部门时可留空", synonyms=_DISTRICT_NAMES),
        Column("department", "部门", "department", help="部门的数才填", synonyms=_DEPARTMENT_NAMES),
        _measure("value", "数值", "", "按原文写，如 85.40、2.3万、第一", "数", "数据", "指标值"),
        Column("qualifier", "限定词", "qualifier", help="约、近、余、超、不少于、低于、以上、以下"),
        _UNIT,
        *_CLOSING,
    ),
    ("2022H1", "不见面办理率", "天宁区", "", "85.40", "", "%", "7月中旬", "2022-07-20", "三（二）不见面办理", ""),
)  # fmt: skip

ROSTER = Dataset(
    "roster", "名单", "列举的部门、地区或事项，每个成员一行；应有个数是原文所称的数，与成员数分开",
    ("roster", "member"),
    (
        _PERIOD,
        Column("roster", "名单", "roster", True, "名单名称，见“指标口径”页"),
        _DISTRICT,
        Column("position", "序号", "integer", True, "在名单中的先后"),
        Column("member", "成员", "member", True, "部门、地区或事项名称"),
        _measure("stated_count", "应有个数", "", "原文所称的个数，没有就留空"),
        _UNIT,
        Column("complete", "列全", "flag", True, "是：原文已全部列名；否：只列举了一部分"),
        *_CLOSING,
    ),
    ("2022H1", "省级试点任务", "全市", "1", "“一件事”集成改革", "2", "个", "否", "上半年", "2022-06-30", "一、2", ""),
)  # fmt: skip

HIGHLIGHTS = Dataset(
    "highlights", "工作亮点", "叙述部分的要点，每条一行，用自己的话写",
    ("section", "district", "position"),
    (
        _PERIOD,
        Column("section", "出处", "section", True, "通报章节"),
        _DISTRICT,
        Column("position", "序号", "integer", True, "同一章节内的先后"),
        Column("item", "事项", required=True, help="一句话，不含未入库的数字"),
        Column("as_of_text", "时点"),
        Column("as_of", "截止日期", "date", True),
        Column("note", "备注"),
    ),
    ("2022H1", "二、溧阳市", "溧阳市", "1", "镇级大厅增设综合窗口", "7月底", "2022-07-31", ""),
)  # fmt: skip

CASES = Dataset(
    "cases", "网办办件", "一体化平台的办件明细，每件一行；预警、超期件数可由它算出并与报送数核对",
    ("case_id",),
    (
        _PERIOD,
        Column("case_id", "办件编号", "code", True, "每件唯一，按文本保存", ("办件流水号", "流水号")),
        Column("district", "地区", "district", True, "七个辖市（区）或市本级"),
        Column("department", "部门", "department", True, "市级部门名称或已登记的简称", _DEPARTMENT_NAMES),
        Column("item", "事项名称", required=True, synonyms=("办理事项", "事项")),
        Column("channel", "渠道", "choice", True, "PC端、移动端、自助端或窗口", options=CHANNELS),
        Column("accepted_on", "受理日期", "date", True, "如 2022-03-01"),
        Column("due_on", "承诺办结日期", "date", True, "如 2022-03-10", ("承诺日期",)),
        Column("finished_on", "办结日期", "date", help="未办结请留空"),
        Column("state", "状态", "choice", True, "办理中、已办结或已退回", options=STATES),
        Column("as_of_text", "时点"),
        Column("as_of", "截止日期", "date", True, "数据取自哪一天", _AS_OF_NAMES),
        Column("note", "备注"),
    ),
    ("2022H1", "320400202203010001", "溧阳市", "市公安局", "户口迁移", "移动端", "2022-03-01", "2022-03-10", "", "办理中", "7月底", "2022-07-31", ""),
)  # fmt: skip

DATASETS: tuple[Dataset, ...] = (
    CENTERS, STAFF, WARNINGS, INDICATORS, ROSTER, HIGHLIGHTS, CASES,
)  # fmt: skip
# What is stated in reports, as against cases, which are counted.
STATED = tuple(dataset.id for dataset in DATASETS if dataset is not CASES)
DATASET_BY_ID = {dataset.id: dataset for dataset in DATASETS}
