"""离线网页: everything of a selection in one .html that opens in old browsers, without network or script."""
