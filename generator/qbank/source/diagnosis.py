"""Why a file is no YAML: libyaml names the place where it gave up, which is seldom the place of the mistake.

Each suspect looks at the lines around that place for one mistake that people make. The first that finds it speaks; if
none does, what libyaml says is said in our words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from qbank.problem import Fix, Problem
from qbank.source import faults
from qbank.source.characters import CLOSING_QUOTES, ODD_SPACES, OPENING_QUOTES, called
from qbank.source.mending import (
    in_quotes,
    is_last_line,
    line_end,
    line_start,
    mend,
    quotes_changed,
    replaced,
    single_quoted,
)
from qbank.source.nodes import Source
from qbank.source.syntax import CASES

#: A line of YAML: its indentation, the dashes of items, a key with its colon, and the value.
_PARTS = re.compile(r"(?P<indent>[ \t]*)(?P<item>(?:-[ ]+)*)(?P<key>[\w-]+:(?:[ ]+|$))?(?P<value>.*)")
_ODD = re.compile(rf"[ \t]*(?:-[ ]+)*(?:[\w-]+[ ]?(?P<colon>\uff1a|:(?=[{ODD_SPACES}]))[{ODD_SPACES} ]*)")
_BULLET = re.compile(
    rf"[ ]*(?P<bullet>-(?=[{ODD_SPACES}\t])|[\u2022\u2023\u25aa\u00b7\u2013\u2014\u2212\uff0d])[{ODD_SPACES}\t ]*"
)
_TIGHT = re.compile(r"[ ]*(?:-[ ]+)*(?:(?P<dash>-)(?=[^\s-])|[A-Za-z_][\w-]*(?P<colon>:)(?=[^\s:/]))")
_OPENED = re.compile(r"^[ ]*(?:-[ ]+)*[\w-]+:[ ]+(?P<quote>['\"])", re.MULTILINE)
_TABS = re.compile(r"^\t[\t ]*", re.MULTILINE)
_QUOTED = {"'": re.compile(r"'(?:[^']|'')*'"), '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)}
_FIELD = re.compile(r"^[ ]*(?:-[ ]+)*[a-z_]+:(?:[ ]|$)", re.MULTILINE)
_FLOW_MAPPING = re.compile(r"[\[{]\s*[\w-]+:\s")
_STARTERS = frozenset("%@`*&!|>[{?]},")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, where it begins, and its parts as YAML sees them."""

    start: int
    text: str
    indent: str
    item: str
    key: str
    value: str

    @property
    def value_at(self) -> int:
        """Where the value begins in the file."""
        return self.start + len(self.text) - len(self.value)


class _Scene:
    """What libyaml said, where, and the lines that may be to blame: those of its marks and the one before."""

    def __init__(self, source: Source, error: yaml.YAMLError) -> None:
        self.source = source
        self.text = source.text
        mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        self.at = mark.index if mark else 0
        self.context = context.index if context else self.at
        self.said = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or ''}"
        self.line = self.line_at(self.at)
        self.before = self.line_at(len(self.text[: self.line.start].rstrip()))
        near = "block mapping" not in self.said and "block collection" not in self.said
        self.lines = [self.line_at(self.context), self.line, self.before] if near else [self.line, self.before]

    def line_at(self, index: int) -> _Line:
        """The line that a character stands in."""
        start = line_start(self.text, index)
        text = self.text[start : line_end(self.text, index)]
        parts = _PARTS.match(text)
        return _Line(start, text, **{name: said or "" for name, said in parts.groupdict().items()} if parts else {})

    def above(self) -> Iterator[_Line]:
        """The lines above that of the error, from below."""
        start = self.line.start
        while start > 0:
            line = self.line_at(start - 1)
            start = line.start
            yield line


def diagnosed(source: Source, error: yaml.YAMLError) -> list[Problem]:
    """The problem that made libyaml give up. Its fix, where it has one, has been tried."""
    scene = _Scene(source, error)
    found = next(filter(None, (suspect(scene) for suspect in _SUSPECTS)))
    return [each if each.fix and _helps(scene, each.fix) else each._replace(fix=None) for each in found]


def _helps(scene: _Scene, fix: Fix) -> bool:
    """Whether the file can be read beyond the place of the error once it is mended."""
    text = replaced(scene.text, ((edit.place.start, edit.place.end or 0, edit.text) for edit in fix.edits))
    parser = CParser(text)
    try:
        while not isinstance(parser.get_event(), yaml.StreamEndEvent):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return mark is not None and mark.index > line_end(scene.text, scene.at) + len(text) - len(scene.text)
    finally:
        parser.dispose()
    return True


