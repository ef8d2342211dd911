"""The error of a pose or a motion that a body cannot do."""

from __future__ import annotations

import click


class UnsuitedBodyError(click.ClickException):
    """No variation of a pose or a motion suits a body: another body may do it."""
