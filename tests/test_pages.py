"""What the README and the pages of docs/ say is true, and the Python that they show runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.annotated import coco_file, entry, written
from tests.support.sample import SAMPLE
from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source
from vitruvian.video.writer import VideoWriter
from vitruvian.weights.catalogue import WEIGHTS, WeightsFile

if TYPE_CHECKING:
    from vitruvian.types import Image

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PYTHON = re.compile(r"^( *)```python\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
SNIPPETS = [
    pytest.param(match[2].replace(f"\n{match[1]}", "\n").strip(), id=f"{page.stem}-{number}")
    for page in PAGES
    for number, match in enumerate(PYTHON.finditer(page.read_text(encoding="utf-8")))
]
FRAMES = 12


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the snippets read."""
    folder = tmp_path_factory.mktemp("media")
    with open_source(SAMPLE) as frames, VideoWriter(folder / "dance.mp4") as video:
        for _, frame in zip(range(FRAMES), frames, strict=False):
            video.write(frame.image, frame.timestamp_s)
    write_image(folder / "photo.png", frame.image)
    (folder / "photo.png").rename(folder / "photo.jpg")  # readers look at the content
    (folder / "match.mp4").write_bytes((folder / "dance.mp4").read_bytes())
    written(folder, coco_file(), "annotations.json")
    answer = {"image_id": "000001.jpg", "keypoints": entry()["keypoints"], "score": 2.5}
    written(folder, [{"category_id": 1, **answer}], "alphapose-results.json")
    return folder


@pytest.fixture
def image(media: Path) -> Image:
    with open_source(media / "photo.jpg") as frames:
        return next(iter(frames)).image


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_each_snippet_runs(
    snippet: str, media: Path, image: Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(media)
    exec("import cv2\n" + snippet, {"image": image})  # noqa: S102 - the pages are our own


@pytest.mark.parametrize("file", WEIGHTS.values(), ids=lambda file: file.name)
def test_the_page_of_models_has_the_size_and_the_hash_of_each_file(file: WeightsFile) -> None:
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    assert f"| `{file.name}.tflite` | {file.size_bytes:,} |" in page
    assert f"{file.sha256}  {file.name}.tflite\n" in page
