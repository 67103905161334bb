"""How pages, routes and commands put lines into the log.

`record` notes what has happened and lets it stand where the log cannot be written; `recorded`
notes beforehand what must not happen unnoted, and how it ended.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lib.access.roles import MACHINE, Person
from lib.audit.entry import Event
from lib.audit.log import AuditError, AuditLog
from lib.audit.words import Noted, Result
from lib.logs import log
from lib.settings import data_dir

Who = Person | str
_AGAIN_SECONDS = 600
_MOST_TOLD = 1_000


@dataclass
class Outcome:
    """What `recorded` notes at the end; whoever acts fills in the release it made."""

    release: str = ""


def audit_log() -> AuditLog:
    """The log of this installation."""
    return AuditLog(data_dir() / "audit")


def record(
    action: Noted,
    *,
    who: Who,
    what: str,
    post: str = "",
    release: str = "",
    result: Result = Result.DONE,
    reason: str = "",
) -> bool:
    """Note what happened; whether the line is on the disk. Where it is not, the server's log says why.

    who: a person, or the label of whatever is none;  post: what they typed as their post
    reason: why not, where it was not done
    """
    name, role = _named(who, post)
    try:
        audit_log().append(Event(action, name, what, role, release, result, reason))
    except AuditError as error:
        log.error("not in the audit log", action=str(action), why=str(error))
        return False
    return True


def denied(who: Who, what: str, reason: str, now: float | None = None) -> None:
    """Note that somebody asked for what is not theirs: once in ten minutes, however often they ask.

    now: seconds on any clock that runs on
    """
    if not _told_lately(who, what, now):
        record(Noted.DENIED, who=who, what=what, result=Result.REFUSED, reason=reason)


def fetched(who: Who, what: str, release: str, now: float | None = None) -> None:
    """Note that a program fetches figures of a release: once in ten minutes, however often it does."""
    if not _told_lately(who, f"{what} {release}", now):
        record(Noted.EXPORT, who=who, what=what, release=release)


def _told_lately(who: Who, what: str, now: float | None) -> bool:
    """Whether the same was told within ten minutes; where not, it is from now on."""
    at, key = now if now is not None else time.monotonic(), (_named(who, ""), what)
    with _told_lock:
        if at - _told.get(key, -math.inf) < _AGAIN_SECONDS:
            return True
        _told.pop(key, None)
        _told[key] = at
        if len(_told) > _MOST_TOLD:
            del _told[next(iter(_told))]  # the oldest
    return False


_told: dict[tuple[tuple[str, str], str], float] = {}
_told_lock = threading.Lock()


@contextmanager
def recorded(
    action: Noted, *, who: Who, what: str, refusal: type[Exception], post: str = ""
) -> Iterator[Outcome]:
    """Note an action before it happens and how it ended; a kill in between leaves the first line.

    refusal: what the action raises with a sentence for people; of anything else only the name is kept.
    It is raised, before anything happens, where the log cannot be written, too.
    """
    name, role = _named(who, post)
    try:
        audit_log().append(Event(action, name, what, role, result=Result.STARTED))
    except AuditError as error:
        raise refusal(f"{error}；{action}要先记日志，所以没有{action}，线上没有变化") from error
    outcome = Outcome()
    try:
        yield outcome
    except BaseException as error:
        refused = isinstance(error, refusal)
        record(
            action, who=who, what=what, post=post, reason=str(error) if refused else type(error).__name__,
            result=Result.REFUSED if refused else Result.FAILED,
        )  # fmt: skip
        raise
    record(action, who=who, what=what, post=post, release=outcome.release)


def _named(who: Who, post: str) -> tuple[str, str]:
    """The name and the role a line holds; on a machine where nobody signs in, the post says more."""
    post = post.strip()
    if isinstance(who, str):
        return who.strip() or MACHINE.name, ""
    if who.id == MACHINE.id:
        return post or who.name, who.role
    return (f"{who.name}（{post}）" if post else who.name), who.role
