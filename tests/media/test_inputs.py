"""Inputs that are no file: cameras, streams, folders; and their names."""

from __future__ import annotations

import functools
import http.server
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.films import encode, greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.media import source as media
from vitruvian.media.source import expand, open_source, stem

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.skipif(sys.platform != "linux", reason="the reasons are those of Linux")
@pytest.mark.parametrize("source", [63, "63"])
def test_no_camera(source: int | str) -> None:
    with pytest.raises(MediaError, match=r"camera 63 cannot be opened \(No such .*\): check that"):
        open_source(source)


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """FFmpeg's test card plays the camera; the list tells what it was asked for."""
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
def test_a_camera(
    camera: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    address: str,
    driver: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with open_source("2") as source:
        assert (source.name, source.stem) == ("camera 2", "camera2")
        assert (source.is_live, source.frame_count, source.frame_rate) == (True, None, 25)
        frames = [frame for frame, _ in zip(source, range(5), strict=False)]
    assert (camera[0]["address"], camera[0]["format"]) == (address, driver)
    np.testing.assert_allclose([f.timestamp_s for f in frames], np.arange(5) / 25, atol=1e-6)


def test_a_camera_that_is_not_ready_is_asked_again() -> None:
    class Container:
        asked = 0

        def demux(self, stream: str) -> Iterator[str]:
            self.asked += 1
            if self.asked < 3:
                raise av.BlockingIOError(11, "Resource temporarily unavailable")
            yield stream

    assert [*media._packets(Container(), "packet")] == ["packet"]  # type: ignore[arg-type]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None: ...

    handler = functools.partial(Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


def test_a_video_at_an_address(tmp_path: Path, server: str) -> None:
    encode(tmp_path / "film.mp4", greys(5))
    with open_source(f"http://me:secret@{server}/film.mp4?key=secret") as source:
        assert source.name == f"http://{server}/film.mp4"
        assert source.stem == f"{server}/film.mp4".translate(str.maketrans(".:/", "___"))
        assert not source.is_live
        assert greys_of([*source]) == [0, 1, 2, 3, 4]


def test_an_entry_of_a_folder_is_a_path(tmp_path: Path) -> None:
    encode(tmp_path / "film.mp4", greys(2))
    (entry,) = os.scandir(tmp_path)
    with open_source(entry) as source:
        assert (source.name, source.stem) == (entry.path, "film")


def test_nobody_at_the_address() -> None:
    with pytest.raises(MediaError, match=r"^http://127.0.0.1:9/a cannot be .* check the address"):
        open_source("http://me:secret@127.0.0.1:9/a?key=secret")
    assert media.name("http://me:secret@127.0.0.1:9/a?key=secret") == "http://127.0.0.1:9/a"
    assert [media.name(source) for source in (1, "1", Path("a@b"))] == ["camera 1"] * 2 + ["a@b"]
    with pytest.raises(MediaError, match="Protocol not found"):
        open_source("nonsense://127.0.0.1")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (0, "camera0"),
        ("1", "camera1"),
        ("folder/a.b.mp4", "a.b"),
        (Path("7"), "7"),
        ("rtsp://me:secret@cam.local:554/live/1?key=secret", "cam_local_554_live_1"),
        ("udp://@:1234", "1234"),
    ],
)
def test_stem(source: str | Path | int, expected: str) -> None:
    assert stem(source) == expected


def test_a_folder_becomes_what_is_in_it(tmp_path: Path) -> None:
    for name in ("b10.jpg", "b2.JPG", "a.mp4", "notes.txt", ".hidden.jpg", "B1.png", "4²3.mov"):
        (tmp_path / name).touch()
    (tmp_path / "folder.mp4").mkdir()
    expanded = expand(["one.mp4", tmp_path, "0", "rtsp://camera"])
    names = ["4²3.mov", "a.mp4", "B1.png", "b2.JPG", "b10.jpg"]
    assert expanded == ["one.mp4", *(tmp_path / name for name in names), "0", "rtsp://camera"]


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(MediaError, match="has no picture and no video in it: give another folder"):
        expand([tmp_path])
