"""Districts, departments and site levels: stable ids, dated names, exact aliases.

Unknown names resolve to nothing, never to a new place and never by similarity
(教育局 is not 体育局). Codes: GB/T 2260; 经开区 has no county-level code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

DistrictKind = Literal["city", "city_level", "district", "historical"]


@dataclass(frozen=True)
class District:
    """A place of the city. `kind` keeps 全市 (a stated total) and 市本级 apart from districts."""

    id: str
    name: str
    kind: DistrictKind = "district"
    gb_code: str | None = None
    color: str | None = None
    aliases: tuple[str, ...] = ()
    valid_until: str | None = None


@dataclass(frozen=True)
class Department:
    """A city department. `category` tells city bureaus from units stationed in the city (驻常单位)."""

    id: str
    name: str
    category: str = "市级部门"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Level:
    """A level of service site. The level is the key; its name changed with the period.

    `names` holds (first period using the name, name) in time order.
    """

    id: str
    tier: str
    names: tuple[tuple[str, str], ...]

    def name_in(self, period_end: str) -> str:
        """The site's name in force on an ISO date."""
        current = self.names[0][1]
        for since, name in self.names:
            if period_end >= since:
                current = name
        return current


CITY = District("city", "全市", "city", "320400", aliases=("常州市",))
CITY_LEVEL = District("city_level", "市本级", "city_level", aliases=("市级", "市级本级"))

# The fixed order and colours of the seven districts; charts, tables and documents follow both.
DISTRICTS: tuple[District, ...] = (
    District("liyang", "溧阳市", gb_code="320481", color="#0B5CAB", aliases=("溧阳",)),
    District("jintan", "金坛区", gb_code="320413", color="#20798A", aliases=("金坛",)),
    District("wujin", "武进区", gb_code="320412", color="#6C5BB5", aliases=("武进",)),
    District("xinbei", "新北区", gb_code="320411", color="#B0568A", aliases=("新北", "常州高新区")),
    District("tianning", "天宁区", gb_code="320402", color="#8A6A3B", aliases=("天宁",)),
    District("zhonglou", "钟楼区", gb_code="320404", color="#5B6B80", aliases=("钟楼",)),
    District(
        "jingkai", "经开区", color="#4F7F3A", aliases=("经开", "常州经开区", "常州经济开发区")
    ),
)
HISTORICAL_DISTRICTS: tuple[District, ...] = (
    District("qishuyan", "戚墅堰区", "historical", "320405", aliases=("戚区",), valid_until="2015"),
    District("jintan_city", "金坛市", "historical", "320482", valid_until="2015"),
)

# Names that mean several places: a person has to choose, no rule may.
AMBIGUOUS: dict[str, tuple[str, tuple[str, ...]]] = {
    "高新区": (
        "可能指常州高新区（新北区）、武进高新区或金坛华罗庚高新区，请写明",
        ("xinbei", "wujin", "jintan"),
    ),
}

_STATIONED = "驻常单位"
DEPARTMENTS: tuple[Department, ...] = (
    Department("government_office", "市政府办"),
    Department("staffing_office", "市委编办"),
    Department("cyberspace", "市委网信办", aliases=("市网信办",)),
    Department("secrecy", "市保密局"),
    Department("press", "市新闻出版局"),
    Department("archives_bureau", "市档案局"),
    Department("archives", "市档案馆"),
    Department("development", "市发改委", aliases=("市发展改革委", "发改部门")),
    Department("education", "市教育局"),
    Department("science", "市科技局"),
    Department("industry", "市工信局", aliases=("工信局",)),
    Department("ethnic", "市民宗局"),
    Department("police", "市公安局"),
    Department("civil_affairs", "市民政局"),
    Department("justice", "市司法局"),
    Department("finance", "市财政局", aliases=("财政局",)),
    Department("human_resources", "市人社局", aliases=("人社部门",)),
    Department("natural_resources", "市自然资源和规划局", aliases=("市资规局", "资规部门")),
    Department("environment", "市生态环境局"),
    Department("housing", "市住建局"),
    Department("urban_management", "市城管局"),
    Department("transport", "市交通局", aliases=("市交通运输局", "交通运输部门")),
    Department("water", "市水利局"),
    Department("agriculture", "市农业农村局"),
    Department("commerce", "市商务局"),
    Department("culture", "市文广旅局"),
    Department("health", "市卫健委"),
    Department("veterans", "市退役军人局"),
    Department("emergency", "市应急局"),
    Department("foreign_affairs", "市外事办"),
    Department(
        "market",
        "市市监局",
        aliases=("市市场监管局", "市监局", "市场监管局", "市市场局", "市场监督管理局"),
    ),
    Department("sports", "市体育局"),
    Department("medical_insurance", "市医保局"),
    Department("local_finance", "市地方金融局"),
    Department("offices_admin", "市机关事务管理局"),
    Department("earthquake", "市地震局"),
    Department("housing_fund", "市公积金中心"),
    Department("big_data", "市大数据管理中心"),
    Department("government_service", "市政务办"),
    Department("meteorology", "市气象局", _STATIONED, ("气象局",)),
    Department("tobacco", "市烟草局", _STATIONED, ("烟草局",)),
    Department("maritime", "海事局", _STATIONED, ("常州海事局",)),
    Department("central_bank", "人民银行", _STATIONED, ("人民银行常州市中心支行",)),
    Department("fire_rescue", "消防救援支队", _STATIONED, ("市消防救援支队",)),
    Department("state_security", "国安局", _STATIONED, ("市国安局",)),
    Department("postal", "市邮政管理局", _STATIONED),
)
# The stated total of a department list: a row of its own kind, never a department to add up.
ALL_DEPARTMENTS = Department("all", "全市", "合计")