def _no_yaml(scene: _Scene) -> list[Problem]:
    """A line at the margin as other files have it: a fence around the whole file, a comment, a key in bold."""
    first = _FIRST_LINE.match(scene.text)
    fence = first and _FENCE.match(first[1])
    if first and fence:
        ends = [each.span() for each in re.finditer(rf"^{fence[1]}.*(?:\r?\n|\Z)", scene.text, re.MULTILINE)]
        mended = mend(scene.source, *((*end, "") for end in (ends[0], *ends[1:][-1:])))
        return _syntax(scene, first.start(1), len(first[1]), *_FENCED, mended)
    if scene.line.text.startswith("@") and _BIBTEX.match(scene.line.text):
        return _syntax(scene, scene.line.start, len(scene.line.text), "this is BibTeX, not YAML", _AS_YAML)
    for line in (*([scene.line_at(first.start(1))] if first else ()), *scene.lines):
        foreign = _FOREIGN.fullmatch(line.text)
        if foreign and foreign["key"]:
            key = foreign["key"]
            instead, message, help_line = f"{key}: ", "a key is a plain word, without markup", f"write {key}: ..."
            end = foreign.start("value")
        elif foreign:
            instead = f"# {(foreign['slashes'] or foreign['block'] or '').strip()}"
            message, help_line, end = "this is no comment in YAML", "a comment begins with #", foreign.end()
        else:
            continue
        return _syntax(
            scene, line.start, end, message, help_line, mend(scene.source, (line.start, line.start + end, instead))
        )
    return []


_FIRST_LINE = re.compile(r"(?:[ ]*(?:#.*)?\r?\n)*(.*)")
_FENCE = re.compile(r"(```|~~~)[\w-]*[ ]*$")
_FENCED = ("a fence of Markdown stands around the file", "the file is YAML itself: delete the lines of the fence")
_BIBTEX = re.compile(r"@[A-Za-z]+\s*\{")
_AS_YAML = "write a key of your choice with a colon, and below it title, authors, year and one of doi, arxiv, url"
_FOREIGN = re.compile(
    r"//(?P<slashes>.*)|(?:<!--|/\*)(?P<block>.*?)(?:-->|\*/)[ ]*"
    r"|(?P<sign>\*\*|__|`)(?P<key>[\w-]+)(?:(?P=sign):|:(?P=sign))[ ]*(?P<value>.*)"
)


def _odd_characters(scene: _Scene) -> list[Problem]:
    for line in scene.lines:
        if "\t" in line.indent:
            place = scene.source.at(line.start + line.indent.index("\t"), line.start + len(line.indent))
            message = f"{called(chr(9))} indents this line, and YAML indents with spaces"
            fixes = (mend(scene.source, *_untabbed(scene.text, width)) for width in (2, 4))
            return faults.odd_character(place, message, next((fix for fix in fixes if _helps(scene, fix)), None))
    for line in scene.lines:
        for odd, instead, what in ((_ODD.match(line.text), ": ", "colon"), (_BULLET.match(line.text), "- ", "bullet")):
            if odd and not scene.text.startswith("---", line.start):
                start, end = line.start + odd.start(what), line.start + odd.end()
                strange = odd[0][odd.start(what) :].strip(" -:")[:1]
                message = f"{called(strange)} is not what YAML knows as {_WANTED[what]}"
                mended = mend(scene.source, (start, end, instead))
                return faults.odd_character(scene.source.at(start, end), message, mended)
    return []


def _untabbed(text: str, width: int) -> Iterator[tuple[int, int, str]]:
    for tabs in _TABS.finditer(text):
        yield *tabs.span(), " " * width * tabs[0].count("\t")


_WANTED = {"colon": "a colon and a space", "bullet": "the dash and the space of a list item"}


def _smart_quotes(scene: _Scene) -> list[Problem]:
    for line in scene.lines:
        raw = line.value.rstrip()
        if raw[:1] and raw[0] in OPENING_QUOTES:
            start = line.value_at
            end = start + (len(raw) if raw[-1] in CLOSING_QUOTES and is_last_line(scene.text, start) else 1)
            return faults.smart_quotes(scene.source, start, end)
    return []


