"""The limit of pixels of a frame."""

from __future__ import annotations

import io
import subprocess
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.support.videos import encode, greys, mjpeg_video, noise
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

    from vitruvian.inputs.source import Frame

REFUSED = (
    r"clip\.\w+ has {pixels} pixels a frame, more than the limit of {limit}: "
    r"scale it down, or raise max_pixels\."
)


def test_a_video_of_too_large_frames_is_refused_and_can_be_permitted(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mp4", [noise(48, 64)] * 3)
    with pytest.raises(MediaError, match=REFUSED.format(pixels="3,072", limit="3,071")):
        open_source(path, options=InputOptions(max_pixels=3071))
    with open_source(path, options=InputOptions(max_pixels=3072)) as source:
        assert len([*source]) == 3


def test_square_pixels_count(tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mp4", greys(3), sample_aspect_ratio=Fraction(2))
    with pytest.raises(MediaError, match=REFUSED.format(pixels="6,144", limit="6,000")):
        open_source(path, options=InputOptions(max_pixels=6000))


@pytest.mark.parametrize("times", [2, 20])
def test_frames_that_become_too_large_are_refused(tmp_path: Path, times: int) -> None:
    images = [noise(48, 64), noise(48, 64), noise(48, 64 * times)]
    path = mjpeg_video(tmp_path / "clip.mkv", [jpeg(image) for image in images])
    assert len(read(path, InputOptions())) == 3
    if times > 2:  # the decoder refuses it
        assert len(read(path, InputOptions(max_pixels=4000))) == 2
        return
    with pytest.raises(MediaError, match=REFUSED.format(pixels="6,144", limit="4,000")):
        read(path, InputOptions(max_pixels=4000))


def jpeg(image: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG")
    return file.getvalue()


def read(path: Path, options: InputOptions) -> list[Frame]:
    with open_source(path, options=options) as source:
        return list(source)


PROGRAM = """
import re, sys
from pathlib import Path
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source
try:
    open_source(sys.argv[1])
except MediaError as error:
    print(error)
# Not getrusage, whose peak includes that of the process that started this one.
peak_kb = re.search(r"VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1]
print(int(peak_kb) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process")
@pytest.mark.parametrize("name", ["clip.avi", "clip.mkv", "clip.nut"])
def test_a_frame_is_refused_before_it_takes_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    small = jpeg(noise(480, 640))
    giant = small.replace(b"\x01\xe0\x02\x80", b"\xea\x60\xea\x60")  # 60000x60000
    assert giant != small
    mjpeg_video(path, [giant] * 3, (640, 480))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, check=True
    )
    message, megabytes = done.stdout.splitlines()
    assert message.startswith(f"{path} ")
    assert int(megabytes) < 400
