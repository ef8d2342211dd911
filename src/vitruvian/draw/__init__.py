"""Drawing of results on images, and of their angles as plots."""
