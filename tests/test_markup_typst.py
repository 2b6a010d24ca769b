"""Markdown becomes Typst that prints what was written; `golden/typst.md` and `golden/typst-cloze.md` show how."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from conftest import HERE, TIME
from qbank.markup import typst
from qbank.markup.document import CODE_LANGUAGES, parse
from qbank.markup.printable import unprintable
from qbank.outputs import paper

PLAIN = read_fixture_file(HERE / "golden" / "typst.md")
CLOZES = read_fixture_file(HERE / "golden" / "typst-cloze.md")


@pytest.mark.parametrize(("title", "source", "expected"), [case[1:] for case in PLAIN], ids=[c[1] for c in PLAIN])
def test_markdown_becomes_typst(title: str, source: str, expected: str) -> None:
    assert typst.render(parse(source.rstrip("\n"))) == expected.rstrip("\n")


@pytest.mark.parametrize(("title", "source", "expected"), [case[1:] for case in CLOZES], ids=[c[1] for c in CLOZES])
def test_clozes_show_their_content(title: str, source: str, expected: str) -> None:
    assert typst.render(parse(source.rstrip("\n"), cloze=True)) == expected.rstrip("\n")


@pytest.mark.parametrize(
    "source",
    [
        "a <b>tag</b>",
        "<div>\n\nblock",
        "![a figure](x.svg)",
        "[a link](ftp://example.org)",
        "[a link](/etc/passwd)",
        "    indented code",
        r"$\unknown{x}$",
        "$$\nx\n$$ (label)",
    ],
)
def test_what_paper_cannot_show_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="cannot be set on paper"):
        typst.render(parse(source))


@pytest.mark.parametrize("language", CODE_LANGUAGES)
def test_every_language_of_code_is_set(language: str) -> None:
    (page,) = printed([typst.render(parse(f"```{language}\nSELECT x = 1 # y\n```"))])
    assert seen("SELECT x = 1 # y") == seen(page)


# -- on paper

HEAD = """
#import "theme.typ": *
#import "tex.typ": *
#set document(title: "test")
#set page(width: 900pt, height: auto)
#set text(font: "Roboto", lang: "en", hyphenate: false, ligatures: false)
#heading(level: 1)[.]
#heading(level: 2)[.]
"""


def printed(bodies: Iterable[str]) -> list[str]:
    """The text of each of some pieces of Typst, as a reader of the PDF finds it."""
    source = HEAD + "".join(f"#pagebreak()\n{body}\n" for body in bodies)
    document = pypdfium2.PdfDocument(paper.compile(source, files={}, time=TIME))
    return [document[at].get_textpage().get_text_range() for at in range(1, len(document))]


def seen(text: str) -> str:
    """A text without its spaces, and without the characters that are not seen."""
    return re.sub("[\\s\x00-\x1f\x7f-\xa0\xad\u200b\u2028\u2029\ufffe]+", "", unicodedata.normalize("NFC", text))


#: What has broken converters to Typst, or could: its markup, code, comments, references, quotes and shorthands.
NASTY = """\
# $ * _ ` @ <label> @ref // /* */ \\ [ ] " ' ~ = - + / : = #{ #[x] #x.y #(1) // -- --- ... -? ~~x~~ a~b | a|b ^ x^2
#let #panic("x") #eval("1+1") #image("/etc/passwd") #"x" #metadata(1) #counter #sym.alpha sym.alpha :smile: #show:
$x$ $$ *b* _i_ `raw` ``` ```python https://example.com http://x.y/z?a=b&c=d#e <script>alert(1)</script> &amp; &lt;
{ } {{ {% raw %} \\u{41} \\# \\\\ --x 0.5 1. 12. a_b_c snake_case_name 2*3*4 C# C++ F_1 L1/L2 "quoted" it's 50% $5
[link](x) ![img](y) !x ::: ::x <br> #* *# _#_ == ==== ---- *** ___ @user user@host.com [a] [] () [a][b] [^1] a\\ 's
<a> context +- -> => <= >= != := .. ...x @@ ~/.bashrc 1/2 //x \\// %% (a) ;x ;; ,( ). ){ ]( ][ "); "];""".split()
LONGER = [
    "= x", "- x", "+ x", "1. x", "1) x", "/ x: y", "#let x = 1", "#set text(red)", "#show: x", "// comment",
    "a // b", "a /* b */ c", "p < 0.05 & n > 30", "$5 and $6", "\u2028= H", "a\u200bb", "a\x00b", "{{ jinja }}",
    "x\u00a0y", "  lead", "# H", "> q", "::: note", "a ~ b", "#context here()", "é à ł ß Ω π я −", "a" * 60,
]  # fmt: skip
TEXTS = [*NASTY, *LONGER]


@pytest.mark.parametrize(
    "context",
    [
        "{}", "- item\n\n{}\n", "a{}b", "({})", "#strong[{}];", "#emph[{}];(x)", "#list([{}])", "#enum([{}], [b])",
        "#table(columns: 2, table.header([a], [b]), [{}], [b])", "#heading(level: 2)[{}]", "#quote(block: true)[{}]",
        '#link("https://example.org")[{}];[x]',
    ],
)  # fmt: skip
def test_escaped_text_is_printed_as_it_is_wherever_it_stands(context: str) -> None:
    pages = printed(context.replace("{}", typst.escape(text)) for text in TEXTS)
    lost = [text for text, page in zip(TEXTS, pages, strict=True) if seen(text) not in seen(page)]
    assert not lost


@pytest.mark.parametrize("context", ["#text({});x", "#raw({});(x)", '#raw({}, block: true, lang: "python")'])
def test_strings_are_printed_as_they_are(context: str) -> None:
    pages = printed(context.replace("{}", typst.string(text)) for text in TEXTS)
    lost = [text for text, page in zip(TEXTS, pages, strict=True) if seen(text) not in seen(page)]
    assert not lost


@pytest.mark.parametrize(
    "context",
    [
        "{} end",
        "start {}",
        "- {}\n- b",
        "1. a\n\n   {}",
        "| a | {} |\n|---|---|\n| {} | c |",
        "**{}**(x)",
        "> {}",
        "### {}",
    ],
)
def test_text_comes_through_from_markdown(context: str) -> None:
    texts = [text for text in TEXTS if "\x00" not in text]
    written = [context.replace("{}", re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text.strip())) for text in texts]
    pages = printed(typst.render(parse(each)) for each in written)
    lost = [text for text, page in zip(texts, pages, strict=True) if seen(text) not in seen(page)]
    assert not lost


def test_what_stands_behind_a_call_is_never_swallowed() -> None:
    calls = {"`f`": "f", "**b**": "b", "*i*": "i", "$x$": "x", "[l](https://example.org)": "l", "***bi***": "bi"}
    behind = {text: text for text in ("(x)", "[x]", "{x}", ".x", ";x", ",x", "=x", "'x", '"x', ":x", "::x", " x", "-")}
    behind |= {"\\*x": "*x", "\\_x": "_x", "<https://example.org>": "https://example.org", "\\`": "`", "\\\n(x)": "(x)"}
    pairs = [(f"A{call}{text}Z", f"A{one}{two}Z") for call, one in calls.items() for text, two in behind.items()]
    pages = printed(typst.render(parse(source)) for source, _ in pairs)
    for (source, expected), page in zip(pairs, pages, strict=True):
        assert unicodedata.normalize("NFKC", seen(page)) == seen(expected), source


_SOUP = st.text(alphabet="ab1 \n*_`$|-#>[](){}\\<&:.~!+=/@;,'\"^%?é≤", max_size=60)
_PIECES = st.sampled_from(
    [
        "| a | b |\n|---|:-:|\n| $x$ | `c` |", "```python\nx = 1\n```", "$$\nx^2\n$$", r"$\frac{a}{b}$", "**b**",
        "- a\n  - b\n\n    c", "{{c1::a}}", "{{c2::$x_{{c1::i}}$::hint}}", "`{{c1::x}}`", "### H", "---", "\n\n", "\n",
        "\n- ", "\n  ", "\n1. ", "\n\n> ", "> q\n", "1. ", "[l](https://a.b)", "a\\\nb", "#x", "//", "/*", "<a>",
    ]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_SOUP | _PIECES, max_size=6).map("".join), min_size=30, max_size=60), st.booleans())
