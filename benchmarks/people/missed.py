"""A person who was not found: why, and what makes them hard to find."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.people.ceiling import trunk_of

if TYPE_CHECKING:
    from benchmarks.people.reasons import Reason
    from benchmarks.people.truth import Photograph
    from vitruvian.evaluation.annotations import TruePerson


@dataclass(frozen=True)
class Missed:
    """A person who was not found.

    Attributes:
        reason: the step of the search at which the person is lost.
        image: the file's name.
        size: the root of the area, as a fraction of the image's shorter side.
        labelled: the fraction of the keypoints that are labelled; the others are occluded or cut
            off.
        incline_deg: of the trunk from upright, in [0, 180]; NaN if it is not known.
        ceiling: the best OKS of the landmark model, told where the person is.
    """

    reason: Reason
    image: str
    size: float
    labelled: float
    incline_deg: float
    ceiling: float

    @classmethod
    def of(
        cls, photograph: Photograph, person: TruePerson, reason: Reason, ceiling: float
    ) -> Missed:
        """Return the entry of a person who was not found for a reason."""
        trunk_px = trunk_of(person)
        return cls(
            reason=reason,
            image=photograph.path.name,
            size=math.sqrt(person.area_px2) / min(photograph.image.shape[:2]),
            labelled=float(person.labelled.mean()),
            incline_deg=(
                math.nan
                if trunk_px is None
                else math.degrees(math.atan2(abs(trunk_px[0]), -trunk_px[1]))
            ),
            ceiling=ceiling,
        )

    def row(self) -> str:
        """Return the cells of the row of a table."""
        incline = "–" if math.isnan(self.incline_deg) else f"{self.incline_deg:.0f}°"
        return (
            f"{self.reason} | {self.image} | {self.size:.2f} | {self.labelled:.0%} "
            f"| {incline} | {self.ceiling:.2f}"
        )
