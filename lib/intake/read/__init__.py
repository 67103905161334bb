"""Columns of texts to stored columns, each distinct text read once."""
