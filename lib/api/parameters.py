"""Parameters: what a question may hold, declared so that reading it and describing it agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lib.api.problems import NOTHING, PARAMETER, ProblemError
from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import (
    AMBIGUOUS,
    CITY,
    CITY_LEVEL,
    DEPARTMENTS,
    DISTRICTS,
    HISTORICAL_DISTRICTS,
    Department,
    District,
)

_SHOWN = 40  # characters of what was sent that a sentence repeats
_FEW = 8  # words a sentence lists


class Taken(Protocol):
    """What one value may be."""

    @property
    def schema(self) -> dict[str, Any]:
        """As JSON Schema."""
        ...

    def read(self, text: str) -> Any:
        """A value as written. Raises ValueError with what may be written instead."""
        ...


@dataclass(frozen=True)
class Words:
    """One of some words, each with what it means. instead: what to write where a word is none of them"""

    meanings: Mapping[str, str]
    instead: Callable[[str], str]

    @property
    def schema(self) -> dict[str, Any]:
        """A text of a list."""
        return {"type": "string", "enum": list(self.meanings)}

    def read(self, text: str) -> str:
        """What the word means. Raises ValueError."""
        if text not in self.meanings:
            raise ValueError(self.instead(text))
        return self.meanings[text]


@dataclass(frozen=True)
class Shape:
    """A text of a shape. pattern: without anchors;  like: examples"""

    pattern: str
    like: tuple[str, ...]

    @property
    def schema(self) -> dict[str, Any]:
        """A text with a pattern."""
        return {"type": "string", "pattern": f"^{self.pattern}$", "examples": list(self.like)}

    def read(self, text: str) -> str:
        """The text itself. Raises ValueError."""
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValueError(f"请写成 {'、'.join(self.like)} 的样子")
        return text


@dataclass(frozen=True)
class Whole:
    """A whole number between two."""

    least: int
    most: int

    @property
    def schema(self) -> dict[str, Any]:
        """An integer with bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, text: str) -> int:
        """The number. Raises ValueError."""
        short = re.fullmatch(r"-?[0-9]{1,18}", text, re.ASCII)
        if short is None or not self.least <= int(text) <= self.most:
            raise ValueError(f"请写{self.least}到{self.most}的整数")
        return int(text)


@dataclass(frozen=True)
class Parameter:
    """One thing a question may hold, in the query of an address or as a part of its path.

    default: what is meant where it is not given;  many: whether it may be given several times
    """

    name: str
    about: str
    taken: Taken
    default: Any = None
    many: bool = False
    in_path: bool = False

    def read(self, written: Sequence[str]) -> Any:
        """Its value, a tuple of several where it may be given so. Raises ProblemError."""
        if not written:
            return () if self.many else self.default
        if len(written) > 1 and not self.many:
            raise self._problem(f"写了{len(written)}次，只能写一次")
        read = tuple(dict.fromkeys(self._one(text) for text in written))
        return read if self.many else read[0]

    def _one(self, text: str) -> Any:
        try:
            return self.taken.read(text)
        except ValueError as error:
            raise self._problem(f"不能是“{shortened(text)}”，{error}") from error

    def _problem(self, what: str) -> ProblemError:
        kind = NOTHING if self.in_path else PARAMETER
        return ProblemError(kind, f"参数 {self.name} {what}。", self.name)


def shortened(text: str) -> str:
    """What somebody sent, as a sentence may repeat it."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[:_SHOWN])
    return shown + ("…" if len(text) > _SHOWN else "")


def read_all(declared: Sequence[Parameter], asked: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The value of every declared parameter. Raises ProblemError, also for one nobody declared."""
    known = {parameter.name for parameter in declared}
    for name in asked:
        if name not in known:
            may = f"可用的是 {'、'.join(sorted(known))}" if known else "这里没有参数"
            shown = shortened(name)
            raise ProblemError(PARAMETER, f"没有参数“{shown}”，{may}。", shown)
    return {parameter.name: parameter.read(asked.get(parameter.name, ())) for parameter in declared}


def _listed(words: Sequence[str]) -> str:
    more = f"等{len(words)}个" if len(words) > _FEW else ""
    return f"可写 {'、'.join(words[:_FEW])}{more}"


def _one_of(*words: str) -> Words:
    return Words({word: word for word in words}, lambda _: _listed(words))


def _places(places: Sequence[District | Department]) -> Words:
    """Places by id, name or registered alias; one that means several says which."""
    meanings = {
        word: place.id for place in places for word in (place.id, place.name, *place.aliases)
    }
    names = _listed([place.name for place in places])
    return Words(meanings, lambda text: AMBIGUOUS[text][0] if text in AMBIGUOUS else names)


_DISTRICTS = _places((CITY, CITY_LEVEL, *DISTRICTS, *HISTORICAL_DISTRICTS))
_DEPARTMENTS = _places(DEPARTMENTS)
_METRICS = tuple(METRIC_BY_ID)
_STATED = tuple(id for id, metric in METRIC_BY_ID.items() if metric.ratio is None)
_RELEASE = Shape("R[0-9]{4,9}", ("R0001",))

RELEASE = Parameter("release", "数据版本；不写就是线上的版本，答复里写明是哪个", _RELEASE)
PERIOD = Parameter(
    "period", "期次；不写就是这一版本最近的一期",
    Shape("20[0-9]{2}(H[12]|Q[1-4]|M(0[1-9]|1[0-2]))?", ("2022H1", "2022Q3", "2022M07", "2022")),
)  # fmt: skip
DISTRICTS_ASKED = Parameter("district", "地区的编号、名称或别名；可写多个", _DISTRICTS, many=True)
DEPARTMENTS_ASKED = Parameter(
    "department", "部门的编号、名称或别名；可写多个", _DEPARTMENTS, many=True
)
DISTRICT = Parameter("district", "地区的编号、名称或别名", _DISTRICTS)
DEPARTMENT = Parameter("department", "部门的编号、名称或别名", _DEPARTMENTS)
METRICS_ASKED = Parameter("metric", "指标编号；可写多个", _one_of(*_STATED), many=True)
FORMAT = Parameter(
    "format", "格式；不写按请求头 Accept，都没有就是 json", _one_of("json", "csv", "parquet")
)
AFTER = Parameter("after", "从这一序号之后接着列；取自上一页的 next", Whole(0, 10**9), 0)
IN_PATH_RELEASE = Parameter("release", "数据版本", _RELEASE, in_path=True)
IN_PATH_METRIC = Parameter("metric", "指标编号", _one_of(*_METRICS), in_path=True)


def limit(most: int, usual: int) -> Parameter:
    """How many rows a page may have."""
    return Parameter("limit", f"最多列多少行，不超过{most}", Whole(1, most), usual)
