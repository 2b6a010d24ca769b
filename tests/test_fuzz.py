"""Inputs that nobody would write, made of those in `corpus/`: cut, doubled, crossed and salted with the signs of all
languages that are read or written here. What is accepted must hold what it promises, as other programs see it.

`make fuzz` takes a hundred times as many, new ones each time. An input that broke something goes to `corpus/`.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import HERE, MINIBANK, TIME
from qbank.bank import load
from qbank.bank.layout import LEDGER
from qbank.bank.model import ClozeText, Markdown
from qbank.check import figures, in_texts
from qbank.check.fonts import SHIPPED
from qbank.entries import File, Maker, restored
from qbank.ledger import file as ledgers
from qbank.markup import cloze, html, plain, tex, typst
from qbank.markup.document import parse
from qbank.outputs import paper
from qbank.problem import errors
from qbank.render.figure import drawn
from qbank.source import reader
from qbank.source.nodes import Mapping, Node, Scalar, Sequence
from qbank.source.places import located
from qbank.tree import Folder, Memory

CORPUS = HERE / "corpus"
HEADER = load.header(Folder(MINIBANK))[0]
SETTINGS = HEADER.settings
#: Typst is asked about many texts at once, since it takes long to begin.
TOGETHER, TYPESET = 25, max(1, settings.default.max_examples // 20)

#: What has a meaning to one of the readers, and what makes it mean another thing.
SALT = [
    *"ab1 \n\t\\'\"#*_`~<>&|!?:;,.-+=/@%^$()[]{}\u00e9\u2192\u200b\u2060\u202e\ufeff\U0001d465",
    *r"\{ \} \\ \( \] $$ ``` [sound:a] [anki:play:q:0] [$] [latex] <b> </b> <!-- --> <![CDATA[ ]]> &lt; &#91;".split(),
    *r"{{c1:: {{c2:: {{c0:: {{c1,3:: }} :: ::hint}} ](https://a.b) ](javascript:a) ![ // /* */ @ref <l> ---".split(),
    *r"\frac{ \text{ \left( \right. \begin{aligned} \end{aligned} \\[1em] \href{ ^{ _ #image( ... !!str *x".split(),
    *"onload= href= style= url( xmlns:h= <script <use <?xml /> javascript: null 1e400".split(),
    *("[a]: b\n", "\n\n", "\n- ", "\n1. ", "\n> ", "\n    ", "| a | b |\n|--|--|\n", "#let x = 1\n", "|-\n  ", "&x "),
]


def corpus(kind: str) -> list[str]:
    """The inputs of a kind, as texts."""
    return [path.read_bytes().decode() for path in sorted((CORPUS / kind).iterdir())]


@cache
def pieces(kind: str) -> list[str]:
    """The inputs of a kind, and their paragraphs."""
    whole = corpus(kind)
    return list(dict.fromkeys([*whole, *(part for text in whole for part in text.split("\n\n") if part)]))


@st.composite
def mutants(draw: st.DrawFn, kind: str) -> str:
    """An input of the corpus, or what a few changes make of it."""
    seeds = st.sampled_from(pieces(kind))
    text = draw(seeds)
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        part = draw(
            st.one_of(
                st.lists(st.sampled_from(SALT), max_size=4).map("".join),
                st.just(text[start:end] * 2),
                seeds.flatmap(lambda other: st.integers(0, len(other)).map(lambda at: other[at : at + 40])),
                st.just(""),
            )
        )
        text = text[:start] + part + text[end:]
    return text


def accepted(text: Markdown) -> bool:
    """Whether a check finds no error in a text."""
    return not errors(list(in_texts([text], SETTINGS, SHIPPED)))


def each(kind: str) -> pytest.MarkDecorator:
    """Every input of the corpus, whatever examples are drawn."""
    return pytest.mark.parametrize("text", corpus(kind), ids=[path.name for path in sorted((CORPUS / kind).iterdir())])


# -- YAML


def plainly(node: Node) -> object:
    """What a node holds, as PyYAML gives it."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plainly(item) for item in node.items]
    assert isinstance(node, Mapping)
    return {key: plainly(value) for key, (_, value) in node.entries.items()}


