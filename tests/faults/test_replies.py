"""A question of the browser while its page begins to run again: where a dropped file is to be sent, what a
download is to be fetched from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.security.tab import Tab
from tests.server import running

TIMES = 20


def for_a_file(tab: Tab, number: str) -> BackMsg:
    message = BackMsg()
    message.file_urls_request.request_id = number
    message.file_urls_request.file_names[:] = ["预警.csv"]
    return message


def for_a_download(tab: Tab, number: str) -> BackMsg:
    message = BackMsg()
    message.backend_operation_request.request_id = number
    message.backend_operation_request.session_id = tab.id
    message.backend_operation_request.deferred_file.file_id = "none"
    return message


@pytest.mark.parametrize(
    ("question", "kind", "number"),
    [
        (for_a_file, "file_urls_response", "response_id"),
        (for_a_download, "backend_operation_response", "request_id"),
    ],
)
def test_a_question_asked_as_a_run_begins_is_answered(
    tmp_path: Path, question: Callable[[Tab, str], BackMsg], kind: str, number: str
) -> None:
    with running(tmp_path) as server, Tab(server.url, "upload") as tab:
        tab.run()
        run = BackMsg()
        run.rerun_script.page_script_hash = tab.hash
        asked = set(map(str, range(TIMES)))
        for each in asked:
            tab.send(run)
            tab.send(question(tab, each))
            tab.heard("script_finished")
        answered = {getattr(getattr(message, kind), number) for message in tab.said}
        while asked - answered:
            answered.add(getattr(getattr(tab.heard(kind), kind), number))
