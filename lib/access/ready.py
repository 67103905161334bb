"""Whether a sign-in is set up safely: checked before the server answers anyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lib.access.people import PeopleError, people
from lib.settings import SignIn, people_file, sign_in

LEAST_BYTES = 32
# Secrets that stand in documentation, ours or others': anybody knows them.
EXAMPLES = frozenset(
    {"请换成至少32个字节的随机文字", "xxx", "changeme", "change-me", "secret", "your-secret"}
)
_NEEDED = ("redirect_uri", "client_id", "client_secret", "server_metadata_url")


def problems(auth: Mapping[str, Any] | None) -> list[str]:
    """Why the server may not start, as sentences; empty where it may.

    auth: the `[auth]` part of Streamlit's secrets.toml
    """
    try:
        way = sign_in()
    except ValueError:
        return [f"TONGBAO_SIGN_IN 只能是 {'、'.join(w for w in SignIn if w)}，或不设"]
    found = sign_in_problems(auth) if way is SignIn.OIDC else []
    if way is not SignIn.NONE:
        try:
            people(people_file())
        except PeopleError as error:
            found.append(str(error))
    return found


def sign_in_problems(auth: Mapping[str, Any] | None) -> list[str]:
    """What is wrong with the `[auth]` part of secrets.toml, as sentences; empty where it will do."""
    if not auth:
        return [
            "TONGBAO_SIGN_IN=oidc，但 .streamlit/secrets.toml 里没有 [auth]，请填写，说明见 docs/running.md"
        ]
    found = [f"secrets.toml 的 [auth] 里缺少 {name}" for name in _NEEDED if not auth.get(name)]
    secret = str(auth.get("cookie_secret") or "")
    if not secret:
        found.append("secrets.toml 的 [auth] 里缺少 cookie_secret")
    elif secret.strip().lower() in EXAMPLES or len(set(secret)) < 8:
        found.append("cookie_secret 是示例或太简单，任何人都能伪造登录，请换成随机文字")
    elif len(secret.encode()) < LEAST_BYTES:
        found.append(f"cookie_secret 只有{len(secret.encode())}个字节，至少要{LEAST_BYTES}个")
    return found
