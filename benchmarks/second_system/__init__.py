"""Other systems, run on the images of an evaluation."""
