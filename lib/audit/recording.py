"""How pages, routes and commands put lines into the log.

`record` notes what has happened and lets it stand where the log cannot be written; `recorded`
notes beforehand what must not happen unnoted, and how it ended.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lib.audit.actions import Action, Result
from lib.audit.entry import Event
from lib.audit.log import AuditError, AuditLog
from lib.settings import data_dir

NOBODY = "本机"  # who acts where nobody said who they are

log = logging.getLogger("tongbao")


@dataclass
class Outcome:
    """What `recorded` notes at the end; whoever acts fills in the release it made."""

    release: str = ""


def audit_log() -> AuditLog:
    """The log of this installation."""
    return AuditLog(data_dir() / "audit")


def record(
    action: Action,
    *,
    who: str,
    what: str,
    role: str = "",
    release: str = "",
    result: Result = Result.DONE,
    reason: str = "",
) -> bool:
    """Note what happened; whether the line is on the disk. Where it is not, the server's log says why.

    who: a post or an account's label, "" for nobody known;  reason: why not, where it was not done
    """
    try:
        audit_log().append(
            Event(action, who.strip() or NOBODY, what, role, release, result, reason)
        )
    except AuditError as error:
        log.error("not in the audit log: action=%s why=%s", action, error)  # noqa: TRY400
        return False
    return True


@contextmanager
def recorded(
    action: Action, *, who: str, what: str, refusal: type[Exception], role: str = ""
) -> Iterator[Outcome]:
    """Note an action before it happens and how it ended; a kill in between leaves the first line.

    refusal: what the action raises with a sentence for people; of anything else only the name is kept
    Raises AuditError, before anything happens, where the log cannot be written.
    """
    who = who.strip() or NOBODY
    try:
        audit_log().append(Event(action, who, what, role, result=Result.STARTED))
    except AuditError as error:
        raise AuditError(f"{error}；{action}要先记日志，所以没有{action}，线上没有变化") from error
    outcome = Outcome()
    try:
        yield outcome
    except BaseException as error:
        refused = isinstance(error, refusal)
        record(
            action, who=who, what=what, role=role, reason=str(error) if refused else type(error).__name__,
            result=Result.REFUSED if refused else Result.FAILED,
        )  # fmt: skip
        raise
    record(action, who=who, what=what, role=role, release=outcome.release)
