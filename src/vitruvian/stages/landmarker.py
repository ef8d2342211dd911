"""Image and regions → landmarks, world landmarks, masks, and the score of each person.

Constants are those of mediapipe/modules/pose_landmark/*.pbtxt.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vitruvian.engines.protocol import Network, batches
from vitruvian.errors import EngineError
from vitruvian.stages import geometry
from vitruvian.stages.crop import TO_UNIT, cut
from vitruvian.stages.decoding import INPUT_SIZE_PX, decode
from vitruvian.stages.mask import activated, crop_from_image, paste
from vitruvian.types import ImageSize, Landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vitruvian.engines.protocol import Engine
    from vitruvian.stages.mediapipe_versions import Reference
    from vitruvian.types import Float32, Image, Region

# Positions of the network's outputs: landmarks, score, heatmaps, world landmarks; and the mask.
_OUTPUTS = (0, 1, 3, 4)
_MASK_OUTPUT = 2
_SHAPES = ((195,), (1,), (64, 64, 39), (117,), (INPUT_SIZE_PX, INPUT_SIZE_PX, 1))


def network(tflite_path: Path, *, with_masks: bool) -> Network:
    """Return the landmark network, whose input is in [0, 1].

    With masks, the Lite model takes nearly twice the time.
    """
    outputs = (*_OUTPUTS, _MASK_OUTPUT) if with_masks else _OUTPUTS
    return Network(tflite_path, outputs)


class Landmarker:
    """Finds the landmarks of the people in given regions.

    Args:
        engine: runs `network`: (256, 256, 3) → (195,), (1,), (64, 64, 39), (117,), and
            (256, 256, 1) with masks.
        reference: the version of MediaPipe whose numbers are reproduced.
    """

    def __init__(self, engine: Engine, *, reference: Reference) -> None:
        self._engine = engine
        self._reference = reference

    def __call__(self, image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        """Return the landmarks of the person in each region (N = 1).

        Args:
            image: (H, W, 3) uint8 RGB.
            regions: one for each person.
        """
        return [person for batch in batches(regions) for person in self._infer(image, batch)]

    def _infer(self, image: Image, regions: Sequence[Region]) -> list[Landmarks]:
        image_size, reference = ImageSize.of(image), self._reference

        def write_input(index: int, crop: Float32) -> None:
            image_from_crop = geometry.image_from_crop(
                regions[index], image_size, INPUT_SIZE_PX, reference, pads=reference.pads_regions
            )
            cut(image, image_from_crop, crop, border="replicate", scale=TO_UNIT)

        def read_outputs(index: int, outputs: Sequence[Float32]) -> Landmarks:
            _check(outputs)
            values, mask_logits = outputs[: len(_OUTPUTS)], outputs[len(_OUTPUTS) :]
            person = decode(values, regions[index], image_size, reference)
            if not mask_logits:
                return person
            mask = self._mask(mask_logits[0], regions[index], image_size)
            return replace(person, masks=mask[np.newaxis])

        return self._engine.infer(len(regions), write_input, read_outputs)

    def _mask(self, logits: Float32, region: Region, image_size: ImageSize) -> Float32:
        """Return the mask in the image, (H, W), of a mask in a region's crop, (S, S, 1) logits."""
        mask_in_image = np.zeros((image_size.height, image_size.width), np.float32)
        mask_in_crop = activated(logits[..., 0], self._reference.exponential)
        matrix = crop_from_image(region, image_size, len(mask_in_crop), self._reference)
        paste(mask_in_crop, matrix, region.bounds(image_size), mask_in_image)
        return mask_in_image


def _check(outputs: Sequence[Float32]) -> None:
    """Raise EngineError unless the outputs are what is read, with or without the mask's."""
    for output, shape in zip(outputs, _SHAPES, strict=False):
        if output.shape != shape or output.dtype != np.float32 or not output.flags.c_contiguous:
            raise EngineError(
                f"The landmark network gives {output.dtype} {output.shape}, not float32 {shape}: "
                "use a network of MediaPipe Pose."
            )
