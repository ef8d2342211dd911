"""The pose part of MediaPipe's current Python API, the Tasks API.

from vitruvian.mediapipe.tasks.python import BaseOptions, vision

with vision.PoseLandmarker.create_from_model_path("pose_landmarker_full.task") as landmarker:
    print(landmarker.detect(image).pose_landmarks)

MediaPipe has more and smaller modules. The table below makes the few modules of this package
importable under all of those names.
"""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType

from vitruvian.mediapipe.solutions import drawing_styles
from vitruvian.mediapipe.tasks import (
    containers,
    drawing_utils,
    image,
    options,
    pose_landmarker,
    vision,
)
from vitruvian.mediapipe.tasks.options import BaseOptions

__all__ = ["BaseOptions", "vision"]

# MediaPipe's modules below `mediapipe.tasks.python`, and the modules that stand for them here.
_MODULES = {
    "components.containers": containers,
    "components.containers.bounding_box": containers,
    "components.containers.category": containers,
    "components.containers.detections": containers,
    "components.containers.keypoint": containers,
    "components.containers.landmark": containers,
    "components.containers.landmark_detection_result": containers,
    "components.containers.rect": containers,
    "core.base_options": options,
    "vision.core.image": image,
    "vision.core.image_processing_options": options,
    "vision.core.vision_task_running_mode": options,
    "vision.drawing_styles": drawing_styles,
    "vision.drawing_utils": drawing_utils,
    "vision.pose_landmarker": pose_landmarker,
}


def _register(module: ModuleType, path: str) -> None:
    """Make a module importable as `path`, and create the packages that are missing on that path."""
    package_path, _, name = path.rpartition(".")
    if package_path not in sys.modules:
        empty = ModuleSpec(package_path, loader=None, is_package=True)
        _register(module_from_spec(empty), package_path)
    package = sys.modules[package_path]
    package.__path__ = getattr(package, "__path__", [])
    setattr(package, name, module)
    sys.modules[path] = module


for _path, _module in _MODULES.items():
    _register(_module, f"{__name__}.{_path}")
