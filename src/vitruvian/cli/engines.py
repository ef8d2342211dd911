"""`vitruvian engines`: compare the engines on this machine."""

from __future__ import annotations

import click

from vitruvian.cli.options import option
from vitruvian.cli.terminal import native_code_silenced
from vitruvian.engines import choice
from vitruvian.engines.protocol import Setup
from vitruvian.errors import EngineError
from vitruvian.options import ENGINES


@click.command()
@option("threads")
def engines(threads: int | None) -> None:
    """Show how fast each engine is here.

    `*` marks the default engine. The last table is that of MediaPipe's page, with a column for this
    machine: how long a frame takes.
    """
    from vitruvian.jobs import engine_speed, frame_speed  # noqa: PLC0415 - slow, not for --help
    from vitruvian.native import library  # noqa: PLC0415 - loads the library

    setup = Setup(threads=threads)
    chosen, reason = choice.choose()
    networks = engine_speed.networks()
    click.secho(" " * 14 + "".join(f"{network:>9}" for network in networks), bold=True)
    for name in ENGINES:
        click.echo(f"{'*' if name == chosen else ' '} {name:<12}", nl=False)
        try:
            for network in networks.values():
                with native_code_silenced():
                    taken_ms = engine_speed.milliseconds(name, network, setup)
                click.echo(f"{taken_ms:9.1f}", nl=False)
            click.echo()
        except EngineError as error:
            click.echo(f"    {error}")
    count = setup.thread_count
    click.echo(f"\nMilliseconds per image, {count} thread{'s' * (count > 1)}.", nl=False)
    click.echo(f" * is used by default: {reason}.")
    click.echo(f"All but the networks: {library.description()}.\n")
    with native_code_silenced():
        latencies = frame_speed.latency_table(threads)
    for line in latencies.lines():
        click.echo(line)
    click.echo(
        "\nMilliseconds per frame in which one person is tracked, from the image to the result,"
    )
    click.echo("here of 1280×720. The other columns are those of MediaPipe's page.")
