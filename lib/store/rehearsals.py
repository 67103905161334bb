"""Rehearsals of a meeting: which slides of which release, in which order, with what to say.

One small JSON file each under `<data>/rehearsals`; a saved one never changes what it is pinned to
unless somebody saves it anew.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from lib.catalog.periods import parse_period
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.clock import CHINA
from lib.intake.words.privacy import holds_number
from lib.store.durable import put_bytes
from lib.store.one_writer import one_writer

_ID = re.compile(r"M\d{6}-[0-9a-f]{6}")
_RELEASE = re.compile(r"R\d{4,9}")
_SLIDE = re.compile(r"[a-z_]+(:[A-Za-z0-9_.-]+)?")
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
MOST_SLIDES, LONGEST_TITLE, LONGEST_BY, LONGEST_NOTES = 1000, 60, 40, 2000
SHORTEST_SECONDS, LONGEST_SECONDS = 3, 3600


class RehearsalError(ValueError):
    """A rehearsal that cannot be kept or read; the message is a Chinese sentence for people."""


@dataclass(frozen=True)
class Planned:
    """One slide as planned: what to say beside it, and how long it stays when turning by itself."""

    slide: str
    notes: str = ""
    seconds: int = 60
    shown: bool = True


@dataclass(frozen=True)
class Rehearsal:
    """A meeting as rehearsed. `id` and `saved_at` are given by `Rehearsals.save`.

    districts, departments: the chosen filters; empty means all
    slides: in the order they are shown; those that are not shown keep their notes
    by: a post, not a person
    """

    title: str
    release_id: str
    period: str
    districts: tuple[str, ...]
    departments: tuple[str, ...]
    slides: tuple[Planned, ...]
    by: str
    id: str = ""
    saved_at: dt.datetime = NEVER

    @property
    def shown(self) -> tuple[Planned, ...]:
        """The slides of the meeting, in order."""
        return tuple(planned for planned in self.slides if planned.shown)

    @property
    def saved(self) -> str:
        """For people: when it was saved, Beijing time."""
        return f"{self.saved_at.astimezone(CHINA):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Listing:
    """Every readable rehearsal, newest first, and a sentence for each file that is not."""

    rehearsals: tuple[Rehearsal, ...]
    damaged: tuple[str, ...]


class Rehearsals:
    """The rehearsals under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Listing:
        """What is kept; a damaged file is named and left where it is."""
        found, damaged = [], []
        for path in sorted(self.folder.glob("M*.json")):
            try:
                found.append(_read(path))
            except FileNotFoundError:
                continue  # deleted meanwhile
            except RehearsalError as error:
                damaged.append(str(error))
        newest = sorted(found, key=lambda r: (r.saved_at, r.id), reverse=True)
        return Listing(tuple(newest), tuple(damaged))

    def get(self, rehearsal_id: str) -> Rehearsal | None:
        """The rehearsal of that id, or None. Raises RehearsalError where its file is damaged."""
        try:
            return _read(self._path(rehearsal_id)) if _ID.fullmatch(rehearsal_id) else None
        except FileNotFoundError:
            return None

    def save(self, rehearsal: Rehearsal) -> Rehearsal:
        """Keep a rehearsal, new or changed, and return it as kept.

        One that has an id replaces the version it was made from.
        Raises RehearsalError where it may not be kept, and where somebody else saved since.
        """
        _check(rehearsal)
        with one_writer(self.folder, "排练", RehearsalError):
            if rehearsal.id:
                self._check_same(rehearsal)
            now = dt.datetime.now(dt.UTC)
            name = rehearsal.id or f"M{now.astimezone(CHINA):%y%m%d}-{uuid4().hex[:6]}"
            kept = replace(rehearsal, id=name, saved_at=now)
            put_bytes(self._path(name), _to_json(kept))
        return kept

    def delete(self, rehearsal_id: str) -> None:
        """Remove a rehearsal; one that is gone already is no error. Raises RehearsalError."""
        if _ID.fullmatch(rehearsal_id):
            with one_writer(self.folder, "排练", RehearsalError):
                self._path(rehearsal_id).unlink(missing_ok=True)

    def _path(self, rehearsal_id: str) -> Path:
        return self.folder / f"{rehearsal_id}.json"

    def _check_same(self, rehearsal: Rehearsal) -> None:
        held = self.get(rehearsal.id)
        if held is None:
            raise RehearsalError("这份排练已被删除；要保留现在的内容，请用“另存为新排练”")
        if held.saved_at != rehearsal.saved_at:
            raise RehearsalError(
                f"这份排练刚被{held.by}改过（{held.saved}），没有覆盖；请用“另存为新排练”，或重新打开后再改"
            )


