"""The people of the drawn benchmark, without what they do and where they are.

`Body(Shape(...))` is a person, and its method `posed` puts it into a pose.
"""

from .body import Body, PosedBody
from .clothes import Outfit
from .rig import BonePose, Rig, rest_pose
from .shape import Shape
from .surface import Part, normals

__all__ = [
    "Body",
    "BonePose",
    "Outfit",
    "Part",
    "PosedBody",
    "Rig",
    "Shape",
    "normals",
    "rest_pose",
]
