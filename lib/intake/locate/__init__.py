"""Where the table stands in a grid and what its columns are; its rows as texts with their places."""
