"""What a shell completes: names that can be known without reading a file of the bank, and those of its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli.place import nearest_bank

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def _completing(words: Callable[[Path], Iterable[str]]) -> Complete:
    def complete(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        root = context.params.get("root") or nearest_bank()
        found = words(root) if root else ()
        return [CompletionItem(word) for word in sorted(found) if word.startswith(incomplete)]

    return complete


def _files(root: Path) -> Iterable[Path]:
    return (path for path in root.glob("*/*.yaml") if not path.name.startswith("."))


def _rules(root: Path) -> Iterable[str]:
    from qbank import check

    return (rule.name for rule in check.RULES)


questions = _completing(lambda root: {path.stem for path in _files(root)})
topics = _completing(lambda root: {path.parent.name for path in _files(root)})
rules = _completing(_rules)
