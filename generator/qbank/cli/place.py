"""Where the bank is: the folder that is named, or else the nearest one, from this folder upward."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.core import ParameterSource

from qbank.bank.layout import SETTINGS


def placed(given: Path | None, root: Path, folder: str) -> Path:
    """Where to write: the folder that is given, else one beside the bank that was found, else one in this folder.

    A bank that is found lies here or above, and in a subfolder of it nobody wants files that are no questions.
    """
    if given is not None:
        return given
    context = click.get_current_context()
    if context.get_parameter_source("root") is ParameterSource.COMMANDLINE:
        return Path(folder)
    return Path(os.path.relpath(Path(os.path.abspath(root)).parent / folder))  # noqa: PTH100 - without following links


def nearest_bank() -> Path | None:
    """The nearest bank: of this folder and those above it the first that is one, or that holds one named bank."""
    here = Path.cwd()
    for above in (here, *here.parents):
        for folder in (above / "bank", above):
            if (folder / SETTINGS).is_file():
                return Path(os.path.relpath(folder))
    return None


def found(context: click.Context, _: click.Parameter, given: Path | None) -> Path:
    """The folder of the bank: that which an option names, or the nearest one. None at all is wrong usage."""
    root = given or nearest_bank()
    if root is None:
        for other in (Path("bank", "bank.yml"), Path("bank.yml")):
            if other.is_file():
                raise click.UsageError(f"rename {other} to {SETTINGS}")
        raise click.UsageError(
            "there is no bank here or in a folder above; start one with `qbank init DIR`, or name it with --bank DIR"
        )
    return root
