"""`vitruvian web`: show the demo of the JavaScript package in a browser."""

from __future__ import annotations

import contextlib
import webbrowser
from pathlib import Path

import click

from vitruvian.cli.web_server import DemoServer
from vitruvian.weights import cache

# In a checkout. A wheel does not contain the JavaScript package.
JAVASCRIPT = Path(__file__).parents[3] / "js"

# The networks that the browser and Python share; the browser's detector is another file.
SHARED_WEIGHTS = ("pose_landmark_lite", "pose_landmark_full", "pose_landmark_heavy")


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on 127.0.0.1; 0 is any that is free.",
)
@click.option("--open/--no-open", "opens_browser", default=True, help="Open the page.")
def web(port: int, opens_browser: bool) -> None:
    """Serve the demo for the browser.

    The page finds the body in your camera, images and videos. Only this machine can reach it.
    """
    with DemoServer(port, demo_files(JAVASCRIPT)) as server:
        click.echo(f"The demo is at {server.address} until you press Ctrl+C.")
        if opens_browser:
            webbrowser.open(server.address)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def demo_files(javascript: Path) -> dict[str, Path]:
    """Return the files of the demo by the path of their address.

    Args:
        javascript: the folder `js` of a checkout.

    Raises:
        click.ClickException: the demo or the package is not built.
        WeightsError: the weights are not in the cache, and no source has them.
    """
    demo, package = javascript / "build" / "demo", javascript / "dist"
    if not (demo / "index.html").is_file() or not (package / "index.mjs").is_file():
        raise click.ClickException(
            "The demo is not built: run scripts/web in a checkout of Vitruvian. It needs Node.js "
            "20.19 or newer."
        )
    return {
        **_files_in(demo, "/"),
        **_files_in(package, "/vitruvian/"),
        **{f"/vitruvian/{name}.tflite": cache.pull(name) for name in SHARED_WEIGHTS},
        "/": demo / "index.html",
    }


def _files_in(folder: Path, prefix: str) -> dict[str, Path]:
    return {
        prefix + file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.is_file()
    }
