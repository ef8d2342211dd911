"""The names of inputs for people and for output files."""

from __future__ import annotations

from pathlib import Path

import pytest

from vitruvian.inputs.names import display_name, folder_name, stem
from vitruvian.inputs.parsing import Address, ImageSeries, Input, StandardInput


@pytest.mark.parametrize(
    ("url", "name"),
    [
        # Users and passwords, also with the signs that separate the parts of an address.
        ("http://me:secret@127.0.0.1:9/a?key=secret", "http://127.0.0.1:9/a"),
        ("rtsp://me:sec/ret@camera/live", "rtsp://camera/live"),
        ("rtsp://me:sec@ret@camera/live", "rtsp://camera/live"),
        ("rtsp://me:sec%40ret@camera/live", "rtsp://camera/live"),
        ("rtsp://me:secret@camera", "rtsp://camera"),
        ("rtsp://me:12?secret@camera/live", "rtsp://…"),
        ("rtsp://me:12#secret@camera/live", "rtsp://…"),
        ("cache:http://me:secret@server/a", "http://server/a"),
        ("udp://@:1234", "udp://:1234"),
        # Queries and fragments.
        ("https://server/a#token=secret", "https://server/a"),
        ("https://server/a#token=secret?key=secret", "https://server/a"),
        ("https://server/a?key=secret@server#token=secret", "https://server/a"),
        ("https://server?key=secret", "https://server"),
        ("srt://server:9000?streamid=secret&passphrase=secret", "srt://server:9000"),
        ("https://server/photo.jpg?X-Amz-Signature=secret", "https://server/photo.jpg"),
        # Keys in paths.
        ("rtmp://server/app/secret", "rtmp://server/app"),
        ("RTMPS://server:443/app/room/secret?secret=secret", "rtmps://server:443/app"),
        ("rtmp://server/app/secret live=1", "rtmp://server/app"),
        ("http://server/live/me/secret/1234.ts", "http://server/live/…/1234.ts"),
        ("rtsps://nvr:7441/aSecret1Key2For3All", "rtsps://nvr:7441/…"),
        ("https://server/hls/a1b2secret3c4d5.m3u8", "https://server/hls/…"),
        ("rtsp://nvr/user=admin&password=secret&channel=1", "rtsp://nvr/…"),
        ("rtsp://nvr/password%3Dsecret", "rtsp://nvr/…"),
        ("rtsp://nvr/live;token=secret", "rtsp://nvr/…"),
        ("http://server/key=secret.jpg", "http://server/…"),
        ("http://127.0.0.1:secret/a", "http://127.0.0.1:…/a"),
        ("http://[fe80::1%25eth0]:8080/a", "http://[fe80::1%25eth0]:8080/a"),
        ("http://[::1/a", "http://[:…/a"),
        ("rtsp://nvr/live/2", "rtsp://nvr/live/2"),
        (
            "https://server/a/b/IMG_20260131_120000.jpg",
            "https://server/a/…/IMG_20260131_120000.jpg",
        ),
    ],
)
def test_the_names_of_an_address_hold_no_secrets(url: str, name: str) -> None:
    assert display_name(url) == name
    assert "secret" not in stem(url).lower()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (1, "camera 1"),
        ("1", "camera 1"),
        ("-", "standard input"),
        (Path("a@b"), "a@b"),
        ("file:///a/b%20c.mp4", "/a/b c.mp4"),
        ("two\nlines\x1b[2J.mp4", r"two\nlines\x1b[2J.mp4"),
        ("http://server/\x1b[2J", r"http://server/\x1b[2J"),
        (ImageSeries(Path("frames/f\t%d.png"), ()), r"frames/f\t%d.png"),
    ],
)
def test_names_for_messages(source: Input, name: str) -> None:
    assert display_name(source) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (0, "camera0"),
        ("1", "camera1"),
        (StandardInput(), "stdin"),
        ("folder/a.b.mp4", "a.b"),
        (Path("7"), "7"),
        ("rtsp://me:secret@cam.local:554/live/1?key=secret", "cam_local_554_live_1"),
        ("udp://@:1234", "1234"),
        (Address("udp://"), "stream"),
        (ImageSeries(Path("frames/frame_%04d.png"), ()), "frame"),
        (ImageSeries(Path("frames/%d_left.png"), ()), "left"),
        (ImageSeries(Path("frames/%d.png"), ()), "frames"),
    ],
)
def test_names_for_output_files(source: Input, name: str) -> None:
    assert stem(source) == name


def test_the_current_folder_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "season").mkdir()
    monkeypatch.chdir(tmp_path / "season")
    assert folder_name(Path()) == folder_name(Path("..", "season")) == "season"
    assert folder_name(Path(Path.cwd().anchor)) == "folder"
