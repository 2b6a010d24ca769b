"""Practice: a folder for every coding question, with what a learner starts from, the tests, and the solution apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qbank.bank.model import Code, Program, Word
from qbank.check.facts import Facts
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.render.jinja import render
from qbank.run import ANSWER, TESTS, workspace
from qbank.store import key

#: Where the solution lies, below the folder of its question.
REFERENCE = "reference"


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The folders of all coding questions, and a list of them; of those of `topic` only, where it is given."""
    tasks = [each for name, questions in press.bank.topics() if topic in ("", name.name) for each in questions]
    tasks = [each for each in tasks if each.code]
    for question in tasks:
        for name in _names(question.code):
            path = f"practice/{question.name}/{name}"
            yield Job(path, key("job", path, press.key(question)), ready(partial(_write, press, question, name)))
    if tasks and not topic:
        path = "practice/README.md"
        about = [edition.version, press.header_key, *map(press.key, tasks)]
        yield Job(path, key("job", path, *about), ready(partial(_write_index, press, edition, tasks)))


def _names(language: str) -> tuple[str, ...]:
    """The files of a folder."""
    reference = f"{REFERENCE}/{ANSWER[language]}"
    return ("README.md", *workspace(Code(language=Word(language)), ""), reference)


def _write(press: Press, question: Facts, name: str, path: Path) -> None:
    row = json.loads(press.rendered(question).row)
    code = _code(row["code"])
    reference = f"{REFERENCE}/{ANSWER[code.language]}"
    made = files(row["title"], row["question"]["markdown"], code, compare=reference)
    path.write_text({**made, reference: str(code.solution)}[name], encoding="utf-8", newline="\n")


def _write_index(press: Press, edition: Edition, tasks: Sequence[Facts], path: Path) -> None:
    listed = [(question, json.loads(press.rendered(question).row)) for question in tasks]
    settings = press.bank.header.settings
    text = render("markdown", "practice/index.md.j2", settings=settings, edition=edition, questions=listed)
    path.write_text(text, encoding="utf-8", newline="\n")


def files(title: str, asked: str, code: Code, compare: str) -> dict[str, str]:
    """What a learner starts from, by file name; `asked` is the question as Markdown, `compare` shows the solution."""
    about = {"title": title, "asked": asked, "code": code, "answer": ANSWER[code.language], "tests": TESTS}
    readme = render("markdown", "practice/README.md.j2", **about, compare=compare, flavor="github")
    return {"README.md": readme.strip() + "\n", **workspace(code, str(code.stub))}


def _code(row: Mapping[str, Any]) -> Code:
    return Code(
        language=Word(row["language"]),
        stub=Program(row["stub"]),
        solution=Program(row["solution"]),
        tables=Program(row["tables"]),
        tests=Program(row["tests"]),
        requires=tuple(map(Word, row["requires"])),
    )
