"""Runs the command `vitruvian` as `python -m vitruvian`."""

from vitruvian.cli.main import main

main(prog_name="vitruvian")
