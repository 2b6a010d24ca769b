"""`qbank new`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from qbank.cli.common import bank_option, opened


@click.command("new")
@click.argument("name")
@bank_option
def command(name: str, root: Path) -> None:
    """Start a question: NAME is TOPIC/NAME, such as linear-models/ridge-regression."""
    from qbank.bank import layout
    from qbank.bank.names import MAX_NAME, question_path
    from qbank.render.jinja import render

    tree, header = opened(root)
    match = re.fullmatch(r"([a-z0-9-]+)/([a-z0-9]+(?:-[a-z0-9]+)*)", name.removesuffix(".yaml"))
    topics = [str(topic.name) for topic in header.settings.topics]
    if not match or len(match[2]) > MAX_NAME:
        raise click.UsageError("write TOPIC/NAME in lower-case words joined by hyphens: linear-models/ridge-regression")
    if match[1] not in topics:
        raise click.UsageError(f"there is no topic '{match[1]}'; the topics are {', '.join(topics)}")
    used = {layout.name_of(path)[1] for path in layout.question_paths(tree)} | {
        str(each.name) for each in header.retired
    }
    if match[2] in used:
        raise click.UsageError(f"the name '{match[2]}' is already used in this bank")
    path = root / question_path(match[1], match[2])
    path.parent.mkdir(exist_ok=True)
    text = render("text", "question.yaml.j2", settings=header.settings, works=list(header.works))
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path}\nFill it in, then run: qbank check {path}")
