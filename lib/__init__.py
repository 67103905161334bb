"""通报台 (Tongbao): figures in, releases out, one page for leaders.

Data flows one way::

    file > intake > store > engine/queries > insight > pages | charts | documents | command line

`catalog` holds the declarations every stage reads. Only `shell.py`, `pages/`, `panels`, `widgets.py`,
`pacing.py`, `failures.py` and `visits.py` know Streamlit, only `engine` knows DuckDB, only `store`
writes.
`tests/test_architecture.py` holds these arrows.
"""
