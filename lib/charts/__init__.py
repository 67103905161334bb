"""Charts: one typed Altair expression each, as a constant Vega-Lite spec without data.

A spec is made once a process; what travels on a rerun is the Arrow table beside it. Colours say
the same everywhere: `palette.py`. The data columns each chart needs are in its docstring.
"""
