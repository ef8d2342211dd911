"""The arrays that rtmlib returns, saved by `numpy.savez`.

rtmlib has no file of its own. A file has `keypoints` (N, K, 2) in pixels and `scores` (N, K) for N
people with K points, which is 17, 26 or 133. `images` (N,) has the id or the name of each person's
image; without it, all people are in the image that the file is named after.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.formats.data_file import MAX_BYTES
from vitruvian.formats.entries import MAX_NUMBER
from vitruvian.formats.points import BY_COUNT, predicted
from vitruvian.printable import printable

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from vitruvian.formats.data_file import DataFile
    from vitruvian.prediction import PredictedPerson

_ZIP = b"PK"


def recognizes(file: DataFile) -> bool:
    """Return whether a file is an archive, as `.npz` files are."""
    return file.content.startswith(_ZIP)


def read(file: DataFile) -> list[PredictedPerson]:
    """Return the people of a file, in pixels."""
    arrays = _arrays(file)
    points, confidences = (_numbers(file, arrays, name) for name in ("keypoints", "scores"))
    if not points.size:
        return []
    names = BY_COUNT.get(points.shape[1]) if points.ndim == 3 and points.shape[2] == 2 else None
    if names is None or confidences.shape != points.shape[:2]:
        counts = ", ".join(map(str, BY_COUNT))
        raise file.error(
            f"has keypoints of the shape {points.shape} and scores of the shape "
            f"{confidences.shape}: give (N, K, 2) and (N, K), where K is one of {counts}"
        )
    images = _images(file, arrays, len(points))
    return [
        predicted(image, names, points[number], confidences[number])
        for number, image in enumerate(images)
    ]


def _arrays(file: DataFile) -> dict[str, NDArray[Any]]:
    """Return all arrays of an archive. Objects, which would have to be unpickled, are refused."""
    try:
        with np.load(io.BytesIO(file.content), allow_pickle=False) as archive:
            unpacked_bytes = sum(entry.file_size for entry in archive.zip.infolist())
            if unpacked_bytes <= MAX_BYTES:
                return dict(archive)
    except Exception as error:  # of zipfile, zlib and numpy; no list of them is complete
        raise file.error(
            f"is no archive of numeric arrays ({printable(error)}): write it with numpy.savez"
        ) from error
    raise file.error(f"unpacks to more than {MAX_BYTES >> 20} MB: write several files")


def _numbers(file: DataFile, arrays: dict[str, NDArray[Any]], name: str) -> NDArray[np.float64]:
    array = arrays.get(name)
    if array is None:
        raise file.error(
            f"has no array {name}: write numpy.savez(path, keypoints=…, scores=…) with what rtmlib "
            "returns"
        )
    if array.dtype.kind not in "iuf" or not (np.abs(array.astype(np.float64)) <= MAX_NUMBER).all():
        raise file.error(
            f"has {name} that are no numbers, NaN, or beyond {MAX_NUMBER:,.0f}: correct them"
        )
    return array.astype(np.float64)


def _images(file: DataFile, arrays: dict[str, NDArray[Any]], count: int) -> list[int | str]:
    if "images" not in arrays:
        return [file.image] * count
    images = arrays["images"]
    if images.shape != (count,) or images.dtype.kind not in "iuU":
        raise file.error(
            f"has images of the shape {images.shape} and the type {images.dtype}: give {count} "
            "names or ids, one for each person"
        )
    found: list[int | str] = images.tolist()
    return found
