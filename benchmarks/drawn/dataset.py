"""A folder of images with their annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tqdm import tqdm

from .still import draw_still

if TYPE_CHECKING:
    from .annotation_file import AnnotationFile
    from .picture.renderer import Renderer


def draw_images(
    file: AnnotationFile, count: int, seed: int, people: int, renderer: Renderer
) -> None:
    """Draw the images that the folder does not have yet, and annotate each when it is written."""
    for number in tqdm(
        range(file.image_count, count), initial=file.image_count, total=count, unit=" images"
    ):
        still = draw_still(seed, number, people, renderer)
        file.write(still.image["mask"], still.mask)
        file.write(still.image["file_name"], still.jpeg)
        file.add([still.image], still.people)
