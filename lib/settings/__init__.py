"""Where things are, and what is allowed. The only place that reads the environment.

What is set wrong, or unknown, is said at start; the server does not begin with it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from lib.settings import notices
from lib.settings.lists import parts
from lib.settings.notices import TOGETHER, Endpoints

ROOT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
_PREFIX = "TONGBAO_"
_SPARK = re.compile(r"sc://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})")
_HEADER = re.compile(r"[A-Za-z0-9-]+")
_HOST = re.compile(r"(?i)\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")


def _flag(value: str) -> str:
    return "" if value in ("0", "1") else f"应为 1（启用）或 0（不启用），现在是“{value}”"


def _folder(value: str) -> str:
    return "" if os.path.isdir(value) else f"应为一个已有的文件夹，现在是“{value}”"


def _folder_to_be(value: str) -> str:
    """A folder that may be made at first start."""
    path = Path(value).resolve()
    there = next(p for p in (path, *path.parents) if os.path.exists(p))
    if not value or not os.path.isdir(there):
        return f"应为一个文件夹，现在是“{value}”"
    return "" if os.access(there, os.W_OK) else f"文件夹“{value}”不能写入，请检查权限"


def _hosts(value: str) -> str:
    wrong = [name for name in parts(value) if not _HOST.fullmatch(name)]
    if not wrong:
        return ""
    return f"应为用逗号隔开的主机名或IP，不带 http:// 和端口，“{'”“'.join(wrong)}”不是"


def _way(value: str) -> str:
    ways = [way for way in SignIn if way]
    return "" if value in ("", *ways) else f"只能是 {'、'.join(ways)}，或不设，现在是“{value}”"


def _seconds(value: str) -> str:
    try:
        good = 0 < float(value) <= 3600
    except ValueError:
        good = False
    return "" if good else f"应为大于0、不超过3600的秒数，现在是“{value}”"


def _engine(value: str) -> str:
    if value == "duckdb":
        return ""
    spark = _SPARK.fullmatch(value)
    if not spark or not 0 < int(spark[1]) < 65536:
        return f"应为 duckdb 或 sc://主机:端口（Spark Connect），现在是“{value}”"
    missing = [name for name in ("pyspark", "sqlglot") if find_spec(name) is None]
    if not missing:
        return ""
    return (
        f"要用 Spark，但没有安装 {'、'.join(missing)}，请运行 pip install -r requirements-spark.txt"
    )


def _header(value: str) -> str:
    return "" if _HEADER.fullmatch(value) else f"应为一个请求头的名字，现在是“{value}”"


def _anything(_: str) -> str:
    return ""


# Every setting there is, and what is wrong with a value of it ("" where nothing is).
_SETTINGS: dict[str, Callable[[str], str]] = {
    "TONGBAO_DATA": _folder_to_be,
    "TONGBAO_BULLETINS": _folder,
    "TONGBAO_REVIEW": _flag,
    "TONGBAO_DEMO": _flag,
    "TONGBAO_ENGINE": _engine,
    "TONGBAO_HOSTS": _hosts,
    "TONGBAO_METRICS": _flag,
    "TONGBAO_NOTICE_AGAIN": notices.wrong_days,
    "TONGBAO_NOTICE_DINGTALK": notices.wrong_webhook,
    "TONGBAO_NOTICE_DINGTALK_SECRET": notices.wrong_secret,
    "TONGBAO_NOTICE_LINK": notices.wrong_link,
    "TONGBAO_NOTICE_MAIL_FROM": notices.wrong_mail_address,
    "TONGBAO_NOTICE_MAIL_TO": notices.wrong_mail_addresses,
    "TONGBAO_NOTICE_SMTP": notices.wrong_mail_server,
    "TONGBAO_NOTICE_WECOM": notices.wrong_webhook,
    "TONGBAO_QUERY_SECONDS": _seconds,
    "TONGBAO_SIGN_IN": _way,
    "TONGBAO_PEOPLE": _anything,  # read and checked by `lib/access`
    "TONGBAO_PROXY_HEADER": _header,
}


def wrong_settings(environment: Mapping[str, str]) -> list[str]:
    """A sentence for every setting that is unknown or set wrong."""
    found = []
    for name in sorted(name for name in environment if name.upper().startswith(_PREFIX)):
        check = _SETTINGS.get(name)
        if check is None:
            near = get_close_matches(name.upper(), _SETTINGS, n=1, cutoff=0)
            found.append(f"没有 {name} 这项设置，最接近的是 {near[0]}")
        elif problem := check(environment[name]):
            found.append(f"{name} {problem}")
        elif lacking := [other for other in TOGETHER.get(name, ()) if other not in environment]:
            found.append(f"设了 {name}，还要设 {'、'.join(lacking)}")
    return found


def stop_if_wrong() -> None:
    """Say on standard error what is set wrong and end with exit code 2; nothing where all is well."""
    wrong = wrong_settings(os.environ)
    if wrong:
        lines = "\n".join(f"- {sentence}。" for sentence in wrong)
        print(
            f"设置有误，没有启动。请改正以下环境变量再启动（说明见 docs/running.md）：\n{lines}",
            file=sys.stderr,
        )
        raise SystemExit(2)


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


def allowed_hosts() -> frozenset[str]:
    """The host names, in lower case, that the app may be asked for under."""
    return LOOPBACK | {name.lower() for name in parts(os.environ.get("TONGBAO_HOSTS", ""))}


def metrics_shown() -> bool:
    """Whether a monitor on this machine may read `/metrics`."""
    return os.environ.get("TONGBAO_METRICS") == "1"


def query_seconds() -> float:
    """How long one query may take before it is stopped."""
    return float(os.environ.get("TONGBAO_QUERY_SECONDS", "20"))


def engine_address() -> str:
    """The Spark Connect server that answers questions, `sc://host:port`; "" where DuckDB does."""
    address = os.environ.get("TONGBAO_ENGINE", "duckdb")
    return "" if address == "duckdb" else address


def notice_endpoints() -> Endpoints:
    """Where notices are sent; nowhere, unless set."""
    return notices.endpoints(os.environ)
