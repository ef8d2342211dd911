"""The commands of `vitruvian models`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.program import vitruvian

if TYPE_CHECKING:
    from pathlib import Path


def test_weights_are_listed_pulled_and_verified(tmp_path: Path) -> None:
    home = {"VITRUVIAN_HOME": str(tmp_path / "home")}
    assert vitruvian("models", "path", **home).stdout.strip() == home["VITRUVIAN_HOME"]
    assert vitruvian("models", "verify", **home).returncode == 1
    assert vitruvian("models", "list", **home).stdout.count("missing") == 4
    cache = vitruvian("models", "path").stdout.strip()
    done = vitruvian("models", "pull", "pose_detection", "--from", cache, **home)
    assert done.returncode == 0
    assert vitruvian("models", "verify", "pose_detection", **home).returncode == 0
    weights = tmp_path / "home" / "pose_detection.tflite"
    assert done.stdout.strip() == str(weights)
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    assert "damaged" in vitruvian("models", "list", **home).stdout
    assert vitruvian("models", "verify", "pose_detection", **home).returncode == 1
    assert vitruvian("models", "pull", "nonsense", **home).returncode == 2
