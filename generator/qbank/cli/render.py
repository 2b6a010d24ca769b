"""`qbank render`."""

from __future__ import annotations

import re
import sys
import threading
from _thread import interrupt_main
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

import click

from qbank.cli.common import bank_option, cache_option, refuse_problems, surveyed
from qbank.outputs.template import ENDING, Template, TemplateFault

if TYPE_CHECKING:
    from qbank.check.facts import Facts
    from qbank.outputs.job import Edition
    from qbank.survey import Survey

#: Bytes that a template may have, seconds that it may take, and bytes of memory that the process may have meanwhile.
_MOST_BYTES = 1_000_000
_MOST_SECONDS = 600.0
_MOST_MEMORY = 4 << 30
_FIELD = re.compile(r"\{([^{}]*)\}")
#: What of a question may stand in the name of its file.
_FIELDS = ("id", "topic", "level", "kind")


@click.command("render")
@click.argument("template")
@click.option(
    "-o",
    "--out",
    help="The file to write; with {id} in it, and if you like {topic}, {level} or {kind}, one for each question.",
)
@cache_option
@bank_option
def command(template: str, out: str | None, no_cache: bool, root: Path) -> None:
    """Write the bank in the format of TEMPLATE, a file or one that comes with qbank; see docs/data.md."""
    from qbank import dist
    from qbank.ledger.state import FOUNDED
    from qbank.outputs import export
    from qbank.outputs.job import Edition

    made = opened(template)
    pattern = PurePath(out or "")
    fields = _FIELD.findall(out or "")
    if unknown := [name for name in fields if name not in _FIELDS]:
        raise click.UsageError(f"there is no {{{unknown[0]}}} for the name of a file, only {', '.join(_FIELDS)}")
    if fields and "id" not in fields:
        raise click.UsageError("with a file for each question its name needs {id}, or two would share one")
    with surveyed(root, no_cache=no_cache, rendering=True) as survey, _in_time(made), _in_memory():
        refuse_problems(survey)
        ledger = survey.bank.ledger
        edition = Edition(ledger.version or "unreleased", ledger.time or FOUNDED)
        try:
            if fields:
                _write_each(survey, edition, made, pattern)
                return
            text = "".join(export.written(made, export.whole(survey, edition)))
            if out:
                dist.replace(Path(out), text)
        except TemplateFault as fault:
            refuse_template(fault)
        except OSError as error:
            raise click.ClickException(f"cannot write to {out}: {error.strerror or error}") from error
    if not out:
        click.echo(text, nl=False)


def _write_each(survey: Survey, edition: Edition, template: Template, pattern: PurePath) -> None:
    """A file for each question, below the last folder whose name is the same for all."""
    from qbank import dist
    from qbank.cli.progress import Bar
    from qbank.outputs import export

    first = next(n for n, part in enumerate(pattern.parts) if _FIELD.search(part))
    below = "/".join(pattern.parts[first:])

    def path(question: Facts) -> str:
        values = {"id": question.name, "topic": question.topic, "level": question.level, "kind": question.kind}
        return _FIELD.sub(lambda field: values[field[1]], below)

    folder = Path(*pattern.parts[:first])
    planned = {f"export {template.makes}": export.files(survey, edition, template, path)}
    paths = dist.write(folder, planned, survey.store, progress=Bar("files", out=folder))
    click.echo(f"{len(paths)} files in {folder}")


def opened(name: str) -> Template:
    """The template in a file, or the one of that name that comes with the program. None of both is wrong usage."""
    from qbank.program import templates

    ours = templates() / "export"
    path = Path(name) if Path(name).is_file() else ours / Path(name).name
    try:
        data = path.read_bytes()
        source = data[: _MOST_BYTES + 1].decode()
    except FileNotFoundError as error:
        known = ", ".join(sorted(each.name for each in ours.glob(f"*{ENDING}")))
        raise click.UsageError(f"there is no template {name}; with qbank come {known}") from error
    except OSError as error:
        raise click.UsageError(f"cannot read {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{name} is not a text in UTF-8") from error
    if len(data) > _MOST_BYTES:
        raise click.UsageError(f"{name} is larger than a template may be, {_MOST_BYTES:,} bytes")
    if not path.name.endswith(ENDING) or path.name == ENDING:
        raise click.UsageError(f"the name of a template ends in {ENDING}, as in cards.csv{ENDING}")
    return Template(name, source)


def refuse_template(fault: TemplateFault) -> NoReturn:
    """Show what is wrong with a template, and end."""
    from qbank.cli import report
    from qbank.problem import Place, Problem, Span
    from qbank.source.places import Located

    lines = fault.template.source.splitlines()
    line = lines[fault.line - 1] if fault.line <= len(lines) else ""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    span = Span(fault.template.path, fault.line, start + 1, fault.line, max(end, start + 1) + 1)
    said = f"{fault.help}; at hand was {fault.row}" if fault.row else fault.help
    problem = Problem("template", Place(fault.template.path), fault.message, said)
    click.echo(report.text([Located(span, problem, line)]), nl=False, err=True)
    sys.exit(1)


@contextmanager
def _in_time(template: Template) -> Iterator[None]:
    """Ends what takes too long: a template may loop without an end."""
    late = threading.Event()

    def end() -> None:
        late.set()
        interrupt_main()

    timer = threading.Timer(_MOST_SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if late.is_set():
            raise click.ClickException(f"{template.path} took more than {_MOST_SECONDS:g} seconds") from None
        raise
    finally:
        timer.cancel()


@contextmanager
def _in_memory() -> Iterator[None]:
    """Keeps a template from taking all memory, where the system counts that of a process: one filter may ask for it."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = _MOST_MEMORY if before[0] == resource.RLIM_INFINITY else min(_MOST_MEMORY, before[0])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
