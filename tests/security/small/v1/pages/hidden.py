import streamlit as st

st.text("hidden")
