"""The results of a system in any of the forms in which `evaluate` takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vitruvian.errors import EvaluationError, OptionError
from vitruvian.evaluation.masks import MaskOverlap, mask_overlap, read_mask
from vitruvian.evaluation.named_files import inside
from vitruvian.evaluation.pose_results import predicted_people
from vitruvian.formats import predictions
from vitruvian.prediction import PredictedPerson
from vitruvian.printable import printable, shown
from vitruvian.result import PoseResult

if TYPE_CHECKING:
    from vitruvian.evaluation.annotations import AnnotatedImage, Annotations


class GivenResults(NamedTuple):
    """What a system found.

    Attributes:
        people: in all images.
        mask_overlaps: by the ids of the images; empty if there are no masks to compare.
    """

    people: list[PredictedPerson]
    mask_overlaps: dict[int | str, MaskOverlap]


def read_results(annotations: Annotations, name: str, given: Any) -> GivenResults:
    """Return the results of a system.

    Args:
        annotations: the truth.
        name: of the system, for messages.
        given: a path, people, or results of our own. The masks of the latter are compared with the
            annotated ones one at a time, so any number of results may be given one after the other.

    Raises:
        EvaluationError: a file cannot be read, or a result does not fit the annotations.
        MediaError: an annotated mask cannot be read.
        OptionError: it is something else.
    """
    results = GivenResults([], {})
    if isinstance(given, str) or hasattr(given, "__fspath__"):
        results.people.extend(predictions.read(Path(given)))
        return results
    if not hasattr(given, "__iter__"):
        raise _error(name, given)
    for result in given:
        if isinstance(result, PredictedPerson):
            results.people.append(result)
        elif isinstance(result, PoseResult):
            image = _image_of(annotations, name, result)
            results.people.extend(predicted_people(result, image.id))
            if image.mask is not None and result.segmentation_masks is not None:
                mask = read_mask(inside(annotations.folder, image.mask), image.size)
                results.mask_overlaps[image.id] = mask_overlap(mask, result.segmentation_masks)
        else:
            raise _error(name, result)
    return results


def _error(name: str, given: object) -> OptionError:
    return OptionError(
        f"results has {shown(given)} for {printable(name)}: give a path, or a list of "
        "PredictedPerson or PoseResult."
    )


def _image_of(annotations: Annotations, name: str, result: PoseResult) -> AnnotatedImage:
    """Return the image of a result, whose index counts the images of the annotations."""
    if not 0 <= result.index < len(annotations.images):
        raise EvaluationError(
            f"{printable(name)} has a result with the index {result.index}, but "
            f"{annotations.name} has {len(annotations.images)} images: give results in their order."
        )
    image = annotations.images[result.index]
    if image.size != result.image_size:
        raise EvaluationError(
            f"{printable(name)} has a result of {result.image_size.width}x"
            f"{result.image_size.height} pixels for {printable(image.file_name)}, which "
            f"{annotations.name} has with {image.size.width}x{image.size.height}: give results in "
            "the order of the annotations, of the images that were annotated."
        )
    return image