def _check(rehearsal: Rehearsal) -> None:
    """Raises RehearsalError where something is missing, out of bounds or personal."""
    if not rehearsal.title.strip() or not rehearsal.by.strip():
        raise RehearsalError("请填写标题和岗位")
    if not _RELEASE.fullmatch(rehearsal.release_id):
        raise RehearsalError("预览中的报送还没有发布，数字可能变化，不能用来排练")
    if not rehearsal.shown:
        raise RehearsalError("至少要展示一页")
    _check_text("标题", rehearsal.title, LONGEST_TITLE)
    _check_text("岗位", rehearsal.by, LONGEST_BY)
    for n, planned in enumerate(rehearsal.slides, 1):
        _check_text(f"第{n}行的讲稿", planned.notes, LONGEST_NOTES)
        if not SHORTEST_SECONDS <= planned.seconds <= LONGEST_SECONDS:
            raise RehearsalError(f"第{n}行的秒数要在{SHORTEST_SECONDS}到{LONGEST_SECONDS}之间")


def _check_text(what: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise RehearsalError(f"{what}有{len(text)}字，最多{longest}字")
    if holds_number(text):
        raise RehearsalError(f"{what}里不要写电话、身份证号、邮箱或联系人姓名，请改后再保存")


def _to_json(rehearsal: Rehearsal) -> bytes:
    values = {**asdict(rehearsal), "saved_at": rehearsal.saved_at.isoformat()}
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _read(path: Path) -> Rehearsal:
    """Raises RehearsalError where the file is not a rehearsal of that name, FileNotFoundError."""
    try:
        found = _from_json(json.loads(path.read_bytes()))
        _require(found.id == path.stem)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RehearsalError(
            f"排练文件 {path.name} 已损坏，没有读入；请从备份恢复，或删除这个文件"
        ) from error
    return found


def _from_json(values: dict[str, Any]) -> Rehearsal:
    """Raises ValueError, KeyError or TypeError where anything is not as `save` writes it."""
    slides = tuple(_planned(item) for item in _list(values["slides"]))
    made = Rehearsal(
        _text(values["title"]), _text(values["release_id"]), _text(values["period"]),
        tuple(map(_text, _list(values["districts"]))),
        tuple(map(_text, _list(values["departments"]))),
        slides, _text(values["by"]), _text(values["id"]),
        dt.datetime.fromisoformat(_text(values["saved_at"])),
    )  # fmt: skip
    _require(_ID.fullmatch(made.id) and _RELEASE.fullmatch(made.release_id))
    _require(parse_period(made.period) and made.saved_at.tzinfo)
    _require(set(made.districts) <= set(DISTRICT_IDS))
    _require(set(made.departments) <= set(DEPARTMENT_IDS))
    _require(made.title.strip() and made.shown and len(slides) <= MOST_SLIDES)
    return made


def _planned(values: dict[str, Any]) -> Planned:
    made = Planned(
        _text(values["slide"]), _text(values["notes"]), values["seconds"], values["shown"]
    )
    _require(_SLIDE.fullmatch(made.slide))
    _require(type(made.seconds) is int and type(made.shown) is bool)
    _require(SHORTEST_SECONDS <= made.seconds <= LONGEST_SECONDS)
    return made


def _require(holds: object) -> None:
    if not holds:
        raise ValueError("not as saved")


def _text(value: object) -> str:
    _require(isinstance(value, str))
    return str(value)


def _list(value: object) -> list[Any]:
    _require(isinstance(value, list))
    assert isinstance(value, list)
    return value
