"""The rules of reading: what a file of the bank may not hold as YAML. The reader calls them with what it met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qbank.problem import Fault, Fix, Place, rule
from qbank.source.characters import CLOSING_QUOTES, listed, undisguised
from qbank.source.mending import in_quotes, line_end, mend, quotes_changed, single_quoted
from qbank.source.nodes import Mark, Scalar, Source

MAX_FILE_BYTES = 1_000_000
#: The same of a question, whose texts all rules look at: ten times the longest of a bank of a thousand.
MAX_QUESTION_BYTES = 300_000
#: Characters of one value: the longest solution of a bank has half of them.
MAX_VALUE = 20_000
MAX_DEPTH = 20


def most_bytes(path: str) -> int:
    """How large a file may be: a question, which lies in the folder of a topic, less than what questions share."""
    return MAX_QUESTION_BYTES if "/" in path else MAX_FILE_BYTES


@rule("reading")
def too_large(source: Source) -> Iterator[Fault]:
    """A file of more than 1,000,000 bytes is not read, nor a question of more than 300,000.

    A tenth of that is a long question already; a larger file teaches nobody, and can only cost.
    """
    yield Fault(
        Place(source.path),
        f"the file is larger than {most_bytes(source.path):,} bytes",
        "split it, or put data where it belongs: figures go to bank/figures/",
    )


@rule("reading")
def too_long(source: Source, start: int, length: int) -> Iterator[Fault]:
    """A value of more than 20,000 characters is not read: nobody learns it, and to set it costs more than a bank."""
    yield Fault(
        source.at(start, start + 1),
        f"this value has {length:,} characters, more than {MAX_VALUE:,}",
        "split the question, or leave out what nobody can learn at once",
    )


@rule("reading")
def not_utf8(source: Source, offset: int, utf16: bool) -> Iterator[Fault]:
    """A file is UTF-8 text. Other encodings would turn accents and mathematical signs into garbage."""
    what = "this is UTF-16 text, not UTF-8" if utf16 else "this is not UTF-8 text"
    yield Fault(source.at(offset, offset + 1), what, "save the file as UTF-8")


@rule("reading")
def control_character(source: Source, found: list[re.Match[str]]) -> Iterator[Fault]:
    """What nobody sees may not stand in a file: control characters, zero-width spaces, soft hyphens, marks that turn
    the direction of a line.

    They break decks and pages, keep a word from being found, and can make a line read otherwise than it runs. Of one
    line all are named together. Joiners are free beside letters that need them, as in Persian and Hindi, and marks of
    direction in lines of Arabic or Hebrew. No-break spaces within a text are free as well: they are seen as spaces.
    """
    stands, them = ("stands here", "it") if len(found) == 1 else ("stand in this line", "them")
    yield Fault(
        source.at(found[0].start(), found[0].end()),
        f"{listed(each[0] for each in found)} {stands}, and nobody sees {them}",
        f"delete {them}; such characters come from copying out of a page or a PDF",
        mend(source, *((each.start(), each.end(), " " * (each[0] in "\x0b\x0c\x85\u2028\u2029")) for each in found)),
    )


@rule("reading")
def odd_character(place: Place, message: str, mended: Fix | None) -> Iterator[Fault]:
    """What indents a line or parts a key from its value is a plain space and a plain colon.

    A tab, a no-break space or a full-width colon looks like one in an editor, and is a letter for YAML. Within a text
    all of them are free.
    """
    yield Fault(
        place,
        message,
        "type it anew with the keys for space, hyphen and colon; an editor can show spaces and tabs",
        mended,
    )


@rule("reading")
def look_alike(source: Source, start: int, word: str) -> Iterator[Fault]:
    """A word is written in one alphabet. A Cyrillic or Greek letter among Latin ones looks right and is not found.

    Words with letters of another shape are free, such as `Δx`.
    """
    latin = undisguised(word)
    strange = [n for n, (one, other) in enumerate(zip(word, latin, strict=True)) if one != other]
    yield Fault(
        source.at(start, start + len(word)),
        f"'{word}' holds {listed(word[n] for n in strange)}",
        f"type the word anew in Latin letters: {latin}",
        mend(source, (start, start + len(word), latin)),
    )


@rule("reading")
def merge_conflict(source: Source, start: int, end: int) -> Iterator[Fault]:
    """Marks of a merge that was not finished: git wrote both versions into the file, and somebody has to choose."""
    yield Fault(
        source.at(start, end),
        "git left a conflict here that nobody resolved",
        "keep the lines that are right, and delete the others with the lines of <<<<<<<, ======= and >>>>>>>",
    )


@rule("reading")
def empty_file(source: Source) -> Iterator[Fault]:
    """A YAML file of the bank holds at least one key."""
    if "/" in source.path:
        instead = "start from `qbank new TOPIC/NAME`, or delete the file"
    elif source.path == "bank.yaml":
        instead = "it says what the bank is: title, namespace, root_deck, slug, license and topics"
    else:
        instead = "write its entries, or delete the file"
    yield Fault(Place(source.path), "the file holds nothing", instead)


@rule("reading")
def several_documents(source: Source, mark: Mark) -> Iterator[Fault]:
    """One file holds one YAML document, since one file is one question. It is YAML to its end: no page with a head."""
    front_matter = source.text.startswith("---")
    if is_end(source, mark):
        yield Fault(
            source.at(mark.index, mark.index + 3),
            "a second document starts here, and holds nothing",
            "delete this line",
            mend(source, (mark.index, len(source.text), "")),
        )
        return
    yield Fault(
        source.at(mark.index, mark.index + 3),
        "a second document starts here",
        "the whole file is YAML: put the text below into fields, such as `answer: |`, without the lines of ---"
        if front_matter
        else "put each question into a file of its own",
    )


def is_end(source: Source, mark: Mark) -> bool:
    """Whether a document that starts somewhere holds nothing."""
    return not source.text[mark.index :].strip("-. \r\n")


@rule("reading")
def too_deep(source: Source, mark: Mark) -> Iterator[Fault]:
    """Nesting deeper than twenty levels is refused: no field needs it, and it is a way to crash readers."""
    yield Fault(
        source.at(mark.index, mark.index + 1),
        f"this is nested more than {MAX_DEPTH} levels deep",
        "fields nest at most three deep; check the brackets and the indentation",
    )


@rule("reading")
def complex_key(source: Source, mark: Mark) -> Iterator[Fault]:
    """A key is a plain word. YAML also allows lists and mappings as keys; the bank does not.

    A text that begins with a brace, as many a cloze does, is one for YAML unless it is quoted.
    """
    if mark.index and source.text.startswith("{{", mark.index - 1):
        start = mark.index - 1
        yield Fault(
            source.at(start, start + 2),
            "an unquoted text cannot begin with {{",
            "put the whole text in single quotes: '{{c1::...}} ...'",
            in_quotes(source, start),
        )
        return
    yield Fault(
        source.at(mark.index, mark.index + 1),
        "a list or a mapping stands here as a key",
        "a key is a word, such as `answer:`; a text that begins with [ or { is put in single quotes",
    )


@rule("reading")
def anchor(source: Source, name: str, mark: Mark, used: int) -> Iterator[Fault]:
    """YAML anchors are refused: a text is written where it is read, and aliases can blow a file up without bound.

    Of those of one file the first is named; where an alias repeats what one of them names, nothing of the file is read.
    """
    yield Fault(
        source.at(mark.index, mark.index + len(name) + 1),
        f"the anchor '&{name}' is not allowed{_more(used)}",
        _WRITTEN_OUT if used else _LITERAL.format(f"&{name}"),
    )


def _more(used: int) -> str:
    return f", nor are the {used} aliases in this file" if used > 1 else ", nor is its alias" if used else ""


_WRITTEN_OUT = "write every value out where it is read, and delete the anchors"


@rule("reading")
def alias(source: Source, name: str, mark: Mark, end: Mark) -> Iterator[Fault]:
    """YAML aliases are refused: a text is written where it is read, and aliases can blow a file up without bound."""
    yield Fault(
        source.at(mark.index, end.index),
        f"the alias '*{name}' is not allowed",
        f"write the value out; if you mean the text itself, quote it: '*{name}'",
    )


@rule("reading")
def tag(source: Source, name: str, mark: Mark) -> Iterator[Fault]:
    """YAML tags (`!name`) are refused: every value of the bank is text, a list or a mapping."""
    written = name.replace("tag:yaml.org,2002:", "!!")
    yield Fault(source.at(mark.index, mark.index + 1), f"the tag '{written}' is not allowed", _LITERAL.format(written))


_LITERAL = "delete it; if you mean the text itself, put the value in single quotes: '{} ...'"


@rule("reading")
def duplicate_key(source: Source, key: Scalar, first: Scalar, begun_anew: bool) -> Iterator[Fault]:
    """A key stands once. YAML readers keep the last of two silently, so an answer could vanish unseen.

    Where the first key of an entry of a list comes again, the dash before it is missing.
    """
    yield Fault(
        source.key(key),
        f"'{key.value}' stands here a second time; it is already on line {first.start.line + 1}",
        "a further entry of the list begins with a dash: '- '" if begun_anew else "merge the two, or delete one",
    )


@rule("reading")
def lost_text(source: Source, start: int, value: int) -> Iterator[Fault]:
    """Behind a text without quotes, ` #` starts a comment: what follows is lost without a word on every card.

    A comment stands on a line of its own, or behind a value that is one of a list, as in `level: core  # asked often`:
    there nothing could be lost. Elsewhere nobody can tell a comment from the end of a sentence.
    """
    end = line_end(source.text, start)
    said = source.text[start:end].rstrip()
    # "#1" is a part of the text; "# why" may be meant as a comment.
    meant = said[1:2].isalnum() and not set(said) & set(",[]{}")
    yield Fault(
        source.at(start, start + len(said)),
        f"this is a comment for YAML, so it is lost: '{said[:40]}'",
        "put the whole value in single quotes, or into a block `|`; write a comment on a line of its own",
        mend(source, (value, start + len(said), single_quoted(source.text[value : start + len(said)])))
        if meant
        else None,
    )


@rule("reading")
def escape(source: Source, start: int, end: int, found: re.Match[str]) -> Iterator[Fault]:
    r"""In double quotes a backslash starts an escape: `"\frac"` is a form feed and "rac", `"\beta"` a backspace.

    In single quotes and in blocks a backslash is a backslash.
    """
    at = start + 1 + found.start()
    command = _COMMAND.match(source.text, at)
    yield Fault(
        source.at(at, command.end() if command else at + 2),
        f"in double quotes YAML reads {found[0][:2]} as {_ESCAPED.get(found[0][1], 'a control character')}",
        "put the text in single quotes, or into a block `|`: there a backslash is a backslash",
        quotes_changed(source, start, end),
    )


_COMMAND = re.compile(r"\\\w+")
_ESCAPED = {"n": "the end of a line", "t": "a tab", "_": "a no-break space", "f": "a form feed", "b": "a backspace"}


@rule("reading")
def folded_lines(source: Source, node: Scalar, program: bool) -> Iterator[Fault]:
    """Below `>`, and in a text that is no block, YAML joins lines: of a list, a table or code one paragraph is left.

    Below `|` lines stay as they are written; Markdown joins those of a paragraph itself.
    """
    raw = source.text[node.start.index : node.end.index]
    folds = node.style == ">"
    if program:
        lost = _CODE_LINE.search(raw, raw.find("\n")) if folds and len(_CODE_LINE.findall(raw)) > 2 else None
    else:
        written = list(_STRUCTURE.finditer(raw, raw.find("\n")))
        lost = written[0] if len(written) > 1 and len(_STRUCTURE.findall(node.value)) < len(written) else None
    if lost:
        start = node.start.index + lost.start() + len(lost[0]) - len(lost[0].lstrip())
        end = line_end(source.text, start)
        yield Fault(
            source.at(start, end),
            f"YAML joins this line to others, since {'the text stands below >' if folds else 'the text is no block'}",
            "write | instead of >" if folds else "write | behind the colon, and the text below it, indented",
            mend(source, (node.start.index, node.start.index + 1, "|")) if folds else None,
        )


#: Lines of which Markdown makes something: entries of lists, rows of tables, fences.
_STRUCTURE = re.compile(r"^[ ]*(?:[-*+][ ]+\S|\d{1,2}[.)][ ]+\S|\|.*\|[ ]*$|```|~~~)", re.MULTILINE)
_CODE_LINE = re.compile(r"^.*\S.*$", re.MULTILINE)


@rule("reading")
def smart_quotes(source: Source, start: int, end: int) -> Iterator[Fault]:
    """Typographic quotes are no quotes of YAML: around a whole value they are shown on the card, and hold no colon.

    Within a text, and in a block, they are free.
    """
    raw = source.text[start:end]
    closed = end - start > 1 and raw[-1] in CLOSING_QUOTES
    yield Fault(
        source.at(start, end),
        f"for YAML, {raw[0]} is no quote but the first letter of the text",
        f"put the value in straight single quotes: {single_quoted(raw[1:-1] if closed else '...')[:60]}",
        mend(source, (start, end, single_quoted(raw[1:-1]))) if closed and "\n" not in raw else None,
    )


@rule("reading")
def yaml_syntax(place: Place, message: str, help_line: str, fix: Fix | None) -> Iterator[Fault]:
    """The file is not YAML from this place on, so nothing behind it can be checked.

    Most often it is a colon or a quote inside an unquoted text, a wrong indentation, or a quote that is not closed.
    The safest form for any text is a block: `answer: |` with the text indented below it.
    """
    yield Fault(place, message, help_line, fix)


RULES = (
    too_large,
    too_long,
    not_utf8,
    control_character,
    odd_character,
    look_alike,
    merge_conflict,
    empty_file,
    several_documents,
    too_deep,
    complex_key,
    anchor,
    alias,
    tag,
    duplicate_key,
    lost_text,
    escape,
    folded_lines,
    smart_quotes,
    yaml_syntax,
)
