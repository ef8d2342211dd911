"""What the user names as an input, and an open input."""
