"""Releases of a bank that changes, as packages to import. Needs the generator only, no Anki."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import yaml

from qbank import dist
from qbank.bank import names
from qbank.bank.layout import CHANGELOG, LEDGER
from qbank.outputs import jobs
from qbank.outputs.job import Edition
from qbank.problem import Problem, errors
from qbank.release import prepare
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder

MINIBANK = Path(__file__).parent.parent / "minibank"
#: Days of releases, all in the past: 2026-09-21 and ten and twenty days later.
FIRST, SECOND, THIRD = 1_790_000_000, 1_790_864_000, 1_791_728_000
DAY = 86_400

#: No line of a text is broken, so that none looks like a list that somebody forgot to write as a block.
UNBROKEN = 10**6


class ChangingBank:
    """A bank of simple questions, and the edits that contributors make to it."""

    def __init__(self, folder: Path, questions: int) -> None:
        self.root = Path(shutil.copytree(MINIBANK, folder / "bank"))
        self.folder = folder
        for path in (*self.root.glob("linear-models/*"), *self.root.glob("evaluation/*")):
            path.unlink()
        (self.root / LEDGER).unlink(missing_ok=True)
        self.count = 0
        for _ in range(questions):
            self.add()

    def path(self, name: str) -> Path:
        return next(self.root.glob(f"*/{name}.yaml"))

    def names(self) -> list[str]:
        return sorted(path.stem for path in self.root.glob("*/*.yaml"))

    def read(self, name: str) -> dict:  # type: ignore[type-arg]
        return dict(yaml.safe_load(self.path(name).read_text(encoding="utf-8")))

    def write(self, name: str, question: dict) -> None:  # type: ignore[type-arg]
        self.path(name).write_text(
            yaml.safe_dump(question, sort_keys=False, allow_unicode=True, width=UNBROKEN), encoding="utf-8"
        )

    def add(self) -> str:
        """A question with a fact and a cloze of two deletions."""
        self.count += 1
        n, name = self.count, f"question-{self.count}"
        topic = ("linear-models", "evaluation")[n % 2]
        path = self.root / topic / f"{name}.yaml"
        path.touch()
        self.write(
            name,
            {
                "title": f"Thing {n}",
                "aliases": [f"item {n * 7}"],
                "question": f"What says thing{n} of item{n * 7} and part{n * 13}?",
                "kind": "concept",
                "level": ("core", "intermediate")[n % 3 == 0],
                "answer": f"Answer {n}.",
                "explanation": f"Explanation {n}: $x_{{{n}}} < y$.",
                "cards": [
                    {"id": "fact", "front": f"What is fact {n}?", "back": f"Value {n}."},
                    {"id": "gap", "cloze": f"Gap {n}: {{{{c1::alpha {n}}}}} and {{{{c2::beta {n}}}}}."},
                ],
                "references": [{"work": "esl"}],
            },
        )
        return name

    def file(self, name: str, **changes: object) -> None:
        """A change of what a question is filed under: title, aliases, level, kind."""
        self.write(name, {**self.read(name), **changes})

    def set(self, **changes: object) -> None:
        """A change of bank.yaml."""
        path = self.root / "bank.yaml"
        path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text(encoding="utf-8")), **changes}))

    def summary(self) -> str:
        """What the last release changed."""
        with self.surveyed() as survey:
            return survey.bank.ledger.summary

    def correct(self, name: str) -> None:
        question = self.read(name)
        question["answer"] = f"Corrected: {question['answer']}"
        self.write(name, question)

    def reword_card(self, name: str) -> None:
        question = self.read(name)
        question["cards"][0]["front"] = question["cards"][0]["front"].replace("What is", "Which value has")
        self.write(name, question)

    def correct_gap(self, name: str) -> None:
        question = self.read(name)
        question["cards"][1]["cloze"] = question["cards"][1]["cloze"].replace("::alpha", "::true alpha")
        self.write(name, question)

    def add_gap(self, name: str) -> None:
        question = self.read(name)
        text = question["cards"][1]["cloze"]
        number = text.count("{{c") + 1
        if number <= 4:
            question["cards"][1]["cloze"] = f"{text} Also {{{{c{number}::gamma {number}}}}}."
            self.write(name, question)

    def add_card(self, name: str) -> None:
        question = self.read(name)
        self.count += 1
        n = self.count
        question["cards"].append({"id": f"extra-{n}", "front": f"What is extra {n} of {name}?", "back": f"Extra {n}."})
        self.write(name, question)

    def reverse(self, name: str) -> None:
        question = self.read(name)
        question["cards"][0]["reverse"] = True
        self.write(name, question)

    def move(self, name: str) -> None:
        """A question moves to another topic: its cards stay in the deck where learners have them."""
        path = self.path(name)
        other = {"linear-models": "evaluation", "evaluation": "linear-models"}[path.parent.name]
        path.rename(self.root / other / path.name)

    def retire(self, name: str) -> None:
        self.path(name).unlink()
        self._retire({"name": name, "reason": "It was wrong beyond mending."})

    def retire_card(self, name: str) -> None:
        question = self.read(name)
        if question["cards"]:
            card = question["cards"].pop(0)
            self.write(name, question)
            self._retire({"name": name, "card": card["id"], "reason": "It was ambiguous."})

    def _retire(self, entry: dict) -> None:  # type: ignore[type-arg]
        path = self.root / "retired.yaml"
        retired = yaml.safe_load(path.read_text(encoding="utf-8"))["retired"]
        path.write_text(yaml.safe_dump({"retired": [*retired, entry]}), encoding="utf-8")

    def recolor(self, chance: Random) -> None:
        """A change of the style sheet: a color on which white is legible, so half as bright at most."""
        path = self.root / "bank.yaml"
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        settings["topics"][0]["color"] = "#" + "".join(f"{chance.randrange(0x80):02x}" for _ in range(3))
        path.write_text(yaml.safe_dump(settings), encoding="utf-8")

    @contextmanager
    def surveyed(self) -> Iterator[Survey]:
        """The bank as it is now. Nothing is kept: what a test changes of the generator is in no key."""
        with Store.temporary() as store:
            yield Survey(Folder(self.root), store, rendering=True)

    def problems(self) -> list[Problem]:
        with self.surveyed() as survey:
            return errors(survey.verdict.problems)

    def release(self, version: str, time: int) -> Path:
        """Release the bank and return the folder of its packages."""
        with self.surveyed() as survey:
            assert not errors(survey.verdict.problems), errors(survey.verdict.problems)[0]
            made = prepare(survey, version, time)
        dist.replace(self.root / CHANGELOG, made.changelog)
        dist.replace(self.root / LEDGER, made.published)
        return self.force(version, time)

    def force(self, version: str, time: int) -> Path:
        """Build what the check would refuse, too."""
        out = self.folder / version
        with self.surveyed() as survey:
            edition = Edition(version, time, survey.bank.ledger.summary)
            dist.write(out, {"anki": jobs("anki", survey, edition)}, survey.store)
        return out / "anki"

    def guid(self, key: str) -> str:
        with self.surveyed() as survey:
            return names.guid(survey.header.settings.namespace, key)
