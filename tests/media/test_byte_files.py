"""File objects for decoders."""

from __future__ import annotations

import io

import pytest

from vitruvian.media.byte_files import LimitedFile, ReceivedFile

DATA = bytes(range(100))


def received(limit_bytes: int = 1000, step: int = 7) -> ReceivedFile:
    chunks = (DATA[i : i + step] for i in range(0, len(DATA), step))
    return ReceivedFile(chunks, limit_bytes)


@pytest.mark.parametrize("file", [LimitedFile(io.BytesIO(DATA), 1000), received()])
def test_it_reads_and_seeks_like_a_file(file: LimitedFile | ReceivedFile) -> None:
    assert file.read(3) == DATA[:3]
    assert file.tell() == 3
    assert file.seek(90) == 90
    assert file.read(20) == DATA[90:]
    assert file.read(1) == b""
    assert file.seek(-5, io.SEEK_END) == 95
    assert file.read() == DATA[95:]
    assert file.seek(10) == 10
    assert file.seek(5, io.SEEK_CUR) == 15
    assert file.read(2) == DATA[15:17]
    assert file.read(0) == b""


@pytest.mark.parametrize("attribute", ["fileno", "name", "getvalue", "getbuffer"])
def test_decoders_cannot_map_it(attribute: str) -> None:
    assert not hasattr(LimitedFile(io.BytesIO(DATA), 10), attribute)
    assert not hasattr(received(), attribute)


def test_a_limited_file_seems_to_end_at_its_limit() -> None:
    file = LimitedFile(io.BytesIO(DATA), 10)
    assert file.read(4) == DATA[:4]
    assert file.read(8) == DATA[4:10]
    assert file.read() == b""
    file.allow(5)
    assert file.read() == DATA[10:15]


def test_a_received_file_takes_no_more_than_is_asked_for() -> None:
    chunks = iter([b"abc", b"def", b"ghi"])
    file = ReceivedFile(chunks, 1000)
    assert file.read(4) == b"abcd"
    assert next(chunks) == b"ghi"


def test_a_received_file_seems_to_end_at_its_limit() -> None:
    file = received(limit_bytes=10)
    assert file.seek(0, io.SEEK_END) == 10
    file.seek(0)
    assert file.read() == DATA[:10]
