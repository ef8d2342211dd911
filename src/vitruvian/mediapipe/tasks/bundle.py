"""Loads the two networks of a .task file.

A .task file is a zip archive of two uncompressed .tflite files. Its content is not trusted: it may
not be long or have many entries, and because compressed files are rejected, no more is unpacked
than the archive is long. `weights.tflite` checks the networks, and the shapes of their outputs are
checked here.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.engines import choice as engines
from vitruvian.errors import EngineError, WeightsError
from vitruvian.mediapipe.tasks.errors import BundleError, BundleNotFoundError
from vitruvian.options import MODELS
from vitruvian.stages import decoding, detector, landmarker
from vitruvian.weights import cache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vitruvian.engines.protocol import Engine, Network, Tensor
    from vitruvian.mediapipe.tasks.options import BaseOptions

# The Heavy bundle has 31 MB, or 61 with float32 weights, and two entries. `zipfile` takes a
# kilobyte for each entry, which the archive stores in 46 bytes.
_MAX_BUNDLE_BYTES = 100_000_000
_MAX_ENTRIES = 1000
_ENTRY_SIGNATURE = b"PK\1\2"

# Bundles that do not have to exist, and the landmark models of this package used in their place.
_KNOWN_BUNDLES = {f"pose_landmarker_{model}.task": f"pose_landmark_{model}" for model in MODELS}


@dataclass(frozen=True)
class _Part:
    """A network of a bundle.

    Attributes:
        name: the name of its file in the archive.
        input_size_px: the width and height of its input.
        shapes: the shapes of its outputs for one image, by position.
    """

    name: str
    input_size_px: int
    shapes: dict[int, tuple[int, ...]]


# The names are from mediapipe/tasks/cc/vision/pose_landmarker/pose_landmarker_graph.cc.
_DETECTOR = _Part("pose_detector.tflite", detector.INPUT_SIZE_PX, {0: (2254, 12), 1: (2254, 1)})
_LANDMARKER = _Part(
    "pose_landmarks_detector.tflite",
    decoding.INPUT_SIZE_PX,
    {0: (195,), 1: (1,), 2: (256, 256, 1), 3: (64, 64, 39), 4: (117,)},
)


def load(options: BaseOptions, *, with_masks: bool) -> tuple[Engine, Engine]:
    """Load the engines that `Detector` and `Landmarker` take.

    Raises:
        BundleNotFoundError: the file or a network in it is missing.
        BundleError: the file is not a bundle, or it holds networks that this package cannot use.
        OutputError: the cache cannot be written to.
    """
    detector_path, landmarker_path = _network_paths(options)
    return (
        _engine(_DETECTOR, detector.network(detector_path)),
        _engine(_LANDMARKER, landmarker.network(landmarker_path, with_masks=with_masks)),
    )


def _network_paths(options: BaseOptions) -> tuple[Path, Path]:
    """Return the paths of the detector and of the landmark model."""
    if options.model_asset_buffer:
        return _unpack(options.model_asset_buffer)
    if not options.model_asset_path:
        raise BundleError(
            "ExternalFile must specify at least one of 'file_content', 'file_name', "
            "'file_pointer_meta' or 'file_descriptor_meta': give model_asset_path or "
            "model_asset_buffer."
        )
    path = Path(options.model_asset_path)
    try:
        size_bytes = path.stat().st_size
        if size_bytes > _MAX_BUNDLE_BYTES:
            raise BundleError(
                f"{path} has {size_bytes} bytes, which is too long for a bundle of MediaPipe Pose."
            )
        content = path.read_bytes() if path.is_file() else b""  # reading a pipe may never end
    except FileNotFoundError as error:
        if path.name not in _KNOWN_BUNDLES:
            raise BundleNotFoundError(
                f"Unable to open file at {options.model_asset_path}"
            ) from error
        return cache.pull("pose_detection"), cache.pull(_KNOWN_BUNDLES[path.name])
    except (OSError, ValueError) as error:
        raise BundleError(f"Unable to open file at {options.model_asset_path}: {error}.") from error
    return _unpack(content)


def _unpack(content: bytes) -> tuple[Path, Path]:
    """Write the two networks of a bundle into the cache and return their paths."""
    if content.count(_ENTRY_SIGNATURE) > _MAX_ENTRIES:
        raise BundleError("Unable to open zip archive. It has too many entries.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            parts = [_read_uncompressed(bundle, part.name) for part in (_DETECTOR, _LANDMARKER)]
    except BundleError:
        raise  # not to be caught by the next clause: it is a ValueError, too
    except _ZIP_ERRORS as error:
        raise BundleError(f"Unable to open zip archive. {error}") from error
    detector_path, landmarker_path = map(cache.keep, parts)
    return detector_path, landmarker_path


# The errors that zipfile raises for archives that are damaged or of an unsupported kind.
_ZIP_ERRORS = (
    *(zipfile.BadZipFile, struct.error),
    *(EOFError, LookupError, OverflowError, RuntimeError, ValueError),
)


def _read_uncompressed(bundle: zipfile.ZipFile, name: str) -> bytes:
    if name not in bundle.namelist():
        raise BundleNotFoundError(f"No file with name: {name} in the model asset bundle.")
    entry = bundle.getinfo(name)
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        raise BundleError(f"Expected uncompressed zip archive: {name} is compressed or encrypted.")
    return bundle.read(entry)


def _engine(part: _Part, network: Network) -> Engine:
    """Load a network and check the shapes of its input and of its outputs.

    The check runs the network once. This costs little, as it is the slow first run anyway.
    """
    shapes: list[tuple[int, ...]] = []

    def write_zeros(_index: int, pixels: Tensor) -> None:
        pixels[...] = 0
        shapes.append(pixels.shape)

    def read_shapes(_index: int, outputs: Sequence[Tensor]) -> None:
        shapes.extend(output.shape for output in outputs)

    try:
        engine = engines.load(engines.EXACT, network)
        engine.infer(1, write_zeros, read_shapes)
    except (WeightsError, EngineError) as error:
        raise BundleError(f"{part.name} in the bundle cannot be used: {error}") from error
    image = (part.input_size_px, part.input_size_px, 3)
    expected = [image, *(part.shapes[position] for position in network.outputs)]
    if shapes != expected:
        raise BundleError(
            f"{part.name} in the bundle has an input and outputs of shapes {shapes}, "
            f"not {expected}."
        )
    return engine
