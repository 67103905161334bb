"""What a file is: its type, its encoding, its sheets as grids of text."""
