"""Who may do what, and who is asking. Knows neither Streamlit nor HTTP."""
