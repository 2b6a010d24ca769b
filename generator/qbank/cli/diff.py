"""`qbank diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli.common import bank_option, cache_option, surveyed

if TYPE_CHECKING:
    from qbank.survey import Survey

#: Digits of a commit that are shown.
_SHORT = 9


@click.command("diff")
@click.argument("revision", metavar="[REV]", default="")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to show changes."
)
@cache_option
@bank_option
def command(revision: str, form: str, no_cache: bool, root: Path) -> None:
    """Show what changes since the git revision REV: what it does to learners, which words differ, new problems.

    REV is read as `git diff` reads it. One revision is compared with the files as they are now, those that git does
    not know yet included. A..B compares two revisions, and A...B the second with where it left the first; HEAD stands
    for one that is left out. Without REV the files are compared with where their branch left the main one, as a pull
    request would be: origin/main, upstream/main, or main where there is no remote.
    """
    from qbank.cli import page, review
    from qbank.comparison import compare
    from qbank.git import GitError
    from qbank.source.places import located

    with surveyed(root, no_cache=no_cache) as survey:
        try:
            old, new, title = _states(survey, root, revision)
        except GitError as error:
            raise click.UsageError(f"cannot compare: {error}") from error
        found = compare(old, new)
        shown = review.FORMATS[form](title, found, located(new.tree, found.problems))
    click.echo(shown, nl=False, color=page.color())


def _states(survey: Survey, root: Path, revision: str) -> tuple[Survey | None, Survey, str]:
    """The state before, if it has a bank, the state after, and what their comparison is called."""
    from qbank import git

    if ".." in revision:
        dots = "..." if "..." in revision else ".."
        first, second = (each or "HEAD" for each in revision.split(dots, 1))
        end = _at(survey, root, git.commit(root, second), second)
        if end is None:
            raise git.GitError(f"there is no bank in {second}")
        if dots == "..":
            start = _at(survey, root, git.commit(root, first), first)
            return start, end, _title(start, f"from {first} to {second}")
        commit = git.common(root, first, second)
        start = _at(survey, root, commit, commit[:_SHORT])
        return start, end, _title(start, f"from {commit[:_SHORT]}, where {second} left {first}, to {second}")
    if revision:
        start = _at(survey, root, git.commit(root, revision), revision)
        return start, survey, _title(start, f"since {revision}")
    survey.verdict  # noqa: B018 - that a folder holds no bank is said first
    branches = git.main_branches(root, [str(survey.header.settings.branch)])
    commit = git.common(root, "HEAD", *branches)
    left = f"where the branch left {_named(branches)}" if commit != git.commit(root, "HEAD") else "the last commit"
    start = _at(survey, root, commit, commit[:_SHORT])
    return start, survey, _title(start, f"since {commit[:_SHORT]}, {left}")


def _named(branches: list[str]) -> str:
    """The first of some branches that has a name of its own."""
    return next((each for each in branches if not each.endswith("/HEAD")), branches[0])


def _title(start: Survey | None, said: str) -> str:
    return f"Changes {said}" + ("" if start else ": there was no bank, so everything is new")


def _at(survey: Survey, root: Path, commit: str, called: str) -> Survey | None:
    """The bank as a commit has it; None where it has none. What is kept of one survey serves the other."""
    from qbank.bank.layout import SETTINGS
    from qbank.survey import Survey
    from qbank.tree import Revision

    tree = Revision(root, commit)
    tree.name = f"{called}:{root.as_posix()}"
    return Survey(tree, survey.store, survey.workers) if SETTINGS in tree.paths else None
