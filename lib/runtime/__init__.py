"""What we know of Streamlit's runtime beneath the pages: uploads it holds, whose a session is, when parts are sent, what is answered, what breaks.

Streamlit documents little of it: what may change with a new Streamlit is here and in `lib/guards`.
"""
