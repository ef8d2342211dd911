"""`vitruvian evaluate`: the table of quality of MediaPipe's page, for any annotated images."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from click.core import ParameterSource

from vitruvian.cli.options import option, output_folder
from vitruvian.cli.terminal import native_code_silenced, styled, warnings_shown
from vitruvian.options import MODELS, SEARCHES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitruvian.jobs.evaluation import Request
    from vitruvian.options import Model

_NORMALIZERS = ("torso", "midline", "box", "head")  # `evaluation.pck`, whose import is slow
_OF_MODELS = ("models", "num_poses", "search")


class _Models(click.ParamType):  # type: ignore[type-arg]  # older versions of click refuse one
    name = "models"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Model, ...]:
        """Return the models of a list with commas, each once."""
        names = tuple(dict.fromkeys(name.strip() for name in value.split(",")))
        for name in names:
            if name not in MODELS:
                self.fail(f"{name!r} is no model: give some of {', '.join(MODELS)}.", param, ctx)
        return cast("tuple[Model, ...]", names)


class _Results(click.ParamType):  # type: ignore[type-arg]  # as above
    name = "results"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """Return the name of a system and the path of its results."""
        name, equals, path = value.partition("=")
        if not (name.strip() and equals and path):
            self.fail(f"{value!r} is not NAME=PATH.", param, ctx)
        return name.strip(), Path(path)


@click.command(short_help="Measure the quality of models on annotated images.")
@click.argument("annotations", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--images",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder of the images. Without it, no model runs, and only --results are measured.",
)
@output_folder
@click.option(
    "--results",
    type=_Results(),
    multiple=True,
    metavar="NAME=PATH",
    help="The results of another system, a file or a folder. May be given several times.",
)
@click.option(
    "--models",
    type=_Models(),
    default=",".join(reversed(MODELS)),
    show_default=True,
    metavar="MODEL,...",
    help="The models to run.",
)
@option("num_poses")
@click.option(
    "--search",
    type=click.Choice(SEARCHES),
    default="frame",
    show_default=True,
    help="Where the detector searches, as in vitruvian run. frame is MediaPipe's way.",
)
@click.option(
    "--group-by",
    metavar="FIELD",
    help="The field of images that names their group. By default activity, or else one group.",
)
@click.option(
    "--normalizer",
    type=click.Choice(_NORMALIZERS),
    default="torso",
    show_default=True,
    help="The length that distances are compared with.",
)
@click.option(
    "--pck-threshold",
    type=click.FloatRange(0, 100, min_open=True),
    default=0.2,
    show_default=True,
    help="The part of this length below which a keypoint is correct.",
)
@click.option(
    "--resamplings",
    type=click.IntRange(0, 100_000),
    default=1000,
    show_default=True,
    help="How often images are drawn for the intervals.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The seed of the drawing."
)
@click.option("--details", is_flag=True, help="Add tables of more metrics, and of each joint.")
@click.option(
    "--published", is_flag=True, help="Add the figures of MediaPipe's page, of other images."
)
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    folder: Path,
    results: tuple[tuple[str, Path], ...],
    details: bool,
    published: bool,
    **options: Any,
) -> None:
    """Measure the quality of the models, and of other systems, on annotated images.

    ANNOTATIONS is a file of COCO's person keypoints. The table is printed, and these files are
    written:

    \b
    table.md, table.csv  the table; the CSV has more metrics, and 95 % intervals
    figure.png           the PCK of each system and group as bars
    evaluation.json      all numbers, options, versions and hashes
    images.csv           one row per image and system
    worst.png            the worst images, with annotated and found people
    """  # noqa: D301 - click keeps the lines of a paragraph that begins with this control character
    # numpy, FFmpeg and the runtime take half a second to load, which --help does not need.
    from vitruvian.evaluation.report import sections  # noqa: PLC0415
    from vitruvian.jobs import evaluation, evaluation_files  # noqa: PLC0415

    _check(context, results, options)
    request = evaluation.Request(results=dict(results), **options)
    evaluation_files.refuse_overwriting(folder, _inputs(request))
    with native_code_silenced(), warnings_shown():
        outcome = evaluation.run(request)
        tables = list(sections(outcome.evaluation, details=details, published=published))
        files = evaluation_files.write(folder, outcome, tables)
    for section in tables:
        for line in section.lines(lambda cell: styled(cell, bold=True)):
            click.echo(line)
        click.echo()
    for file in files:
        click.echo(f"  {file}")


def _check(
    context: click.Context, results: tuple[tuple[str, Path], ...], options: dict[str, Any]
) -> None:
    """Refuse options that contradict each other."""
    names = [name for name, _ in results]
    for name in names:
        if names.count(name) > 1:
            raise click.UsageError(f"--results has {name!r} twice: give each system its own name.")
    if options["images"] is None:
        if not results:
            raise click.UsageError("There is nothing to evaluate: give --images or --results.")
        for name in _OF_MODELS:
            if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
                spelled = name.replace("_", "-")
                raise click.UsageError(f"--{spelled} is for models, which need --images.")


def _inputs(request: Request) -> Iterator[Path]:
    """Yield the files and folders that are read."""
    yield request.annotations
    yield from request.results.values()
    if request.images is not None:
        yield request.images
