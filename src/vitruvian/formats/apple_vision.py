"""`vision.json`: what Apple's Vision finds, in a format of our own, as Vision has no file.

It is a list with an object for each image:

    {"image": "a.jpg", "size": [640, 480], "observations": [
        {"confidence": 1.0, "joints": {"nose": [0.5, 0.9, 0.8], …}}]}

A joint has x, y and a confidence, as `recognizedPoint` gives them: x and y are fractions of the
image's width and height from its lower left corner, and a confidence of 0 is "not found". Joints
have their names in Swift or the raw ones of `VNHumanBodyPoseObservation.JointName`; those that were
not found may be left out. examples/apple_vision.swift writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.formats.points import predicted

if TYPE_CHECKING:
    from vitruvian.formats.data_file import DataFile
    from vitruvian.formats.entries import Entry
    from vitruvian.prediction import PredictedPerson

# Each name in Swift: the raw one, and ours.
_SIDES = {
    "{side}Eye": ("{side}_eye_joint", "{side}_eye"),
    "{side}Ear": ("{side}_ear_joint", "{side}_ear"),
    "{side}Shoulder": ("{side}_shoulder_1_joint", "{side}_shoulder"),
    "{side}Elbow": ("{side}_forearm_joint", "{side}_elbow"),
    "{side}Wrist": ("{side}_hand_joint", "{side}_wrist"),
    "{side}Hip": ("{side}_upLeg_joint", "{side}_hip"),
    "{side}Knee": ("{side}_leg_joint", "{side}_knee"),
    "{side}Ankle": ("{side}_foot_joint", "{side}_ankle"),
}
_MIDDLE = {
    "nose": ("head_joint", "nose"),
    "neck": ("neck_1_joint", "neck"),
    "root": ("root", "mid_hip"),
}
JOINTS = _MIDDLE | {
    swift.format(side=side): (raw.format(side=side), ours.format(side=side))
    for swift, (raw, ours) in _SIDES.items()
    for side in ("left", "right")
}
_OURS = {name: ours for swift, (raw, ours) in JOINTS.items() for name in (swift, raw)}


def recognizes(file: DataFile) -> bool:
    """Return whether a document is a list of images with observations."""
    match file.root.value:
        case [{"image": _, "observations": _}, *_]:
            return True
    return False


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, normalized, from the upper left corner."""
    people = []
    seen = set()
    for entry in file.root:
        image = entry["image"].id()
        if image in seen:
            raise entry["image"].error("is an image for the second time: give each image once")
        seen.add(image)
        entry["size"].size()
        people += [_person(one, image) for one in entry["observations"]]
    return people


def _person(entry: Entry, image: int | str) -> PredictedPerson:
    joints: dict[str, list[float]] = {}
    for name, joint in entry["joints"].items():
        if name not in _OURS:
            raise joint.error(f"is no joint of Vision: give {', '.join(JOINTS)}")
        x, y, confidence = joint.numbers(3)
        if _OURS[name] in joints:
            raise joint.error("is given by both of its names: give one of them")
        joints[_OURS[name]] = [x, 1 - y, confidence] if confidence else [np.nan] * 3
    values = np.array(list(joints.values())).reshape(-1, 3)
    return predicted(
        image,
        list(joints),
        values[:, :2],
        values[:, 2],
        entry["confidence"].number(),
        is_normalized=True,
    )
