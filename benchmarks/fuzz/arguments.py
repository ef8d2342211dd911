"""The public functions and classes, called with hostile arguments."""

from __future__ import annotations

import inspect
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

import vitruvian
import vitruvian.mediapipe as mp
from tests.support.results import result
from tests.support.videos import four_colors
from vitruvian.media.options import InputOptions
from vitruvian.options import PoseOptions

from . import hostile
from .networks import replayed_networks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from .place import Place

_SIZE_PX = (64, 48)


def run(rng: Random, place: Place) -> None:
    """Call a function of the API with a few hostile arguments, each under its right name."""
    name = rng.choice(list(_CALLS))
    place.note(name)
    with replayed_networks():
        try:
            _CALLS[name](Arguments(rng, place))
        finally:
            for path in place.outputs.iterdir():
                path.unlink()


class Arguments:
    """Chooses arguments: usually right ones, at times hostile ones, which it notes."""

    def __init__(self, rng: Random, place: Place) -> None:
        self.rng = rng
        self.place = place
        self.video = place.seeds / "6" / "h264.mp4"
        self.output = place.outputs / "fuzzed.mp4"

    def __call__(self, name: str, right: Any) -> Any:
        """Return the right value, or one time in four a hostile one."""
        return self._noted(name, hostile.value(self.rng)) if self.rng.random() < 0.25 else right

    def path(self, name: str, right: Path) -> Any:
        """Return the right path, or at times something that cannot be read or written."""
        if self.rng.random() < 0.25:
            return self._noted(name, hostile.path(self.rng, self.place.root))
        return self(name, right)

    def options(self, defaults: dict[str, Any]) -> dict[str, Any]:
        """Return options, of which at most two have a hostile value."""
        chosen = self.rng.sample(list(defaults), self.rng.choice((0, 0, 1, 2)))
        return {name: self._noted(name, hostile.value(self.rng)) for name in chosen}

    def result(self) -> vitruvian.PoseResult:
        """Return a result, which at times has numbers that no network gives."""
        if self.rng.random() < 0.5:
            return result(image_size=_SIZE_PX)
        made = hostile.pose_result(self.rng)
        self._noted("result", (made, made.pose_landmarks.ravel()[:1], made.visibility.ravel()[:1]))
        return made

    def _noted(self, name: str, value: Any) -> Any:
        try:
            shown = repr(value)
        except ValueError:  # Python prints no integers of more than 4300 digits
            shown = f"a long {type(value).__name__}"
        self.place.note(f"{self.place.noted()} {name}={shown[:100]}")
        return value


def _pose(given: Arguments) -> None:
    with vitruvian.Pose(**_LITE | given.options(_POSE)) as pose:
        pose.process(given("image", four_colors()), given("timestamp_s", 0.5))
        found = pose(four_colors())
    for person in found:
        person.to_dict()


def _detect(given: Arguments) -> None:
    options = _LITE | given.options(_POSE)
    images = given("images", four_colors())
    if given.rng.random() < 0.3:  # several
        images = [four_colors(), images, given.path("path", given.video)]
    found = vitruvian.detect(images, **options)
    if not isinstance(found, vitruvian.PoseResult):
        list(islice(found, 5))


def _track(given: Arguments) -> None:
    options = _LITE | given.options(_POSE)
    results = vitruvian.track(given.path("source", given.video), **options)
    with closing(results):  # type: ignore[type-var]
        list(islice(results, 8))


def _frames(given: Arguments) -> None:
    with vitruvian.frames(given.path("source", given.video)) as source:
        list(islice(source, 8))


def _annotate(given: Arguments) -> None:
    vitruvian.annotate(given("image", four_colors()), given.result(), **given.options(_ANNOTATE))


def _trails(given: Arguments) -> None:
    trails = vitruvian.Trails(**given.options({"length_s": 2.0, "thickness_px": None}))
    for _ in range(3):
        trails(given("image", four_colors()), given.result())


def _write_video(given: Arguments) -> None:
    path = given.path("path", given.output)
    rate, sound = given("frame_rate", 30.0), given.path("sound_from", given.video)
    with vitruvian.VideoWriter(path, rate, sound_from=sound) as writer:
        for index in range(3):
            writer.write(given("image", four_colors()), given("timestamp_s", index / 10))


def _index(given: Arguments) -> None:
    found = given.result()
    found.to_dict()
    found.to_dataframe()
    found[given("people", 0)]


def _solutions(given: Arguments) -> None:
    defaults = dict.fromkeys(list(_POSE)[:7])
    with mp.solutions.pose.Pose(**{"model_complexity": 0} | given.options(defaults)) as pose:
        found = pose.process(given("image", four_colors()))
    mp.solutions.drawing_utils.draw_landmarks(
        given("image", four_colors()),
        found.pose_landmarks,
        given("connections", mp.solutions.pose.POSE_CONNECTIONS),
    )


def _tasks(given: Arguments) -> None:
    vision = mp.tasks.vision
    base = mp.tasks.BaseOptions(**{"model_asset_path": _BUNDLE} | given.options(_BASE))
    options = vision.PoseLandmarkerOptions(base, **given.options(_LANDMARKER))
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        image = mp.Image(
            image_format=given("image_format", mp.ImageFormat.SRGB),
            data=given("data", four_colors()),
        )
        rotation = given("rotation_degrees", 0)
        processing = vision.ImageProcessingOptions(rotation_degrees=rotation)
        landmarker.detect(given("image", image), given("options", processing))


def _image_file(given: Arguments) -> None:
    still = given.place.seeds / "1" / "png.png"
    image = mp.Image.create_from_file(given.path("file_name", still))
    image[given("key", (0, 0, 0))]
    image.is_aligned(given("alignment_boundary", 16))


def _input_options(given: Arguments) -> None:
    InputOptions(**given.options(_INPUT))


_LITE: dict[str, Any] = {"model_complexity": "lite"}
_BUNDLE = "pose_landmarker_lite.task"  # need not exist
_POSE = vars(PoseOptions())
_INPUT = vars(InputOptions())
_BASE = vars(mp.tasks.BaseOptions())
_LANDMARKER = vars(mp.tasks.vision.PoseLandmarkerOptions(mp.tasks.BaseOptions()))
del _LANDMARKER["base_options"]
_ANNOTATE = {
    name: parameter.default
    for name, parameter in inspect.signature(vitruvian.annotate).parameters.items()
    if parameter.kind is parameter.KEYWORD_ONLY
}
_CALLS: dict[str, Callable[[Arguments], None]] = {
    "Pose": _pose,
    "detect": _detect,
    "track": _track,
    "frames": _frames,
    "annotate": _annotate,
    "Trails": _trails,
    "VideoWriter": _write_video,
    "PoseResult": _index,
    "InputOptions": _input_options,
    "solutions": _solutions,
    "tasks": _tasks,
    "Image.create_from_file": _image_file,
}
