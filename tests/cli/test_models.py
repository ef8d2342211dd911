"""The commands of `vitruvian models`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.program import vitruvian

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_weights_are_listed_pulled_and_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = vitruvian("models", "path").stdout.strip()
    monkeypatch.setenv("VITRUVIAN_HOME", str(tmp_path / "home"))
    assert vitruvian("models", "path").stdout.strip() == str(tmp_path / "home")
    assert vitruvian("models", "verify").returncode == 1
    assert vitruvian("models", "list").stdout.count("missing") == 4
    done = vitruvian("models", "pull", "pose_detection", "--from", cache)
    assert done.returncode == 0
    assert vitruvian("models", "verify", "pose_detection").returncode == 0
    weights = tmp_path / "home" / "pose_detection.tflite"
    assert done.stdout.strip() == str(weights)
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    assert "damaged" in vitruvian("models", "list").stdout
    assert vitruvian("models", "verify", "pose_detection").returncode == 1
    assert vitruvian("models", "pull", "nonsense").returncode == 2
