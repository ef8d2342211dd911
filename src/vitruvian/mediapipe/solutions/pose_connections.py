"""The lines between the landmarks."""

from vitruvian.skeleton import CONNECTIONS

# A frozenset made in this order gives its lines in the order of MediaPipe's: they are drawn alike.
POSE_CONNECTIONS = frozenset(sorted(CONNECTIONS))
