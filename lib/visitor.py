"""Who is looking at a page. Knows Streamlit; asked anew by every run, of a page or a fragment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from uuid import uuid4

import streamlit as st

from lib.access.roles import CHANGES_THE_LAKE, Action, DeniedError, Person
from lib.access.ways import Caller, Visitor, visitor
from lib.actions import opened
from lib.audit.arrivals import arrived, left
from lib.audit.recording import denied, record
from lib.audit.words import Noted
from lib.markup import plain, sentence
from lib.queries.release import QueryStoppedError
from lib.settings import SignIn, lake_dir, sign_in
from lib.store.copies import refusal
from lib.store.lake import Lake, PublishError

_P = ParamSpec("_P")
_R = TypeVar("_R")


def found() -> Visitor:
    """Who the browser of this session belongs to, now."""
    return visitor(*_caller())


def _caller() -> tuple[Caller, str]:
    """Where the messages of this session come from, and its own name for a proxy's sign-in."""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    claims = st.user.to_dict() if sign_in() is SignIn.OIDC and st.user.is_logged_in else {}
    own = st.session_state.setdefault("proxy_session", f"page-{uuid4()}")
    if headers:
        bound = str(st.get_option("server.address") or "0.0.0.0")
        here = Caller(bound, st.context.ip_address, headers, claims)
    else:  # a page run in this process: over a network every request names its host
        here = Caller("localhost", None, {}, claims)
    return here, own


def enter() -> bool:
    """Begin a run: whether somebody may see the page. Where nobody may, the reason and a way in."""
    now = found()
    arrived(now)
    st.session_state.visitor = now
    if now.person is not None:
        if refused := st.session_state.pop("denied", None):
            st.error(sentence(refused), icon=":material/lock:")
        return True
    st.error(plain(now.why), icon=":material/lock:")
    if sign_in() is SignIn.OIDC:
        if now.session:  # its cookie would come back with every message
            st.button("重新登录", on_click=st.logout, type="primary")
        else:
            st.button("登录", on_click=st.login, type="primary")
    return False


def person() -> Person:
    """Whoever is looking, asked anew: callbacks run before the frame of a page.

    Raises DeniedError where nobody may any more.
    """
    now = found()
    if now.person is None:
        raise DeniedError(now.why)
    return now.person


def require(action: Action) -> bool:
    """Whether a page may be seen by who opened it; where not, it says why, and the attempt is noted."""
    return _allowed(_check, action)


def offers(action: Action) -> bool:
    """Whether a page offers an action to who looks at it; where not, it says why. Looking is no attempt."""
    return _allowed(Person.require, action)


def _allowed(check: Callable[[Person, Action], None], action: Action) -> bool:
    try:
        check(person(), action)
    except DeniedError as error:
        st.info(sentence(error), icon=":material/lock:")
        return False
    if action in CHANGES_THE_LAKE and (refused := refusal(lake_dir())):
        st.info(plain(f"{refused}。"), icon=":material/lock:")
        return False
    return True


def check(action: Action) -> None:
    """Raise DeniedError where who looks may not do it; that they tried is noted."""
    _check(person(), action)


def _check(someone: Person, action: Action) -> None:
    """Raise DeniedError where somebody may not do it; that they tried is noted."""
    try:
        someone.require(action)
    except DeniedError as error:
        denied(someone, action, str(error))
        raise


def taken(
    make: Callable[[], bytes], name: str, release: str = "", action: Action = Action.TAKE
) -> Callable[[], bytes]:
    """A download that is made once it is asked for: whether they may is looked up then, and noted.

    name, release: for the audit log; a proposal's files are for those who may see it
    """
    caller = _caller()

    def made() -> bytes:
        now = visitor(*caller)  # outside of any run
        if now.person is None:
            raise DeniedError(now.why)
        _check(now.person, action)
        if release and opened(now.person, Lake(lake_dir()), release) is None:
            raise DeniedError(f"没有 {release}，或它是别的单位还没有发布的报送。")
        content = make()
        record(Noted.EXPORT, who=now.person, what=name, release=release)
        return content

    return made


def fragment(function: Callable[_P, _R]) -> Callable[_P, _R | None]:
    """`st.fragment` that asks who is looking before each run: fragments skip the frame of a page."""

    @st.fragment
    @wraps(function)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> _R | None:
        now = found()
        if now.person is None or now != st.session_state.visitor:
            st.rerun()  # the whole page, which says why
        return function(*args, **kwargs)

    return cast(Callable[_P, _R | None], checked)


def only(action: Action) -> Callable[[Callable[_P, None]], Callable[_P, None]]:
    """For callbacks: nothing happens, and the page says why, where the action is not allowed or refused."""

    def decorate(function: Callable[_P, None]) -> Callable[_P, None]:
        @wraps(function)
        def checked(*args: _P.args, **kwargs: _P.kwargs) -> None:
            try:
                check(action)
                function(*args, **kwargs)
            except (DeniedError, PublishError, QueryStoppedError) as error:
                st.session_state.denied = str(error)

        return checked

    return decorate


def corner() -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    if sign_in() is SignIn.NONE:
        return
    st.caption(plain(person().label))
    if sign_in() is SignIn.OIDC:
        st.button("退出登录", on_click=_sign_out)


def _sign_out() -> None:
    left(found())
    st.logout()
