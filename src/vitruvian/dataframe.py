"""A table of pandas, which is imported only when one is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vitruvian.errors import MissingLibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame


def dataframe(columns: Mapping[str, Any]) -> DataFrame:
    """Return columns of equal length as a DataFrame.

    Raises:
        MissingLibraryError: pandas is not installed.
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise MissingLibraryError(
            f"to_dataframe needs pandas ({error}): run pip install pandas."
        ) from error
    table: DataFrame = pandas.DataFrame(columns)
    return table
