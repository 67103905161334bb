"""A small app: who you are, a mark of your session, files of your own, and a page that breaks."""

import json
from uuid import uuid4

import streamlit as st

SECRET = "password=hunter2"


def front() -> None:
    mark = st.session_state.setdefault("mark", uuid4().hex)
    known = {key: value for key, value in st.user.to_dict().items() if key != "visit"}
    st.text(f"mark {mark}")
    st.text(f"user {json.dumps(known)}")
    st.download_button("now", f"now {mark}", "now.txt")
    st.download_button("later", lambda: f"later {mark}", "later.txt")


def broken() -> None:
    raise ValueError(SECRET)


def broken_part() -> None:
    st.fragment(broken)()


st.navigation([st.Page(front, default=True), st.Page(broken), st.Page(broken_part)]).run()
