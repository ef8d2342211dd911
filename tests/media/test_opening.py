"""What an input is, and addresses."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from tests.support.videos import encode, four_colors, greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.media.opening import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_the_content_decides_what_a_file_is(tmp_path: Path) -> None:
    still, video = tmp_path / "ein Bild, 日本.mp4", tmp_path / "50%: clip.jpg"
    still.write_bytes(cv2.imencode(".png", four_colors())[1].tobytes())
    encode(tmp_path / "clip.mp4", greys(3)).rename(video)
    with open_source(still) as source:
        assert source.is_image
    with open_source(str(video)) as source:
        assert not source.is_image
        assert len(list(source)) == 3


@pytest.mark.parametrize(("codec", "pix_fmt"), [("gif", "rgb8"), ("apng", "rgb24")])
def test_an_animation_is_a_video(tmp_path: Path, codec: str, pix_fmt: str) -> None:
    path = encode(tmp_path / f"animation.{codec}", greys(4), codec, pix_fmt)
    path = path.rename(tmp_path / "animation.png")
    with open_source(path) as source:
        assert not source.is_image
        frames = list(source)
    np.testing.assert_allclose([frame.timestamp_s for frame in frames], [0, 0.1, 0.2, 0.3])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    handler = functools.partial(Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_a_video_at_an_address_is_read(tmp_path: Path, server: str) -> None:
    encode(tmp_path / "clip.mp4", greys(5))
    with open_source(f"http://me:secret@{server}/clip.mp4?key=secret") as source:
        assert source.name == f"http://{server}/clip.mp4"
        assert source.stem == f"{server}/clip.mp4".translate(str.maketrans(".:/", "___"))
        assert not source.is_live
        assert greys_of([*source]) == [0, 1, 2, 3, 4]


def test_an_entry_of_os_scandir_is_a_path(tmp_path: Path) -> None:
    encode(tmp_path / "clip.mp4", greys(2))
    (entry,) = os.scandir(tmp_path)
    with open_source(entry) as source:
        assert (source.name, source.stem) == (entry.path, "clip")


def test_an_address_that_does_not_answer_is_reported() -> None:
    with pytest.raises(MediaError, match=r"^http://127.0.0.1:9/a cannot be .* check the address"):
        open_source("http://me:secret@127.0.0.1:9/a?key=secret")
    with pytest.raises(MediaError, match="Protocol not found"):
        open_source("nonsense://127.0.0.1")
