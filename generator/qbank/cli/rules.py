"""`qbank rules`."""

from __future__ import annotations

from typing import Any

import click

from qbank.check.severity import GUARDED
from qbank.cli import complete, near
from qbank.problem import Rule


@click.command("rules")
@click.argument("name", required=False, shell_complete=complete.rules)
@click.option("--markdown", is_flag=True, help="All of them as one page of Markdown.")
def command(name: str | None, markdown: bool) -> None:
    """List the rules of `qbank check`, or explain the rule NAME."""
    from qbank import check
    from qbank.outputs import flashcards, paper, typesetting

    every: tuple[Rule[Any], ...] = (*check.RULES, *paper.RULES, *typesetting.RULES, *flashcards.RULES)
    rules = {rule.name: rule for rule in sorted(every, key=lambda rule: rule.name)}
    if markdown:
        click.echo(_page(list(rules.values())))
    elif name is None:
        for each in rules.values():
            click.echo(f"{each.name:24} {each.doc.splitlines()[0]}")
    elif name in rules:
        click.echo(f"{rules[name].doc}\n\n{_switching(rules[name])}")
    else:
        near.refuse("rule", name, list(rules), "`qbank rules` lists them")


def _switching(rule: Rule[Any]) -> str:
    """How grave a rule is, and what a bank may say of it."""
    grave = "An error, which stops a build" if rule.severity == "error" else "A warning, which stops nothing"
    if rule.guards:
        return f"{grave}. No bank can switch it: it guards {GUARDED[rule.guards]}."
    other = "warning" if rule.severity == "error" else "error"
    return f"{grave}. In bank.yaml: `rules: {{{rule.name}: off}}`, or `{other}`."


def _page(rules: list[Rule[Any]]) -> str:
    rows = (
        f"| [{rule.name}](#{rule.name}) | {rule.severity} | "
        f"{f'no: it guards {GUARDED[rule.guards]}' if rule.guards else 'yes'} |"
        for rule in rules
    )
    texts = (f"\n## {rule.name}\n{rule.doc}" for rule in rules)
    return "\n".join([_HEAD, *rows, *texts])


_HEAD = """\
# Rules

What `qbank check` and `qbank build` refuse, and why.

An error stops a build, a warning is shown and stops nothing. A bank may say otherwise of the rules that guard nothing,
in bank.yaml; a rule that is `off` finds nothing:

```yaml
rules:
  missing-reference: off
  answer-length: warning
```

| rule | by default | may be switched |
|---|---|---|"""
