"""Tokens, by which programs ask the API: each with a name, a role and an end.

A token is 32 random bytes, shown once. The list keeps its SHA-256 and its last characters, so that
who reads the list cannot use it. It lies beside the list of sign-ins: neither is part of a backup,
so no restore brings a revoked token back.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from lib.access.database import opened
from lib.access.roles import Person, Role
from lib.access.ways import Visitor
from lib.settings import data_dir

_MARK = "tb_"  # so that a token left somewhere is recognised as one
_TAIL = 4
_DAY = 24 * 3600
LONGEST_NAME = 40
_COLUMNS = "name, role, tail, issued, ends, revoked"
_TABLE = """
create table if not exists tokens (
    digest text primary key, name text not null, role text not null, tail text not null,
    issued real not null, ends real not null, revoked real
)
"""
UNKNOWN = "令牌不对，请核对是否抄全，或向管理员重新申请。"


class TokenError(Exception):
    """A token that is not issued or revoked; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Token:
    """What is known of a token. Times in seconds since 1970;  tail: its last characters

    revoked: when it was, None where it was not
    """

    name: str
    role: Role
    tail: str
    issued: float
    ends: float
    revoked: float | None = None

    def over(self, now: float) -> str:
        """Why it is no longer taken; "" where it is."""
        if self.revoked is not None:
            return f"令牌“{self.name}”已撤销，请向管理员重新申请。"
        return "" if now < self.ends else f"令牌“{self.name}”已到期，请向管理员重新申请。"

    @property
    def person(self) -> Person:
        """Who asks with it."""
        return Person(f"token:{self.name}", f"令牌“{self.name}”", self.role)


class Tokens:
    """Tokens in one SQLite file, shared by every process of the app."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def issue(self, name: str, role: Role, days: int, now: float) -> str:
        """A new token, as whoever uses it needs it; nobody can ask for it again. Raises TokenError."""
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise TokenError(f"令牌的名称要有1到{LONGEST_NAME}个字，写用途或系统，不写姓名")
        text = _MARK + secrets.token_urlsafe(32)
        made = Token(name, role, text[-_TAIL:], now, now + days * _DAY)
        with opened(self._path, _TABLE) as db:
            db.execute("begin immediate")
            if any(one.name == name and not one.over(now) for one in _all(db).values()):
                raise TokenError(f"已有名为“{name}”的令牌，请换一个名称，或先撤销它")
            values = (_digest(text), name, role, made.tail, made.issued, made.ends)
            db.execute("insert into tokens values (?, ?, ?, ?, ?, ?, null)", values)
        return text

    def revoke(self, name: str, now: float) -> None:
        """Take back the token of that name, for good. Raises TokenError where there is none that is taken."""
        with opened(self._path, _TABLE) as db:
            done = db.execute(
                "update tokens set revoked = ? where name = ? and revoked is null and ends > ?",
                (now, name.strip(), now),
            )
            if done.rowcount == 0:
                raise TokenError(f"没有有效的令牌“{name}”，可用 token list 查看")

    def all(self) -> list[Token]:
        """Every token there ever was, newest first."""
        with opened(self._path, _TABLE) as db:
            return sorted(_all(db).values(), key=lambda one: -one.issued)

    def found(self, text: str) -> Token | None:
        """The token of a text, whether it is still taken or not; how long it takes tells nothing."""
        if not self._path.exists():
            return None
        asked = _digest(text)
        with opened(self._path, _TABLE) as db:
            held = _all(db)
        matching = [one for digest, one in held.items() if compare_digest(digest, asked)]
        return matching[0] if matching else None


def tokens() -> Tokens:
    """The list of tokens in the data folder."""
    return Tokens(data_dir() / "access" / "tokens.sqlite")


def token_visitor(text: str) -> Visitor:
    """Who asks with a token, now; one that is not taken lets nobody in, whoever else they might be."""
    token = tokens().found(text)
    if token is None:
        return Visitor(None, UNKNOWN)
    why = token.over(time.time())
    return Visitor(None if why else token.person, why, account=token.person.name)


def _all(db: sqlite3.Connection) -> dict[str, Token]:
    """Digest > token."""
    rows = db.execute(f"select digest, {_COLUMNS} from tokens").fetchall()
    return {digest: Token(name, Role(role), *rest) for digest, name, role, *rest in rows}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
