"""The uploaded files Streamlit holds in memory: the one place that knows where.

It keeps every file it was ever sent until the tab is closed, whether or not a page shows it.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileManager, UploadedFileRec


def _files(manager: UploadedFileManager | None = None) -> MemoryUploadedFileManager:
    found = manager or Runtime.instance().uploaded_file_mgr
    if not isinstance(found, MemoryUploadedFileManager):
        raise TypeError("uploaded files are not held in memory")
    return found


def records(session: str) -> dict[str, UploadedFileRec]:
    """The files of one session by their ids."""
    return dict(_files().file_storage.get(session, {}))


def total() -> int:
    """The bytes of every file of every session."""
    storage = _files().file_storage
    return sum(len(one.data) for session in list(storage) for one in records(session).values())


def let_go(session: str, file: str) -> None:
    """Forget one file."""
    _files().remove_file(session, file)


def let_go_of_closed() -> None:
    """Forget the files of tabs that are closed; one that comes back has to upload again."""
    runtime, files = Runtime.instance(), _files()
    for session in list(files.file_storage):
        if not runtime.is_active_session(session):
            files.remove_session_files(session)


def keep_only(box: str, ids: set[str]) -> None:
    """Forget the files that were in a box of this page and no longer are. Called by the page."""
    run = get_script_run_ctx()
    name = f"held-{box}"
    gone = st.session_state.get(name, set()) - ids
    if run is not None:
        for file in gone:
            _files(run.uploaded_file_mgr).remove_file(run.session_id, file)
    st.session_state[name] = ids
