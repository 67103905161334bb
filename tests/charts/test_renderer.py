"""The process that draws charts: what it leaves to ours, and what becomes of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lib.charts.renderer import NotDrawnError, Renderer

ROOT = Path(__file__).resolve().parents[2]
# Draws in a process that then goes away without a word, and tells its child's number.
ALONE = """
import os, sys
import pyarrow as pa
from lib.charts.renderer import RENDERER
from lib.charts.svg import svg
svg("pairs", pa.table({"部门": ["甲"], "类别": ["预警"], "件数": [3]}), 1, dark=True, width=600)
print(RENDERER._child.pid, "vl_convert" in sys.modules, flush=True)
os._exit(0)
"""

# The child, whose engine has something to say before it has drawn.
TALKS = """
import os, runpy, vl_convert
drawn = vl_convert.vegalite_to_svg
def talks(*words, **options):
    os.write(1, b'{"svg": "what the engine says"}\\n')
    return drawn(*words, **options)
vl_convert.vegalite_to_svg = talks
runpy.run_path(%r, run_name="__main__")
"""


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    """A renderer of the test's own."""
    made = Renderer()
    yield made
    made.close()


def bars(name: str) -> dict[str, object]:
    """The spec of one bar that is called so."""
    return {
        "data": {"values": [{"部门": name, "件数": 3}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "件数", "type": "quantitative"},
            "y": {"field": "部门", "type": "nominal"},
        },
    }


def pid(renderer: Renderer) -> int:
    """The number of its child, which there is."""
    assert renderer._child
    return renderer._child.pid


def wait_for(seen: Callable[[], bool]) -> None:
    """Until it is so."""
    end = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def ended(number: int) -> bool:
    """Whether the process of that number has ended, whoever has yet to ask how."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


def test_one_child_draws_for_many_at_once_each_its_own(renderer: Renderer) -> None:
    names = [f"部门{n}" for n in range(60)]
    first = renderer.svg(bars("头一个"), {})
    child = pid(renderer)
    with ThreadPoolExecutor(8) as many:
        made = list(many.map(lambda name: renderer.svg(bars(name), {}), names))
    assert [name for name in names if f">{name}<" in made[names.index(name)]] == names
    assert "头一个" in first
    assert pid(renderer) == child


def test_a_child_that_was_killed_is_replaced_and_draws_the_same(renderer: Renderer) -> None:
    before, child = renderer.svg(bars("市教育局"), {}), pid(renderer)
    os.kill(child, signal.SIGKILL)
    assert renderer.svg(bars("市教育局"), {}) == before
    assert pid(renderer) != child
    assert ended(child)


def test_a_child_that_is_killed_at_its_work_is_replaced(renderer: Renderer) -> None:
    before, child = renderer.svg(bars("市教育局"), {}), pid(renderer)
    os.kill(child, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as other:
        drawn = other.submit(renderer.svg, bars("市教育局"), {})
        wait_for(renderer._lock.locked)
        os.kill(child, signal.SIGKILL)
        assert drawn.result() == before


def test_a_child_nobody_wants_gives_its_memory_back() -> None:
    renderer = Renderer(kept=1)
    before, child = renderer.svg(bars("市教育局"), {}), pid(renderer)
    wait_for(lambda: ended(child))
    assert renderer.svg(bars("市教育局"), {}) == before
    assert pid(renderer) != child
    renderer.close()


def test_what_cannot_be_drawn_is_said_and_the_next_is_drawn(renderer: Renderer) -> None:
    with pytest.raises(ValueError, match="conversion failed"):
        renderer.svg({"mark": 3, "data": {"values": []}}, {})
    assert "市教育局" in renderer.svg(bars("市教育局"), {})


def test_a_drawing_that_takes_too_long_is_stopped_and_the_next_is_drawn(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, child = renderer.svg(bars("市教育局"), {}), pid(renderer)
    monkeypatch.setattr("lib.charts.renderer._PATIENCE", 1)
    os.kill(child, signal.SIGSTOP)
    with pytest.raises(NotDrawnError, match="1秒内没有画完"):
        renderer.svg(bars("市教育局"), {})
    assert ended(child)
    monkeypatch.undo()
    assert renderer.svg(bars("市教育局"), {}) == before


def test_where_no_process_starts_it_says_so(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(NotDrawnError, match="画图的程序起不来：文件或文件夹不存在"):
        renderer.svg(bars("市教育局"), {})


def test_a_drawing_that_is_broken_off_leaves_no_answer_for_the_next(renderer: Renderer) -> None:
    def break_off() -> None:
        wait_for(renderer._lock.locked)
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGUSR1)
        os.kill(child, signal.SIGCONT)

    before, child = renderer.svg(bars("市教育局"), {}), pid(renderer)
    os.kill(child, signal.SIGSTOP)
    held = signal.signal(signal.SIGUSR1, signal.default_int_handler)
    try:
        with ThreadPoolExecutor(1) as other:
            other.submit(break_off)
            with pytest.raises(KeyboardInterrupt):
                renderer.svg(bars("市科技局"), {})
    finally:
        signal.signal(signal.SIGUSR1, held)
    assert renderer.svg(bars("市教育局"), {}) == before


@pytest.mark.parametrize("child", ["", "print('{', end='')"], ids=["no child", "half an answer"])
def test_where_nothing_can_be_drawn_it_says_so_and_waits_for_nobody(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, child: str
) -> None:
    script = tmp_path / "child.py"
    if child:
        script.write_text(child)
    monkeypatch.setattr("lib.charts.renderer._CHILD", script)
    with pytest.raises(NotDrawnError, match=r"画图的程序两次中断，退出代码 [02]）"):
        renderer.svg(bars("市教育局"), {})
    monkeypatch.undo()
    assert "市教育局" in renderer.svg(bars("市教育局"), {})


def test_what_the_engine_prints_is_no_chart(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "child.py"
    script.write_text(TALKS % str(ROOT / "lib" / "charts" / "renderer_child.py"))
    monkeypatch.setattr("lib.charts.renderer._CHILD", script)
    assert "市教育局" in renderer.svg(bars("市教育局"), {})
    assert "市科技局" in renderer.svg(bars("市科技局"), {})


def test_a_chart_fetches_nothing(renderer: Renderer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/rows.json"
        with pytest.raises(ValueError, match="rows"):
            renderer.svg(bars("甲") | {"data": {"url": address}}, {})
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_the_engine_is_never_in_our_process_and_its_child_goes_with_it() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    ).stdout.split()  # fmt: skip
    assert told[1] == "False"
    wait_for(lambda: ended(int(told[0])))
