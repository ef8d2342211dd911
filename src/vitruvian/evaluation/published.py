"""The figures of MediaPipe's page. Those of quality are of images that were never published.

https://github.com/google-ai-edge/mediapipe/blob/master/docs/solutions/pose.md,
"Pose Estimation Quality"
"""

from __future__ import annotations

from vitruvian.evaluation.table import Column, Table

_GROUPS = ("Yoga", "Dance", "HIIT")
_AP_AND_PCK = {
    "BlazePose.Heavy": ((68.1, 96.4), (73.0, 97.2), (74.0, 97.5)),
    "BlazePose.Full": ((62.6, 95.5), (67.4, 96.3), (68.0, 95.7)),
    "BlazePose.Lite": ((45.0, 90.2), (53.6, 92.5), (53.8, 93.5)),
    "AlphaPose.ResNet50": ((63.4, 96.0), (57.8, 95.5), (63.4, 96.0)),
    "Apple.Vision": ((32.8, 82.7), (36.4, 91.4), (44.5, 88.6)),
}
# By the machine, then by the model.
LATENCIES_MS = {
    "Pixel 3, GPU": {"heavy": 53, "full": 25, "lite": 20},
    "MacBook Pro (15-inch, 2017)": {"heavy": 38, "full": 27, "lite": 25},
}

NOTE = (
    "These are the figures of MediaPipe's page. They are of other images, which were never "
    "published, so no number here can be compared with one above."
)


def published_table() -> Table:
    """Return the page's table."""
    columns = [
        Column(f"{group} {metric}", [row[number][part] for row in _AP_AND_PCK.values()])
        for number, group in enumerate(_GROUPS)
        for part, metric in enumerate(("mAP", "PCK@0.2"))
    ]
    return Table(tuple(_AP_AND_PCK), columns)
