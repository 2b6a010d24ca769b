"""The collection: the sheets of all topics as one document."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from qbank.bank import names
from qbank.outputs import sheets
from qbank.outputs.job import Edition, Job, Press


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """sheets-a4.pdf and sheets-letter.pdf; nothing where no PDF can or shall be made, or where there is no question."""
    topics = list(press.bank.topics())
    if topics and press.bank.header.settings.paper and find_spec("typst") is not None:
        yield from sheets.documents(press, edition, names.SHEETS, topics)
