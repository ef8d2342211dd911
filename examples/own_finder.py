"""Let another detector find the people, and Vitruvian their landmarks.

The argument is an image or a video. The detector is a classical one that OpenCV contains. It needs
no weights, but it only finds people who stand and are seen as a whole: put a better one in its
place, such as a network that you already use.
"""

import sys
from typing import Any

import cv2
import numpy as np

import vitruvian

MIN_WEIGHT = 0.4  # of a detection; lower ones are often nobody


class StandingPeople:
    """Finds standing people by histograms of gradients (Dalal and Triggs, 2005)."""

    def __init__(self) -> None:
        self.detector = cv2.HOGDescriptor()
        self.detector.setSVMDetector(cv2.HOGDescriptor.getDefaultPeopleDetector())

    def __call__(self, image: np.ndarray) -> Any:
        """Return left, top, right and bottom of each box in pixels, (N, 4)."""
        found, weights = self.detector.detectMultiScale(cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
        boxes = np.reshape(found, (-1, 4))[np.reshape(weights, -1) >= MIN_WEIGHT]
        # OpenCV gives left, top, width and height.
        return np.column_stack((boxes[:, :2], boxes[:, :2] + boxes[:, 2:]))


def main(source: str = "samples/jumping_jacks.mp4") -> None:
    """Count the people, at first without the finder, and then with it."""
    for name, finder in (("Without", None), ("With", StandingPeople())):
        # search="frame" searches no tiles, because the finder sees small people, too.
        results = vitruvian.track(source, num_poses="all", search="frame", finder=finder)
        counts = [len(result) for result in results]
        print(f"{name} the finder: {sum(counts) / len(counts):.1f} people in a frame")


if __name__ == "__main__":
    main(*sys.argv[1:])
