"""The suffixes of images and videos.

In a folder, the suffix decides which files are inputs, so that a damaged one is reported when it is
opened, and not left out. How a file is read depends on its content.
"""

from __future__ import annotations

import re

_IMAGE = re.compile(
    r".+\.(a?png|avifs?|bmp|dib|gif|hei[cf]s?|hif|jfif|jp2|jpe|jpe?g|jp[cfx]|j2[ck]|mpo|p[bgnp]m|"
    r"tiff?|webp)",
    re.IGNORECASE | re.DOTALL,
)
_VIDEO = re.compile(
    r".+\.(h?26[45]|3g[2p]|asf|avc|avi|divx|dv|f4v|flv|gxf|hevc|ivf|m[12]v|m2ts?|m4v|mj2|mjpe?g|"
    r"mk3d|mkv|mov|mp4|mpe?g|mpe|mpv|mts|mxf|nut|obu|og[mvx]|qt|rm|rmvb|ts|vob|webm|wmv|wtv|y4m)",
    re.IGNORECASE | re.DOTALL,
)


def is_image_name(name: str) -> bool:
    """Return whether a file of that name is an image."""
    return _IMAGE.fullmatch(name) is not None


def is_media_name(name: str) -> bool:
    """Return whether a file of that name is an image or a video."""
    return is_image_name(name) or _VIDEO.fullmatch(name) is not None
