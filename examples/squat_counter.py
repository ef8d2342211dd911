"""Count squats or jumping jacks in a video, from the angle of a joint.

The arguments are the exercise, "squats" or "jumping-jacks", and the video.
"""

import sys
from collections.abc import Iterable, Iterator

import numpy as np

import vitruvian
from vitruvian import PoseLandmark

# The joint is the second of three landmarks. Its angle at rest, and that at the turning point, in
# degrees. A straight knee measures 150° to 170°.
EXERCISES = {
    "squats": (("HIP", "KNEE", "ANKLE"), 140, 100),
    "jumping-jacks": (("HIP", "SHOULDER", "ELBOW"), 40, 130),
}


def angle_deg(person: vitruvian.PoseResult, joint: tuple[str, str, str]) -> float:
    """Return the angle of a joint in degrees, on the side of the body that is better visible."""
    left, right = ([PoseLandmark[f"{side}_{name}"] for name in joint] for side in ("LEFT", "RIGHT"))
    side = max(left, right, key=lambda landmarks: person.visibility[0, landmarks].min())
    # World landmarks are in 3D, so the angle does not depend on where the camera stands.
    before, middle, after = person.pose_world_landmarks[0, side]
    one, other = before - middle, after - middle
    cosine = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def repetitions(
    angles: Iterable[tuple[float, float]], rest_deg: float, turn_deg: float
) -> Iterator[float]:
    """Yield the time at which each repetition ends, from pairs of a time and an angle.

    With one threshold, an angle that trembles around it would count many times. With two, a
    repetition counts when the angle has passed the turning point and is back at rest.
    """
    has_turned = False
    for time_s, angle in angles:
        progress = (angle - rest_deg) / (turn_deg - rest_deg)
        if progress <= 0 and has_turned:
            yield time_s
        has_turned = progress >= 1 or (has_turned and progress > 0)


def main(exercise: str = "jumping-jacks", source: str = "samples/jumping_jacks.mp4") -> None:
    """Print the time of each repetition, and their number."""
    (joint, rest_deg, turn_deg), count = EXERCISES[exercise], 0
    results = vitruvian.track(source)
    angles = ((r.timestamp_s, angle_deg(r, joint)) for r in results if len(r))
    for count, time_s in enumerate(repetitions(angles, rest_deg, turn_deg), start=1):
        print(f"{time_s:6.2f} s: {count}")
    print(f"{count} {exercise}")


if __name__ == "__main__":
    main(*sys.argv[1:])
