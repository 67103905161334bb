"""The word that marks made-up figures, in files, rows, releases and on every page that shows them."""

DEMO_MARK = "演示数据"
