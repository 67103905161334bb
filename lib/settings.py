"""Where things are. The only place that reads the environment.

`TONGBAO_DATA` moves the data folder (default: `data/` beside the app).
`TONGBAO_REVIEW=1` makes a second person publish what a first one submitted.
`TONGBAO_DEMO=1` lets made-up figures be published; without it they are refused.
`TONGBAO_SIGN_IN=oidc` or `proxy` makes people sign in; without it whoever sits at this machine is
管理, and whoever comes over the network may only look.
`TONGBAO_PEOPLE` is the list of people (default: `people.toml` in the data folder).
`TONGBAO_PROXY_HEADER` is where a proxy names who it let in (default: `X-Remote-User`).
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """The folder that holds `bulletins/`, `lake/` and what people upload."""
    return Path(os.environ.get("TONGBAO_DATA", ROOT / "data")).resolve()


def lake_dir() -> Path:
    """The folder of the released tables; may be copied elsewhere as it is."""
    return data_dir() / "lake"


def bulletins_dir() -> Path:
    """The shipped figures, one folder a period, in the upload templates."""
    return Path(os.environ.get("TONGBAO_BULLETINS", ROOT / "data" / "bulletins")).resolve()


def demo_allowed() -> bool:
    """Whether made-up figures may be published here."""
    return os.environ.get("TONGBAO_DEMO") == "1"


def review_required() -> bool:
    """Whether publishing takes two: 提交 and 复核."""
    return os.environ.get("TONGBAO_REVIEW") == "1"


class SignIn(StrEnum):
    """How people sign in; the values of `TONGBAO_SIGN_IN`."""

    NONE = ""
    OIDC = "oidc"
    PROXY = "proxy"


def sign_in() -> SignIn:
    """How people sign in. Raises ValueError for a value that is none of the ways."""
    return SignIn(os.environ.get("TONGBAO_SIGN_IN", ""))


def people_file() -> Path:
    """The list of people and their roles."""
    return Path(os.environ.get("TONGBAO_PEOPLE", data_dir() / "people.toml")).resolve()


def proxy_header() -> str:
    """The header in which a proxy on this machine names who it let in."""
    return os.environ.get("TONGBAO_PROXY_HEADER", "X-Remote-User")
