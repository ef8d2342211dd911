"""Makes images of people for comparisons, as PNG: make_images.py SAMPLE FOLDER.

From the sample video and the photograph of an astronaut in scikit-image: bodies that stand, lie,
are rotated, small, large, cut off or absent; and the first frames of the video.
"""

import sys
from itertools import islice
from pathlib import Path

import av
import numpy as np
from PIL import Image
from skimage.data import astronaut

FRAMES = 12
LONG_SIDE_PX = 1280  # of an image that is reduced a lot on its way into the networks

sample, folder = map(Path, sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)
with av.open(str(sample)) as container:
    frames = [frame.to_image() for frame in islice(container.decode(video=0), 41)]
standing, jumping = frames[0], frames[40]
woman = Image.fromarray(astronaut())
noise = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)

still_images = {
    "standing": standing,
    "lying": jumping.rotate(90, expand=True),
    "tilted": jumping.rotate(33, Image.Resampling.BICUBIC, expand=True),
    "upside_down": standing.rotate(180),
    "small": standing.resize((161, 121)),
    "large": jumping.resize((LONG_SIDE_PX, LONG_SIDE_PX * 3 // 4)),
    "stretched": standing.resize((900, 333)),
    "cut_off": standing.crop((170, 0, 470, 250)),
    "astronaut": woman,
    "astronaut_tilted": woman.rotate(-20, Image.Resampling.BICUBIC),
    "black": Image.new("RGB", (320, 240)),
    "noise": Image.fromarray(noise),
}
for name, image in still_images.items():
    image.save(folder / f"{name}.png", compress_level=1)
for index, image in enumerate(frames[:FRAMES]):
    image.save(folder / f"frame_{index:02d}.png", compress_level=1)
