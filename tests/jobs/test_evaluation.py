from __future__ import annotations

import subprocess
import weakref
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.support.annotated import annotations_of
from tests.support.annotated import true_person as person
from tests.support.results import result
from vitruvian.engines import threads
from vitruvian.jobs import evaluation, evaluation_rows
from vitruvian.jobs.evaluation_left_out import annotations_without
from vitruvian.options import PoseOptions

if TYPE_CHECKING:
    import pytest

    from vitruvian.types import Image


def test_each_model_has_a_row_with_the_name_of_the_page() -> None:
    rows = evaluation_rows.rows(annotations_of((person(),)), ("heavy", "lite"), 1, "frame")
    assert [*rows] == ["BlazePose.Heavy", "BlazePose.Lite"]
    for options in rows.values():
        assert options.static_image_mode
        assert (options.num_poses, options.search) == (1, "frame")
        assert not options.enable_segmentation
    assert rows["BlazePose.Heavy"].model == "heavy"


def test_images_with_several_people_have_a_second_row_for_all_people() -> None:
    several = annotations_of((person(),), (person(2), person(3)))
    rows = evaluation_rows.rows(several, ("full", "lite"), 2, "auto")
    counts = {name: options.num_poses for name, options in rows.items()}
    assert counts == {
        "BlazePose.Full": 2,
        "BlazePose.Lite": 2,
        "BlazePose.Full, all people": None,
        "BlazePose.Lite, all people": None,
    }
    assert [*evaluation_rows.rows(several, ("lite",), None, "auto")] == ["BlazePose.Lite"]


def test_people_who_do_not_count_are_not_several() -> None:
    crowd = annotations_of((person(), person(2, is_crowd=True)))
    assert [*evaluation_rows.rows(crowd, ("lite",), 1, "frame")] == ["BlazePose.Lite"]


def test_masks_are_computed_only_if_they_are_annotated() -> None:
    annotated = annotations_of((person(),), mask="1.png")
    (options,) = evaluation_rows.rows(annotated, ("lite",), 1, "frame").values()
    assert options.enable_segmentation


def test_only_a_few_images_are_in_memory_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    alive: set[int] = set()
    most = 0

    def read(*_: object) -> Image:
        nonlocal most
        image = np.zeros((480, 640, 3), np.uint8)
        alive.add(id(image))
        most = max(most, len(alive))
        weakref.finalize(image, alive.discard, id(image))
        return image

    monkeypatch.setattr(evaluation_rows, "read_image", read)
    monkeypatch.setattr(evaluation_rows, "Networks", lambda options: options)
    monkeypatch.setattr("vitruvian.assembly.stream", lambda *_: lambda *_: result())
    many = annotations_of(*[(person(number),) for number in range(100)])
    options = {"A": PoseOptions(), "B": PoseOptions()}
    found = evaluation_rows.run(many, Path(), options, show_progress=False)
    assert [len(people) for people in found.people.values()] == [100, 100]
    assert [each.image for each in found.people["A"]] == list(range(1, 101))
    assert 0 < most <= threads.available() + 1


def test_the_hash_of_a_folder_is_that_of_the_lines_of_sha256sum(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "Ä.json"):
        (tmp_path / name).write_text(name)
    command = ["sh", "-c", "LC_ALL=C sha256sum * | sha256sum"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert evaluation.sha256_of(tmp_path) == printed.stdout.split()[0].decode()


def test_a_note_names_the_first_images_that_are_left_out() -> None:
    some = annotations_of(*[(person(number),) for number in range(1, 10)])
    some = replace(some, groups=("all",))
    left_out: dict[Any, str] = {number: f"{number}.jpg is empty." for number in range(1, 8)}
    kept = annotations_without(left_out, some)
    assert [image.id for image in kept.images] == [8, 9]
    assert kept.notes == (
        "7 of 9 images are left out of all rows.",
        *(f"left out: {number}.jpg is empty." for number in range(1, 6)),
        "and 2 more, which evaluation.json has.",
    )
