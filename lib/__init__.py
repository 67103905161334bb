"""通报台 (Tongbao): figures in, releases out, one page for leaders.

Data flows one way::

    file > intake > store > engine/queries > insight > views > pages | meeting | documents | command line

`catalog` holds the declarations every stage reads.

- Streamlit is known to `shell`, `pages/`, `panels`, `widgets` and `visitor`, who make pages; to
  `runtime` beneath them and `guards` before them; to nobody else.
- DuckDB is known to `engine` alone.
- Under the data folder `store` writes the lake, rehearsals, templates and what is remembered of
  senders (a drop folder is read into one that it opens); `audit`, `notices` and `access` write a
  folder each of their own name; nobody else does.

`docs/how-it-works.md` says what every part is about; `tests/test_architecture.py` holds who may
import whom, and `docs/architecture.md` draws it.
"""
