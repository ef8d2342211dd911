"""Runtimes for the networks."""
