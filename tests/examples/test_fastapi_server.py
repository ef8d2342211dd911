"""The server answers several requests at a time, and refuses what is not an image."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from skimage.data import astronaut

import vitruvian
from examples import fastapi_server
from tests.support.images import resized, saved
from tests.support.sample import frames, mannequin

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(fastapi_server.app) as client:
        yield client


def png(image: np.ndarray) -> bytes:
    return saved(image, "PNG")


def post(client: TestClient, data: bytes) -> Any:
    return client.post("/poses", files={"file": ("photo.png", data)})


def test_requests_at_the_same_time_get_their_own_answers(client: TestClient) -> None:
    images = [astronaut(), mannequin(), frames(1)[0][:, :170]] * 3
    with ThreadPoolExecutor(len(images)) as threads:
        answers = list(threads.map(lambda image: post(client, png(image)), images))
    assert [answer.status_code for answer in answers] == [200] * len(images)
    for answer, image in zip(answers[:3], images, strict=False):
        assert answer.json() == vitruvian.detect(image, num_poses="all", threads=1).to_dict()
    assert [len(answer.json()["people"]) for answer in answers] == [1, 1, 0] * 3
    assert [answer.json() for answer in answers[3:]] == [answer.json() for answer in answers[:6]]


@pytest.mark.parametrize("data", [b"", b"no image", png(mannequin())[:1000]])
def test_a_bad_upload_is_refused_with_a_sentence(client: TestClient, data: bytes) -> None:
    answer = post(client, data)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("The file is not an image that can be read")


def test_an_image_that_is_too_large_is_refused_with_the_message_of_the_error(
    client: TestClient,
) -> None:
    wide = resized(mannequin(), 40_000, 2)
    answer = post(client, png(wide))
    assert answer.status_code == 400
    assert "40000x2 pixels" in answer.json()["detail"]


def test_a_file_that_is_too_large_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fastapi_server, "MAX_BYTES", 1000)
    answer = post(client, png(mannequin()))
    assert answer.status_code == 413


def test_a_request_without_a_file_is_refused(client: TestClient) -> None:
    assert client.post("/poses").status_code == 422
