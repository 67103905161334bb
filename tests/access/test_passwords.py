"""Passwords are the provider's: the app asks for none, keeps none, and notes whom it refused."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.access.ways import Caller, Visitor, visitor
from lib.audit.arrivals import arrived
from lib.audit.listing import matching
from lib.audit.recording import audit_log
from lib.audit.words import Noted, Result
from lib.settings import ROOT

KEEPERS = {"getpass", "bcrypt", "argon2", "passlib", "crypt"}
HASHES = {"pbkdf2_hmac", "scrypt"}
FIELDS = {"password", "current-password", "new-password"}


def asks_for_a_password(source: str) -> list[str]:
    """Where Python code lets somebody type a password, or hashes one to keep it."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.keyword(arg="type" | "autocomplete", value=ast.Constant(value=str(kind))):
                found += [kind] if kind in FIELDS else []
            case ast.Constant(value=str(text)) if "<input" in text and "password" in text:
                found.append(text)
            case ast.Import(names=names):
                found += [name.name for name in names if name.name.split(".")[0] in KEEPERS]
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in KEEPERS:
                found.append(module)
            case ast.Attribute(attr=name) | ast.alias(name=name) if name in HASHES:
                found.append(name)
    return found


@pytest.mark.case(14)
def test_the_app_asks_for_no_password_and_keeps_none() -> None:
    files = [*(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    assert len(files) > 100
    held = {p.name: asks_for_a_password(p.read_text(encoding="utf-8")) for p in files}
    assert {name: found for name, found in held.items() if found} == {}


@pytest.mark.broken(14)
@pytest.mark.parametrize(
    "source",
    [
        "st.text_input('密码', type='password')", "st.html('<input type=\"password\">')",
        "from passlib.hash import argon2", "import bcrypt", "hashlib.scrypt(word, salt=b'')",
        "from hashlib import pbkdf2_hmac", "st.text_input('口令', autocomplete='current-password')",
    ],
)  # fmt: skip
def test_a_password_of_the_app_s_own_is_found(source: str) -> None:
    assert asks_for_a_password(source)


def refused_in_vain(arrive: Callable[[Visitor], None]) -> list[str]:
    """Whom the log says was refused, after ten sign-ins of an account that is not on the list."""
    now = int(time.time())
    for number in range(10):
        claims = {"is_logged_in": True, "sub": "nobody", "iat": now - number}
        for _message in range(2):  # the second of the same sign-in is no sign-in
            found = visitor(Caller("127.0.0.1", "127.0.0.1", {}, claims))
            assert found.person is None
            arrive(found)
    noted = [entry.event for entry in matching(audit_log().folder, Noted.SIGN_IN)]
    return [event.who for event in noted if event.result == Result.REFUSED]


def only_whom_it_lets_in(found: Visitor) -> None:
    """A note that forgets those who were refused."""
    if found.person is not None:
        arrived(found)


@pytest.fixture
def signing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.toml").write_text("people = []", encoding="utf-8")
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")


@pytest.mark.case(14)
@pytest.mark.usefixtures("signing_in")
def test_every_refused_sign_in_is_in_the_log_once() -> None:
    assert refused_in_vain(arrived) == ["nobody"] * 10


@pytest.mark.broken(14)
@pytest.mark.usefixtures("signing_in")
def test_a_log_of_those_let_in_only_is_found_out() -> None:
    assert refused_in_vain(only_whom_it_lets_in) != ["nobody"] * 10
