"""Spark, asked through a Spark Connect server: the same questions, where one machine is outgrown.

One session a release, opened by its first question, and again after the server was away. The server
lets go of sessions that nobody has used for an hour.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import reduce
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pyarrow as pa
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.functions import lit
from pyspark.sql.pandas.types import from_arrow_schema

from lib.engine.common import QueryStoppedError, too_long
from lib.engine.dialect import spark_sql
from lib.engine.duck import DuckEngine

_REACHED = 3.0  # seconds for the server to take a connection
_AGAIN = 0.5  # seconds between two attempts to stop a query
_SESSION = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}


class SparkEngine:
    """Answers SQL over one release, whose files every worker finds under the same paths.

    address: `sc://host:port`
    blank:   DuckDB over the same tables without a row. It refuses what is no question here either,
             and says which columns an answer has
    files, empty, views, seconds: as for `open_engine`
    """

    def __init__(
        self, address: str, blank: DuckEngine, files: Mapping[str, Sequence[str]],
        empty: Mapping[str, pa.Schema], views: Mapping[str, str], seconds: float = 20,
    ) -> None:  # fmt: skip
        self._address, self._blank, self._seconds = address, blank, seconds
        self._files, self._empty, self._views = files, empty, views
        self._opening = Lock()
        self._held: SparkSession | None = None

    def run(self, sql: str, params: Mapping[str, Any] | None = None) -> pa.Table:
        """See `Engine.run`. Raises pyspark.errors.AnalysisException for SQL that only Spark refuses."""
        columns = self._blank.columns(sql, params)
        until = monotonic() + self._seconds
        session = self._session()
        try:
            found = self._answered(session, sql, params, until)
        except (PySparkException, AssertionError):  # a server started anew knows no session
            self._forget(session)
            found = self._told(self._session(), sql, params, until)
        return pa.table(
            [column.cast(field.type) for column, field in zip(found.columns, columns, strict=True)],
            schema=columns,
        )

    def close(self) -> None:
        """Let the session go, if there is one."""
        with self._opening:
            if self._held is not None:
                self._held.stop()
            self._held = None

    def _told(
        self, session: SparkSession, sql: str, params: Mapping[str, Any] | None, until: float
    ) -> pa.Table:
        try:
            return self._answered(session, sql, params, until)
        except AnalysisException:
            raise
        except (PySparkException, AssertionError) as error:
            self._forget(session)
            raise QueryStoppedError(
                f"Spark（{self._address}）没有做完查询，已停止。请稍后再试；总是这样，请告诉管理员。"
            ) from error

    def _answered(
        self, session: SparkSession, sql: str, params: Mapping[str, Any] | None, until: float
    ) -> pa.Table:
        with _stopped_late(session, until) as late:
            try:
                return session.sql(spark_sql(sql), args=dict(params or {})).toArrow()
            except PySparkException as error:
                if late.is_set():
                    raise too_long(self._seconds) from error
                raise

    def _session(self) -> SparkSession:
        with self._opening:
            if self._held is None:
                self._held = self._opened()
            return self._held

    def _forget(self, session: SparkSession) -> None:
        with self._opening:
            if self._held is session:
                self._held = None

    def _opened(self) -> SparkSession:
        server = urlsplit(self._address)
        try:
            socket.create_connection((server.hostname, server.port), _REACHED).close()
            session = SparkSession.builder.remote(self._address).create()
            session.client.set_retry_policies([DefaultPolicy(max_retries=4, max_backoff=1000)])
            for name, value in _SESSION.items():
                session.conf.set(name, value)
            for name, paths in self._files.items():
                _rows(session, paths, self._empty[name]).createOrReplaceTempView(name)
            for name, select in self._views.items():
                session.sql(spark_sql(select)).createOrReplaceTempView(name)
        except AnalysisException as error:
            raise QueryStoppedError(
                f"Spark（{self._address}）读不到数据文件，查询没有做。请管理员检查：每台机器上数据目录的路径都要与本机相同。"
            ) from error
        except (OSError, PySparkException) as error:
            raise QueryStoppedError(
                f"连不上 Spark（{self._address}），查询没有做。请稍后再试；总是这样，请管理员看 Spark Connect 是否在运行。"
            ) from error
        return session


def _rows(session: SparkSession, paths: Sequence[str], wanted: pa.Schema) -> DataFrame:
    """The wanted columns of the files; the period is in the folder's name, what none holds is NULL."""
    stored = from_arrow_schema(pa.schema([field for field in wanted if field.name != "period"]))
    by_period: dict[str, list[str]] = {}
    for path in paths:
        by_period.setdefault(Path(path).parent.name, []).append(path)
    parts = [
        session.read.schema(stored)
        .parquet(*map(_literal, held))
        .withColumn("period", lit(unquote(folder.removeprefix("period="))))
        .select(*wanted.names)
        for folder, held in by_period.items()
    ]
    return reduce(DataFrame.unionAll, parts or [session.createDataFrame(wanted.empty_table())])


def _literal(path: str) -> str:
    """A path as it is: Hadoop reads some characters of a folder's name as a pattern."""
    return re.sub(r"([{}\[\]*?\\])", r"\\\1", path)


@contextmanager
def _stopped_late(session: SparkSession, until: float) -> Iterator[Event]:
    """What this thread asks of a session inside is stopped after a moment of `monotonic`, which sets the event."""
    tag, over, late = f"tongbao-{uuid4().hex}", Event(), Event()

    def watch() -> None:
        if over.wait(max(0.0, until - monotonic())):
            return
        late.set()
        while not over.is_set():  # a query of several steps may be between two of them
            with suppress(PySparkException):
                session.interruptTag(tag)
            over.wait(_AGAIN)

    session.addTag(tag)
    Thread(target=watch, daemon=True).start()
    try:
        yield late
    finally:
        over.set()
        session.removeTag(tag)
