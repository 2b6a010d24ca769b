"""Rules for links: a link is one for every reader, and leads where nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbank.bank.model import Text
from qbank.check.dialects import FOOTNOTE
from qbank.markup.document import MASK, ByType, Document
from qbank.problem import Edit, Fault, Fix, rule

_SCHEMES = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_TARGETS = "link to https://...; name another question in `see_also`"
# What was meant for a link and stayed text.
_LINK = re.compile(
    r"\[[^\[\]\n]{1,200}\](?P<blank>[ \t]+)?\("
    r"(?P<target>[ \t]*<?(?:https?:|mailto:|www\.|/|(?P<refused>(?:javascript|vbscript|file|data):))[^()\n]*)\)?",
    re.IGNORECASE,
)


@rule("text", visits=("link_open", "text"), when=lambda text: "](" in text or "<" in text, guards="security")
def link_scheme(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A link leads to http, https or mailto. Other schemes can run code, and a path leads nowhere in a deck."""
    for each in found.get("link_open", ()) if not document.definitions else ():
        target = str(each.token.attrGet("href"))
        if not _SCHEMES.match(target):
            yield Fault(
                text.place(*document.place(each.token)),
                f"the link target '{target[:60]}' is not allowed",
                _TARGETS,
            )
    for link in _LINK.finditer(document.prose):
        if link["refused"]:
            yield Fault(
                text.place(*link.span()), f"the link target '{link['target'].strip()[:60]}' is not allowed", _TARGETS
            )


_PERHAPS = re.compile(r"\][ \t]*\(|\)\[")
_SWAPPED = re.compile(r"\((?P<said>[^()\[\]\n]{1,200})\)\[(?P<target>(?:https?:|mailto:)[^\s\[\]]+)\]")


@rule("text", visits=("text",), when=lambda text: "]" in text and _PERHAPS.search(text))
def broken_link(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A link is `[text](https://...)`: no blank between the brackets and none in the address. Others stay text."""
    for link in _LINK.finditer(document.prose):
        place, target = text.place(*link.span()), link["target"].strip()
        if link["refused"]:
            continue
        if link["blank"]:
            whole = link[0].endswith(")") and not re.search(r"\s", target)
            fix = Fix((Edit(text.place(*link.span("blank")), ""),), safe=True) if whole else None
            yield Fault(place, "this is no link, since a blank stands between ] and (", "delete the blank", fix)
        else:
            yield Fault(
                place,
                "this is no link, since its address holds a blank or is not closed",
                "write %20 for a blank: [text](https://...)",
            )
    for link in _SWAPPED.finditer(document.prose):
        instead = f"[{link['said']}]({link['target']})"
        fix = Fix((Edit(text.place(*link.span()), instead),), safe=True)
        yield Fault(
            text.place(*link.span()), "this is no link, since its brackets are exchanged", f"write {instead[:80]}", fix
        )


_ADDRESS = re.compile(r"(?<![\w/.:@-])(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)


@rule("text", visits=("text",), when=lambda text: "://" in text or "www." in text)
def bare_url(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A web address by itself is no link: it stands in angle brackets, or is the target of a link with a text.

    An address that nobody should follow, such as `http://localhost`, is code.
    """
    prose = _LINK.sub(lambda link: MASK * len(link[0]), document.prose)
    for bare in _ADDRESS.finditer(document.text):
        start, end = bare.start(), bare.start() + len(_unpunctuated(bare[0]))
        # The first signs tell whether it is plain text; what follows may hold signs of emphasis.
        if prose[start] == MASK:
            continue
        address = document.text[start:end]
        https = address if "://" in address else f"https://{address}"
        fix = Fix((Edit(text.place(start, end), f"<{address}>"),), safe=True) if https == address else None
        yield Fault(
            text.place(start, end), "this address is no link", f"write <{https[:80]}> or [text]({https[:80]})", fix
        )


def _unpunctuated(address: str) -> str:
    """An address without the signs of the sentence behind it."""
    end, unopened = len(address), address.count(")") - address.count("(")
    while end and (address[end - 1] in ".,;:!?'\"*_”’…]" or (address[end - 1] == ")" and unopened > 0)):
        end -= 1
        unopened -= address[end] == ")"
    return address[:end]


@rule("text", when=lambda text: "]:" in text, guards="rendering")
def link_definition(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """`[label]: target` is a line that Markdown does not show: it gives links elsewhere their target, if there are any.

    Texts are cut and put together, so a link names its target where it stands: `[text](https://...)`. A footnote
    `[^1]: ...` would vanish like that.
    """
    lines = document.text.split("\n") if document.definitions else []
    starts = [0, *(end.end() for end in re.finditer("\n", document.text))]
    for label, definition in document.definitions.items():
        first, last = definition["map"]
        note = label.startswith("^")
        yield Fault(
            text.place(starts[first], starts[last - 1] + len(lines[last - 1])),
            "Markdown does not show this footnote" if note else "Markdown shows nothing of this line",
            FOOTNOTE if note else "write the target into the link: [text](https://...)",
        )


RULES = (link_scheme, broken_link, bare_url, link_definition)
