"""Panels: parts of pages that have outgrown their page. They know Streamlit and hold no rules."""
