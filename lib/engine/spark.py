"""Spark, asked through a Spark Connect server: the same questions, where one machine is outgrown.

One session a release, opened by its first question, and again after the server was away. The server
lets go of sessions that nobody has used for an hour.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from threading import Event, Lock, Thread
from time import sleep
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pyarrow as pa
from pyspark.errors import AnalysisException, PySparkException
from pyspark.errors.exceptions.connect import SparkConnectGrpcException
from pyspark.sql.connect.client import DefaultChannelBuilder
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.functions import lit
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from lib.engine.common import QueryStoppedError, too_long
from lib.engine.dialect import spark_sql
from lib.engine.duck import DuckEngine

_REACHED = 3.0  # seconds for the server to take a connection
_AGAIN, _TIMES = 0.5, 240  # seconds between two attempts to stop a query, and how many there are
# A new session makes a connection of its own: one that failed would not be tried again for a while.
_CHANNEL = [("grpc.use_local_subchannel_pool", 1)]
_SESSION = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}


@dataclass(frozen=True)
class _Question:
    """Spark's SQL and what is bound to it; `tag` names it to the server, `answer` is set when there is one."""

    sql: str
    params: dict[str, Any]
    tag: str = field(default_factory=lambda: f"tongbao-{uuid4().hex}")
    answer: Future[pa.Table] = field(default_factory=Future)
    stopped: Event = field(default_factory=Event)

    def rows(self, session: SparkSession) -> pa.Table:
        """What a session answers, in a thread that asks nothing else."""
        session.addTag(self.tag)
        return session.sql(self.sql, args=self.params).toArrow()


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
        question = _Question(spark_sql(sql), dict(params or {}))
        Thread(target=self._ask, args=(question,), daemon=True).start()
        try:
            rows = question.answer.result(self._seconds)
        except TimeoutError as error:  # whether or not the server hears of it
            question.stopped.set()
            Thread(target=self._stop, args=(question,), daemon=True).start()
            raise too_long(self._seconds) from error
        return pa.table(
            [column.cast(field.type) for column, field in zip(rows.columns, columns, strict=True)],
            schema=columns,
        )

    def close(self) -> None:
        """Let the session go, if there is one; a server that does not answer is not waited for."""
        self._blank.close()
        if self._opening.acquire(timeout=_REACHED):
            session, self._held = self._held, None
            self._opening.release()
            if session is not None:
                Thread(target=session.stop, daemon=True).start()

    def _ask(self, question: _Question) -> None:
        try:
            question.answer.set_result(self._answered(question))
        except Exception as error:
            question.answer.set_exception(error)

    def _answered(self, question: _Question) -> pa.Table:
        session = self._session()
        try:
            return question.rows(session)
        except PySparkException:
            if question.stopped.is_set():
                raise
            self._forget(session)  # a server started anew does not know it
        try:
            return question.rows(self._session())
        except AnalysisException:
            raise
        except PySparkException as error:
            raise QueryStoppedError(
                f"Spark（{self._address}）没有做完查询，已停止。请稍后再试；总是这样，请告诉管理员。"
            ) from error

    def _stop(self, question: _Question) -> None:
        """Tell the server until it has heard: a question of several steps may be between two of them."""
        for _ in range(_TIMES):
            if question.answer.done():
                return
            if session := self._held:
                with suppress(PySparkException):
                    session.interruptTag(question.tag)
            sleep(_AGAIN)

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
            channel = DefaultChannelBuilder(self._address, _CHANNEL)
            session = SparkSession.builder.channelBuilder(channel).create()
            session.client.set_retry_policies([DefaultPolicy(max_retries=4, max_backoff=1000)])
            for name, value in _SESSION.items():
                session.conf.set(name, value)
            for name, paths in self._files.items():
                _rows(session, paths, self._empty[name]).createOrReplaceTempView(name)
            for name, select in self._views.items():
                session.sql(spark_sql(select)).createOrReplaceTempView(name)
        except AnalysisException as error:
            raise QueryStoppedError(
                f"Spark（{self._address}）读不到数据文件，查询没有做。请管理员检查：每台机器上数据文件夹的路径都要与本机相同。"
            ) from error
        except (OSError, SparkConnectGrpcException) as error:
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
    nothing = [session.createDataFrame([], from_arrow_schema(wanted))]
    return reduce(DataFrame.unionAll, parts or nothing)


def _literal(path: str) -> str:
    """A path as it is: Hadoop reads some characters of a folder's name as a pattern."""
    return re.sub(r"([{}\[\]*?\\])", r"\\\1", path)
