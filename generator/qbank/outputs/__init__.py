"""What a build writes. Each module plans the files of one output, without clock, randomness or disk in dist/."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from qbank.outputs.job import Edition, Job, Press


class Output(NamedTuple):
    """An output: the module that plans it (`jobs(press, edition, topic)`), whether a build makes it unless it is asked
    for others, and whether it can be made of one topic alone.
    """

    module: str
    plain: bool = True
    by_topic: bool = True


#: Every output, by the word that asks for it.
OUTPUTS = {
    "anki": Output("qbank.outputs.anki"),
    "data": Output("qbank.outputs.data", by_topic=False),
    "cheatsheets": Output("qbank.outputs.sheets"),
    "markdown": Output("qbank.outputs.markdown"),
    # Twice as many pages as all sheets, for those who cut them.
    "flashcards": Output("qbank.outputs.flashcards", plain=False),
    "practice": Output("qbank.outputs.practice"),
    "plans": Output("qbank.outputs.plans", by_topic=False),
    # So many files that a build with nothing changed would take twice as long.
    "site": Output("qbank.outputs.site", plain=False, by_topic=False),
    # These take most of the time and all of the memory.
    "book": Output("qbank.outputs.book", plain=False, by_topic=False),
    "epub": Output("qbank.outputs.epub", plain=False, by_topic=False),
    "collection": Output("qbank.outputs.collection", plain=False, by_topic=False),
}
PLAIN = tuple(name for name, output in OUTPUTS.items() if output.plain)


def jobs(name: str, press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The files of an output; of one topic, where it is given and the output knows topics."""
    output = OUTPUTS[name]
    if topic and not output.by_topic:
        return iter(())
    made: Iterator[Job] = import_module(output.module).jobs(press, edition, topic)
    return made
