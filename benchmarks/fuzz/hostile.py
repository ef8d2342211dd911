"""Values that no caller should pass, and some do."""

from __future__ import annotations

import datetime
import io
import math
import os
import socket
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from tests.support.results import result

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from vitruvian.result import PoseResult


class _Array:
    def __array__(self, *_: object, **__: object) -> Any:
        raise RuntimeError("it cannot be an array")


class _Number:
    def __float__(self) -> float:
        raise RuntimeError("it cannot be a number")

    __index__ = __int__ = __float__  # type: ignore[assignment]


def value(rng: Random) -> object:
    """Return a hostile value for any argument."""
    return rng.choice(rng.choice((_numbers, _texts, _arrays, _others))())


def _numbers() -> list[object]:
    return [
        *(0, 1, -1, 2, 33, 1000, -(2**31), 2**31, 2**63, 2**64, 10**400, 10**5000),
        *(0.0, -0.0, 0.5, 1.0, 1.0000001, -1e-9, 1e-320, 1e308, math.inf, -math.inf, math.nan),
        *(True, False, 1j, Decimal("NaN"), Decimal("sNaN"), Decimal("0.5"), Fraction(1, 3)),
        *(np.float32("nan"), np.float16(0.5), np.int8(-1), np.uint64(2**64 - 1), np.bool_(True)),
        *(np.datetime64("NaT"), datetime.timedelta(1), _Number()),
    ]


def _texts() -> list[object]:
    return [
        *("", " ", "0", "-1", "99999999999999999999", "²", "all", "lite", "none", np.str_("lite")),
        *("\0", "a\nb\x1b[2J", "\ud800", "…", "x" * 100_000, "../../x", ".", "~", "-", "%d.png"),
        *(
            "http://",
            "://",
            "rtsp://127.0.0.1:1/",
            "file:///etc/passwd",
            "pipe:0",
            "data:,",
            "\\\\x",
        ),
        *(b"", b"\xff", bytearray(3), memoryview(b"abc"), PurePath("x")),
    ]


def _arrays() -> list[object]:
    shapes = ((), (0,), (3,), (4, 4), (0, 4, 3), (4, 4, 4), (1, 1, 3), (1, 40_000, 3), (2, 4, 4, 3))
    dtypes = ("?", "i1", "u2", "i8", "f2", "f8", "c16", "O", "U1", "S1", "M8[s]", "V3", ">u2")
    return [
        *(np.zeros(shape, np.uint8) for shape in shapes),
        *(np.zeros((4, 4, 3), dtype) for dtype in dtypes),
        np.full((4, 4, 3), np.nan, np.float32),
        np.zeros((32_766, 1, 3), np.uint8),
        np.broadcast_to(np.uint8(7), (30, 40, 3)),
        np.zeros((60, 40, 6), np.uint8)[::-2, ::-1, ::2],
        np.asfortranarray(np.zeros((30, 40, 3), np.uint8)),
        np.ma.masked_all((30, 40, 3), np.uint8),
        np.rec.array([(1, 2.0)]),
        *([[[0, 0, 0]] * 4] * 4, [[1], [1, 2]], _Array(), Image.new("RGBA", (4, 4))),
    ]


def _others() -> list[object]:
    return [
        *(None, (), (0.5, 0.5), (math.nan, 0.5), (1, 2, 3), (1, 2, "3"), [], [[]], {}, {"a": 1}),
        *(set(), frozenset({0}), range(3), slice(2), Ellipsis, NotImplemented),
        *(object(), type, int, len, print, iter([1]), (number for number in range(2))),
        *(io.BytesIO(), io.StringIO(), ValueError("x")),
    ]


def path(rng: Random, folder: Path) -> object:
    """Return what may stand for a path: files that are none, in a folder and elsewhere."""
    special = folder / "special"
    if not special.exists():
        _make_special_files(special)
    names = (
        "fifo",
        "socket",
        "dangling",
        "loop",
        "empty",
        "folder",
        "absent",
        "n" * 255,
        "n" * 300,
    )
    others = (
        "/dev/null",
        "/dev/zero",
        "/dev/full",
        "/proc/self/mem",
        "/proc/self/status",
        "/",
        ".",
    )
    return rng.choice((*(special / name for name in names), *others, "a\0b", "\ud800", "../../x"))


def pose_result(rng: Random) -> PoseResult:
    """Return a result with numbers that no network gives."""
    number = rng.choice((math.nan, math.inf, -math.inf, 1e38, -1e38, 1e-45, -1.0, 2.0, 0.0))
    people = rng.choice((0, 1, 3, 50))
    size = rng.choice(((64, 48), (1, 1), (0, 0), (32766, 1), (-5, 7), (2**31, 2**31)))
    numbers = np.full((people, 33, 3), number, np.float32)
    changes = rng.sample(("pose_landmarks", "pose_world_landmarks", "visibility", "presence"), 2)
    arrays = {name: numbers if "landmarks" in name else numbers[..., 0] for name in changes}
    masks = rng.choice((None, np.full((people, 48, 64), number, np.float32)))
    time_s = rng.choice((0.0, -1.0, math.nan, 1e300))
    return result(people, image_size=size, segmentation_masks=masks, timestamp_s=time_s, **arrays)


def _make_special_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "folder").mkdir()
    (folder / "empty").touch()
    (folder / "dangling").symlink_to("absent")
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
