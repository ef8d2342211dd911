"""Drawing of results on images."""
