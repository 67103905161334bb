"""通报台 for machines without internet: one archive with everything, and what runs it there.

`python -m install.build` makes the archives. `start.py`, `start.sh`, `start.bat`, `tongbao.service`
and `nginx.conf` are not of the app: they travel beside it.
"""
