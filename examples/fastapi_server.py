"""Answer uploaded images with the landmarks of everyone in them, as JSON.

Start it with `python examples/fastapi_server.py`, then open http://127.0.0.1:8000/docs, or run
`curl -F file=@photo.jpg http://127.0.0.1:8000/poses`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import cv2
import numpy as np
import uvicorn
from fastapi import FastAPI, HTTPException, Request, UploadFile

import vitruvian

MAX_BYTES = 20_000_000


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the networks when the server starts, and free them when it stops."""
    with vitruvian.Pose(static_image_mode=True, num_poses="all") as app.state.pose:
        yield


app = FastAPI(title="Vitruvian", lifespan=lifespan)


# FastAPI runs a function that is not async in a thread of its own for each request. All threads
# share one Pose, which processes one image at a time, on all cores.
@app.post("/poses")
def find_poses(request: Request, file: UploadFile) -> dict[str, Any]:
    """Return the people in an image file, such as a JPEG or PNG."""
    data = file.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise HTTPException(413, f"The file has more than {MAX_BYTES} bytes: send a smaller image.")
    try:
        return request.app.state.pose.process(decode(data)).to_dict()
    except vitruvian.FrameError as error:
        raise HTTPException(400, str(error)) from error


def decode(data: bytes) -> np.ndarray:
    """Return the RGB image of an encoded file, upright."""
    try:
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # there are no bytes, or too many pixels
        bgr = None
    if bgr is None:
        raise vitruvian.FrameError("The file is not an image that can be read: send a JPEG or PNG.")
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


if __name__ == "__main__":
    uvicorn.run(app)
