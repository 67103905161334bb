"""简报: 总览 on one page of A4, as an editable Word file and as a PDF of the same content."""
