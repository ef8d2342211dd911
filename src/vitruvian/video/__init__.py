"""Reading and writing of videos, cameras and streams."""
