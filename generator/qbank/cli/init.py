"""`qbank init`: a small bank on the night sky, whose files explain themselves."""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.bank.layout import SETTINGS

if TYPE_CHECKING:
    from qbank.bank.load import Header

_BANK = "bank"
#: The question whose file shows every field: those that it does not use follow in it as comments.
_FIRST = "moon/phases-of-the-moon.yaml"


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Start a bank in DIR: a small one, to change into yours."""
    files = {f"{_BANK}/{path}": text for path, text in bank(_namespace(folder)).items()} | _editor()
    if (folder / SETTINGS).exists():
        raise click.UsageError(f"{folder} is a bank already; nothing was written")
    for taken in (folder / _BANK, *(folder / path for path in files)):
        if taken.exists() or taken.is_symlink():
            raise click.UsageError(f"{taken} is there already; nothing was written")
    try:
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        for path, text in _GIT.items():
            if not (folder / path).exists():  # that of a repository which is there already is its own
                (folder / path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    click.echo(f"{folder / _BANK} holds a bank of four questions. What to try next:\n")
    if folder.resolve() != Path.cwd():
        click.echo(f"cd {shlex.quote(str(folder))}")
    click.echo("qbank check             # after every change: whether all is well")
    click.echo("qbank build             # decks, sheets and data in dist/")
    click.echo("qbank new moon/tides    # a question of your own")


#: What git should know: what is made, and that no line end of the ledger may change, since it counts bytes.
_GIT = {
    ".gitignore": "/dist/\n/mock/\n/practice/\n",
    ".gitattributes": "* text=auto eol=lf\n",
}


def _namespace(folder: Path) -> str:
    """A namespace after the folder, for lack of a better one: the author is told to choose it."""
    name = unicodedata.normalize("NFKD", folder.resolve().name.lower()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", name).strip("-") or _BANK


def _editor() -> dict[str, str]:
    """What VS Code reads in the folder that holds the bank."""
    from qbank.bank.schema import EXTENSIONS, editor_settings

    held = {"settings": editor_settings(_BANK), "extensions": EXTENSIONS}
    return {f".vscode/{name}.json": json.dumps(value, indent=2) + "\n" for name, value in held.items()}


def bank(namespace: str) -> dict[str, str]:
    """The files of the bank to begin with, by their paths in it."""
    from qbank.bank.load import header
    from qbank.cli import new, schema
    from qbank.program import templates
    from qbank.render.jinja import render
    from qbank.tree import Memory

    root = templates() / "init"
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")}
    own = (root / "bank.yaml.j2").read_text(encoding="utf-8")
    files["bank.yaml"] = render("text", "init/bank.yaml.j2", namespace=namespace, more=_not_in(own))
    shared = header(Memory({path: text.encode() for path, text in files.items()}))[0]
    files[_FIRST] += "\n" + _rest(files[_FIRST], shared)
    made = {path: f"{new.modeline()}\n\n{text}" if "/" in path else text for path, text in files.items()}
    return made | schema.files(shared.settings)


def _not_in(text: str) -> list[tuple[str, str, str]]:
    """The fields of bank.yaml that a text neither sets nor shows: name, description, and what holds without them."""
    from qbank.bank.settings import Settings
    from qbank.bank.shape import slots

    known = slots(Settings).values()
    more = [slot for slot in known if not re.search(rf"^(# )?{slot.name}:", text, re.MULTILINE)]
    return [(slot.name, slot.description, "" if slot.nested else _default(slot.default)) for slot in more]


def _default(value: object) -> str:
    """A default as YAML, on a line."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rest(text: str, shared: Header) -> str:
    """The fields of a question that a text does not set, as comments."""
    from qbank.cli import new

    return new.rest(new.fields(shared.settings, list(shared.works)), re.findall(r"^(\w+):", text, re.MULTILINE))
