"""`vitruvian models`: download and verify the weights."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from vitruvian.weights import cache, catalogue

_names = click.argument(
    "names", nargs=-1, type=click.Choice([*catalogue.WEIGHTS]), metavar="[NAME]..."
)


@click.group()
def models() -> None:
    """Download and verify the weights."""


@models.command()
@_names
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="A folder that contains the files. VITRUVIAN_WEIGHTS can also name it.",
)
def pull(names: tuple[str, ...], folder: Path | None) -> None:
    """Download the weights NAME..., or all, and print their paths.

    Those that are in the cache are not downloaded again.
    """
    for name in names or catalogue.WEIGHTS:
        click.echo(cache.pull(name, folder=folder))


@models.command("list")
def list_models() -> None:
    """List all weights, and whether they are in the cache."""
    for name, file in catalogue.WEIGHTS.items():
        click.echo(f"{name:<20} {file.size_bytes / 1e6:5.1f} MB  {_state(name)}")


@models.command()
@_names
def verify(names: tuple[str, ...]) -> None:
    """Compare the weights NAME..., or all, with their pinned checksums."""
    states = {name: _state(name) for name in names or catalogue.WEIGHTS}
    for name, state in states.items():
        click.echo(f"{name:<20} {state}")
    sys.exit(0 if set(states.values()) == {"here"} else 1)


@models.command()
@click.argument("name", required=False, type=click.Choice([*catalogue.WEIGHTS]), metavar="[NAME]")
def path(name: str | None) -> None:
    """Print the cache folder, or the path of the weights NAME in it."""
    click.echo(cache.path(name) if name else cache.home())


def _state(name: str) -> str:
    if cache.is_verified(name):
        return "here"
    return "damaged" if cache.path(name).exists() else "missing"