def _comments(scene: _Scene) -> list[Problem]:
    """A ` #` that took the end of a flow mapping with it, or stands in a text that goes on below."""
    if "flow node" in scene.said:
        start, end = scene.before.value_at, scene.line.start
    elif "flow" in scene.said:
        start, end = scene.context, scene.at
    elif len(scene.line.indent) > len(scene.before.indent) and scene.before.value[:1] not in ("", *"'\"|>"):
        start, end = scene.before.value_at, scene.line.start
    else:
        return []
    for found in re.finditer(r"[ \t]#", scene.text[start:end]):
        before = scene.text[start : start + found.start()]
        if before.count("'") % 2 == before.count('"') % 2 == 0:
            return [each._replace(fix=None) for each in faults.lost_text(scene.source, start + found.end() - 1, start)]
    return []


def _unclosed_quote(scene: _Scene) -> list[Problem]:
    """A quote that another one closed, some fields later."""
    seen = 0
    for found in _OPENED.finditer(scene.text, 0, scene.at):
        start = found.start("quote")
        if start < seen:
            continue
        closed = _QUOTED[found["quote"]].match(scene.text, start)
        seen = closed.end() if closed else len(scene.text)
        if closed and seen >= scene.line.start > start:
            swallowed = _FIELD.search(scene.text, line_end(scene.text, start), min(seen, scene.at + 1))
            if swallowed:
                return _syntax(scene, start, 1, *_NEVER_CLOSED)
    return []


_NEVER_CLOSED = (
    "the quote that opens here is not closed on its line, and takes in the fields below",
    "close it; a single quote inside single quotes is written twice: 'it''s'",
)


def _text_behind(scene: _Scene) -> list[Problem]:
    """A quote, a bracket or a brace that closes while the text goes on."""
    line, at = scene.line, scene.at
    before = scene.text[line.start : at].rstrip()
    if "did not find expected" not in scene.said or before[-1:] not in ("'", '"', "]", "}"):
        return []
    place = line.start + len(before) - 1
    first, raw = line.value[:1], line.value.rstrip()
    mended = in_quotes(scene.source, line.value_at)
    if before[-1] in "]}":
        if first not in "[{" or not mended:
            return []
        doubled = 1 + raw.startswith("{{")
        return _syntax(scene, line.value_at, doubled, *_said_of_bracket(raw[:doubled]), mended)
    quote = before[-1]
    if first == quote and not raw.endswith(quote):
        return _syntax(scene, place, 1, "the quote is closed here, and the text goes on", _WHOLE, mended)
    if not mended or first != quote or len(raw) < 2:
        mended = None
    else:
        inner = raw[1:-1].replace("''", "'") if quote == "'" else raw[1:-1]
        mended = mend(scene.source, (line.value_at, line.value_at + len(raw), single_quoted(inner)))
        mended = None if "\\" in inner and quote == '"' else mended
    message, help_line = _IN_QUOTES[quote]
    return _syntax(scene, place, 1, message, help_line, mended)


_WHOLE = "put the whole value in single quotes, or into a block `|`"
_IN_QUOTES = {
    "'": (
        "this apostrophe closes the quote that stands before it",
        "inside single quotes write it twice: 'it''s'; or put the text into a block `|`",
    ),
    '"': (
        "this quote closes the one that stands before it",
        "put the text that holds double quotes in single quotes, or into a block `|`",
    ),
}


def _said_of_bracket(opening: str) -> tuple[str, str]:
    if opening == "{{":
        return "an unquoted text cannot begin with {{", "put the whole text in single quotes: '{{c1::...}} ...'"
    called_so = "a list" if opening == "[" else "a mapping"
    return f"a value that begins with {opening} is {called_so} for YAML, and here it is followed by text", _WHOLE


def _indentation(scene: _Scene) -> list[Problem]:
    """A key that stands some columns beside those that it belongs to."""
    line = scene.line
    misplaced = (
        "mapping values" in scene.said and scene.at == line.start + len(line.indent) + len(line.key.rstrip()) - 1
    )
    if not line.key or not (
        misplaced or re.search(r"block (mapping|collection).*did not find|document start", scene.said)
    ):
        return []
    column = len(line.indent)
    known = _columns(scene, items=bool(line.item))
    if not known or column in known:
        return []
    near = [each for each in known if abs(each - column) == 1]
    mended = mend(scene.source, (line.start, line.start + column, " " * near[0])) if len(near) == 1 else None
    wanted = " or ".join(str(each) for each in sorted(known))
    return _syntax(
        scene,
        line.start,
        column + len(line.item) + len(line.key.rstrip()),
        f"this line is indented by {column} space{'' if column == 1 else 's'}, the "
        f"{'items' if line.item else 'fields'} above it by {wanted}",
        "indent it as the line that it follows: the fields of one mapping stand in one column",
        mended,
    )


