"""The landmarks as markers, under the names that the OpenSim model of Pose2Sim has for them.

Names: github.com/perfanalytics/pose2sim, Pose2Sim/OpenSim_Setup/Markers_BlazePose.xml. The model
has 25 of the landmarks. The others are named in the same way.
"""

from __future__ import annotations

# In the order of the landmarks.
MARKER_NAMES = (
    "Nose", "LEyeInner", "LEye", "LEyeOuter", "REyeInner", "REye", "REyeOuter", "LEar", "REar",
    "LMouth", "RMouth", "LShoulder", "RShoulder", "LElbow", "RElbow", "LWrist", "RWrist", "LPinky",
    "RPinky", "LIndex", "RIndex", "LThumb", "RThumb", "LHip", "RHip", "LKnee", "RKnee", "LAnkle",
    "RAnkle", "LHeel", "RHeel", "LBigToe", "RBigToe",
)  # fmt: skip
_NOT_IN_MODEL = {
    *("LEyeInner", "LEyeOuter", "REyeInner", "REyeOuter", "LEar", "REar", "LMouth", "RMouth"),
}
# The landmarks that the model has, 25 of 33.
MODEL_LANDMARKS = tuple(
    landmark for landmark, name in enumerate(MARKER_NAMES) if name not in _NOT_IN_MODEL
)
