"""The server's log: one JSON object a line on stderr, times in UTC+8, nothing secret.

Addresses are logged without their query, sessions never by their id, files never by their content.
What went wrong has a number; people are told the number only, the log has it beside the detail.
What writes the lines is imported with the first of them: a server that starts well has none to write.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import secrets
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from lib.clock import CHINA

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor

_LONGEST = 200  # characters of what a stranger sent
# A session's id opens the session.
_SESSION_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def _time(_: Any, __: str, event: EventDict) -> EventDict:
    event["time"] = dt.datetime.now(CHINA).isoformat(timespec="milliseconds")
    return event


def _named(_: Any, __: str, event: EventDict) -> EventDict:
    event["logger"] = event["_record"].name.removesuffix(".error")  # uvicorn's name for all it says
    return event


def _without_session_ids(_: Any, __: str, event: EventDict) -> EventDict:
    return {key: _SESSION_ID.sub("…", v) if isinstance(v, str) else v for key, v in event.items()}


def _common() -> list[Processor]:
    import structlog

    return [structlog.stdlib.add_log_level, _time, structlog.processors.format_exc_info]


def _line() -> list[Processor]:
    import structlog

    return [_without_session_ids, structlog.processors.JSONRenderer(ensure_ascii=False)]


class _Stderr:
    """Standard error as it is when a line is written."""

    def msg(self, line: str) -> None:
        """Write a line."""
        print(line, file=sys.stderr, flush=True)

    debug = info = warning = error = msg


@cache
def _logger() -> Any:
    import structlog

    return structlog.wrap_logger(_Stderr(), processors=[*_common(), *_line()])


class _Log:
    """structlog's logger, made when it is first used."""

    def __getattr__(self, level: str) -> Any:
        return getattr(_logger(), level)


log: Any = _Log()


def sent(text: str) -> str:
    """What a stranger sent, as it may stand in the log: short, and on one line."""
    return repr(text[:_LONGEST])


def failed(event: str, error: BaseException, **about: str) -> str:
    """Log an error in full under a number of its own; the number, for people."""
    raw = secrets.token_hex(4).upper()
    number = f"{raw[:4]}-{raw[4:]}"
    log.error(event, error_id=number, exc_info=error, **about)
    return number


class _ReportedElsewhere(logging.Filter):
    """Drops Streamlit's own report of an error of a page: ours has the number."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to keep a record."""
        return record.getMessage() != "Uncaught app execution"


@cache
def _form() -> logging.Formatter:
    import structlog

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_named, *_common()],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_line()],
    )


class _Adopted(logging.Formatter):
    """The form of our own lines."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as one of them."""
        return _form().format(record)


def adopt() -> None:
    """Let what Streamlit and its web server log have the same form."""
    logging.getLogger("streamlit.error_util").addFilter(_ReportedElsewhere())
    for name in tuple(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("streamlit", "uvicorn", "websockets"):
            for handler in logging.getLogger(name).handlers:
                handler.setFormatter(_Adopted())
