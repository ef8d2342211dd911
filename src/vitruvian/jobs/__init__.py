"""From inputs to files."""
