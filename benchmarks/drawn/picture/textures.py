"""Patterns of walls, floors and things, each made from a random generator and two colours.

Each returns (512, 512, 3) uint8 RGB that continues at its edges.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]
    Rgb = tuple[float, float, float]
    Pattern = Callable[[np.random.Generator, Rgb, Rgb], NDArray[np.uint8]]

_SIDE = 512
_VARIANTS = 4


def clouds(rng: np.random.Generator, roughness: float) -> Float64:
    """Return noise, (512, 512), with mean 0 and deviation 1, that continues at its edges.

    Its spectrum falls with the frequency to the power of the roughness: 0 is white noise, and 2
    makes clouds. Noise takes long to make, so it is one of a few, moved and mirrored.
    """
    noise = noise_of(roughness, int(rng.integers(_VARIANTS)))
    moved = np.roll(noise, rng.integers(_SIDE, size=2), axis=(0, 1))
    return moved if rng.random() < 0.5 else moved.T


@cache
def noise_of(roughness: float, variant: int, side: int = _SIDE) -> Float64:
    """Return noise as `clouds` does, (side, side); the same for the same arguments."""
    rng = np.random.default_rng(variant)
    frequencies = np.hypot(*np.meshgrid(*2 * [np.fft.fftfreq(side, 1 / side)]))
    frequencies[0, 0] = np.inf
    spectrum = np.fft.fft2(rng.standard_normal((side, side))) / frequencies**roughness
    noise = np.fft.ifft2(spectrum).real
    noise /= noise.std()
    return noise


def noise_texture() -> NDArray[np.uint8]:
    """Return what shaders read as noise: coarse, medium and white, (256, 256, 3) uint8."""
    channels = [noise_of(roughness, 0, 256) for roughness in (0.0, 0.8, 1.6)]
    return np.clip(128 + 48 * np.stack(channels, axis=-1), 0, 255).astype(np.uint8)


def plaster(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return a wall of plaster or paint."""
    return _mixed(first, second, 0.08 * clouds(rng, 1.8) + 0.06 * clouds(rng, 0.7))


def concrete(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return concrete, or a worn floor."""
    return _mixed(first, second, 0.4 + 0.25 * clouds(rng, 1.5) + 0.08 * clouds(rng, 0.3))


def bricks(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return 16 rows of 8 bricks."""
    return _masonry(rng, first, second, rows=16, columns=8, joint=0.09, shift=0.5)


def tiles(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return 8 rows of 8 tiles."""
    return _masonry(rng, first, second, rows=8, columns=8, joint=0.04, shift=0.0)


def planks(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return 8 rows of planks with the grain of wood."""
    y, x = _grid()
    row = np.floor(8 * y).astype(int)
    along = (2 * x + rng.random(8)[row]) % 2
    plank = 2 * row + np.floor(along).astype(int)
    tones = rng.random(16)[plank]
    stretched = clouds(rng, 1.0)[:, ::8].repeat(8, axis=1)
    gap = np.minimum(8 * y % 1, 1 - 8 * y % 1) < 0.03
    gap |= np.minimum(along % 1, 1 - along % 1) < 0.004
    return _mixed(first, second, 0.6 * tones + 0.12 * stretched, shade=np.where(gap, 0.45, 1.0))


def stripes(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return wallpaper or cloth with stripes of two widths."""
    _, x = _grid()
    count, width = rng.integers(3, 12), rng.uniform(0.2, 0.6)
    return _mixed(first, second, ((count * x) % 1 < width) + 0.04 * clouds(rng, 0.5))


def ornaments(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return wallpaper with rows of flowers."""
    y, x = _grid()
    count = rng.integers(3, 7)
    row = np.floor(count * 2 * y)
    across = (count * x + 0.5 * (row % 2)) % 1 - 0.5
    up = (count * 2 * y) % 1 - 0.5
    angle, radius = np.arctan2(up, across), np.hypot(across, up)
    petals = rng.integers(3, 8)
    return _mixed(first, second, radius < 0.22 + 0.14 * np.cos(petals * angle))


def checks(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return a checked cloth."""
    y, x = _grid()
    count = rng.integers(3, 10)
    return _mixed(first, second, ((count * x) % 1 < 0.5) * 0.5 + ((count * y) % 1 < 0.5) * 0.5)


def grass(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return a lawn, a hedge or a carpet."""
    return _mixed(first, second, 0.5 + 0.2 * clouds(rng, 1.3) + 0.25 * clouds(rng, 0.2))


def painting(rng: np.random.Generator, first: Rgb, second: Rgb) -> NDArray[np.uint8]:
    """Return what hangs in a frame: shapes of many colours."""
    levels = np.digitize(clouds(rng, 2.2), np.linspace(-1.5, 1.5, rng.integers(3, 8)))
    colors = rng.uniform(0, 1, (10, 3)) * 0.7 + 0.3 * np.array((first, second))[rng.integers(0, 2)]
    return (255 * np.clip(colors, 0, 1)).astype(np.uint8)[levels]


WALLS: tuple[Pattern, ...] = (plaster, plaster, concrete, bricks, tiles, planks, stripes, ornaments)
FLOORS: tuple[Pattern, ...] = (concrete, tiles, grass, plaster)
PAVINGS: tuple[Pattern, ...] = (concrete, tiles, bricks)
CLOTHS: tuple[Pattern, ...] = (stripes, ornaments, checks, grass, plaster)


def _masonry(
    rng: np.random.Generator,
    first: Rgb,
    second: Rgb,
    rows: int,
    columns: int,
    joint: float,
    shift: float,
) -> NDArray[np.uint8]:
    y, x = _grid()
    row = np.floor(rows * y).astype(int)
    across = (columns * x + shift * (row % 2)) % columns
    column = np.floor(across).astype(int)
    tones = rng.random((rows, columns))[row, column]
    in_joint = ((rows * y) % 1 < joint * 1.6) | (across % 1 < joint)
    grain = 0.08 * clouds(rng, 0.6)
    return _mixed(first, second, np.where(in_joint, 1.0, 0.35 * tones) + grain)


def _grid() -> tuple[Float64, Float64]:
    """Return y and x, (side, side) each, from 0 to 1."""
    y, x = np.mgrid[:_SIDE, :_SIDE] / _SIDE
    return y, x


def _mixed(
    first: Rgb, second: Rgb, part: NDArray[np.generic], shade: Float64 | float = 1.0
) -> NDArray[np.uint8]:
    """Return the first colour, and the second one where the part is 1."""
    part = np.clip(np.asarray(part, float), 0, 1)[..., np.newaxis]
    color = (1 - part) * np.array(first) + part * np.array(second)
    return (255 * np.clip(color * np.asarray(shade)[..., np.newaxis], 0, 1)).astype(np.uint8)
