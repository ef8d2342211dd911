"""`python -m vitruvian` is the command `vitruvian`."""

from vitruvian.cli.main import main

main(prog_name="vitruvian")