_RENAMED = "2022-07-01"  # names changed with the first period that ends after 2022H1
LEVELS: tuple[Level, ...] = (
    Level("county", "县级", (("", "政务服务中心"),)),
    Level("town", "镇级", (("", "为民服务中心"), (_RENAMED, "便民服务中心"))),
    Level("village", "村级", (("", "便民服务中心"), (_RENAMED, "便民服务站"))),
    Level("point", "便民点", (("", "政务服务便利站"), (_RENAMED, "便民服务点"))),
)

# What the levels were first called, by which catalog texts name them; 便利站 is short.
_FIRST_NAMES = {level.names[0][1]: level for level in LEVELS} | {"便利站": LEVELS[-1]}
_SITES = re.compile("|".join(sorted(_FIRST_NAMES, key=len, reverse=True)))

DISTRICT_BY_ID = {d.id: d for d in (CITY, CITY_LEVEL, *DISTRICTS, *HISTORICAL_DISTRICTS)}
DEPARTMENT_BY_ID = {d.id: d for d in (*DEPARTMENTS, ALL_DEPARTMENTS)}
LEVEL_BY_ID = {level.id: level for level in LEVELS}
DISTRICT_IDS = tuple(d.id for d in DISTRICTS)
DEPARTMENT_IDS = tuple(d.id for d in DEPARTMENTS)

_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200d\u3000\ufeff]+")
_ANNOTATION = re.compile(r"[(（](?P<note>[^()（）]*)[)）]$")


@dataclass(frozen=True)
class Resolution:
    """What a written name means: an id with an annotation split off, or the reason there is none.

    options: the ids a person may choose between where the name means several places
    """

    id: str | None
    note: str = ""
    problem: str = ""
    options: tuple[str, ...] = ()


def with_site_names(text: str, period_end: str) -> str:
    """A catalog text with the sites called what they are called on an ISO date."""

    def name(match: re.Match[str]) -> str:
        level = _FIRST_NAMES[match[0]]
        current = level.name_in(period_end)
        return match[0] if current == level.names[0][1] else current

    return _SITES.sub(name, text)


@lru_cache(maxsize=1 << 12)
def clean_name(text: str) -> str:
    """Drop every kind of blank (NBSP, full-width, zero-width) from a name; nothing else changes."""
    return _BLANKS.sub("", text)


def _names(items: tuple[District, ...] | tuple[Department, ...]) -> dict[str, str]:
    return {name: item.id for item in items for name in (item.name, *item.aliases)}


_DISTRICT_NAMES = _names((CITY, CITY_LEVEL, *DISTRICTS, *HISTORICAL_DISTRICTS))
_DEPARTMENT_NAMES = _names((*DEPARTMENTS, ALL_DEPARTMENTS))
_LEVEL_NAMES = {level.tier: level.id for level in LEVELS}


def _resolve(text: str, names: dict[str, str], what: str) -> Resolution:
    name = clean_name(text)
    note = ""
    if name not in names and (match := _ANNOTATION.search(name)):
        name, note = name[: match.start()], match["note"]
    if name in AMBIGUOUS and names is _DISTRICT_NAMES:
        problem, options = AMBIGUOUS[name]
        return Resolution(None, problem=f"“{text}”{problem}", options=options)
    if name not in names:
        return Resolution(None, problem=f"“{text}”不是已登记的{what}")
    return Resolution(names[name], note)


def resolve_district(text: str) -> Resolution:
    """A district, 全市 or 市本级 from its name or an exact alias."""
    return _resolve(text, _DISTRICT_NAMES, "地区")


def resolve_department(text: str) -> Resolution:
    """A department from its name or an exact alias; a bracketed remark is split off as the note."""
    return _resolve(text, _DEPARTMENT_NAMES, "部门")


def resolve_level(
    text: str, period_end: str | None = None, *, mixed_names: bool = False
) -> Resolution:
    """A site level from its tier (县级, 镇级, 村级, 便民点), or from a site's name.

    A name is read by the names in force at the period's end (an ISO date). Where the period is
    unknown, or the text it stands in mixes old and new names, a name of two levels stays open.
    """
    name = clean_name(text)
    if name in _LEVEL_NAMES:
        return Resolution(_LEVEL_NAMES[name])
    ever = [level.id for level in LEVELS if any(name == used for _, used in level.names)]
    if period_end and not mixed_names:
        now = [level.id for level in LEVELS if level.name_in(period_end) == name]
        ever = now or ever
    if not ever:
        return Resolution(None, problem=f"“{text}”不是已登记的层级或站点名称")
    if len(ever) > 1:
        tiers = "或".join(LEVEL_BY_ID[level].tier for level in ever)
        problem = f"“{text}”在不同期次里是不同层级（{tiers}），请写明层级"
        return Resolution(None, problem=problem, options=tuple(ever))
    return Resolution(ever[0])


def mixes_site_names(names: set[str], period_end: str) -> bool:
    """Whether a text uses site names that are not those of its period."""
    current = {level.name_in(period_end) for level in LEVELS}
    every = {used for level in LEVELS for _, used in level.names}
    return bool({clean_name(name) for name in names} & (every - current))


def place_name(place_id: str | None) -> str:
    """The display name of a district, department or level id; an em dash where there is none."""
    if place_id is None:
        return "—"
    for register in (DISTRICT_BY_ID, DEPARTMENT_BY_ID):
        if place_id in register:
            return register[place_id].name
    return LEVEL_BY_ID[place_id].tier
