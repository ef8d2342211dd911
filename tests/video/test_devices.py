"""Cameras of each platform."""

from __future__ import annotations

import sys
from typing import Any

import av
import numpy as np
import pytest

from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source


@pytest.mark.skipif(sys.platform != "linux", reason="the error message is that of Linux")
@pytest.mark.parametrize("source", [63, "63"])
def test_a_camera_that_does_not_exist_is_refused(source: int | str) -> None:
    with pytest.raises(MediaError, match=r"camera 63 cannot be opened \(No such .*\): check that"):
        open_source(source)


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replace the camera by FFmpeg's test pattern; return the arguments of each `av.open`."""
    real_open, asked = av.open, []

    def fake_open(address: str, **how: Any) -> Any:
        asked.append({"address": address, **how})
        return real_open("testsrc=size=64x48:rate=25", format="lavfi")

    monkeypatch.setattr(av, "open", fake_open)
    return asked


@pytest.mark.parametrize(
    ("platform", "address", "driver"),
    [("linux", "/dev/video2", "v4l2"), ("darwin", "2", "avfoundation")],
)
def test_a_camera_is_opened_with_the_driver_of_the_platform(
    camera: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    address: str,
    driver: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with open_source("2") as source:
        assert source.name == "camera 2"
        assert (source.is_live, source.frame_count, source.frame_rate) == (True, None, 25)
        frames = [frame for frame, _ in zip(source, range(5), strict=False)]
    assert (camera[0]["address"], camera[0]["format"]) == (address, driver)
    np.testing.assert_allclose([f.timestamp_s for f in frames], np.arange(5) / 25, atol=1e-6)
