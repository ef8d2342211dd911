"""Inputs to files."""
