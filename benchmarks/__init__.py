"""Measures exactness, quality, speed and memory, beside the peer where there is one."""
