"""What is measured beside 预警台账 at every size: the servers, and what their pages show."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from browser import PLAIN, ROOT, App, Side
from closed_loop import Use, use_dash, use_streamlit

sys.path.insert(0, str(ROOT / "bench" / "peers"))

PEERS = str(ROOT / ".venv-peers" / "bin" / "python")
LIYANG = "溧阳市"
EMPTY, OURS = "空页面", "预警台账"
PANEL = [
    "-m", "panel", "serve", "{script}", "--address", "127.0.0.1", "--port", "{port}", "--liveness",
]  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """One server and its page. `slow`: its time grows with the cases; `use`: how fifty sessions use it."""

    name: str
    app: App
    path: str
    shows: tuple[str, str]  # of the total: its selector, and the words before the number
    filter: str
    charts: int
    slow: bool = False
    use: Use | None = None

    @property
    def url(self) -> str:
        """Its page."""
        return f"http://127.0.0.1:{self.app.port}/{self.path}"

    def side(self, total: str, chosen: str) -> Side:
        """The page as it is watched, where it says `total` at first and `chosen` for 溧阳市."""
        selector, before = self.shows
        says = [f"bench.shows('{selector}', '{before}{total}')"]
        says.append(f"bench.shows('{selector}', '{before}{chosen}', '{before}{total}')")
        if self.name == EMPTY:
            says = [f"bench.shows('{selector}', '空页面 {what}')" for what in ("全部", "乙")]
        option = "乙" if self.name == EMPTY else LIYANG
        return Side(
            self.name, self.path, self.app.port, says[0], (self.filter, option), says[1],
            (self.charts, self.charts), 300 if self.slow else 20,
        )  # fmt: skip


def _streamlit(name: str, port: int, how: str) -> Peer:
    app = App("bench/peers/streamlit_caseload.py", port, "/_stcore/health", [*PLAIN, "--", how])
    shows = ("[data-testid=stMetricValue]", "")
    return Peer(name, app, "", shows, ".st-key-district", 3, slow=True)


def _dash(name: str, port: int, *how: str) -> Peer:
    app = App("bench/peers/dash_caseload.py", port, "/", ["{script}", *how], PEERS)
    slow = how[0] == "cases"
    return Peer(
        name, app, "", ("#cards", "办件总数 "), "#district", 3, slow, None if slow else use_dash
    )


_PEERS = (
    Peer(EMPTY, App("bench/peers/empty_page.py", 8630, "/_stcore/health", PLAIN), "", (".stMarkdown", ""), ".st-key-filter", 0),
    Peer(OURS, App("app.py", 8631, "/healthz"), "caseload", (".tb-card-total", ""), ".st-key-district", -1, use=use_streamlit),
    _dash("Dash, cube (express)", 8632, "cube", "px"),
    _dash("Dash, cube (objects)", 8633, "cube", "go"),
    Peer("Panel, cube", App("bench/peers/panel_caseload.py", 8634, "/liveness", PANEL, PEERS), "panel_caseload", (".card", "办件总数 "), ".district", 3),
    _streamlit("Streamlit, DuckDB a rerun", 8635, "duckdb"),
    _dash("Dash, DuckDB", 8636, "cases", "px"),
    _streamlit("Streamlit, pandas", 8637, "pandas"),
)  # fmt: skip


def peers(data: Path) -> Sequence[Peer]:
    """All of them, over the lake of a data folder."""
    told = {"BENCH_LAKE": str(data / "lake"), "TONGBAO_DATA": str(data), "TONGBAO_DEMO": "1"}
    return [replace(peer, app=replace(peer.app, environment=told)) for peer in _PEERS]
