"""`mp.solutions.pose_connections`: the pairs of landmarks that are connected by a line."""

from vitruvian.skeleton import CONNECTIONS

# Built in this order, the frozenset iterates in the same order as MediaPipe's, so that lines that
# cross are drawn in the same order.
POSE_CONNECTIONS = frozenset(sorted(CONNECTIONS))
