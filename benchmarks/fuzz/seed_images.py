"""Small valid images of many formats, from which broken ones are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pillow_heif
from PIL import Image

from tests.support.videos import four_colors, noise

if TYPE_CHECKING:
    from pathlib import Path

_SEVERAL = {"save_all": True, "duration": 100}


def write(folder: Path) -> None:
    """Write all images, each into a folder that is named after the number of its frames."""
    pillow_heif.register_heif_opener()
    rgb = Image.fromarray(four_colors())
    frames = [rgb, Image.fromarray(noise()), rgb.rotate(180)]
    orientation = Image.Exif()
    orientation[0x0112] = 6
    deep = Image.fromarray(np.arange(48 * 64, dtype=np.uint16).reshape(48, 64))
    table: dict[str, tuple[Image.Image, dict[str, Any]]] = {
        "anim.apng": (rgb, {**_SEVERAL, "format": "PNG"}),
        "anim.avif": (rgb, _SEVERAL),
        "anim.gif": (rgb, _SEVERAL),
        "anim.webp": (rgb, _SEVERAL),
        "avif.avif": (rgb, {}),
        "bmp.bmp": (rgb, {}),
        "cmyk.jpg": (rgb.convert("CMYK"), {}),
        "deep.png": (deep, {}),
        "deep.tif": (deep, {}),
        "exif.jpg": (rgb, {"exif": orientation}),
        "exif.png": (rgb, {"exif": orientation}),
        "float.tif": (Image.fromarray(noise()[..., 0] / np.float32(255)), {}),
        "gif.gif": (rgb, {}),
        "grey.jpg": (rgb.convert("L"), {}),
        "grey.pgm": (rgb.convert("L"), {}),
        "heic.heic": (rgb, {}),
        "jp2.jp2": (rgb, {}),
        "jpeg.jpg": (rgb, {}),
        "jpeg.tif": (rgb, {"compression": "jpeg"}),
        "lzw.tif": (rgb, {"compression": "tiff_lzw"}),
        "one_bit.png": (rgb.convert("1"), {}),
        "pages.tif": (rgb, {"save_all": True}),
        "palette.png": (rgb.convert("P"), {"transparency": 0}),
        "png.png": (rgb, {}),
        "ppm.ppm": (rgb, {}),
        "progressive.jpg": (frames[1], {"progressive": True}),
        "raw.tif": (rgb, {}),
        "rgba.png": (rgb.convert("RGBA"), {}),
        "rgba.webp": (rgb.convert("RGBA"), {"lossless": True}),
        "several.heic": (rgb, {"save_all": True}),
        "webp.webp": (rgb, {}),
        "zip.tif": (rgb, {"compression": "tiff_adobe_deflate"}),
    }
    for name, (image, options) in table.items():
        several = {"append_images": frames[1:]} if "save_all" in options else {}
        # Of a HEIC, only the primary image is read.
        is_still = not several or name.endswith(".heic")
        subfolder = folder / ("1" if is_still else str(len(frames)))
        subfolder.mkdir(parents=True, exist_ok=True)
        image.save(subfolder / name, **options, **several)
