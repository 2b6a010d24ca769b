"""Tables of the bank: every card on a line, and the notes of each note type as the text file that Anki imports."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qbank.bank import names
from qbank.bank.settings import Settings
from qbank.ledger.schema import NOTE_SCHEMAS
from qbank.outputs.job import Press
from qbank.outputs.notes import all_notes
from qbank.outputs.types import type_name
from qbank.render.data import NAME, array, obj, said, text, truth

#: What a field of a table for Anki may hold in quotes only.
_QUOTED = re.compile(r'[\t\n\r"#]')
#: What a spreadsheet takes for a formula; behind a sign, as in "-log p", only where it calls a program or the network.
_COMPUTED = re.compile(
    r"\s*(?:[=@]|[+-].*?(?:\||\b(?:hyperlink|webservice|import\w+|image|rtd|dde|call|exec)\s*\())",
    re.IGNORECASE | re.DOTALL,
)
#: The sorts of cards.
_TYPES = ("question", "fact", "reverse", "cloze")
#: The forms of a text, the plainest first.
_FORMS = ("text", "markdown", "html")
#: What a card has of its question.
_SHARED = ("topic", "level", "kind")


def card_schema(settings: Settings) -> dict[str, Any]:
    """The JSON Schema of a card: of a line of cards.jsonl."""
    sides = {
        f"{side}_{form}": text(f"{meaning}, as {'plain text' if form == 'text' else form}.")
        for side, meaning in (("front", "What the card asks"), ("back", "What it answers"))
        for form in _FORMS
    }
    return obj(
        "A card as Anki asks it.",
        id=text("The name of its note and its number, with a # between them: used once in the table."),
        note=text("The name of its note: that of the question, or with a slash that and the id of the card."),
        number=said(
            "Which card of its note it is, from 1; of a cloze text the number of the deletion.", {"type": "integer"}
        ),
        type=said("What it asks: a question, a fact, a fact back to front, a deletion.", {"enum": list(_TYPES)}),
        guid=text("The GUID of its note in Anki."),
        question=text("The name of its question.", **NAME),
        topic=text("The name of the topic."),
        level=said("The level of the question.", {"enum": list(settings.choices["levels"])}),
        kind=said("The kind of the question.", {"enum": list(settings.choices["kinds"])}),
        **sides,
        essential=truth("Whether it is one of the cards that everyone learns first."),
        tags=array("The tags of its note in Anki; in cards.csv with spaces between them.", {"type": "string"}),
        url=text("The web address of the question's file; empty where the bank names no repository."),
    )


def cards(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every card that Anki makes of the questions of these rows, in study order."""
    for row in rows:
        question = row["id"]
        yield _card(row, question, 1, "question", row["guid"], row["question"], row["answer"], row["essential"])
        for card in row["cards"]:
            note, guid = f"{question}/{card['id']}", card["guid"]
            essential = row["essential"] and card["essential"]
            for each in card["deletions"]:
                yield _card(row, note, each["number"], "cloze", guid, each["front"], each["back"], essential)
            if not card["deletions"]:
                yield _card(row, note, 1, "fact", guid, card["front"], card["back"], essential)
                if card["reverse"]:
                    yield _card(row, note, 2, "reverse", guid, card["back"], card["front"], essential)


def _card(
    row: Mapping[str, Any],
    note: str,
    number: int,
    kind: str,
    guid: str,
    front: Mapping[str, str],
    back: Mapping[str, str],
    essential: bool,
) -> dict[str, Any]:
    return {
        "id": f"{note}#{number}",
        "note": note,
        "number": number,
        "type": kind,
        "guid": guid,
        "question": row["id"],
        **{name: row[name] for name in _SHARED},
        **{f"front_{form}": front[form] for form in _FORMS},
        **{f"back_{form}": back[form] for form in _FORMS},
        "essential": essential,
        "tags": [tag for tag in row["tags"] if essential or not names.is_essential(tag)],
        "url": row["url"],
    }


def as_csv(rows: Iterable[Mapping[str, Any]], settings: Settings) -> Iterator[str]:
    """The cards as comma-separated values (RFC 4180, lines ended by a line feed), with a head."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(card_schema(settings)["properties"]), lineterminator="\n")
    writer.writeheader()
    for card in cards(rows):
        truth = "true" if card["essential"] else "false"
        row = {**card, "essential": truth, "tags": " ".join(card["tags"])}
        writer.writerow({name: inert(value) for name, value in row.items()})
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def inert(value: Any) -> Any:
    """A cell that a spreadsheet does not compute: before what it would take for a formula stands an apostrophe.

    Anki and others that import tables would show it before a number or a list, so these stay: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{value}" if isinstance(value, str) and _COMPUTED.match(value) else value


def notes(press: Press, kind: str) -> Iterator[str]:
    """The notes of a note type as the text file that Anki imports: a column for every field, by its name.

    The head is that of https://docs.ankiweb.net/importing/text-files.html. A field with a tab, a line break or a quote
    stands in quotes, in which a quote is doubled.
    """
    fields = [name for _, name in NOTE_SCHEMAS[kind].fields]
    columns = "\t".join(["guid", "deck", "tags", *fields])
    yield (
        f"#separator:tab\n#html:true\n#notetype:{type_name(press.bank.header.settings, kind)}\n#columns:{columns}\n"
        "#guid column:1\n#deck column:2\n#tags column:3\n"
    )
    for note in all_notes(press):
        if note.kind == kind:
            # In HTML a sign may be written by its number, and Anki shows the same.
            fields = [re.sub(r"\A[=@+-]", lambda sign: f"&#{ord(sign[0])};", field) for field in note.fields]
            cells = [note.guid, note.deck, " ".join(note.tags), *fields]
            yield "\t".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
