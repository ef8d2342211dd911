"""Tests of loading networks from .task files."""

from __future__ import annotations

import zipfile
from pathlib import Path
from random import Random

import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

from tests.support.damaged_bundles import damaged
from tests.support.tasks import NAMES, STANDING, STILLS, approx, image, make, places, zipped
from tests.support.tiny_network import tiny_network
from vitruvian.mediapipe.tasks import bundle
from vitruvian.mediapipe.tasks.errors import BundleError, BundleNotFoundError
from vitruvian.weights import cache, tflite_writer


def test_a_model_can_be_given_as_a_path_or_as_bytes(
    base: BaseOptions, networks: dict[str, bytes]
) -> None:
    path = base.model_asset_path
    assert path is not None
    expected = approx(STILLS["standing"][2])
    for landmarker in (
        vision.PoseLandmarker.create_from_model_path(path),
        make(BaseOptions(model_asset_buffer=zipped(networks))),
        make(BaseOptions("/nowhere/else.task", zipped(networks))),
        make(BaseOptions(path, delegate=BaseOptions.Delegate.CPU)),
        make(BaseOptions(path, delegate=BaseOptions.Delegate.DEFAULT)),
    ):
        with landmarker:
            assert places(landmarker.detect(image(STANDING))) == expected


def test_only_three_names_of_missing_files_stand_for_the_packages_own_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled: list[str] = []
    monkeypatch.setattr(bundle.cache, "pull", lambda name: pulled.append(name) or cache.path(name))
    for model in ("lite", "full", "heavy"):
        bundle._network_paths(BaseOptions(str(tmp_path / f"pose_landmarker_{model}.task")))
    assert pulled[::2] == ["pose_detection"] * 3
    assert pulled[1::2] == [f"pose_landmark_{model}" for model in ("lite", "full", "heavy")]
    for name in ("pose_landmarker.task", "pose_landmarker_lite.zip", "hand_landmarker.task"):
        missing = str(tmp_path / name)
        with pytest.raises(BundleNotFoundError) as error:
            vision.PoseLandmarker.create_from_model_path(missing)
        assert isinstance(error.value, FileNotFoundError)
        assert str(error.value) == f"Unable to open file at {missing}"
    # A file that exists is read, even if it has one of the three names.
    (tmp_path / "pose_landmarker_lite.task").write_bytes(b"nothing")
    with pytest.raises(BundleError, match="Unable to open zip archive"):
        vision.PoseLandmarker.create_from_model_path(str(tmp_path / "pose_landmarker_lite.task"))


def encrypted(content: bytes) -> bytes:
    """Mark all files of an archive as encrypted."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 1)
    return bytes(marked)


TINY = dict.fromkeys(NAMES, b"network")
INVALID: dict[str, tuple[bytes, str]] = {
    "nothing": (b" ", "Unable to open zip archive"),
    "garbage": (b"PK\x03\x04" * 1000, "Unable to open zip archive"),
    "cut": (zipped(TINY)[:-10], "Unable to open zip archive"),
    "compressed": (zipped(TINY, zipfile.ZIP_DEFLATED), "Expected uncompressed zip archive"),
    "encrypted": (encrypted(zipped(TINY)), "Expected uncompressed zip archive"),
    "damaged": (zipped(TINY).replace(b"network", b"netw0rk", 1), "Unable to open zip archive"),
    "no networks": (zipped(TINY), "pose_detector.tflite in the bundle cannot be used"),
    "empty": (zipped({}), "No file with name: pose_detector.tflite"),
    "without landmarks": (
        zipped({NAMES[0]: b"network"}),
        "No file with name: pose_landmarks_detector.tflite",
    ),
    "in a folder": (zipped({f"../{name}": b"network" for name in NAMES}), "No file with name"),
}


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VITRUVIAN_HOME", str(tmp_path))


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize("name", INVALID)
def test_an_invalid_bundle_raises_an_error_of_one_line(name: str) -> None:
    content, words = INVALID[name]
    with pytest.raises(BundleError, match=words) as error:
        make(BaseOptions(model_asset_buffer=content))
    assert isinstance(error.value, RuntimeError)
    assert isinstance(error.value, ValueError)
    assert isinstance(error.value, FileNotFoundError) == words.startswith("No file")
    assert "\n" not in str(error.value)


@pytest.mark.usefixtures("own_cache")
def test_networks_with_wrong_output_shapes_raise_an_error(networks: dict[str, bytes]) -> None:
    detector, landmarker = (networks[name] for name in NAMES)
    for members in (
        {NAMES[0]: landmarker, NAMES[1]: detector},
        {NAMES[0]: detector, NAMES[1]: detector},
    ):
        with pytest.raises(BundleError, match="in the bundle"):
            make(BaseOptions(model_asset_buffer=zipped(members)))


@pytest.mark.usefixtures("own_cache")
def test_every_damaged_archive_raises_the_same_type_of_error() -> None:
    whole, rng = np.frombuffer(zipped(TINY), np.uint8), np.random.default_rng(1)
    rejected = 0
    for _ in range(500):
        damaged = whole.copy()
        damaged[rng.integers(len(whole), size=3)] = rng.integers(256, size=3)
        try:
            bundle._unpack(damaged.tobytes())
        except BundleError:
            rejected += 1
    assert rejected > 100


@pytest.mark.usefixtures("own_cache")
@pytest.mark.parametrize(("size", "count"), [("tiny", 150), ("real", 8)])
def test_a_damaged_bundle_raises_our_error_or_works(
    networks: dict[str, bytes], size: str, count: int
) -> None:
    tiny = tflite_writer.written(tiny_network())
    members = dict.fromkeys(NAMES, tiny) if size == "tiny" else networks
    rejected = 0
    for seed in range(count):
        _, content = damaged(members, Random(seed))  # noqa: S311 - it decides nothing secret
        try:
            with make(BaseOptions(model_asset_buffer=content)) as landmarker:
                landmarker.detect(image(STANDING))
        except BundleError:
            rejected += 1
    assert rejected > count / 3


def test_a_bundle_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "long.task"
    with path.open("wb") as file:
        file.truncate(10**12)  # the file is sparse, and takes no space
    with pytest.raises(BundleError, match="too long"):
        vision.PoseLandmarker.create_from_model_path(str(path))


def test_a_bundle_with_very_many_entries_is_refused(networks: dict[str, bytes]) -> None:
    content = zipped(networks | {f"{number}": b"" for number in range(2000)})
    with pytest.raises(BundleError, match="too many entries"):
        make(BaseOptions(model_asset_buffer=content))


def test_a_folder_or_a_device_is_not_a_bundle(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(BundleError):
            vision.PoseLandmarker.create_from_model_path(str(path))
    with pytest.raises(BundleError, match="null"):
        vision.PoseLandmarker.create_from_model_path("a\0.task")
