"""Lights: how a figure stands against its target, told by colour, shape and word together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.periods import elapsed_share, is_over
from lib.insight.wording import points
from lib.queries.facts import Fact

Tone = Literal["blue", "green", "orange", "red", "gray"]


@dataclass(frozen=True)
class Light:
    """A verdict. `gap` is in percentage points against 序时进度, where the light is about progress."""

    word: str
    shape: str
    tone: Tone
    gap: Decimal | None = None

    def __str__(self) -> str:
        return f"{self.shape} {self.word}"


AHEAD, ON_TRACK, BEHIND = "超前", "正常", "滞后"
NO_TARGET = Light("无目标", "○", "gray")
NO_DEADLINE = Light("未定期限", "○", "gray")
ABSENT = Light("缺数", "—", "gray")
_PROGRESS: dict[str, tuple[str, Tone]] = {
    AHEAD: ("▲", "blue"),
    ON_TRACK: ("●", "green"),
    BEHIND: ("▼", "orange"),
}


def progress_light(rate: Decimal, done: Fact) -> Light:
    """序时进度: `rate` (0.71 for 71%, may exceed 1) of what is `done` against the share of its year gone.

    Within the metric's `caution`, in percentage points either side, is 正常. Common practice, no
    formal source. A target without a stated year-end deadline has no pace to be held against.
    """
    metric = METRIC_BY_ID[done.metric]
    if not metric.yearly:
        return NO_DEADLINE
    gap = (rate - Decimal(str(elapsed_share(done.as_of, done.period)))) * 100
    margin = Decimal(str(metric.caution))
    word = AHEAD if gap > margin else BEHIND if gap < -margin else ON_TRACK
    shape, tone = _PROGRESS[word]
    return Light(word, shape, tone, gap)


def schedule(done: Fact) -> str:
    """What a goal of the year is held against, for people: 7月底序时进度, or 全年进度（100%）."""
    if is_over(done.as_of, done.period):
        return "全年进度（100%）"
    return f"{done.as_of_text or done.as_of}序时进度"


def pace(light: Light, done: Fact) -> str:
    """How far ahead or behind a light is, as words: 比7月底序时进度快12.9个百分点; empty where it is not."""
    if light.gap is None:
        return ""
    return f"比{schedule(done)}{'快' if light.gap >= 0 else '慢'}{points(abs(light.gap))}个百分点"


def limit_light(value: Decimal, limit: Decimal) -> Light:
    """达标 or 不达标 for a figure that must not exceed `limit`."""
    return Light("达标", "✔", "green") if value <= limit else Light("不达标", "■", "red")
