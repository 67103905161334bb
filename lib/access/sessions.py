"""The server's own list of sign-ins: when each began, was last used, and how it ended.

A sign-in's cookie lives for thirty days and cannot be taken back; this list can. It outlives a
restart, and an ended sign-in stays in it for as long as its cookie could come back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lib.access.database import opened

IDLE_SECONDS, WHOLE_SECONDS = 30 * 60, 8 * 3600
_KEPT_SECONDS = 31 * 24 * 3600
_NOTED_SECONDS = 20  # use within so many seconds of the last is not written again
_TABLE = """
create table if not exists sign_ins (
    key text primary key, who text not null, began real not null, used real not null,
    ended text not null default ''
)
"""
IDLE = f"超过{IDLE_SECONDS // 60}分钟没有操作，已自动退出，请重新登录。"
OVER = f"登录已满{WHOLE_SECONDS // 3600}小时，请重新登录。"
SIGNED_OUT = "您已退出登录。"


def _over(whole: float, idle: float) -> str:
    """Why a sign-in is over after so many seconds in all, and since its last use; "" where it is not."""
    if whole > WHOLE_SECONDS:
        return OVER
    return IDLE if idle > IDLE_SECONDS else ""


@dataclass(frozen=True)
class Use:
    """A use of a sign-in. ended: how it ended, "" where it holds;  first: whether it was never used before"""

    ended: str = ""
    first: bool = False


class Sessions:
    """Sign-ins in one SQLite file, shared by every process of the app."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def use(self, key: str, who: str, began: float, now: float, *, idle: bool = False) -> Use:
        """Note that a sign-in is being used; whether it holds.

        began: when the person signed in, as the provider says;  now: both in seconds since 1970
        idle: whether this is no sign that somebody is there
        A clock that was set back neither ends nor lengthens anything.
        """
        with opened(self._path, _TABLE) as db:
            row = db.execute("select began, used, ended from sign_ins where key = ?", (key,))
            held = row.fetchone()
            first = False
            start, used, ended = held or (min(began, now), now, "")
            if not ended:
                ended = _over(now - start, now - used)
            if held is None:
                db.execute("delete from sign_ins where used < ?", (now - _KEPT_SECONDS,))
                made = db.execute(
                    "insert or ignore into sign_ins values (?, ?, ?, ?, ?)",
                    (key, who, start, now, ended),
                )
                first = made.rowcount == 1
            elif ended or (not idle and now - used > _NOTED_SECONDS):
                db.execute(
                    "update sign_ins set used = max(used, ?), ended = ? where key = ? and ended = ''",
                    (used if ended else now, ended, key),
                )
        return Use(str(ended), first)

    def end(self, key: str, who: str, now: float) -> None:
        """Sign out: whoever comes with this sign-in again is refused."""
        with opened(self._path, _TABLE) as db:
            db.execute(
                "insert into sign_ins values (?, ?, ?, ?, ?) "
                "on conflict (key) do update set ended = excluded.ended where ended = ''",
                (key, who, now, now, SIGNED_OUT),
            )
