"""OpenGL without a window: the context, textures, and what can be drawn into."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import click
import moderngl
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def context() -> moderngl.Context:
    """Return the context of this process, whose objects are freed when nothing refers to them.

    There is one, because what is freed is looked for in the context that was made last.

    Raises:
        click.ClickException: OpenGL 3.3 is not available.
    """
    try:
        made = moderngl.create_context(require=330, standalone=True, backend="egl")  # type: ignore[arg-type]
    except Exception as error:
        raise click.ClickException(
            f"OpenGL 3.3 is not available ({error}): install Mesa's EGL library, such as with "
            "`apt install libegl1 libgl1-mesa-dri`, or a driver of a graphics card."
        ) from error
    made.gc_mode = "auto"
    return made


def new_texture(context: moderngl.Context, pixels: NDArray[np.uint8]) -> moderngl.Texture:
    """Return a texture of pixels, (H, W, 3) RGB, that is repeated in both directions."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels).tobytes()
    texture = context.texture((width, height), 3, data, alignment=1)
    texture.build_mipmaps()
    texture.filter = moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR
    return texture


class Target:
    """Numbers for each pixel, float32, that can be drawn into, read as a texture, and fetched.

    Args:
        context: of OpenGL.
        size_px: width and height.
        channels: how many numbers a pixel has.
    """

    def __init__(self, context: moderngl.Context, size_px: tuple[int, int], channels: int) -> None:
        self.texture = context.texture(size_px, channels, dtype="f4")
        depth = context.depth_renderbuffer(size_px)
        self.framebuffer = context.framebuffer([self.texture], depth)

    def fetch(self, channels: int) -> NDArray[np.float32]:
        """Return the first channels, (H, W, channels) float32."""
        width, height = self.framebuffer.size
        values = np.frombuffer(self.framebuffer.read(components=channels, dtype="f4"), np.float32)
        return values.reshape(height, width, channels)[::-1]  # OpenGL's first row is the lowest


def as_bytes(matrix: NDArray[np.float64]) -> bytes:
    """Return a matrix as OpenGL stores it: float32, column by column."""
    return np.ascontiguousarray(matrix.T, np.float32).tobytes()