def _columns(scene: _Scene, items: bool) -> list[int]:
    """The columns at which keys (or items) stand in the mappings (or lists) that are open at the error."""
    found: list[int] = []
    least = len(scene.text)
    for line in scene.above():
        column = len(line.indent)
        if column < least and (line.key or line.item) and not line.indent.strip(" "):
            key = column + len(line.item)
            if items and line.item:
                found.append(column)
            elif not items and line.key and key < least:
                found.append(key)
            least = column
        if least == 0:
            break
    return found


def _tight(scene: _Scene) -> list[Problem]:
    """A colon or a dash without its space."""
    for line in scene.lines:
        tight = _TIGHT.match(line.text)
        if tight:
            what = "colon" if tight["colon"] else "dash"
            start, end = (line.start + each for each in tight.span(what))
            message = f"a space is missing behind this {what}"
            help_line = "write `key: value`, and `- ` before each item of a list"
            return _syntax(scene, start, 1, message, help_line, mend(scene.source, (end, end, " ")))
    return []


def _colon_between_braces(scene: _Scene) -> list[Problem]:
    """A colon in a value between braces: `{work: esl, where: chapter 3: ridge}`."""
    found = _COLON_BETWEEN.search(scene.text, scene.context, line_end(scene.text, scene.context))
    if "flow mapping" not in scene.said or not found or found.start("colon") != scene.at:
        return []
    value = found["value"].rstrip()
    start = found.start("value")
    mended = mend(scene.source, (start, start + len(value), single_quoted(value)))
    return _syntax(scene, scene.at, 1, "a colon followed by a space ends the text here", _QUOTE_IT, mended)


_QUOTE_IT = "put the whole value in single quotes"
_COLON_BETWEEN = re.compile(r"[{,][ ]*[\w-]+:[ ]+(?P<value>[^'\"\[\]{},:][^\[\]{},:]*(?P<colon>:)[ ][^{}\[\],]*)")


def _beside_bar(scene: _Scene) -> list[Problem]:
    """A text that begins on the line of the bar below which it should stand."""
    beside = _BESIDE_BAR.fullmatch(scene.line.value)
    if "block scalar" not in scene.said or not beside:
        return []
    start = scene.line.value_at + beside.start("blank")
    below = re.compile(r"\s*\n([ ]*)(?=\S)").match(scene.text, line_end(scene.text, start))
    column = len(scene.line.indent) + len(scene.line.item)
    indent = below[1] if below and len(below[1]) > column else " " * (column + 2)
    return _syntax(
        scene,
        scene.line.value_at + beside.start("text"),
        1,
        "text stands on the line of the |",
        "begin the text on the next line, indented; put a text that begins with | in single quotes",
        mend(scene.source, (start, start + len(beside["blank"]), f"\n{indent}")),
    )


_BESIDE_BAR = re.compile(r"\|[+-]?(?P<blank>[ ]+)(?P<text>[^|#\s][^|]*)")


def _in_our_words(scene: _Scene) -> list[Problem]:
    _, at_context, message, help_line = next(case for case in CASES if re.search(case[0], scene.said))
    index = scene.context if at_context else scene.at
    mended = None
    if "escape" in scene.said:
        closed = _QUOTED['"'].match(scene.text, scene.context)
        mended = quotes_changed(scene.source, scene.context, closed.end()) if closed else None
    elif "mapping values" in scene.said or (
        scene.line.value[:1] in _STARTERS and not _FLOW_MAPPING.match(scene.line.value)
    ):
        mended = in_quotes(scene.source, scene.line.value_at)
    if not scene.text[index:].strip():  # at the end of the file, behind the last line that holds anything
        index = len(scene.text.rstrip())
    return _syntax(scene, index, 1, message, help_line, mended)


def _syntax(
    scene: _Scene, start: int, length: int, message: str, help_line: str, mended: Fix | None = None
) -> list[Problem]:
    return faults.yaml_syntax(scene.source.at(start, start + length), message, help_line, mended)


_SUSPECTS: tuple[Callable[[_Scene], list[Problem]], ...] = (
    _no_yaml,
    _odd_characters,
    _smart_quotes,
    _comments,
    _unclosed_quote,
    _text_behind,
    _indentation,
    _tight,
    _colon_between_braces,
    _beside_bar,
    _in_our_words,
)
