"""Regions and coordinate spaces."""

from pathlib import Path
from typing import Any

import numpy as np
from cases import BROWSER, SIZES, normal, some_region

from vitruvian.stages import geometry, rounding
from vitruvian.stages.region import body_diameter_px, region_around


def sigmoid() -> dict[str, Any]:
    """Return logits and their sigmoids."""
    logits = np.linspace(-30, 30, 2001, dtype=np.float32)
    return {"logits": logits, "scores": rounding.sigmoid(logits, rounding.correct_exp)}


def regions(reference_numbers: Path) -> list[dict[str, Any]]:
    """Alignment points → region and diameter. Some are what the reference detected."""
    detected = np.load(reference_numbers)["static_1_detection"][:, 5:9].reshape(-1, 2, 2)
    cases = list(zip(SIZES[:3], detected, strict=True))
    cases += [(size, normal(2, 2, scale=0.4) + np.float32(0.5)) for size in SIZES * 20]
    cases += [(SIZES[0], np.full((2, 2), 0.5, np.float32))]  # no circle
    return [
        {
            "size": size,
            "points": points,
            "region": region_around(points, size, BROWSER),
            "diameterPx": body_diameter_px(points, size),
        }
        for size, points in cases
    ]


def spaces() -> list[dict[str, Any]]:
    """Points of a square and of a region, mapped to other spaces."""
    cases = []
    for index, size in enumerate(SIZES * 5):
        region, points = some_region(index), normal(9, 3) + np.float32(0.5)
        matrix = geometry.image_from_crop(region, size, 1, BROWSER)[:2]
        cases.append(
            {
                "size": size,
                "region": region,
                "points": points,
                "imageFromCrop": matrix / np.array(size)[:, np.newaxis],
                "regionFromSquare": geometry.region_from_square(points, region, size),
                "regionFromSquareXy": geometry.region_from_square(points[:, :2], region, size),
                "imageFromRegion": geometry.image_from_region(points, region, BROWSER),
                "rotated": geometry.rotate(points, region.angle_rad, BROWSER),
            }
        )
    return cases
