"""Rerun's files, read back with its library, and judged by its program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

from tests.support.recordings import HEADER, recording
from tests.support.rrd import Rows, recording_id, rerun, rows_of
from tests.support.sample import SAMPLE, frames
from tests.support.videos import full_disk
from tests.tolerances import AV1_RMS_LEVELS
from vitruvian.analysis.angles import ANGLES_3D, angles_3d
from vitruvian.analysis.room import room_of
from vitruvian.errors import MissingLibraryError, OutputError, RecordingError
from vitruvian.formats.rrd_blueprint import split_angle
from vitruvian.provenance import content_sha256
from vitruvian.recorded.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.long  # rerun-sdk is a part of the extra "readers"

COUNTS = (0, 1, 2, 0, 1)  # person 3 is there in the frames 1, 2 and 4, person 6 in frame 2


def saved(path: Path, counts: Sequence[int] = COUNTS, **changes: Any) -> dict[Any, Rows]:
    recording(counts, **changes).save(path / "dance.rrd")
    return rows_of(path / "dance.rrd")


def test_landmarks_are_in_pixels_until_their_person_leaves(tmp_path: Path) -> None:
    made = recording(image_sizes_px=np.full((5, 2), (640, 480), np.int32))
    rows = saved(tmp_path, image_sizes_px=made.image_sizes_px)
    for person, numbers, empty in ((3, [1, 2, 3, 4], 3), (6, [2, 3], 3)):
        found = rows[f"/video/person{person}", "Points2D:positions"]
        assert found.frames == numbers
        assert found.times_s == pytest.approx(made.timestamps_s[numbers], abs=1e-9)
        for number, points in zip(found.frames, found.values, strict=True):
            result = made[number]
            expected = result.landmarks_px[result.ids == person, :, :2].reshape(-1, 2)
            assert len(points) == (0 if number == empty else 33)
            np.testing.assert_allclose(np.reshape(points, (-1, 2)), expected, rtol=1e-6)


def test_angles_are_in_degrees_and_end_with_a_gap(tmp_path: Path) -> None:
    made, rows = recording(), saved(tmp_path)
    is_person = made.ids == 3
    expected = angles_3d(made.pose_world_landmarks[is_person], made.visibility[is_person])
    for name in ANGLES_3D:
        kind, side = split_angle(name)
        entity = f"/angles/{kind}/person3/{side}".rstrip("/")
        found = rows[entity, "Scalars:scalars"]
        assert found.frames == [1, 2, 3, 4]
        values = [value[0] if value else np.nan for value in found.values]
        np.testing.assert_allclose(values, np.insert(expected[name], 2, np.nan))


def test_people_in_the_room_are_at_the_times_of_the_frames(tmp_path: Path) -> None:
    made = recording()
    rows = saved(tmp_path)
    for motion in room_of(Blocks.of(made)).motions():
        found = rows[f"/room/person{motion.id}", "Points3D:positions"]
        positions_m = dict(enumerate(motion.positions_m, motion.first_row))
        for number, time_s, points in zip(*found, strict=True):
            assert time_s == pytest.approx(made.timestamps_s[number], abs=1e-9)
            expected = positions_m.get(number, np.full((33, 3), np.nan))
            if points:
                np.testing.assert_allclose(np.array(points), expected, rtol=1e-5)
            else:
                assert np.isnan(expected).all()


def test_the_images_are_those_of_the_recorded_frames(tmp_path: Path) -> None:
    numbers = np.arange(0, 80, 2)
    header = replace(HEADER, sha256=content_sha256(SAMPLE), options={})
    made = recording([1] * 40, header, frames=numbers, timestamps_s=numbers / 30)
    made.save(tmp_path / "dance.rrd", video=SAMPLE)
    found = rows_of(tmp_path / "dance.rrd")["/video", "VideoStream:sample"]
    assert found.frames == numbers.tolist()
    decoder = av.CodecContext.create("libdav1d", "r")
    packets = [*(av.Packet(bytes(value[0])) for value in found.values), None]
    decoded = [frame for packet in packets for frame in decoder.decode(packet)]
    expected = frames(80)[::2]
    for frame, image in zip(decoded, expected, strict=True):
        difference = frame.to_ndarray(format="rgb24").astype(float) - image
        assert np.sqrt((difference**2).mean()) < 2 * AV1_RMS_LEVELS
    assert ("/video", "VideoStream:sample") not in saved(tmp_path)


def test_its_program_verifies_a_file_and_finds_two_of_one_recording_equal(tmp_path: Path) -> None:
    first, second, other = (tmp_path / f"{name}.rrd" for name in ("first", "second", "other"))
    recording().save(first)
    recording().save(second)
    recording(is_filled=np.zeros(4, np.bool_), ids=np.array([3, 3, 7, 3])).save(other)
    for path in (first, second, other):
        done = rerun(tmp_path / "home", "rrd", "verify", path)
        assert done.returncode == 0, done.stderr
    assert rerun(tmp_path / "home", "rrd", "compare", "--unordered", first, second).returncode == 0
    assert rerun(tmp_path / "home", "rrd", "compare", "--unordered", first, other).returncode != 0


def test_the_id_of_the_recording_depends_on_its_header_only(tmp_path: Path) -> None:
    for name, header in (("a", HEADER), ("b", HEADER), ("c", replace(HEADER, source="walk.mp4"))):
        recording(header=header).save(tmp_path / f"{name}.rrd")
    ids = [recording_id(tmp_path / f"{name}.rrd") for name in "abc"]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize("counts", [[], [0, 0], [1], [0, 1, 0]])
def test_hardly_anybody_can_be_written(counts: list[int], tmp_path: Path) -> None:
    people = {entity for entity, _ in saved(tmp_path, counts) if entity.startswith("/video/")}
    assert len(people) == max(counts, default=0)
    assert rerun(tmp_path / "home", "rrd", "verify", tmp_path / "dance.rrd").returncode == 0


def test_photographs_are_refused(tmp_path: Path) -> None:
    header = replace(HEADER, images=("a.jpg", "b.jpg"))
    with pytest.raises(RecordingError, match="independent images"):
        recording([1, 1], header).save(tmp_path / "a.rrd")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("size", [100, 100_000, 6_000_000, 7_000_000])
def test_a_full_disk_is_an_error_and_leaves_nothing(size: int, tmp_path: Path) -> None:
    with (
        full_disk(size),
        pytest.raises(OutputError, match=r"a\.rrd cannot be written"),
    ):
        recording([1] * 4000, ids=np.arange(4000) // 40 + 1).save(tmp_path / "a.rrd")
    assert [*tmp_path.iterdir()] == []


def test_a_library_that_cannot_be_loaded_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rerun", None)
    with pytest.raises(MissingLibraryError, match=r'pip install "vitruvian\[rerun\]"'):
        recording().save(tmp_path / "a.rrd")
