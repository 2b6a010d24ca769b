"""`qbank new`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli.common import bank_option, opened

if TYPE_CHECKING:
    from qbank.bank.settings import Settings


@click.command("new")
@click.argument("name")
@bank_option
def command(name: str, root: Path) -> None:
    """Start a question: NAME is TOPIC/NAME, such as linear-models/ridge-regression."""
    from qbank.bank import layout
    from qbank.bank.names import MAX_NAME, question_path
    from qbank.bank.schema import required_fields
    from qbank.cli import near, schema

    tree, header = opened(root)
    written = "/".join(name.replace("\\", "/").removesuffix(".yaml").split("/")[-2:])
    match = re.fullmatch(r"([a-z0-9-]+)/([a-z0-9]+(?:-[a-z0-9]+)*)", written)
    topics = [str(topic.name) for topic in header.settings.topics]
    if not match or len(match[2]) > MAX_NAME:
        meant = "/".join(re.sub("[^a-z0-9]+", "-", part.casefold()).strip("-") for part in written.split("/"))
        shown = meant if re.fullmatch("[^/]+/[^/]+", meant) and meant != written else "linear-models/ridge-regression"
        raise click.UsageError(f"write TOPIC/NAME in lower-case words joined by hyphens: {shown}")
    if match[1] not in topics:
        near.refuse("topic", match[1], topics)
    used = {layout.name_of(path)[1] for path in layout.question_paths(tree)} | {
        str(each.name) for each in header.retired
    }
    if match[2] in used:
        raise click.UsageError(f"the name '{match[2]}' is already used in this bank")
    path = root / question_path(match[1], match[2])
    path.parent.mkdir(exist_ok=True)
    text = page(fields(header.settings, list(header.works)), required_fields(header.settings))
    path.write_text(text, encoding="utf-8", newline="\n")
    schema.write(root, header.settings)
    click.echo(f"{path}\nWrite over every TODO, delete the '# ' before other fields that you need, then run:")
    click.echo(f"qbank check {path}")


def fields(settings: Settings, works: list[str]) -> dict[str, str]:
    """Every field of a question with a word on it and what to write over, by its name: the template's paragraphs."""
    from qbank.render.jinja import render

    paragraphs = render("text", "question.yaml.j2", settings=settings, works=works).strip().split("\n\n")
    return {re.findall(r"^(\w+):", each, re.MULTILINE)[0]: each for each in paragraphs}


def page(given: Mapping[str, str], required: Collection[str]) -> str:
    """The file of a question to fill in: the required fields, and the others as comments."""
    needed = [text for name, text in given.items() if name in required]
    return "\n\n".join((modeline(), *needed, rest(given, required)))


def modeline() -> str:
    """The line by which editors find the schema of a question's file, from the folder of a topic.

    See https://github.com/redhat-developer/yaml-language-server#using-inlined-schema.
    """
    from qbank.bank.schema import FILES, schema_path

    return f"# yaml-language-server: $schema=../{schema_path(FILES[0])}"


def rest(given: Mapping[str, str], used: Collection[str]) -> str:
    """The fields that are not used, as comments; what stood in comments is one still without the first sign."""
    free = (
        re.sub("^(# )?", lambda sign: "## " if sign[1] else "# ", text, flags=re.MULTILINE)
        for name, text in given.items()
        if name not in used
    )
    return "\n\n".join(("# Optional fields follow: delete the '# ' before those that you need.", *free)) + "\n"
