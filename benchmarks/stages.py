"""Says where the time of a frame goes, and how close to the machine's limit that is.

    python -m benchmarks.stages [--engine NAME] [--size 1280x720] [--frames N] VIDEO

For each model, in video, with and without a mask: the landmark network, and all else that is our
own (cutting the region, the heatmaps, the filters, the result), medians a frame. Warm is what our
own takes if the network's outputs are only remembered, so that its weights drive nothing out of the
processor's caches. The floor is what the network's multiplications and additions would take at the
speed of a large float32 matrix product, measured in between. The detector, which rests while the
person is followed, is below.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import cv2
import numpy as np

from benchmarks.timed import Timed, timed_engines
from vitruvian import Pose
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.weights import tflite
from vitruvian.weights.graph import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Network

WARM_UP_FRAMES = 10
MATRIX_SIDE = 2048


def operations(network: Network) -> float:
    """Multiplications and additions of the convolutions that the wanted outputs need."""
    graph = tflite.read(network.tflite_path)
    wanted = [graph.outputs[position] for position in network.outputs]
    total = 0
    for operator in needed(graph.operators, wanted):
        if "CONV_2D" in operator.kind:
            weights = graph.tensors[operator.inputs[1]].shape
            # Of a depthwise convolution the weights are (1, height, width, channels).
            per_output = weights[1] * weights[2] * (1 if "DEPTH" in operator.kind else weights[3])
            total += 2 * per_output * int(np.prod(graph.tensors[operator.outputs[0]].shape))
    return float(total)


def peak() -> float:
    """Operations a second of a matrix product."""
    left, right = np.random.default_rng(0).random((2, MATRIX_SIDE, MATRIX_SIDE), np.float32)
    product = np.empty_like(left)
    seconds = []
    for _ in range(5):
        start_s = time.perf_counter()
        np.matmul(left, right, out=product)
        seconds.append(time.perf_counter() - start_s)
    return 2 * MATRIX_SIDE**3 / min(seconds)


def own_ms(pose: Pose, network: Timed, pictures: list[NDArray[np.uint8]]) -> float:
    """What a frame takes besides the network."""
    pose.reset()
    own = []
    for picture in pictures:
        calls = len(network.seconds)
        start_s = time.perf_counter()
        pose.process(picture)
        took_s = time.perf_counter() - start_s
        if len(network.seconds) == calls + 1:
            own.append(took_s - network.seconds[-1])
    return 1e3 * statistics.median(own[WARM_UP_FRAMES:])


def frames(video: Path, size: tuple[int, int], count: int) -> Iterator[NDArray[np.uint8]]:
    """Frames of a video, scaled."""
    with open_source(video) as source:
        for frame, _ in zip(source, range(count), strict=False):
            yield np.asarray(cv2.resize(frame.image, size), np.uint8)


@click.command(help=__doc__)
@click.argument("video", type=click.Path(exists=True, path_type=Path))
@click.option("--engine", help="One of `vitruvian engines`; chosen by default.")
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--size", default="1280x720", show_default=True)
@click.option("--frames", "frame_count", default=120, show_default=True)
def main(
    video: Path, engine: str | None, models: tuple[str, ...], size: str, frame_count: int
) -> None:
    """Run, as the file's first lines say."""
    width, height = map(int, size.split("x"))
    pictures = list(frames(video, (width, height), frame_count + WARM_UP_FRAMES))
    options = {"engine": engine} if engine else {}
    print(f"{video.name} at {size}, {len(pictures) - WARM_UP_FRAMES} frames\n")
    print(
        "| network | mask | network, ms | our own, ms | warm, ms | GFLOP | floor, ms "
        "| network / floor |"
    )
    print("|---" * 8 + "|")
    for static, model, masks in (
        *((False, model, masks) for model in models for masks in (False, True)),
        (True, "lite", False),
    ):
        with timed_engines() as loaded:
            pose = Pose(static, model, enable_segmentation=masks, **options)
        detector, landmarker = loaded
        network = detector if static else landmarker
        own = own_ms(pose, network, pictures)
        network_ms = 1e3 * statistics.median(network.seconds[WARM_UP_FRAMES:])
        # Not before: outputs that are kept make each call ask for new memory.
        network.remembered = []
        own_ms(pose, network, pictures)
        network.again, network.remembered = iter(network.remembered), None
        warm = own_ms(pose, network, pictures)
        count = operations(network.network)
        floor_ms = 1e3 * count / peak()
        name, parts = ("detector", "– | –") if static else (model, f"{own:.2f} | {warm:.2f}")
        print(
            f"| {name} | {'yes' if masks else 'no'} | {network_ms:.2f} | {parts} "
            f"| {count / 1e9:.2f} | {floor_ms:.2f} | {network_ms / floor_ms:.1f} |",
            flush=True,
        )
    print(f"\nMatrix product of {MATRIX_SIDE}: {peak() / 1e9:.0f} GFLOP/s")


main()
