"""Comments on what does not add up, kept with the release: who can explain it, and how.

One file a release, `<lake>/comments/<release>.jsonl`, a line a comment, only ever added to. A line
that a crash left unfinished is passed over and counted; what follows starts on a line of its own.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from filelock import FileLock, Timeout

from lib.disk_errors import trouble
from lib.intake.words.privacy import holds_number, is_personal
from lib.store.copies import refusal
from lib.store.durable import make_folder, sync

TEXT_LIMIT, BY_LIMIT = 500, 30
_LOCK_SECONDS = 10
_RELEASE = re.compile(r"R\d+")


class CommentError(ValueError):
    """A comment that was not kept; the message is a Chinese sentence for who wrote it."""


@dataclass(frozen=True)
class Comment:
    """What a post said about a rule's outcome in one period of one release.

    at: UTC;  about: the outcome it speaks of, so that it can follow an unchanged one
    """

    release: str
    period: str
    rule: str
    at: dt.datetime
    by: str
    text: str
    about: str


class Comments:
    """The comments of one lake."""

    def __init__(self, lake: Path) -> None:
        self.folder = lake / "comments"

    def add(
        self, *, release: str, period: str, rule: str, by: str, text: str, about: str
    ) -> Comment:
        """Keep a comment; when this returns, it is on the disk. Raises CommentError."""
        by, text = by.strip(), text.strip()
        if not _RELEASE.fullmatch(release):
            raise CommentError(f"{release} 还没有发布，发布后才能写意见")
        _check(by, text)
        if refused := refusal(self.folder.parent):
            raise CommentError(refused)
        made = Comment(release, period, rule, dt.datetime.now(dt.UTC), by, text, about)
        try:
            make_folder(self.folder)
            with FileLock(self.folder / ".lock", timeout=_LOCK_SECONDS):
                _append(self._path(release), _to_line(made))
        except Timeout as error:
            raise CommentError("另一条意见还没有存完，请稍后再提交") from error
        except OSError as error:
            raise CommentError(
                f"意见没有存上：磁盘读写出错（{trouble(error)}），请稍后再提交"
            ) from error
        return made

    def of(self, releases: Sequence[str], period: str) -> tuple[Comment, ...]:
        """The readable comments of these releases on one period, oldest first."""
        found = [c for release in releases for c in self._read(release)[0] if c.period == period]
        return tuple(sorted(found, key=lambda comment: comment.at))

    def standing(
        self, release: str, earlier: Sequence[str], period: str, abouts: Mapping[str, str]
    ) -> dict[str, list[Comment]]:
        """Rule id > its comments: the release's own, and earlier ones on the very same outcome.

        abouts: rule id > its outcome in `release`
        """
        standing: dict[str, list[Comment]] = {}
        for comment in self.of((*earlier, release), period):
            if comment.release == release or comment.about == abouts.get(comment.rule):
                standing.setdefault(comment.rule, []).append(comment)
        return standing

    def unreadable(self, release: str) -> int:
        """How many lines of a release's comments a crash left unfinished."""
        return self._read(release)[1]

    def _path(self, release: str) -> Path:
        return self.folder / f"{release}.jsonl"

    def _read(self, release: str) -> tuple[list[Comment], int]:
        path = self._path(release)
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        read = [_from_line(line) for line in lines if line.strip()]
        return [comment for comment in read if comment], read.count(None)


def _check(by: str, text: str) -> None:
    if not (by and text):
        raise CommentError("请填写岗位和意见")
    if len(by) > BY_LIMIT or len(text) > TEXT_LIMIT:
        raise CommentError(
            f"岗位最多{BY_LIMIT}字、意见最多{TEXT_LIMIT}字，现在是{len(by)}字和{len(text)}字，请写短一些"
        )
    if is_personal(by) or holds_number(text):
        raise CommentError("岗位和意见里不要写姓名、电话或身份证号，请改写后再提交")


def _append(path: Path, line: bytes) -> None:
    """Add a line and bring it to the disk; an unfinished line before it stays one of its own."""
    new = not path.exists()
    with path.open("ab+") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync(path.parent)


def _to_line(comment: Comment) -> bytes:
    values = {**asdict(comment), "at": comment.at.isoformat()}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _from_line(line: bytes) -> Comment | None:
    try:
        values = json.loads(line.decode())
        known = {field.name: values[field.name] for field in fields(Comment)}
        return Comment(**{**known, "at": dt.datetime.fromisoformat(known["at"])})
    except (ValueError, KeyError, TypeError):
        return None
