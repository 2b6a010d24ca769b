"""What a question or a bank costs grows as they do: for the rules of questions, of the bank, and of reading."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
import yaml

from conftest import MINIBANK, steps
from qbank.bank import load
from qbank.bank.model import Question
from qbank.bank.settings import Settings
from qbank.check import BANK_RULES, QUESTION_RULES
from qbank.check.facts import Bank, CardFacts, Facts, Printed, hashed
from qbank.ledger.state import Ledger
from qbank.markup import document, tex
from qbank.problem import Rule
from qbank.source.reader import parse
from qbank.tree import Folder

HEADER = load.header(Folder(MINIBANK))[0]
FEW, MANY = 30, 120


def is_linear(work: Callable[[int], object]) -> bool:
    """Whether four times as much costs about four times as much: a square would cost sixteen times as much."""
    costs = []
    for times in (3, FEW, MANY):
        document._parse.cache_clear()
        costs.append(steps(partial(work, times)))
    return costs[2] < 6 * costs[1] + 4000


#: A field, or a sort of content of it, that is as long as one likes.
LONG: dict[str, Callable[[int], object]] = {
    "title": lambda n: "Ridge " * n,
    "answer": lambda n: "It shrinks weights. " * n,
    "explanation": lambda n: "It shrinks the weights, which trades a little bias for less variance.\n\n" * n,
    "aliases": lambda n: [f"alias {i}" for i in range(n)],
    "same aliases": lambda n: ["alias"] * n,
    "pitfalls": lambda n: ["The intercept is not penalized."] * n,
    "follow_ups": lambda n: [{"question": "Why does it help?", "answer": "Less variance."}] * n,
    "cards": lambda n: [
        {"id": f"c-{i}", "front": f"Which norm has {i}?", "back": "The squared one."} for i in range(n)
    ],
    "same cards": lambda n: [{"id": "c", "front": "Which norm?", "back": "Yes."}] * n,
    "unlike": lambda n: [{"id": "c", "front": "Which?", "back": "It.", "unlike": [f"q-{i}/c" for i in range(n)]}],
    "cloze cards": lambda n: [{"id": f"c-{i}", "cloze": "A {{c1::norm}} is {{c2::it}}."} for i in range(n)],
    "deletions": lambda n: [{"id": "c", "cloze": " ".join(f"{{{{c{i + 1}::a{i}}}}}" for i in range(n))}],
    "same deletions": lambda n: [{"id": "c", "cloze": "{{c1::a}} " * n}],
    "back": lambda n: [{"id": "c", "front": "Which norm?", "back": "a, b, and c; " * n}],
    "front": lambda n: [{"id": "c", "front": "when a, is it or " * n, "back": "It."}],
    "references": lambda n: [{"work": "esl", "where": f"chapter {i}"} for i in range(n)],
    "same references": lambda n: [{"work": "esl", "where": "chapter 9"}] * n,
    "needs": lambda n: [f"q-{i}" for i in range(n)],
    "see_also": lambda n: ["precision"] * n,
    "asked_in": lambda n: ["d-01"] * n,
    "roles": lambda n: ["analyst"] * n,
    "checks": lambda n: "1 == 1\n" * n,
    "faulty checks": lambda n: "a = 1\n" * n + "(",
    "sheet": lambda n: "```python\na = 1\n```\n\n" * n,
    "lines": lambda n: "```python\n" + f"{'a' * 60}\n" * n + "```\n",
    "night_before": lambda n: "It shrinks. " * n,
}
FIELDS = {
    "same aliases": "aliases",
    "faulty checks": "checks",
    "same references": "references",
    "lines": "sheet",
} | dict.fromkeys(("same cards", "unlike", "cloze cards", "deletions", "same deletions", "back", "front"), "cards")


def written(part: str, times: int) -> bytes:
    """The file of a question of which one part is long."""
    path = MINIBANK / "linear-models" / "ridge-regression.yaml"
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    fields[FIELDS.get(part, part)] = LONG[part](times)
    dumped: str = yaml.dump(fields, allow_unicode=True, sort_keys=False, Dumper=Whole)
    return dumped.encode()


class Whole(yaml.SafeDumper):
    """No aliases: the bank knows none."""

    def ignore_aliases(self, data: object) -> bool:
        """Write all out."""
        return True


@cache
def asked(part: str, times: int) -> Question:
    found = load.question(parse(written(part, times), "linear-models/ridge-regression.yaml"), HEADER.settings, [])
    assert found
    return found


@pytest.mark.parametrize("part", LONG)
def test_no_rule_looks_at_a_question_anew_for_each_of_its_parts(part: str) -> None:
    for times in (3, FEW, MANY):
        asked(part, times)

    def ask(rule: Rule[Question, Settings], times: int) -> None:
        rule(asked(part, times), HEADER.settings)

    assert [rule.name for rule in QUESTION_RULES if not is_linear(partial(ask, rule))] == []


@pytest.mark.parametrize("part", LONG)
def test_a_question_is_read_once(part: str) -> None:
    given = {times: written(part, times) for times in (3, FEW, MANY)}

    def read(times: int) -> None:
        load.question(parse(given[times], "linear-models/ridge-regression.yaml"), HEADER.settings, [])

    assert is_linear(read)


#: What a file is made of, again and again, behind its first line.
LINES: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda n: f"titel{n}: a\n",
    "the same key": lambda n: "title: a\n",
    "tight keys": lambda n: f"title:a{n}\n",
    "tabs": lambda n: "\ttitle: a\n",
    "odd spaces": lambda n: "\u00a0title: a\n",
    "unseen signs": lambda n: "# a\u200bb\n",
    "look-alikes": lambda n: "# t\u0456tle\n",
    "conflicts": lambda n: "<<<<<<< a\n=======\n>>>>>>> b\n",
    "anchors": lambda n: f"k{n}: &a{n} x\n",
    "uses of anchors": lambda n: f"k{n}: *a\n",
    "tags": lambda n: f"k{n}: !a x\n",
    "documents": lambda n: "---\ntitle: a\n",
    "lost texts": lambda n: f"k{n}: a # b\n",
    "escapes": lambda n: f'k{n}: "\\frac"\n',
    "folded": lambda n: f"k{n}: >\n  - a\n  - b\n",
    "smart quotes": lambda n: f"k{n}: “a”\n",
    "braces": lambda n: f"k{n}: {{{{c1::a}}}}\n",
    "open quotes": lambda n: f"k{n}: 'a\n",
    "colons": lambda n: f"k{n}: a: b\n",
    "dashes": lambda n: "- a\n",
    "nested": lambda n: " " * n + "a:\n",
    "flows": lambda n: f"k{n}: [a, {{b: c}}\n",
    "comments": lambda n: "# a\n",
    "empty": lambda n: "\n",
}


@pytest.mark.parametrize("part", LINES)
def test_a_file_is_read_once_whatever_its_lines_are(part: str) -> None:
    def read(times: int) -> None:
        data = ("question: a\n" + "".join(map(LINES[part], range(times)))).encode()
        load.question(parse(data, "linear-models/a.yaml"), HEADER.settings, [])

    assert is_linear(read)


def facts(number: int, words: tuple[str, ...] = (), front: str = "", formula: str = "", **more: Any) -> Facts:
    path = f"linear-models/q-{number}.yaml"
    card = CardFacts("c", "card", False, crc32(front.encode()), {}, hashed(words))
    printed = (Printed(formula, "/answer", 0, 1),) if formula else ()
    name = f"q-{number}"
    title = f"Title {number}"
    held = hashed(words)
    return Facts(
        path, "linear-models", name, "", title, "core", "concept", held, (card,), (), (), (), "", formulas=printed
    )._replace(**more)


SAME = tuple(f"word{n}" for n in range(12))
#: Banks in which much is shared: words, fronts, formulas.
BANKS: dict[str, Callable[[int], Facts]] = {
    "the same words": lambda n: facts(n, SAME, f"front {n}", ""),
    "half of the words": lambda n: facts(n, (*SAME[:6], *(f"own{n}-{m}" for m in range(6))), f"front {n}", ""),
    "most words": lambda n: facts(n, (*SAME, f"own{n}"), f"front {n}", ""),
    "words of pairs": lambda n: facts(n, tuple(f"word{(n * m) // 30}-{m}" for m in range(1, 13)), f"front {n}", ""),
    "words of forty": lambda n: facts(n, tuple(f"word{(n + m) // 40}-{m}" for m in range(12)), f"front {n}", ""),
    "the same front": lambda n: facts(n, (f"own{n}",), "front", ""),
    "the same formula": lambda n: facts(n, (f"own{n}",), f"front {n}", "a = b"),
    "the same title": lambda n: facts(n, title="Title"),
    "needs in a row": lambda n: facts(n, needs=(f"q-{n - 1}",) if n else ()),
    "needs in a ring": lambda n: facts(n, needs=(f"q-{n + 1}", "q-0")),
    "needs of many": lambda n: facts(n, needs=tuple(f"q-{m}" for m in range(max(0, n - 9), n))),
    "unknown needs": lambda n: facts(n, needs=(f"unknown-{n}",)),
    "unknown questions": lambda n: facts(n, see_also=(f"q-{n}-", f"unknown-{n}")),
    "unknown works": lambda n: facts(n, works=(f"work-{n}",)),
    "unknown origins": lambda n: facts(n, origins=(f"d-{n + 9}",)),
    "unknown figures": lambda n: facts(n, figure=f"line-{n}.svg"),
    "unknown roles": lambda n: facts(n, roles=(f"role-{n}",), rounds=(f"round-{n}",)),
    "no such cards": lambda n: facts(n)._replace(
        cards=(CardFacts("c", "card", False, 0, {}, b"", (f"q-{n + 1}/d", f"unknown-{n}/c")),)
    ),
}


@pytest.mark.parametrize("part", BANKS)
def test_no_rule_compares_each_question_with_each(part: str) -> None:
    banks = {
        times: Bank(
            HEADER,
            tuple(map(BANKS[part], range(times))),
            frozenset(f"q-{n}" for n in range(times)),
            frozenset({"line.svg"}),
            Ledger(),
        )
        for times in (3, 4 * FEW, 4 * MANY)
    }

    def ask(rule: Rule[Bank], times: int) -> None:
        rule(banks[times if times == 3 else 4 * times])

    assert [rule.name for rule in BANK_RULES if not is_linear(partial(ask, rule))] == []


FORMULAS = {
    "sums": "a+",
    "fractions": r"\frac{a}{b}",
    "scripts": "a_{1}^2",
    "primes": "a'",
    "roots": r"\sqrt{a}",
    "words": r"\text{a}",
    "brackets": r"\left(a\right)",
    "operators": r"\sum_{i} ",
    "spaces": r"\quad ",
    "rows": r"a & b \\ ",
    "chemistry": r"\ce{H2O}",
    "accents": r"\hat{a}",
    "digits": "1",
    "relations": "= a",
}


SETTERS: dict[str, Callable[[str], object]] = {
    "mathml": lambda source: tex.to_mathml(tex.parse(source, strict=False), display=True),
    "typst": lambda source: tex.to_typst(tex.parse(source)),
    "plain": tex.strip_for_plain,
    "github": tex.to_github,
    "statements": lambda source: list(tex.statements(source)),
    "sizes": lambda source: tex.is_fine(tex.parse(source), display=False),
}


@pytest.mark.parametrize("part", FORMULAS)
@pytest.mark.parametrize("setter", SETTERS)
def test_a_formula_is_set_once(part: str, setter: str) -> None:
    def render(times: int) -> None:
        body = FORMULAS[part] * times
        SETTERS[setter](rf"\begin{{matrix}}{body}\end{{matrix}}" if part == "rows" else body)

    assert is_linear(render)
