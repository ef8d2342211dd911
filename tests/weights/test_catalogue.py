from pathlib import Path

from vitruvian.weights import catalogue


def test_every_pinned_file_is_in_an_archive() -> None:
    assert [*catalogue.WEIGHTS] == [
        "pose_detection",
        *("pose_landmark_lite", "pose_landmark_full", "pose_landmark_heavy"),
    ]
    for name, file in catalogue.WEIGHTS.items():
        members = [member for member in (file.wheel_member, file.npm_member) if member]
        assert members
        assert {Path(member).name for member in members} == {f"{name}.tflite"}
        assert f"/{name}.tflite?generation=" in file.address
        assert len(bytes.fromhex(file.sha256)) == 32
