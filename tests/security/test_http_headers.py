"""What every answer forbids the browser: no script but ours, no other host, no frame."""

from __future__ import annotations

import re

import pytest

from lib.guards.headers import policy
from tests.security.wire import Answer, asked
from tests.server import Server

PATHS = [
    "/?release=R0001&period=2022H1",
    "/indicators?release=R0001&period=2022H1",
    "/no-such-page",
    "/assets/start.js",
    "/check",
    "/static/none.js",
    "/download/centers.csv?release=R0001&period=2022H1",
    "/download/none.csv",
    "/deck/none",
    "/healthz",
    "/_stcore/health",
    "/_stcore/metrics",
    "/media/none.png",
]
NEEDED = {
    "default-src": {"'none'"},
    "base-uri": {"'self'", "'none'"},
    "form-action": {"'self'", "'none'", None},
    "frame-ancestors": {"'none'"},
    "object-src": {"'none'", None},  # where missing, default-src holds
}


def directives(csp: str) -> dict[str, str]:
    return {
        name: values
        for part in csp.split(";")
        if part.strip()
        for name, _, values in [part.strip().partition(" ")]
    }


def problems(answer: Answer) -> list[str]:
    """What an answer lets a browser do that it must not."""
    held = answer.headers
    rules = directives(held.get("content-security-policy", ""))
    sandboxed = "sandbox" in rules
    found = [
        name
        for name, allowed in NEEDED.items()
        if rules.get(name) not in allowed and not (sandboxed and name == "base-uri")
    ]
    scripts = rules.get("script-src", rules.get("default-src", "*"))
    if not re.fullmatch(r"'none'|'self'|'sha256-[\w+/=]+'", scripts):
        found.append(f"scripts: {scripts}")
    for name, values in rules.items():
        if re.search(r"\*|https?:|(?<!\w)wss?:(?!//)", values):
            found.append(f"{name}: {values}")
    wanted = {
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "cross-origin-opener-policy": "same-origin",
    }
    found += [name for name, value in wanted.items() if held.get(name) != value]
    if held.get("referrer-policy") not in ("same-origin", "no-referrer"):
        found.append("referrer-policy")
    if "camera=()" not in held.get("permissions-policy", ""):
        found.append("permissions-policy")
    return found


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.case(54, 55, 56)
def test_every_answer_forbids_what_it_can(server: Server, path: str) -> None:
    """The second line of defence stands before every address."""
    assert problems(asked(server.url, path)) == []


@pytest.mark.case(54, 55, 56)
def test_a_refused_request_has_them_too(server: Server) -> None:
    assert problems(asked(server.url, "/", host="evil.example")) == []


@pytest.mark.broken(54, 55, 56)
def test_streamlit_alone_forbids_nothing(bare: Server) -> None:
    assert len(problems(asked(bare.url, "/"))) >= 8


OURS = policy("127.0.0.1:8501", "/")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
        ("script-src 'self'", "script-src 'self' https:"),
        ("img-src 'self'", "img-src *"),
        ("connect-src 'self' ws://127.0.0.1:8501", "connect-src 'self' ws:"),
        ("default-src 'none'; ", ""),
        ("object-src 'none'", "object-src 'self'"),
        ("frame-ancestors 'none'", "frame-ancestors 'self'"),
        ("base-uri 'self'", "base-uri *"),
        ("form-action 'self'", "form-action http://evil.example"),
    ],
)
@pytest.mark.broken(54, 55, 56)
def test_a_weaker_policy_is_found(server: Server, old: str, new: str) -> None:
    sound = asked(server.url, "/no-such-page")
    assert OURS.count(old) == 1
    weaker = {**sound.headers, "content-security-policy": OURS.replace(old, new)}
    assert problems(Answer(200, weaker, b"")) != []


@pytest.mark.parametrize(
    "header",
    [
        "content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy",
        "permissions-policy", "cross-origin-opener-policy",
    ],
)  # fmt: skip
@pytest.mark.broken(54, 55, 56)
def test_a_missing_header_is_found(server: Server, header: str) -> None:
    sound = asked(server.url, "/no-such-page")
    assert header in sound.headers
    rest = {name: value for name, value in sound.headers.items() if name != header}
    assert problems(Answer(200, rest, b"")) != []


def test_a_deck_has_a_policy_of_its_own(server: Server) -> None:
    held = directives(asked(server.url, "/deck/none").headers["content-security-policy"])
    assert re.fullmatch(r"'sha256-[\w+/=]+'", held["style-src"])
