"""A small Spark of this machine's own: a standalone master, two workers and a Connect server on loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
WORKERS = 2
_PATIENCE = 240.0  # seconds, for a process to be ready
_CONFIGURED = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    # A task in the middle of a join hears of no stop: its executor goes, and another comes.
    "spark.task.reaper.enabled": "true",
    "spark.task.reaper.killTimeout": "5s",
    "spark.connect.grpc.binding.address": "127.0.0.1",
}


def _daemon(name: str) -> list[str]:
    here = ["--host", "127.0.0.1", "--webui-port", "0"]
    return [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *here]


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Cluster:
    """Its processes write to logs in a folder of its own. `address`: what `TONGBAO_ENGINE` is set to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._master = f"spark://127.0.0.1:{(at := free_port())}"
        self._port = free_port()
        self.address = f"sc://127.0.0.1:{self._port}"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._at = str(at)

    def start(self) -> None:
        """All of it: nothing is left behind where that fails, if `stop` is called."""
        self._start("master", "New state: ALIVE", *_daemon("master.Master"), "--port", self._at)
        for n in range(WORKERS):
            self.start_worker(n)
        self.start_server()

    def start_worker(self, n: int) -> None:
        """One core, one executor; known to the master when this returns."""
        self._start(
            f"worker{n}", "Successfully registered", *_daemon("worker.Worker"),
            "--cores", "1", "--memory", "640m", "--work-dir", str(self._folder / f"work{n}"),
            self._master,
        )  # fmt: skip

    def start_server(self) -> None:
        """The Connect server, always on the same port."""
        settings = _CONFIGURED | {
            "spark.connect.grpc.binding.port": str(self._port),
            "spark.sql.warehouse.dir": str(self._folder / "warehouse"),
        }
        self._start(
            "server", "Spark Connect server started",
            str(HOME / "bin" / "spark-submit"), "--master", self._master,
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
            *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
            "spark-internal", memory="768m",
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """End `server` or `worker0` … and what it started, as a machine goes down: without a word."""
        process = self._running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def log(self, name: str) -> str:
        """What a process has said since it was last started."""
        return (self._folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End all of it."""
        for name in reversed(list(self._running)):
            self.kill(name)

    def _start(self, name: str, ready: str, *command: str, memory: str = "256m") -> None:
        environment = os.environ | {
            "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": memory,
            "LC_ALL": "C.UTF-8",  # Java knows names of files by the locale
            "SPARK_LOCAL_DIRS": str(self._folder / "local"),
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        }  # fmt: skip
        with (self._folder / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(
                command, cwd=self._folder, env=environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + _PATIENCE
        while ready not in self.log(name):
            if self._running[name].poll() is not None or time.monotonic() > until:
                raise TimeoutError(f"{name}: {self.log(name)[-2000:]}")
            time.sleep(0.2)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A started one, ended afterwards."""
    found = Cluster(folder)
    try:
        found.start()
        yield found
    finally:
        found.stop()
