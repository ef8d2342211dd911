"""Measurements of exactness, quality, speed and memory, next to MediaPipe where it applies."""
