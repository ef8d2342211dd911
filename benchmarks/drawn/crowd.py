"""People in one place: each somewhere else, and nobody inside somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import numpy as np
from scipy.spatial import KDTree

from .people import moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .body import BonePose
    from .people import Person, PosedPerson

# The vertices of a body lie up to 3 cm from each other, so surfaces that meet have nearer ones.
_APART_M = 0.04
_TRIES = 200
_WIDTH_M = 0.8  # that each person adds to the place in which people are, to either side
_DEPTH_M = 1.6


def standing_apart(
    rng: np.random.Generator, people: Sequence[tuple[Person, BonePose]]
) -> list[PosedPerson]:
    """Return people with these poses, each turned and moved. A single person is at the origin.

    Raises:
        click.ClickException: no place was found for somebody.
    """
    placed: list[PosedPerson] = []
    for person, pose in people:
        half_m = _WIDTH_M * (len(people) - 1) / 2
        for _ in range(_TRIES):
            x_m, z_m = rng.uniform(-half_m, half_m), rng.uniform(-_DEPTH_M, 0.0)
            where_m = (x_m, z_m) if len(people) > 1 else (0.0, 0.0)
            candidate = person.posed(moved(pose, _yaw_rad(rng), *where_m), len(placed) + 1)
            if all(are_apart(candidate.skin_m, other.skin_m) for other in placed):
                placed.append(candidate)
                break
        else:
            raise click.ClickException(
                f"no place was found for person {len(placed) + 1} of {len(people)} in {_TRIES} "
                "tries: choose another seed or fewer people."
            )
    return placed


def are_apart(first_m: NDArray[np.float64], second_m: NDArray[np.float64]) -> bool:
    """Return whether the surfaces of two people, (V, 3) each, do not meet."""
    gap_m = np.maximum(first_m.min(axis=0) - second_m.max(axis=0), 0) + np.maximum(
        second_m.min(axis=0) - first_m.max(axis=0), 0
    )
    if gap_m.max() > _APART_M:
        return True
    distances_m, _ = KDTree(first_m).query(second_m, distance_upper_bound=_APART_M)
    return bool(np.isinf(distances_m).all())


def _yaw_rad(rng: np.random.Generator) -> float:
    """Return how far a person is turned: half of them about towards the camera, others anyhow."""
    if rng.random() < 0.5:
        return float(rng.normal(0, np.radians(30)))
    return float(rng.uniform(-np.pi, np.pi))
