"""Banks of any size that are like the real one: copies of its questions, each of which asks something else.

In a copy each word of four letters or more is another one of the bank of the same length, and so are the variables of
formulas: a copy is as long as its original, in the same style of YAML. New words come with every thirty copies, as a
bank that grows has new subjects. Files are made by joining pieces of text: a hundred thousand in less than a minute.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count as numbers
from pathlib import Path

import yaml

from qbank import release
from qbank.bank import layout
from qbank.bank.layout import LEDGER, name_of
from qbank.bank.names import MAX_NAME
from qbank.problem import errors
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder

BANK = Path(__file__).parent.parent / "bank"
#: Fields that a copy goes without, since they name other questions, and what stands for the number of a copy.
_LEFT_OUT = "sheet|night_before|asked_in|needs|see_also"
_NUMBER = "7700077"
#: Copies that share their words.
_TOGETHER = 30

_GONE = re.compile(rf"(?m)^(?:{_LEFT_OUT}):.*\n(?:(?: .*)?\n)*|^ *unlike:.*\n")
_TITLE = re.compile(r"(?m)^title: (.*)$")
_CARD = re.compile(r"(?m)^(  - id: [a-z0-9-]+)")
_FRONT = re.compile(r"(?m)^(    front: (?:['\"]|\|\n      )?)")
# What no word stands in: keys, fields that hold names, code and addresses, code, formulas, clozes, links, characters.
_KEPT = re.compile(
    r"^ *(?:- )?(?:kind|level|id|work|essential|reverse|language|quote|where|as_of):.*$"
    r"|^(?:figure|code|checks|unchecked|roles|rounds):.*\n(?:(?: .*)?\n)*"
    r"|^ *(?:- )?[a-z_]+:(?= |$)"
    r"|(?s:```.*?```)|`[^`]*`|(?<!\\)\$\$?(?:\\.|[^$\\])*\$\$?|\\\w+|\{\{c\d+::|\]\([^)]*\)|&\w+;",
    re.MULTILINE,
)
# The same of rendered text in JSON.
_KEPT_IN_HTML = re.compile(
    r"\"\w+\": (?:\"[0-9a-f]{32}\")?|<code.*?</code>|<[^>]*>"
    r"|\\\\\(.*?\\\\\)|\\\\\[.*?\\\\\]|\{\{c\d+::|&\w+;|\\."
)
_WORD = re.compile(r"(?<![\w'-])(?!true|false|null)[a-z]{4,}(?![\w'-])")
_VARIABLE = re.compile(r"(?<![A-Za-z\\{])[abfghjkmnopqstuvwxyz](?![A-Za-z}])")
_VOWELS, _CONSONANTS, _LETTERS = "aeiou", "bcdfghjklmnpqrstvwxz", "abfghjkmnopqstuvwxyz"

#: Text in pieces: each second one is a word, a variable or the number of the copy.
Pieces = list[str]


def pieces(text: str, kept: re.Pattern[str]) -> Pieces:
    """The pieces of a text, in which no word stands in what is `kept`."""
    out = [""]

    def cut(piece: str, word: re.Pattern[str]) -> None:
        at = 0
        for found in word.finditer(piece):
            out[-1] += piece[at : found.start()]
            out.extend((found[0], ""))
            at = found.end()
        out[-1] += piece[at:]

    at = 0
    for found in [*kept.finditer(text), None]:
        cut(text[at : found.start() if found else len(text)], _NUMBER_OR_WORD)
        if found:
            cut(found[0], _VARIABLE if found[0].startswith(("$", r"\\(", r"\\[")) else _NUMBER_ALONE)
            at = found.end()
    return out


_NUMBER_ALONE = re.compile(_NUMBER)
_NUMBER_OR_WORD = re.compile(f"{_NUMBER}|{_WORD.pattern}")


class Copies:
    """Copies of the questions of the real bank, without those that hold code to be practiced."""

    def __init__(self) -> None:
        self.paths = [path for path in layout.question_paths(Folder(BANK)) if not path.startswith("coding/")]
        self._pieces = {path: pieces(self._marked(path), _KEPT) for path in self.paths}
        said = {word for each in self._pieces.values() for word in each[1::2]} - {_NUMBER, *_LETTERS}
        self._words = [sorted(word for word in said if len(word) == size) for size in sorted(set(map(len, said)))]
        self._table = lru_cache(maxsize=1)(self._made_table)

    @staticmethod
    def _marked(path: str) -> str:
        """The file of a question with the place of the number of its copy."""
        text = _GONE.sub("", (BANK / path).read_text(encoding="utf-8"))
        text = _FRONT.sub(rf"\g<1>{_NUMBER}-", text)
        text = _CARD.sub(rf"\g<1>-{_NUMBER}", text)

        def title(found: re.Match[str]) -> str:
            return f"title: {json.dumps(f'{str(yaml.safe_load(found[1]))[:24].strip()} {_NUMBER}', ensure_ascii=False)}"

        return _TITLE.sub(title, text)

    def _made_table(self, n: int) -> dict[str, str]:
        """What stands for what in the `n`th copy of every question."""
        chance = random.Random(n)
        subject = random.Random(n // _TOGETHER)
        letters = str.maketrans(
            _VOWELS + _CONSONANTS, "".join(shuffled(subject, _VOWELS) + shuffled(subject, _CONSONANTS))
        )
        table = {_NUMBER: str(n)} | dict(zip(_LETTERS, shuffled(chance, _LETTERS), strict=True))
        for words in self._words:
            others = shuffled(chance, words)
            table |= zip(words, (word.translate(letters) for word in others), strict=True)
        return table

    def copy(self, path: str, n: int) -> str:
        """The text of the `n`th copy of a question."""
        return self.joined(self._pieces[path], n)

    def original(self, path: str) -> str:
        """The text of a question as copies know it."""
        return "".join(self._pieces[path])

    def joined(self, made: Pieces, n: int) -> str:
        """Text as the `n`th copy has it."""
        table = self._table(n)
        out = list(made)
        # What stands in the ledger alone is no word of a question.
        out[1::2] = [table.get(word, word) for word in made[1::2]]
        return "".join(out)


def shuffled(chance: random.Random, items: Sequence[str]) -> list[str]:
    """Some items in another order."""
    return chance.sample(items, len(items))


def named(name: str, n: int) -> str:
    """The name of the `n`th copy of a question."""
    return f"{name[: MAX_NAME - 6].rstrip('-')}-{n}"


def make_bank(folder: Path, count: int, *, released: bool = False) -> Path:
    """A bank of `count` copies of questions of the real bank, in its topics; with a ledger, if it is `released`."""
    copies = Copies()
    root = _frame(folder / f"copies-{count}")
    for path, n in _numbered(copies, count):
        topic, name = name_of(path)
        (root / topic / f"{named(name, n)}.yaml").write_text(copies.copy(path, n), encoding="utf-8")
    if released:
        _release(root, copies, count)
    return root


def _frame(root: Path) -> Path:
    """The real bank without its questions, and without what names them."""
    shutil.copytree(BANK, root, ignore=shutil.ignore_patterns("*.jsonl", "schemas", "CHANGELOG.md"))
    (root / "origins.yaml").write_text("documents: []\n", encoding="utf-8")
    (root / "retired.yaml").write_text("retired: []\n", encoding="utf-8")
    settings = (root / "bank.yaml").read_text(encoding="utf-8")
    # Of cards that are formulas and short words, copies are alike; what is looked for and left unsaid costs the same.
    # Of a hundred thousand, a dozen are alike by chance, which shall not stop a build.
    said = "rules: {twin-cards: off, repeated-formula: off, near-duplicate: warning, duplicate-front: warning}"
    (root / "bank.yaml").write_text(re.sub(r"(?m)^rules: .*$", said, settings), encoding="utf-8")
    for path in layout.question_paths(Folder(root)):
        (root / path).unlink()
    return root


def _numbered(copies: Copies, count: int) -> Iterator[tuple[str, int]]:
    """The questions that are copied, each with the number of the copy."""
    every = ((path, n) for n in numbers() for path in copies.paths)
    return (each for _, each in zip(range(count), every, strict=False))


def _release(root: Path, copies: Copies, count: int) -> None:
    """Write a ledger of the bank: lines that a release of the originals makes, with the words of each copy."""
    with tempfile.TemporaryDirectory() as folder:
        frame = _frame(Path(folder) / "originals")
        for path in copies.paths:
            (frame / path).write_text(copies.original(path), encoding="utf-8")
        with Store.temporary() as store:
            survey = Survey(Folder(frame), store, rendering=True)
            assert not errors(survey.verdict.problems)
            head, *lines = release.prepare(survey, "2026.11", 1_793_491_200).published.splitlines(keepends=True)
    notes: dict[str, list[tuple[str, str, Pieces]]] = {}
    for line in lines:
        key = json.loads(line)["key"]
        name, slash, card = key.partition("/")
        begun = line.index('"first": ')
        tail = pieces(line[begun:], _KEPT_IN_HTML)
        notes.setdefault(name, []).append((slash + card, line[:begun].replace(f'"{key}"', '"%s"', 1), tail))
    by_topic: dict[str, dict[str, int]] = {}
    for path, n in _numbered(copies, count):
        topic, name = name_of(path)
        by_topic.setdefault(topic, {})[f"{name} {n}"] = n
    sections, at = {}, 0
    with (root / f".{LEDGER}").open("w+b") as body, (root / LEDGER).open("wb") as whole:
        for topic in sorted(by_topic):
            made = []
            for each, n in sorted(by_topic[topic].items(), key=lambda item: item[1]):
                name = each.split()[0]
                for card, begin, tail in notes[name]:
                    key = f"{named(name, n)}{card.replace(_NUMBER, str(n))}"
                    made.append((key, f"{begin.replace('%s', key, 1)}{copies.joined(tail, n)}"))
            data = "".join(line for _, line in sorted(made)).encode()
            sections[topic] = (at, len(made))
            at += len(data)
            body.write(data)
        whole.write((json.dumps({**json.loads(head), "topics": sections}, ensure_ascii=False) + "\n").encode())
        body.seek(0)
        shutil.copyfileobj(body, whole)
    (root / f".{LEDGER}").unlink()
