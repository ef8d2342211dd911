"""File formats for results."""
