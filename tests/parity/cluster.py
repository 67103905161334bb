"""A small Spark of this machine's own: a standalone master, two workers and a Connect server on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
WORKERS = 2
_CONFIGURED = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.sql.shuffle.partitions": "4",
    "spark.ui.enabled": "false",
    "spark.connect.grpc.binding.address": "127.0.0.1",
}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Cluster:
    """address: what `TONGBAO_ENGINE` is set to;  workers, server: their processes"""

    address: str
    workers: list[subprocess.Popen[bytes]]
    server: subprocess.Popen[bytes]


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Started, with both workers known to the master; its files and logs are in a folder."""
    started: list[subprocess.Popen[bytes]] = []

    def start(
        name: str, ready: str, *command: str, memory: str = "256m"
    ) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": memory,
            "SPARK_LOCAL_DIRS": str(folder / "local"),
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        }  # fmt: skip
        with (folder / f"{name}.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
                )
            )
        _wait(started[-1], folder / f"{name}.log", ready)
        return started[-1]

    deploy, run = "org.apache.spark.deploy", str(HOME / "bin" / "spark-class")
    at, port = free_port(), free_port()
    try:
        where = ("--host", "127.0.0.1", "--webui-port", "0")
        master = ("--port", str(at))
        start("master", "New state: ALIVE", run, f"{deploy}.master.Master", *where, *master)
        workers = [
            start(
                f"worker{n}", "Successfully registered", run, f"{deploy}.worker.Worker", *where,
                "--cores", "1", "--memory", "640m", "--work-dir", str(folder / f"work{n}"),
                f"spark://127.0.0.1:{at}",
            )
            for n in range(WORKERS)
        ]  # fmt: skip
        settings = _CONFIGURED | {
            "spark.connect.grpc.binding.port": str(port),
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }
        server = start(
            "server", "Spark Connect server started",
            str(HOME / "bin" / "spark-submit"), "--master", f"spark://127.0.0.1:{at}",
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
            *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
            "spark-internal", memory="768m",
        )  # fmt: skip
        yield Cluster(f"sc://127.0.0.1:{port}", workers, server)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path, ready: str, seconds: float = 180) -> None:
    """Until a process says so in its log. Raises TimeoutError with the log's end."""
    until = time.monotonic() + seconds
    while ready not in (said := log.read_text(encoding="utf-8", errors="replace")):
        if process.poll() is not None or time.monotonic() > until:
            raise TimeoutError(f"{log.name}: {said[-2000:]}")
        time.sleep(0.2)
