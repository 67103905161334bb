"""The three ways in, and who comes by each.

1. Nobody signs in and the server is bound to this machine: whoever sits at it is 管理.
2. Nobody signs in and the server is on the network: everybody may look, nobody may change.
3. People sign in, by OIDC or at a proxy on this machine that names them in a header.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from lib.access.people import PeopleError, people
from lib.access.roles import MACHINE, VISITOR, Person
from lib.access.sessions import Sessions, Use
from lib.logs import log
from lib.settings import SignIn, data_dir, people_file, proxy_header, sign_in

_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
# The claims of an identity token that are of one sign-in; a page and a request know other ones, too.
_OF_A_SIGN_IN = ("iss", "sub", "iat", "auth_time", "nonce", "at_hash", "sid", "jti")
SIGN_IN_FIRST = "请先登录。"
LIST_WRONG = "人员名单有误，暂时不能登录，请联系管理员。"


@dataclass(frozen=True)
class Caller:
    """What the server knows of a request.

    bound:   the address the server listens on;  peer: the address it came from, None or loopback
             where that is this machine
    headers: names in lower case > value
    claims:  of a verified identity token, empty where nobody signed in by OIDC
    """

    bound: str
    peer: str | None
    headers: Mapping[str, str]
    claims: Mapping[str, Any]


@dataclass(frozen=True)
class Visitor:
    """A person, or why nobody may come in.

    session: the sign-in, "" where there is none;  fresh: whether it was never seen before
    account: what the sign-in names, known or not
    """

    person: Person | None
    why: str = ""
    session: str = ""
    account: str = ""
    fresh: bool = field(default=False, compare=False)


def visitor(caller: Caller, proxy_session: str = "", *, idle: bool = False) -> Visitor:
    """Who a caller is, now: the list of people and of sign-ins is asked every time.

    proxy_session: an open page's own name where a proxy signs people in, so that it ends like any
                   sign-in; "" for a single request, which the proxy has just let through
    idle: nobody need be there for this request: it does not keep the sign-in alive
    """
    way = sign_in()
    if way is SignIn.NONE:
        return Visitor(MACHINE if _is_local(caller) else VISITOR)
    if way is SignIn.OIDC:
        if not caller.claims:
            return Visitor(None, SIGN_IN_FIRST)
        key = session_key(caller.claims)
        began = float(caller.claims.get("iat") or 0)
        return _known(account(caller.claims), key, began, idle=idle)
    if not (_is_loopback(caller.bound) and _is_loopback(caller.peer)):
        return Visitor(None, "只接受经本机代理登录的访问，请从统一入口打开。")
    named = caller.headers.get(proxy_header().lower(), "").strip().lower()
    if not named:
        return Visitor(None, "代理没有给出登录的账号，请从统一入口重新打开。")
    return _known(named, proxy_session, time.time(), idle=idle)


def session_key(claims: Mapping[str, Any]) -> str:
    """A name for one sign-in: the same for every copy of its cookie, and for no other."""
    kept = {name: claims.get(name) for name in _OF_A_SIGN_IN}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()


def asked_from_here(peer: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a request came from this machine, and no proxy sent it on for somebody else.

    peer:    the address it came from, None where that is no network
    headers: names in lower case, or in any where they are looked up in any
    """
    return _is_loopback(peer) and not any(name in headers for name in _FORWARDED)


def account(claims: Mapping[str, Any]) -> str:
    """The account of an identity token: its verified e-mail address, else its subject."""
    email = claims.get("email") if claims.get("email_verified") else None
    return str(email or claims.get("sub") or "").strip().lower()


def sessions() -> Sessions:
    """The list of sign-ins in the data folder."""
    return Sessions(data_dir() / "access" / "sign-ins.sqlite")


def leave(found: Visitor) -> None:
    """Sign out: this sign-in is refused from the next message on, wherever it is open."""
    if found.session:
        sessions().end(found.session, found.person.id if found.person else "", time.time())


def _known(named: str, key: str, began: float, *, idle: bool) -> Visitor:
    use = sessions().use(key, named, began, time.time(), idle=idle) if key else Use()
    if use.ended:
        return Visitor(None, use.ended, key, named, use.first)
    try:
        person = people(people_file()).get(named)
    except PeopleError as error:  # which entry is wrong is for the administrator alone
        log.error("people", said=str(error))
        return Visitor(None, LIST_WRONG, key, named, use.first)
    if person is None:
        why = f"账号 {named} 还没有开通，请联系管理员加入人员名单。"
        return Visitor(None, why, key, named, use.first)
    return Visitor(person, "", key, named, use.first)


def _is_local(caller: Caller) -> bool:
    return _is_loopback(caller.bound) and asked_from_here(caller.peer, caller.headers)


def _is_loopback(address: str | None) -> bool:
    if address is None or address in _LOOPBACK_NAMES:
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
