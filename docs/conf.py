"""How Sphinx builds the site: the README, the pages of docs/, and the API reference.

sphinx-build --fail-on-warning -c docs . build/site

The source folder is the repository, so that the same relative links work in a checkout and on the
site, and a link to a file that does not exist is an error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

import vitruvian

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "Vitruvian"
version = release = vitruvian.__version__
author = "the Vitruvian authors"
project_copyright = "2026 the Vitruvian authors"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "README"
include_patterns = ["*.md", "benchmarks/README.md", "js/README.md", "docs/*.md", "docs/*.rst"]
exclude_patterns = [".*", "build", "demo", "samples", "shared", "src", "tests"]

myst_heading_anchors = 3  # as on GitHub: #headings are targets of links

# Names of types, such as Image, stay as they are written: the expanded ones fill half a page.
autodoc_type_aliases = {name: name for name in ("Float32", "Image", "Select")}
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
add_module_names = False
default_role = "py:obj"  # `Pose` in a docstring is a link to its description
autodoc_member_order = "bysource"
napoleon_attr_annotations = False  # the text of an attribute says its shape and type

html_theme = "furo"
pygments_dark_style = "github-dark"
html_title = "Vitruvian"
html_show_sourcelink = False
html_copy_source = False

# GitHub shows the README without this list, which is the site's menu.
MENU = """
```{toctree}
:hidden:
:caption: Guides

docs/from-mediapipe
docs/options-and-outputs
docs/several-people
docs/angles
docs/room
docs/sport-science
docs/animation
docs/command-line
docs/troubleshooting
```

```{toctree}
:hidden:
:caption: Reference

docs/api
js/README
docs/models
docs/formats
docs/exactness
docs/evaluation
benchmarks/README
CHANGELOG
```

```{toctree}
:hidden:
:caption: Development

ARCHITECTURE
CONTRIBUTING
```
"""


def add_menu(_app: Sphinx, name: str, source: list[str]) -> None:
    """Add the site's menu to the README."""
    if name == root_doc:
        source[0] += MENU


def check_public_names(_app: Sphinx, environment: BuildEnvironment) -> None:
    """Warn of each public name that the API reference does not describe."""
    described = {name for name, *_ in environment.domains["py"].get_objects()}
    for name in dir(vitruvian):
        if not name.startswith("_") and f"vitruvian.{name}" not in described:
            logging.getLogger(__name__).warning("docs/api.rst does not describe %s", name)


def write_index(app: Sphinx, error: Exception | None) -> None:
    """Make the site's root lead to the README."""
    if error is None and app.builder.format == "html":
        page = f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={root_doc}.html">'
        Path(app.outdir, "index.html").write_text(f"<!doctype html>{page}\n")


def setup(app: Sphinx) -> None:
    """Connect the functions of this file."""
    app.connect("source-read", add_menu)
    app.connect("env-check-consistency", check_public_names)
    app.connect("build-finished", write_index)
