"""`python -m vitruvian` is the command `vitruvian`."""

from vitruvian.cli import main

main(prog_name="vitruvian")
