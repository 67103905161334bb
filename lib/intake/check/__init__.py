"""What must hold between rows, and what must not be kept: sums, repeats, personal data."""
