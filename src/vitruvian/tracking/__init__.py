"""From frame to frame: who is followed, who is lost, who is searched."""
