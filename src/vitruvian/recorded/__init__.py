"""The results of one input, kept: as arrays in memory, or in blocks that need not fit into it."""