def test_any_markdown_is_refused_or_compiles(texts: list[str], cloze: bool) -> None:
    bodies = []
    for text in texts:
        try:
            bodies.append(typst.render(parse(text, cloze=cloze)))
        except ValueError:
            continue
    assert len(printed(bodies)) >= len(bodies)


# -- what can be printed


def missing(codes: list[int], style: str = "{}") -> set[int]:
    """The characters for which the engine has no glyph in any of its fonts, or which PDF/A forbids."""
    import typst as engine

    lines = "\n\n".join(style.replace("{}", f'"\\u{{{code:x}}}"') for code in codes)
    try:
        engine.compile(
            ('#set document(title: "x")\n#set text(font: "Roboto", lang: "en", hyphenate: false)\n' + lines).encode(),
            font_paths=paper._fonts(),
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=TIME,
        )
    except engine.TypstError as error:
        places = re.findall(r"^error: .*\n *┌─ .*?:(\d+):", error.diagnostic, re.MULTILINE)
        return {codes[(int(line) - 3) // 2] for line in places}
    return set()


def chunks(codes: list[int], size: int = 1000) -> Iterator[list[int]]:
    return (codes[at : at + size] for at in range(0, len(codes), size))


#: Latin, Greek and Cyrillic; their extensions; punctuation; symbols; mathematical letters.
BLOCKS = [(0xA0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x200D), (0x2010, 0x2027), (0x202F, 0x2060), (0x2070, 0x2BFF)]
BLOCKS += [(0x1D400, 0x1D7FF)]


def test_the_table_of_printable_characters_is_that_of_the_fonts() -> None:
    codes = [code for first, last in BLOCKS for code in range(first, last + 1)]
    absent = set()
    for style in ("#{}", '#math.equation(alt: "x", $ {} $)'):
        for part in chunks(codes):
            absent |= missing(part, style)
    refused = {code for code in codes if list(unprintable(chr(code)))}
    assert {hex(code) for code in refused ^ absent} == set()


@pytest.mark.parametrize("style", ["#strong[#{}]", "#raw({})", '#text(weight: 700, style: "italic", {})'])
def test_printable_characters_can_be_printed_in_every_style(style: str) -> None:
    codes = [code for first, last in BLOCKS for code in range(first, last + 1)]
    printable = [code for code in codes if not list(unprintable(chr(code)))]
    assert len(printable) > 5000
    assert not missing(printable, style)


@pytest.mark.parametrize("character", ["中", "😀", "\ue000", "\u202e", "א", "ع", "\U000e0041", "あ", "\ufeff"])
def test_characters_of_other_scripts_are_refused(character: str) -> None:
    assert list(unprintable(f"ab{character}c")) == [2]


def test_what_authors_write_is_printable() -> None:
    assert not list(unprintable("Gauß's naïve “quote” – ½ ≤ π · é × → ∑ ‖w‖₂² 𝔼 μ̂ −1 … €\tline\nnext"))
