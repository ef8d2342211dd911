"""What can be computed of a recording, without a model."""
