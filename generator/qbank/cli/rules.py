"""`qbank rules`."""

from __future__ import annotations

import click


@click.command("rules")
@click.argument("name", required=False)
@click.option("--markdown", is_flag=True, help="All of them as one page of Markdown.")
def command(name: str | None, markdown: bool) -> None:
    """List the rules of `qbank check`, or explain the rule NAME."""
    from qbank import check
    from qbank.outputs import paper

    rules = {rule.name: rule.doc for rule in (*check.RULES, *paper.RULES)}
    if markdown:
        click.echo("# Rules\n\nWhat `qbank check` and `qbank build` refuse, and why.")
        for each, text in sorted(rules.items()):
            click.echo(f"\n## {each}\n{text}")
    elif name is None:
        for each, text in sorted(rules.items()):
            click.echo(f"{each:24} {text.splitlines()[0]}")
    elif name in rules:
        click.echo(rules[name])
    else:
        raise click.UsageError(f"there is no rule '{name}'")
