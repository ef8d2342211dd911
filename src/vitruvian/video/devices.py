"""How FFmpeg opens a camera on each platform."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import av


@dataclass(frozen=True, slots=True)
class Device:
    """A camera, as FFmpeg opens it.

    Attributes:
        driver: FFmpeg's name of the input device: its "format".
        address: The camera's address for this driver.
        options: Further options of the driver.
    """

    driver: str
    address: str
    options: dict[str, str] = field(default_factory=dict)


def camera_device(number: int) -> Device:
    """Return the device of a camera of this computer, numbered from 0.

    This does not check that the camera exists: opening the device does.
    """
    if sys.platform == "win32":
        return Device("dshow", f"video={_dshow_camera_name(number)}")
    if sys.platform == "darwin":
        # Apple's cameras refuse the 29.97 frames per second that FFmpeg asks for by default.
        return Device("avfoundation", str(number), {"framerate": "30"})
    return Device("v4l2", f"/dev/video{number}")


def _dshow_camera_name(number: int) -> str:
    """Return the name of a camera on Windows, which FFmpeg needs; empty if there is none."""
    try:
        devices = av.enumerate_input_devices("dshow")
    except av.FFmpegError:
        return ""  # there is no camera at all
    names = [device.name for device in devices if "video" in device.media_types]
    return names[number] if 0 <= number < len(names) else ""
