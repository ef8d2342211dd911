"""Opening of any input."""
