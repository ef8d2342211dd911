"""The weights that are pinned: their names, sizes and hashes, and where each source has them."""

from __future__ import annotations

from dataclasses import dataclass

from vitruvian.errors import OptionError


@dataclass(frozen=True)
class WeightsFile:
    """One file of weights.

    Attributes:
        name: the file's name without `.tflite`.
        size_bytes: the pinned size.
        sha256: the pinned SHA-256, in hexadecimal.
        address: the rest of the address after `sources.STORAGE`.
        wheel_member: the path in the wheel `sources.WHEEL`; None if it does not have the file.
        npm_member: the path in `sources.NPM_PACKAGE`; None if it does not have the file.
    """

    name: str
    size_bytes: int
    sha256: str
    address: str
    wheel_member: str | None
    npm_member: str | None


WEIGHTS: dict[str, WeightsFile] = {
    file.name: file
    for file in (
        WeightsFile(
            name="pose_detection",
            size_bytes=2_959_046,
            sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
            address="tasks/testdata/vision/pose_detection.tflite?generation=1782185215901406",
            wheel_member="mediapipe/modules/pose_detection/pose_detection.tflite",
            npm_member=None,
        ),
        WeightsFile(
            name="pose_landmark_lite",
            size_bytes=2_819_824,
            sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
            address="modules/pose_landmark/pose_landmark_lite.tflite?generation=1782183674047673",
            wheel_member=None,
            npm_member="package/pose_landmark_lite.tflite",
        ),
        WeightsFile(
            name="pose_landmark_full",
            size_bytes=6_440_512,
            sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
            address="modules/pose_landmark/pose_landmark_full.tflite?generation=1782183658450386",
            wheel_member="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
            npm_member="package/pose_landmark_full.tflite",
        ),
        WeightsFile(
            name="pose_landmark_heavy",
            size_bytes=27_709_200,
            sha256="59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
            address="modules/pose_landmark/pose_landmark_heavy.tflite?generation=1782183666398574",
            wheel_member=None,
            npm_member="package/pose_landmark_heavy.tflite",
        ),
    )
}


def pinned(name: str) -> WeightsFile:
    """Return the entry of `WEIGHTS` with that name.

    Raises:
        OptionError: `WEIGHTS` has no such entry.
    """
    if name not in WEIGHTS:
        raise OptionError(f"No weights are called {name!r}: give one of {', '.join(WEIGHTS)}.")
    return WEIGHTS[name]
