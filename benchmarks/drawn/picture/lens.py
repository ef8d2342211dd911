"""What a lens and a sensor do to the light of a scene."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float64 = NDArray[np.float64]

_GOLDEN_ANGLE_RAD = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class Lens:
    """What a lens and a sensor do.

    Attributes:
        aperture_m: the radius of the aperture; 0 keeps everything in focus.
        focus_m: the distance that is in focus.
        shake_px: (2,) how far the image moves on the sensor during the exposure.
        exposure: the factor of brightness.
        noise: the standard deviation of the noise of a grey pixel, of 255.
        jpeg_quality: from 1 to 95, as in Pillow.
    """

    aperture_m: float
    focus_m: float
    shake_px: tuple[float, float]
    exposure: float
    noise: float
    jpeg_quality: int

    def rays(self, count: int, focal_px: float) -> Float64:
        """Return the matrices, (count, 4, 4), of camera space for each exposure of an image.

        An image is the mean of several exposures. Each sees the scene through another point of the
        aperture, at another moment of the camera's motion, and at another place within a pixel.
        """
        numbers = np.arange(count)
        radii_m = self.aperture_m * np.sqrt((numbers + 0.5) / count)
        angles = _GOLDEN_ANGLE_RAD * numbers
        aperture_m = radii_m * np.stack((np.cos(angles), np.sin(angles)))
        moments = (numbers + 0.5) / count - 0.5
        # The sequence R2 of M. Roberts, which fills a square evenly.
        in_pixel = (numbers * np.array([[0.75487767], [0.56984029]]) + 0.5) % 1 - 0.5
        shift_px = np.multiply.outer(self.shake_px, moments) + in_pixel
        matrices = np.tile(np.eye(4), (count, 1, 1))
        matrices[:, :2, 3] = aperture_m.T
        matrices[:, :2, 2] = (shift_px / focal_px - aperture_m / self.focus_m).T
        return matrices

    def develop(self, light: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.uint8]:
        """Return the image, (H, W, 3) uint8 RGB, of linear light, (H, W, 3) float32."""
        height, width = light.shape[:2]
        y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        falloff = (1 - 0.12 * (x * x + y * y)).astype(np.float32)
        linear = light * (np.float32(self.exposure) * falloff)[..., np.newaxis]
        # The curve of a film, which compresses highlights: K. Narkowicz, "ACES filmic tone mapping
        # curve".
        film = linear * (2.51 * linear + 0.03) / (linear * (2.43 * linear + 0.59) + 0.14)
        encoded = np.sqrt(np.clip(film, 0, 1)) * 255  # the shaders square what textures hold
        # Most sensors have one colour a pixel, so their noise is spread over neighbours.
        grain = rng.standard_normal((height, width, 1), dtype=np.float32)
        colored = rng.standard_normal((height // 2, width // 2, 3), dtype=np.float32)
        colored = colored.repeat(2, axis=0).repeat(2, axis=1)
        noisy = encoded + self.noise * (0.8 * grain + 0.5 * colored)
        return np.clip(noisy + 0.5, 0, 255).astype(np.uint8)

    def jpeg(self, image: NDArray[np.uint8]) -> bytes:
        """Return an image, (H, W, 3) uint8 RGB, as a JPEG file."""
        file = io.BytesIO()
        Image.fromarray(image).save(file, "JPEG", quality=self.jpeg_quality)
        return file.getvalue()
