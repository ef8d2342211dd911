"""Answer uploaded images with the landmarks of everyone in them, as JSON.

Start it with `python examples/fastapi_server.py`, then open http://127.0.0.1:8000/docs, or run
`curl -F file=@photo.jpg http://127.0.0.1:8000/poses`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import numpy as np
import PIL.Image
import PIL.ImageOps
import uvicorn
from fastapi import FastAPI, HTTPException, UploadFile

import vitruvian

MAX_BYTES = 20_000_000
OPTIONS = {"num_poses": "all", "threads": 1}  # one thread an image, several images at a time


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Keep the networks loaded while the server runs: all calls of `detect` share them."""
    with vitruvian.Pose(static_image_mode=True, **OPTIONS):
        yield


app = FastAPI(title="Vitruvian", lifespan=lifespan)


# FastAPI calls a function that is not async in a thread, so that requests do not wait for others.
@app.post("/poses")
def find_poses(file: UploadFile) -> dict[str, Any]:
    """Return the people in an image file, such as a JPEG or PNG."""
    data = file.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise HTTPException(413, f"The file has more than {MAX_BYTES} bytes: send a smaller image.")
    try:
        return vitruvian.detect(decode(data), **OPTIONS).to_dict()
    except vitruvian.FrameError as error:
        raise HTTPException(400, str(error)) from error


def decode(data: bytes) -> np.ndarray:
    """Return the RGB image of an encoded file, upright."""
    try:
        with PIL.Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as image:
            return np.asarray(PIL.ImageOps.exif_transpose(image).convert("RGB"))
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError) as error:
        raise vitruvian.FrameError(
            "The file is not an image that can be read: send a JPEG or PNG."
        ) from error


if __name__ == "__main__":
    uvicorn.run(app)
