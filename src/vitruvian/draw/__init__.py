"""Results as pixels."""
