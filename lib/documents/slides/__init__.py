"""会议材料: slides with native charts, made of the view objects the pages show.

`plan` says which slides there are, as data; `bars` turns a view's marks into what a chart holds;
`layouts`, `texts`, `native` and `deck` put them into a .pptx.
"""
