"""What is answered outside of pages: rows of plain values, the same for the command line and for `/api`.

Every kind of row has a tuple of `Field`s, in their order, and a function that makes the rows. A row
is a dict with every one of its fields; what is missing is None, never 0 and never "".
"""
