"""`qbank fields`: what may stand in the files of a bank, as the model says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from qbank.bank.schema import File
    from qbank.bank.shape import Slot


#: What stands for no default.
_NONE = "-"


@click.command("fields")
@click.argument("name", required=False)
@click.option("--markdown", is_flag=True, help="All of them as one page of Markdown.")
def command(name: str | None, markdown: bool) -> None:
    """List the fields of the bank's files, or explain the field NAME.

    NAME may be a field, the way to one (question.cards.back), or what holds several: bank, cards.
    """
    if markdown:
        click.echo("\n".join(_page()))
        return
    found = [(way, slot) for way, slot in _walk() if name in (None, way, *way.split("."))]
    if not found:
        from qbank.bank.meant import nearest

        names = sorted({part for way, _ in _walk() for part in way.split(".")})
        raise click.UsageError(f"there is no field '{name}': {nearest(name or '', names, 'see `qbank fields`')}")
    for way, slot in found:
        if name is None:
            click.echo(f"{way:34} {slot.description}")
        else:
            default = _default(slot)
            also = "" if default == _NONE else f"; default: {default}"
            click.echo(f"{way}\n  {_meaning(slot)}\n  It holds {_shape(slot)}{also}.")


def _walk() -> Iterator[tuple[str, Slot]]:
    """Every field with the way to it: the file, then the fields that lead there."""
    from qbank.bank.schema import FILES

    for file in FILES:
        yield from _inside(file.of, f"{file.name}.KEY." if file.keyed else f"{file.name}.")


def _inside(cls: Any, way: str) -> Iterator[tuple[str, Slot]]:
    from qbank.bank.shape import slots

    for slot in slots(cls).values():
        yield way + slot.name, slot
        if slot.nested:
            yield from _inside(slot.of, f"{way}{slot.name}.")


def _page() -> Iterator[str]:
    from qbank.bank.schema import FILES
    from qbank.program import templates

    yield (templates() / "fields.md").read_text(encoding="utf-8").rstrip()
    for file in FILES:
        yield f"\n## {_title(file)}\n"
        yield f"{_about(file.of)}{' Every key of the file names one.' if file.keyed else ''}\n"
        yield from _table(file.of)
        for way, slot in _inside(file.of, ""):
            if slot.nested:
                yield f"\n### {_title(file)}: `{way}`\n\n{_about(slot.of)}\n"
                yield from _table(slot.of)


def _title(file: File) -> str:
    return "A question" if file.path.startswith("*") else file.path


def _about(cls: type) -> str:
    return " ".join((cls.__doc__ or "").split())


def _table(cls: Any) -> Iterator[str]:
    from qbank.bank.shape import slots

    yield "| field | holds | default | meaning |\n|---|---|---|---|"
    for slot in slots(cls).values():
        cells = (f"`{slot.name}`", _shape(slot), _default(slot), _meaning(slot))
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _meaning(slot: Slot) -> str:
    from qbank.bank.schema import demands
    from qbank.bank.settings import Limits

    words = [slot.description, *demands(slot, Limits())]
    if isinstance(slot.choices, str):
        words.append(f"One of the `{slot.choices}` of bank.yaml.")
    elif slot.choices:
        words.append(f"One of {', '.join(f'`{each}`' for each in slot.choices)}.")
    return " ".join(words)


def _shape(slot: Slot) -> str:
    from qbank.bank.model import ClozeText, Line, Markdown, Program

    called = {
        ClozeText: ("Markdown with clozes",) * 2,
        Markdown: ("Markdown",) * 2,
        Line: ("one line of Markdown", "lines of Markdown"),
        Program: ("code",) * 2,
        bool: ("`true` or `false`",) * 2,
        int: ("a number", "numbers"),
    }
    one, several = called.get(slot.of, ("a text", "texts"))
    if slot.keyed:
        return "a mapping from keys to texts"
    if slot.nested:
        one, several = "a mapping", "mappings"
    return f"a list of {several}" if slot.many else one


def _default(slot: Slot) -> str:
    if slot.default is MISSING:
        return "required"
    values = slot.default if isinstance(slot.default, tuple) else (slot.default,)
    named = [getattr(each, "name", "") if slot.nested else each for each in values]
    return (
        ", ".join(f"`{str(each).lower() if isinstance(each, bool) else each}`" for each in named if each != "") or _NONE
    )
