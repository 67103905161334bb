import streamlit as st


def front() -> None:
    st.text("front")


st.navigation([st.Page(front, default=True)]).run()
