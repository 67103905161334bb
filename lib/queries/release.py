"""Which release answers a question, and the answers it has already given.

A proposal answers like the release it would become. Neither ever changes under its id, so an answer is kept under (release, question, parameters) and is
never looked for again. Nothing is ever cached by the content of a table.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import pyarrow as pa

from lib.engine import Engine, QueryStoppedError, open_engine
from lib.intake.schema import stored_schemas
from lib.settings import engine_address, lake_dir, query_seconds
from lib.store.integrity import summary
from lib.store.lake import Lake
from lib.store.release import Release

__all__ = [
    "QueryStoppedError",
    "UnknownReleaseError",
    "ask",
    "ask_unkept",
    "opened_release",
    "origin",
    "sql_text",
]

_HERE = Path(__file__).parent
_VIEWS = ("facts",)
_opening = Lock()


class UnknownReleaseError(LookupError):
    """A release id that the lake does not hold."""


class DamagedReleaseError(UnknownReleaseError):
    """A release that cannot be read; the message is a Chinese sentence for its reader."""


@cache
def sql_text(name: str) -> str:
    """The SQL of a question, as in its file."""
    return (_HERE / f"{name}.sql").read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _opened(folder: Path, release_id: str) -> tuple[Release, Engine]:
    lake = Lake(folder)
    release = lake.opened(release_id)
    if release is None:
        raise UnknownReleaseError(release_id)
    _check_whole(lake, release)
    views = {name: sql_text(name) for name in _VIEWS}
    engine = open_engine(
        engine_address(), folder, lake.files(release), stored_schemas(), views,
        [lake.proposals_dir], query_seconds(),
    )  # fmt: skip
    return release, engine


def _check_whole(lake: Lake, release: Release) -> None:
    if found := lake.damage(release):
        raise DamagedReleaseError(f"版本 {release.id} 的文件损坏（{summary(found)}），不能显示")


def _open(folder: Path, release_id: str) -> tuple[Release, Engine]:
    with _opening:
        lake = Lake(folder)
        if not lake.holds(release_id):  # a proposal may have been discarded since
            raise UnknownReleaseError(release_id)
        release, engine = _opened(folder, release_id)
        _check_whole(lake, release)
        return release, engine


def _answer(
    folder: Path, release_id: str, name: str, params: tuple[tuple[str, Any], ...]
) -> pa.Table:
    _, engine = _open(folder, release_id)
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in params}
    return engine.run(sql_text(name), values)


_answered = lru_cache(maxsize=2048)(_answer)


def ask(release_id: str, name: str, **params: Any) -> pa.Table:
    """The answer of one release to the question in `<name>.sql`; lists are passed as tuples.

    Raises UnknownReleaseError for an id the lake does not hold, or whose files are damaged;
    QueryStoppedError for a question that takes too long.
    """
    return _answered(lake_dir(), release_id, name, tuple(sorted(params.items())))


def ask_unkept(release_id: str, name: str, **params: Any) -> pa.Table:
    """As `ask`, for a long answer that is kept in a smaller form, or looked at once."""
    return _answer(lake_dir(), release_id, name, tuple(sorted(params.items())))


def origin(release_id: str) -> Release:
    """The release that published what one holds, as a rollback publishes nothing; neither is opened.

    Raises UnknownReleaseError.
    """
    lake = Lake(lake_dir())
    found = lake.release(release_id)
    if found is None:
        raise UnknownReleaseError(release_id)
    while found.restored and (before := lake.release(found.restored)):
        found = before
    return found


def opened_release(release_id: str) -> Release:
    """The release or proposal of that id. Raises UnknownReleaseError."""
    return _open(lake_dir(), release_id)[0]
