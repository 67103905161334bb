"""The resources of the API: what each may be asked, and how it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lib.answers.catalog import DATASET, METRIC, dataset_rows, metric_row, metric_rows
from lib.answers.fields import Field
from lib.answers.figures import FACT, FIGURE, fact_rows, figure_row, numbered_facts
from lib.answers.nature import nature_told
from lib.answers.reconciliation import FINDING, finding_rows
from lib.answers.releases import RELEASE, release_rows
from lib.api import parameters as given
from lib.api.answer import Answer
from lib.api.parameters import Parameter
from lib.api.problems import NOTHING, UNAVAILABLE, ProblemError
from lib.catalog.datasets import DATASETS, STATED
from lib.catalog.demo import DEMO_MARK
from lib.catalog.metrics import METRIC_BY_ID
from lib.queries.release import opened_release
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import Release

Asked = Mapping[str, Any]
_FACTS, _RELEASES = given.limit(5_000, 1_000), given.limit(500, 100)


@dataclass(frozen=True)
class Resource:
    """Something that may be asked for with GET.

    path:   under `/api/v1`, with the names of its parts in braces
    title:  for people, and of the files;  about: one sentence
    fields: of a row;  single: whether there is exactly one
    answer: the parameters' values > Answer. Raises ProblemError, UnknownReleaseError, QueryStoppedError
    """

    path: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    fields: tuple[Field, ...]
    answer: Callable[[Asked], Answer]
    single: bool = False

    @property
    def id(self) -> str:
        """Its name in the OpenAPI document: facts, metrics_metric_figure."""
        return "_".join(re.findall(r"\w+", self.path))

    @property
    def paged(self) -> bool:
        """Whether rows come in pages."""
        return given.AFTER in self.parameters

    @property
    def queried(self) -> tuple[Parameter, ...]:
        """The parameters that stand in the query of an address."""
        return (*(one for one in self.parameters if not one.in_path), given.FORMAT)

    def parts(self, path: str) -> dict[str, str] | None:
        """The parts of a path that is this resource's, as written; None where it is another's."""
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path), path)
        return found.groupdict() if found else None

    def read(self, parts: Mapping[str, str], asked: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The values of all parameters, and of `format`. Raises ProblemError."""
        in_path = {p.name: p.read([parts[p.name]]) for p in self.parameters if p.in_path}
        return in_path | given.read_all(self.queried, asked)


def found(path: str) -> tuple[Resource, dict[str, str]]:
    """The resource of a path, and the parts of it. Raises ProblemError."""
    for resource in RESOURCES:
        if (parts := resource.parts(path)) is not None:
            return resource, parts
    raise ProblemError(NOTHING, f"没有网址“{given.shortened(path)}”，接口的说明见 /api。")


def _named(lake: Lake, release_id: str) -> Release:
    release = lake.release(release_id)
    if release is None:
        raise ProblemError(
            NOTHING, f"没有版本 {release_id}，现有的见 /api/v1/releases。", "release"
        )
    return release


def _of(asked: Asked) -> tuple[Release, str]:
    """The release and the period asked about: the live one and its latest where none is named."""
    lake = Lake(lake_dir())
    release = _named(lake, asked["release"]) if asked["release"] else lake.live()
    if release is None:
        raise ProblemError(UNAVAILABLE, "还没有可用的数据版本，请联系管理员。")
    opened_release(release.id)  # raises where it is damaged
    period = asked["period"] or release.periods[-1]
    if period not in release.periods:
        held = "、".join(release.periods)
        raise ProblemError(
            NOTHING, f"版本 {release.id} 里没有期次 {period}，现有：{held}。", "period"
        )
    return release, period


def _facts(asked: Asked) -> Answer:
    release, period = _of(asked)
    wanted = {f"{name}s": asked[name] for name in ("district", "department", "metric")}
    rest = [one for one in numbered_facts(release, period, **wanted) if one[0] > asked["after"]]
    page = rest[: asked["limit"]]
    after = page[-1][0] if len(rest) > len(page) else None
    told = nature_told(release, period, STATED)
    return Answer(fact_rows(release, page), release, period, told, after)


def _figure(asked: Asked) -> Answer:
    release, period = _of(asked)
    metric = METRIC_BY_ID[asked["metric"]]
    row = figure_row(metric, release, period, asked["district"], asked["department"])
    return Answer([row], release, period, nature_told(release, period, (metric.dataset,)))


def _reconciliation(asked: Asked) -> Answer:
    release, period = _of(asked)
    told = nature_told(release, period, [dataset.id for dataset in DATASETS])
    return Answer(finding_rows(release, period), release, period, told)


def _releases(asked: Asked) -> Answer:
    """Newest first; a page begins below the number it comes after."""
    lake = Lake(lake_dir())
    rest = [r for r in lake.releases() if not asked["after"] or r.number < asked["after"]]
    page = rest[: asked["limit"]]
    after = page[-1].number if len(rest) > len(page) else None
    return Answer(release_rows(lake, page), nature=_any_made_up(page), after=after)


def _release(asked: Asked) -> Answer:
    lake = Lake(lake_dir())
    release = _named(lake, asked["release"])
    return Answer(release_rows(lake, [release]), nature=_any_made_up([release]))


def _any_made_up(releases: Sequence[Release]) -> str | None:
    if not any(release.synthetic_parts for release in releases):
        return None
    return f"{DEMO_MARK}：标有这几个字的版本里有编造的数，只用于演示，不得引用。"


RESOURCES = (
    Resource(
        "/releases", "数据版本", "全部数据版本，最新在前：谁、何时、为何、由哪些文件产生。",
        (_RELEASES, given.AFTER), RELEASE, _releases,
    ),
    Resource(
        "/releases/{release}", "一个数据版本", "一个数据版本：谁、何时、为何、由哪些文件产生。",
        (given.IN_PATH_RELEASE,), RELEASE, _release, single=True,
    ),
    Resource("/datasets", "数据集", "全部数据集和它们的列。", (), DATASET, lambda _: Answer(dataset_rows())),
    Resource("/metrics", "指标", "全部指标的口径。", (), METRIC, lambda _: Answer(metric_rows())),
    Resource(
        "/metrics/{metric}", "一个指标", "一个指标的口径。", (given.IN_PATH_METRIC,), METRIC,
        lambda asked: Answer([metric_row(METRIC_BY_ID[asked["metric"]])]), single=True,
    ),
    Resource(
        "/metrics/{metric}/figure", "一个指标的数",
        "一个指标在一处的数，原文所称或由本系统计算；地区、部门都不写，就是它口径所说的全市或市本级。",
        (given.IN_PATH_METRIC, given.RELEASE, given.PERIOD, given.DISTRICT, given.DEPARTMENT),
        FIGURE, _figure, single=True,
    ),
    Resource(
        "/facts", "全部数", "一期里原文所称的每一个数，一行一个，次序固定；没有报送的不列出。",
        (
            given.RELEASE, given.PERIOD, given.DISTRICTS_ASKED, given.DEPARTMENTS_ASKED,
            given.METRICS_ASKED, _FACTS, given.AFTER,
        ),
        FACT, _facts,
    ),
    Resource(
        "/reconciliation", "数据核验", "每条勾稽规则的结论：所称、计算、算式和所依据的每一行。",
        (given.RELEASE, given.PERIOD), FINDING, _reconciliation,
    ),
)  # fmt: skip
