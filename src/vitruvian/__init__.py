"""Finds people in images and video: a new implementation of MediaPipe Pose.

    import vitruvian

    for result in vitruvian.track("dance.mp4"):      # every frame of a video
        for person in result:
            print(result.timestamp_s, person.landmarks_px[0, vitruvian.PoseLandmark.NOSE])

Find people    Pose, track (a video, a camera, a stream), detect (images), Profile (their time)
Results        PoseResult, PoseLandmark, LANDMARK_NAMES, CONNECTIONS
Keep results   Recording (every result of one input), load
Read, draw     frames, VideoWriter, annotate, Trails
Errors         VitruvianError and its subclasses, such as OptionError and MediaError

Programs for MediaPipe run with `import vitruvian.mediapipe as mp`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# A name imported "as" itself is public. There is no `__all__`, because with it `help` would print
# the whole package.
from vitruvian.errors import ClosedError as ClosedError
from vitruvian.errors import CopyError as CopyError
from vitruvian.errors import EngineError as EngineError
from vitruvian.errors import EvaluationError as EvaluationError
from vitruvian.errors import FinderError as FinderError
from vitruvian.errors import FrameError as FrameError
from vitruvian.errors import MediaError as MediaError
from vitruvian.errors import MissingLibraryError as MissingLibraryError
from vitruvian.errors import OptionError as OptionError
from vitruvian.errors import OutputError as OutputError
from vitruvian.errors import PersonError as PersonError
from vitruvian.errors import RecordingError as RecordingError
from vitruvian.errors import TimestampError as TimestampError
from vitruvian.errors import VitruvianError as VitruvianError
from vitruvian.errors import WeightsError as WeightsError
from vitruvian.profile import Profile as Profile
from vitruvian.result import PoseResult as PoseResult
from vitruvian.skeleton import CONNECTIONS as CONNECTIONS
from vitruvian.skeleton import LANDMARK_NAMES as LANDMARK_NAMES
from vitruvian.skeleton import PoseLandmark as PoseLandmark
from vitruvian.version import __version__ as __version__

if TYPE_CHECKING:
    from vitruvian.api import detect as detect
    from vitruvian.api import frames as frames
    from vitruvian.api import track as track
    from vitruvian.draw.annotate import annotate as annotate
    from vitruvian.draw.trails import Trails as Trails
    from vitruvian.pose import Pose as Pose
    from vitruvian.recording import Recording as Recording
    from vitruvian.recording import load as load
    from vitruvian.video.writer import VideoWriter as VideoWriter

# These bring FFmpeg and a runtime along, so they load when they are first used.
_LAZY = {
    "Pose": "vitruvian.pose",
    "Recording": "vitruvian.recording",
    "Trails": "vitruvian.draw.trails",
    "VideoWriter": "vitruvian.video.writer",
    "annotate": "vitruvian.draw.annotate",
    "detect": "vitruvian.api",
    "frames": "vitruvian.api",
    "load": "vitruvian.recording",
    "track": "vitruvian.api",
}
_EAGER = (
    *("CONNECTIONS", "LANDMARK_NAMES", "PoseLandmark", "PoseResult", "Profile"),
    *("ClosedError", "CopyError", "EngineError", "EvaluationError", "FinderError", "FrameError"),
    *("MediaError", "MissingLibraryError", "OptionError", "OutputError", "PersonError"),
    *("RecordingError", "TimestampError", "VitruvianError", "WeightsError"),
)


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'vitruvian' has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)


def __dir__() -> list[str]:
    return sorted((*_EAGER, *_LAZY))
