"""Our rows of an evaluation: the models on the annotated images, each of which is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vitruvian import assembly
from vitruvian.engines import threads
from vitruvian.errors import FrameError, MediaError
from vitruvian.evaluation.masks import MaskOverlap, mask_overlap, read_mask
from vitruvian.evaluation.named_files import inside
from vitruvian.evaluation.pose_results import predicted_people
from vitruvian.inputs.options import InputOptions
from vitruvian.jobs.progress import progress_bar
from vitruvian.media.image_file import open_image_file
from vitruvian.networks import Networks
from vitruvian.options import PoseOptions
from vitruvian.pipeline import mapped
from vitruvian.printable import printable
from vitruvian.types import as_rgb_image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vitruvian.evaluation.annotations import AnnotatedImage, Annotations
    from vitruvian.options import Model, Search
    from vitruvian.prediction import PredictedPerson
    from vitruvian.types import Image


class Found(NamedTuple):
    """What the models found.

    Attributes:
        people: of each row by its name.
        mask_overlaps: of each row, by the ids of the images; empty without annotated masks.
        left_out: why an image cannot be used, by its id.
    """

    people: dict[str, list[PredictedPerson]]
    mask_overlaps: dict[str, dict[int | str, MaskOverlap]]
    left_out: dict[int | str, str]


def rows(
    annotations: Annotations, models: Sequence[Model], num_poses: int | None, search: Search
) -> dict[str, PoseOptions]:
    """Return the options of each of our rows by its name.

    If an image has several people and `num_poses` is a number, there is a second row for each
    model, in which all people are searched. The rows have the names of MediaPipe's page.
    """
    has_several = any(sum(p.counts for p in image.people) > 1 for image in annotations.images)
    counts = {"": num_poses}
    if has_several and num_poses is not None:
        counts[", all people"] = None
    return {
        f"BlazePose.{model.capitalize()}{ending}": PoseOptions(
            static_image_mode=True,
            model_complexity=model,
            enable_segmentation=any(image.mask is not None for image in annotations.images),
            num_poses=count,
            search=search,
            engine="litert",  # no other has MediaPipe's numbers
            threads=1,  # as several images are processed at the same time
        )
        for ending, count in counts.items()
        for model in models
    }


def run(
    annotations: Annotations,
    folder: Path,
    options_of: Mapping[str, PoseOptions],
    *,
    show_progress: bool = True,
) -> Found:
    """Find people in each annotated image with the options of each row.

    Only a few images are in memory at a time, and no masks.

    Args:
        annotations: whose images these are.
        folder: that of the images.
        options_of: the options of each row by its name.
        show_progress: whether to show a progress bar, on a terminal.

    Raises:
        WeightsError, EngineError: as `Pose`.
        MediaError: no image can be used.
    """
    networks = {name: Networks(options) for name, options in options_of.items()}
    found = Found({name: [] for name in options_of}, {name: {} for name in options_of}, {})

    def find(image: AnnotatedImage) -> dict[str, _InImage] | str:
        try:
            pixels = read_image(annotations, image, folder)
            mask = None
            if image.mask is not None:
                mask = read_mask(inside(annotations.folder, image.mask), image.size)
        except (MediaError, FrameError) as error:
            return str(error)
        in_rows = {}
        for name, options in options_of.items():
            result = assembly.stream(options, networks[name])(pixels, 0.0)
            overlap = None if mask is None else mask_overlap(mask, result.segmentation_masks)
            in_rows[name] = _InImage(predicted_people(result, image.id), overlap)
        return in_rows

    images = annotations.images
    with (
        progress_bar("evaluate", len(images), "images", is_shown=show_progress) as bar,
        mapped(find, images, threads.available()) as results,
    ):
        for image, result in zip(images, results, strict=True):
            bar.update()
            if isinstance(result, str):
                found.left_out[image.id] = result
                continue
            for name, in_image in result.items():
                found.people[name].extend(in_image.people)
                if in_image.mask_overlap is not None:
                    found.mask_overlaps[name][image.id] = in_image.mask_overlap
    if len(found.left_out) == len(images):
        raise MediaError(
            f"None of the images of {annotations.name} can be used. The first: "
            f"{next(iter(found.left_out.values()))}"
        )
    return found


class _InImage(NamedTuple):
    """What one row has of one image."""

    people: list[PredictedPerson]
    mask_overlap: MaskOverlap | None


def read_image(annotations: Annotations, image: AnnotatedImage, folder: Path) -> Image:
    """Return the pixels of an annotated image, turned upright as its file says.

    Raises:
        MediaError: the file cannot be read, or its size is not the annotated one.
        FrameError: it has too many pixels.
    """
    path = inside(folder, image.file_name)
    source = open_image_file(path, printable(path), InputOptions())
    if source is None:
        raise MediaError(f"{printable(path)} is no image: give the image that was annotated.")
    with source:
        pixels = as_rgb_image(next(iter(source)).image)
    height, width = pixels.shape[:2]
    if (width, height) != image.size:
        is_turned = (height, width) == image.size
        raise MediaError(
            f"{printable(path)} is {width}x{height} pixels{', turned upright,' * is_turned} but "
            f"{annotations.name} has it with {image.size.width}x{image.size.height}: give the "
            "image that was annotated."
        )
    return pixels