@each("yaml")
def test_a_fault_in_a_file_of_the_corpus_stands_in_the_file(text: str) -> None:
    data = text.encode()
    for found in located(Memory({"x.yaml": data}), reader.parse(data, "x.yaml").problems):
        assert found.span.line >= 1
        assert found.span.column >= 1
        assert found.line is not None
        assert found.line in text


@given(mutants("yaml"))
@settings(deadline=None)
def test_a_file_is_read_as_by_libyaml_or_refused_with_a_place(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    source = reader.parse(data, "evaluation/precision.yaml")
    if source.problems:
        tree = Memory({"evaluation/precision.yaml": data})
        assert all(each.span.line >= 1 for each in located(tree, source.problems))
    else:
        assert source.root is not None
        assert plainly(source.root) == yaml.load(text, yaml.CBaseLoader)


@given(mutants("yaml"))
@settings(deadline=None)
def test_a_file_gives_the_same_entry_again_and_out_of_the_store(text: str) -> None:
    file = File("evaluation/precision.yaml", "digest", text.encode("utf-8", "surrogatepass"))
    made = Maker(HEADER, "bank", {"line.svg": "line.svg"}, True).entry(file)
    assert made == Maker(HEADER, "bank", {"line.svg": "line.svg"}, True).entry(file)
    assert restored(file.path, made.dumped()) == made._replace(rendered=b"")


# -- Markdown


#: Elements that a text may become, and their attributes.
ALLOWED = {
    **dict.fromkeys("p br em strong code ul li blockquote hr h4 table thead tbody tr".split(), frozenset[str]()),
    "a": frozenset({"href", "title"}),
    "ol": frozenset({"start"}),
    "span": frozenset({"class"}),
    "pre": frozenset({"class"}),
    "th": frozenset({"style"}),
    "td": frozenset({"style"}),
}
SAFE = re.compile(r"(https?://|mailto:)[^\s]*", re.IGNORECASE)


def events(element: ElementTree.Element) -> Iterator[tuple[str, ...]]:
    """Elements and texts of a tree, as they follow each other."""
    for child in element:
        yield ("<", child.tag, *(f"{name}={value}" for name, value in sorted(child.attrib.items())))
        if child.text:
            yield ("text", child.text)
        yield from events(child)
        yield (">", child.tag)
        if child.tail:
            yield ("text", child.tail)


def reparsed(text: str) -> ElementTree.Element:
    """A piece of HTML as HTML5 has it. Anything that a browser would have to mend is an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: ElementTree.Element = parser.parseFragment(text)
    return found


def as_xml(text: str) -> ElementTree.Element:
    """The same piece, read by the rules of XML."""
    closed = re.sub(r"<(br|hr)>", r"<\1/>", text)
    return ElementTree.fromstring(f"<div>{closed}</div>")


def words(text: str) -> list[str]:
    """The words of a text, without the signs that keep Anki from reading it as its own markup."""
    return re.findall(r"\w+", text.replace("\N{WORD JOINER}", ""))


@given(mutants("markdown"))
@settings(deadline=None)
def test_html_is_what_html5_makes_of_it_and_holds_only_what_is_allowed(text: str) -> None:
    if not accepted(Markdown(text)):
        return
    made = html.block(parse(text))
    tree = reparsed(made)
    assert list(events(tree)) == list(events(as_xml(made)))
    for element in list(tree.iter())[1:]:
        assert element.tag in ALLOWED
        assert set(element.attrib) <= ALLOWED[element.tag]
        if element.tag == "a":
            assert SAFE.fullmatch(element.attrib["href"])
    assert html.block(parse(text)) == made


@given(mutants("markdown"))
@settings(deadline=None)
def test_all_words_of_a_text_are_in_all_that_is_made_of_it(text: str) -> None:
    if not accepted(Markdown(text)):
        return
    document = parse(text)
    # Words may touch what is emphasized or code, so each is looked for as a part of the whole.
    shown = "".join(reparsed(html.block(document)).itertext()).replace("\N{WORD JOINER}", "")
    missing = [word for word in words(document.prose) if word not in shown]
    assert not missing
    assert not [word for word in words(plain.text(document, formula=str)) if word not in shown]


# -- Typst and TeX


HEAD = """
#import "theme.typ": *
#import "tex.typ": *
#set document(title: "test")
#set page(height: auto)
#set text(lang: "en")
#heading(level: 1)[.]
#heading(level: 2)[.]
"""


def compiles(bodies: list[str]) -> None:
    paper.compile(HEAD + "".join(f"#pagebreak()\n{body}\n" for body in bodies), files={}, time=TIME)


@given(st.lists(mutants("markdown"), min_size=1, max_size=TOGETHER))
@settings(deadline=None, max_examples=TYPESET)
def test_what_is_accepted_compiles_on_paper(texts: list[str]) -> None:
    compiles([typst.render(parse(text)) for text in texts if accepted(Markdown(text))])


@given(st.lists(mutants("formulas"), min_size=1, max_size=TOGETHER), st.sampled_from(["$", "$$"]))
@settings(deadline=None, max_examples=TYPESET)
def test_a_formula_that_is_accepted_compiles_on_paper(formulas: list[str], delimiter: str) -> None:
    texts = [f"{delimiter}{' '.join(formula.split())}{delimiter}" for formula in formulas]
    compiles([typst.render(parse(text)) for text in texts if accepted(Markdown(text))])


@given(mutants("formulas"))
@settings(deadline=None)
def test_a_formula_is_refused_or_well_formed_everywhere(formula: str) -> None:
    try:
        parsed = tex.parse(formula)
    except tex.TexError:
        return
    assert parsed == tex.parse(formula)
    tex.strip_for_plain(formula)
    tex.to_typst(parsed)
    for element in ElementTree.fromstring(tex.to_mathml(parsed, display=True)).iter():
        name = element.tag.rpartition("}")[2]
        assert name.startswith("m") or name in ("semantics", "annotation")
        assert not [key for key in element.attrib if key.startswith("on") or key in ("href", "style", "src")]


# -- Clozes


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[int]]:
    """The numbers of the cards that the real Anki makes of a field."""
    pytest.importorskip("anki")
    from anki.collection import Collection

    collection = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    note_type = collection.models.by_name("Cloze")
    assert note_type is not None

    def numbers(field: str) -> list[int]:
        note = collection.new_note(note_type)
        note.fields[0] = field
        return sorted(collection._backend.cloze_numbers_in_note(note._to_backend_note()))

    return numbers


@given(text=mutants("clozes"))
@settings(deadline=None)
def test_cards_of_clozes_are_those_of_the_real_anki(anki: Callable[[str], list[int]], text: str) -> None:
    if not accepted(ClozeText(text)):
        return
    document = parse(text, cloze=True)
    field = html.block(document)
    assert cloze.anki_numbers(field) == anki(field)
    assert set(map(str, anki(field))) == {each for numbers in plain.gaps(document) for each in numbers.split(",")}
    reparsed(field)


# -- Figures


@given(mutants("figures"))
@settings(deadline=None)
def test_a_figure_that_is_accepted_is_drawn_and_runs_nothing(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if errors(figures.inspect("figures/x.svg", data)):
        return
    made = drawn(data)
    assert drawn(made) == made
    for element in ElementTree.fromstring(made).iter():
        assert element.tag.rpartition("}")[2] not in ("script", "foreignObject", "iframe", "object", "embed")
        for key, value in element.attrib.items():
            assert not key.rpartition("}")[2].lower().startswith("on")
            assert "javascript:" not in value.lower()


# -- The ledger


@given(mutants("ledgers"))
@settings(deadline=None)
def test_a_ledger_is_refused_or_comes_out_as_it_went_in(text: str) -> None:
    tree = Memory({LEDGER: text.encode("utf-8", "surrogatepass")})
    known, problems = ledgers.problems_of(tree)
    if problems:
        return
    try:
        first = "".join(ledgers.written(known))
    except ledgers.BrokenLedger:
        return
    again, _ = ledgers.problems_of(Memory({LEDGER: first.encode("utf-8", "surrogatepass")}))
    assert "".join(ledgers.written(again)) == first
    assert {json.loads(line).get("key") for line in text.splitlines()[1:]} == {key for key, _ in known.notes(None)}


def test_every_kind_of_input_has_a_corpus() -> None:
    used = set(re.findall(r'mutants\("(\w+)"\)', Path(__file__).read_text(encoding="utf-8")))
    assert used == {path.name for path in CORPUS.iterdir()}
    assert all(corpus(kind) for kind in used)
