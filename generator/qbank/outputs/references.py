"""What the boxes of a printed topic refer to: their sources by number, other boxes, and their files; and the works that
are listed at its end.

A work has the number of its first use. A reference to what the document itself holds leads there, any other to the web.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qbank.bank import names
from qbank.bank.model import Work
from qbank.check.facts import Facts
from qbank.markup import typst
from qbank.outputs.job import Press
from qbank.render.jinja import Typst, render

#: What else to see, at most: each takes a third of a line.
_RELATED = 3


class References:
    """What the questions of a topic refer to; `here` are the names of all that the document holds, none where a box
    stands alone and has no list beside it.

    The target of a link is Typst: a label or an address; empty where the bank names no repository to which it leads.
    """

    def __init__(self, press: Press, questions: Sequence[Facts], here: Collection[str] = ()) -> None:
        self._press = press
        self._here = here
        self._topic = questions[0].topic
        cited = dict.fromkeys(work for question in questions for work in question.works)
        self._numbers = {work: number for number, work in enumerate(cited, 1)}

    def closing(self, question: Facts) -> Typst:
        """The last lines of the box of a question: its sources, what else to see, and its name, which is its file."""
        bank = self._press.bank
        about = {
            "settings": bank.header.settings,
            "name": question.name,
            "file": self._file(question) or Typst("none"),
            "sources": [(self._numbers[work], self._listed(work)) for work in dict.fromkeys(question.works)],
            "related": [(each.title, self._question(each)) for each in self._related(question)],
        }
        return Typst(render("typst", "cheatsheet/closing.typ.j2", **about).strip())

    def _related(self, question: Facts) -> list[Facts]:
        """What else to see, as far as it has room on one or two lines and a link leads there: those of the same topic
        first.
        """
        others = filter(self._question, self._press.bank.named(question.see_also))
        return sorted(others, key=lambda other: other.topic != question.topic)[:_RELATED]

    def said(self, question: Facts) -> str:
        """What the last lines of its box say, wherever their links lead."""
        numbers = [self._numbers[work] for work in question.works]
        return repr((numbers, [other.title for other in self._related(question)], question.name))

    def works(self) -> list[tuple[Typst, Work]]:
        """The works that are cited, in the order of their numbers, each with the label that leads to it."""
        return [(self._label_of(key), self._press.bank.header.works[key]) for key in self._numbers]

    def _listed(self, work: str) -> Typst:
        return self._label_of(work) if self._here else _address(self._press.bank.header.works[work].link)

    def _label_of(self, work: str) -> Typst:
        return _label("work", f"{self._topic} {work}")

    def _question(self, other: Facts) -> Typst:
        return _label("question", other.name) if other.name in self._here else self._file(other)

    def _file(self, question: Facts) -> Typst:
        settings = self._press.bank.header.settings
        return _address(names.link(settings, self._press.prefix, question.topic, question.name))


def _label(kind: str, name: str) -> Typst:
    """What `theme.typ` marks so: the head of a box, an entry of the list of works."""
    return Typst(f"label({typst.string(f'{kind} {name}')})")


def _address(link: str) -> Typst:
    return Typst(typst.string(link) if link else "")
