"""What an identity cookie is worth: after a sign-out, in a second tab, and where its key is known.

The server signs people in by OIDC; that its key is known here stands for a browser that signed in.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lib.audit.listing import matching
from lib.audit.words import Noted
from tests.security.conftest import ACCOUNTS, copied, people_file
from tests.security.tab import Tab
from tests.security.wire import asked
from tests.server import free_port, running

FILE = "/download/centers.csv?release=R0001&period=2022H1"
KNOWN = "changeme"
LOGOUT = (
    "lib/guards/visitor.py",
    "    if path == _LOGOUT:\n        left(found)\n    elif",
    "    if path == _LOGOUT:\n        pass\n    elif",
)
READY = ("app.py", 'if wrong := problems(secrets.get("auth")):', "if wrong := []:")


@dataclass(frozen=True)
class Office:
    """A server people sign in to, its data folder, and the key of its cookies."""

    url: str
    data: Path
    secret: str

    def cookie(self, name: str) -> dict[str, str]:
        """The header of a browser in which a person has just signed in, or who knows the key."""
        claims = {
            "origin": self.url, "is_logged_in": True, "sub": ACCOUNTS[name],
            "iat": int(time.time()), "nonce": secrets.token_hex(8),
        }  # fmt: skip
        made = create_signed_value(self.secret, "_streamlit_user", json.dumps(claims)).decode()
        return {"Cookie": f"_streamlit_user={made}"}


def project(folder: Path, secret: str, *broken: str) -> Path:
    """The project set up for OIDC with a key; broken: a file, what stands there, what instead."""
    root = copied(folder / "project")
    (folder / "data").mkdir()
    people_file(folder / "data", "查看", "管理")
    auth = {
        "redirect_uri": "http://127.0.0.1/oauth2callback", "cookie_secret": secret,
        "client_id": "tongbao", "client_secret": "of-the-client",
        "server_metadata_url": "http://127.0.0.1:9/.well-known/openid-configuration",
    }  # fmt: skip
    lines = [f"{name} = {json.dumps(value)}" for name, value in auth.items()]
    (root / ".streamlit" / "secrets.toml").write_text("\n".join(["[auth]", *lines]))
    if broken:
        file, old, new = broken
        whole = (root / file).read_text(encoding="utf-8")
        assert whole.count(old) == 1, f"{file} has not exactly one {old!r}"
        (root / file).write_text(whole.replace(old, new), encoding="utf-8")
    return root


@contextmanager
def office(folder: Path, secret: str, *broken: str) -> Iterator[Office]:
    """Such a project, running."""
    root = project(folder, secret, *broken)
    with running(folder, root=root, TONGBAO_SIGN_IN="oidc") as server:
        yield Office(server.url, folder / "data", secret)


def comes_in(here: Office, held: dict[str, str]) -> list[str]:
    """What a cookie opens."""
    with Tab(here.url, "staff", held) as tab:
        tab.run()
        opened = ["5: a page"] if "775人" in tab.text else []
    return opened + (["5: a file"] if asked(here.url, FILE, **held).status == 200 else [])


def left_of_a_sign_in(here: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody has who kept a cookie, or a tab, when a link of another site signed them out."""
    held = here.cookie("查看")
    with Tab(here.url, "staff", held) as tab:
        tab.run()
        assert "775人" in tab.text
        assert len(comes_in(here, held)) == 2
        asked(here.url, "/auth/logout", **held)
        tab.run()
        found = ["6: a tab that was open"] if "775人" in tab.text else []
    found += comes_in(here, held)
    monkeypatch.setenv("TONGBAO_DATA", str(here.data))
    noted = [line.event.who for line in matching(here.data / "audit", Noted.SIGN_OUT)]
    return found + ([] if noted == ["查看岗"] else [f"12: noted {noted}"])


@pytest.mark.case(5, 6, 12)
def test_a_sign_out_ends_every_copy_and_every_tab_and_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office(tmp_path, secrets.token_hex(32)) as here:
        other = here.cookie("管理")
        assert len(comes_in(here, other)) == 2
        assert left_of_a_sign_in(here, monkeypatch) == []
        assert len(comes_in(here, other)) == 2, "another sign-in is untouched"


@pytest.mark.broken(5, 6, 12)
def test_a_sign_out_that_only_takes_the_cookie_away_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office(tmp_path, secrets.token_hex(32), *LOGOUT) as here:
        assert {line[:2] for line in left_of_a_sign_in(here, monkeypatch)} == {"5:", "6:", "12"}


@pytest.mark.case(8)
def test_a_server_whose_key_is_known_does_not_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())],
        cwd=project(tmp_path, KNOWN),
        env=os.environ | {"TONGBAO_SIGN_IN": "oidc", "TONGBAO_DATA": str(tmp_path / "data")},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cookie_secret 是示例或太简单，任何人都能伪造登录" in done.stderr
    assert KNOWN not in done.stdout + done.stderr


@pytest.mark.broken(8)
def test_if_it_did_anybody_could_come_in(tmp_path: Path) -> None:
    with office(tmp_path, KNOWN, *READY) as here:
        assert len(comes_in(here, here.cookie("管理"))) == 2
