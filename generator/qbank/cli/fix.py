"""What `qbank check --fix` writes and says."""

from __future__ import annotations

import difflib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from qbank import fix
from qbank.cli.page import harmless
from qbank.problem import Problem
from qbank.survey import Survey
from qbank.tree import Folder


def fixed(survey: Survey, root: Path, wanted: Callable[[str], bool], *, aside: bool, dry: bool) -> Survey:
    """Make the safe fixes in the files of a bank that are wanted, and say what was mended; `aside` to standard error.

    The survey that comes back is one of the bank as it is now. A `dry` run writes nothing, and shows what would change
    as a difference that `patch` and `git apply -p0` read.
    """
    files, problems = fix.mended(survey, wanted)
    if dry:
        for path, both in sorted(files.items()):
            click.echo("".join(_difference(_called(survey, path), *both)), nl=False)
        return survey
    left = {_called(survey, path): why for path, both in files.items() if (why := _write(root, path, *both))}
    done = [each for each in problems if each.span.path not in left]
    if done:
        count = len({each.span.path for each in done})
        lines = [f"  {harmless(each.span.path)}:{each.span.line}: {_what(each.problem)}" for each in done]
        click.echo("\n".join([f"mended in {count} file{'' if count == 1 else 's'}:", *lines]), err=aside)
    for path, why in left.items():
        click.echo(f"{harmless(path)} was left as it is: {why}", err=True)
    return Survey(Folder(root), survey.store, survey.workers)


def _called(survey: Survey, path: str) -> str:
    return f"{survey.tree.name}/{path}"


def _what(problem: Problem) -> str:
    return f"{problem.rule}: {harmless(problem.message)}"


def _difference(path: str, old: bytes, new: bytes) -> Iterator[str]:
    for line in difflib.unified_diff(_lines(old), _lines(new), path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """The lines of a file with their ends, as `diff` counts them: not by those that are Unicode's alone."""
    return [line.decode() for line in io.BytesIO(data)]


def _write(root: Path, path: str, old: bytes, new: bytes) -> str:
    """Write a file at once or not at all; where that is not possible, say why."""
    file = (root / path).resolve()  # what a link in the bank leads to, not the link
    beside = file.with_name(f".{file.name}.new")
    try:
        if not file.is_relative_to(root.resolve()):
            return "it is not in the bank"
        if file.read_bytes() != old:
            return "it was changed in the meantime"
        if not file.stat().st_mode & 0o222 or not os.access(file, os.W_OK):
            return "it is read-only"
        beside.write_bytes(new)
        shutil.copymode(file, beside)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        return error.strerror or str(error)
    return ""
