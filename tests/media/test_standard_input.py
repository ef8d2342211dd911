"""Images and videos that are piped into the program."""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.support.images import animation, photograph, png, saved
from tests.support.videos import encode, greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.standard_input import open_standard_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vitruvian.inputs.source import Source


def opened() -> Source:
    return open_standard_input("standard input", InputOptions())


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Return a function that pipes bytes into the program, a few at a time."""
    writers: list[threading.Thread] = []

    def put(data: bytes) -> None:
        source, sink = os.pipe()

        def write() -> None:
            with suppress(BrokenPipeError), os.fdopen(sink, "wb", buffering=0) as file:
                for start in range(0, len(data), 1000):
                    file.write(data[start : start + 1000])

        writers.append(threading.Thread(target=write))
        writers[0].start()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(os.fdopen(source, "rb")))

    yield put
    sys.stdin.close()
    for writer in writers:
        writer.join()


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_an_image_is_read(pipe: Callable[[bytes], None], kind: str) -> None:
    pipe(saved(photograph(), kind, **({"lossless": True} if kind == "WEBP" else {})))
    with opened() as source:
        assert source.name == "standard input"
        assert source.is_image
        (frame,) = source
    np.testing.assert_array_equal(frame.image, photograph())


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_read(pipe: Callable[[bytes], None], kind: str) -> None:
    pipe(animation(greys(4), kind))
    with opened() as source:
        assert greys_of([*source]) == [0, 1, 2, 3]


@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv", "avi", "ts"])
def test_a_video_is_read_and_waits_for_its_reader(
    tmp_path: Path,
    pipe: Callable[[bytes], None],
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = encode(tmp_path / f"clip.{suffix}", greys(6))
    pipe(path.read_bytes())
    with opened() as source:
        assert (source.is_image, source.is_live) == (False, False)
        assert greys_of([*source]) == [0, 1, 2, 3, 4, 5]
    assert [*(tmp_path / "temporary").iterdir()] == []


def test_a_video_that_was_not_read_to_its_end_leaves_no_file(
    tmp_path: Path, pipe: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = encode(tmp_path / "clip.mp4", greys(6))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    pipe(path.read_bytes())
    opened().close()
    assert [*(tmp_path / "temporary").iterdir()] == []


@pytest.mark.parametrize("data", [b"", b"Neither image nor video.\n" * 100, bytes(3000)])
def test_what_is_neither_image_nor_video_is_refused(
    pipe: Callable[[bytes], None], data: bytes
) -> None:
    pipe(data)
    with pytest.raises(MediaError, match=r"^standard input .*: give a complete image or video"):
        opened()


def test_a_video_without_its_end_is_refused(tmp_path: Path, pipe: Callable[[bytes], None]) -> None:
    pipe(encode(tmp_path / "clip.mp4", greys(6)).read_bytes()[:-300])
    with pytest.raises(MediaError, match=r"^standard input cannot be opened"):
        opened()


def test_too_many_pixels_are_refused_before_the_rest_arrives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, sink = os.pipe()
    with os.fdopen(sink, "wb", buffering=0) as file:
        file.write(png(30_000, 30_000, 2, b"")[:-20].ljust(600, b"\0"))  # and the pipe stays open
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(os.fdopen(source, "rb")))
        with pytest.raises(MediaError, match="900,000,000 pixels, more than the limit"):
            opened()
        sys.stdin.close()


def test_a_disk_that_is_full_is_reported(
    tmp_path: Path, pipe: Callable[[bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = encode(tmp_path / "clip.mp4", greys(6)).read_bytes()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    pipe(data)
    with pytest.raises(MediaError, match=r"standard input cannot be copied to .*: free disk"):
        opened()


def test_without_standard_input_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(MediaError, match="standard input is closed: pipe an image or a video"):
        opened()
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    with pytest.raises(MediaError, match="standard input is closed: pipe an image or a video"):
        opened()


def test_a_terminal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", terminal)
    with pytest.raises(MediaError, match="standard input is a terminal: pipe an image"):
        opened()
