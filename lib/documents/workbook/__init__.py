"""数据册: one sheet a topic, real numbers beside the words, live totals, the row every figure came from.

`cells` says what a sheet holds, as data; `wide`, `long`, `lists` and `checks` make sheets;
`writer` and `book` put them into an .xlsx.
"""
