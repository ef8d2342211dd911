"""Valid images that are as large as 1.5 GB of memory allow: 50 million pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from random import Random

_PIXELS = 50_000_000
_KINDS = {".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".bmp": "BMP", ".ppm": "PPM"}
_MODES = {".jpg": ("RGB", "CMYK"), ".png": ("RGB", "RGBA", "I;16"), ".tif": ("RGB", "F", "RGBA")}


def large_image(rng: Random) -> tuple[str, bytes]:
    """Return a suffix and the content of an image."""
    suffix = rng.choice(list(_KINDS))
    width = rng.choice((2000, 7000, 12_000, 25_000))
    file = io.BytesIO()
    mode = rng.choice(_MODES.get(suffix, ("RGB",)))
    Image.new(mode, (width, _PIXELS // width)).save(file, _KINDS[suffix])
    return suffix, file.getvalue()
