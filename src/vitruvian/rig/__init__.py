"""A skeleton as animators have it, which moves as a person in the room does."""
