"""Typst is written safely, compiled the same everywhere, and complains in words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jinja2
import pypdfium2
import pytest

from conftest import REPOSITORY, TIME
from qbank.markup.tex import PRELUDE
from qbank.outputs import paper
from qbank.problem import ContentError, Problem
from qbank.program import templates
from qbank.render.jinja import environment

HEAD = (
    '#import "theme.typ": *\n#import "tex.typ": *\n#set document(title: "t")\n#set text(font: "Roboto", lang: "en")\n'
)
#: What a page may be given instead of what it finds.
GIVEN = {"tex.typ": PRELUDE.encode()}


def render(template: str, **values: object) -> str:
    return environment("typst").from_string(template).render(**values)


def text(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def problems(source: str) -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        paper.compile(HEAD + source, files={}, time=TIME)
    return caught.value.problems


# -- templates


def test_a_value_without_a_filter_is_text() -> None:
    assert render("{{ a }}", a='#panic("x") $y$') == r"\#panic\(\"x\"\) \$y\$"


def test_filters_make_markup_and_strings() -> None:
    assert render("{{ a|md }}", a="**b** $x$") == '#strong[b]; #eqi("x", $x$);'
    assert render("{{ a|md(cloze=true) }}", a="{{c1::b}}") == "#cloze[b];"
    assert render("{{ a|s }} {{ 3|s }}", a='"\\') == r'"\"\\" "3"'


def test_the_text_of_a_template_stays_as_it_is() -> None:
    assert render("#let x = {{ n }}", n=3) == "#let x = 3"


def test_a_misspelt_value_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("{{ missing }}")


# -- the theme


def names_of_typst(module: str) -> set[str]:
    import typst

    return set(json.loads(typst.eval(b"", f"dictionary({module}).keys()")))


def test_the_theme_hides_no_function_of_typst() -> None:
    theme = (templates() / "cheatsheet" / "theme.typ").read_text(encoding="utf-8")
    names = set(re.findall(r"^#let ([\w-]+)", theme + PRELUDE, re.MULTILINE))
    taken = names_of_typst("math") | names_of_typst("std") | names_of_typst("sym")
    assert {"accent", "frac", "attach", "text", "table", "alpha"} <= taken
    assert len(names) > 30
    assert not names & taken


def test_every_face_that_is_shipped_is_one_that_text_uses() -> None:
    families = {(font.family, font.style, font.weight) for font in paper._fonts().fonts() if font.path}
    assert families == {("Roboto", style, weight) for style in ("normal", "italic") for weight in (400, 700)}


# -- the compiler


def test_a_page_is_printed() -> None:
    pdf = paper.compile(HEAD + "= Title\nText", files={}, time=TIME)
    assert pdf.startswith(b"%PDF-1.7")
    assert "Text" in text(pdf)


def test_a_page_finds_the_names_of_formulas_whether_they_are_given_or_not() -> None:
    source = HEAD + '= Title\n#eqi("x over 2", $frac(x, 2)$)'
    assert paper.compile(source, files={}, time=TIME) == paper.compile(source, files=GIVEN, time=TIME)


def test_what_is_given_goes_before_what_a_page_would_find() -> None:
    given = {"tex.typ": b'#let word = "given"\n'}
    assert "given" in text(paper.compile(HEAD + "= Title\n#word", files=given, time=TIME))


def test_files_stand_beside_the_source() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    source = HEAD + '= Title\n#image("figures/a.svg", alt: "A line")'
    assert paper.compile(source, files={"figures/a.svg": svg}, time=TIME)


def test_no_file_is_written_outside_the_folder() -> None:
    with pytest.raises(ValueError, match="leads out"):
        paper.compile(HEAD, files={"../a.svg": b""}, time=TIME)


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "@preview/tablex:0.0.8"])
def test_a_page_reads_nothing_else(path: str) -> None:
    with pytest.raises(RuntimeError):
        paper.compile(f'{HEAD}= T\n#read("{path}")', files={}, time=TIME)


def test_the_same_source_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    source = HEAD + '= A #eqi("x", $x$) *b*'
    program = (
        "import sys, hashlib\nfrom qbank.outputs import paper\n"
        f"print(hashlib.sha256(paper.compile({source!r}, files={{}}, time={TIME})).hexdigest())"
    )
    seen = set()
    for zone, language, folder in (("UTC", "C", REPOSITORY), ("Asia/Tokyo", "de_DE.UTF-8", tmp_path)):
        environment = {
            **os.environ,
            "TZ": zone,
            "LANG": language,
            "HOME": str(folder),
            "PYTHONPATH": str(REPOSITORY / "generator"),
        }
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        seen.add(run.stdout)
    assert len(seen) == 1


def test_a_machine_without_typst_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(paper.PaperUnavailable, match=r"pip install 'qbank\[pdf\]'"):
        paper.compile(HEAD, files={}, time=TIME)


# -- faults


def test_a_character_without_a_glyph_names_its_question() -> None:
    found = problems('= T\n// question "bank/a/one.yaml"\nfine\n// question "bank/a/two.yaml"\nx 中 y\n\n#raw("😀")')
    assert [(problem.rule, problem.place.path) for problem in found] == [("page", "bank/a/two.yaml")] * 2
    assert found[0].message == "no font has the character '中' (U+4E2D)"
    assert "write it in Latin letters" in found[0].help


def test_a_private_character_is_one_without_a_glyph() -> None:
    (found,) = problems('= T\n// question "a.yaml"\nx \ue000 y')
    assert "(U+E000)" in found.message


def test_a_path_may_hold_any_character() -> None:
    path = 'a "b\\c.yaml'
    (found,) = problems("= T\n" + render("// question {{ path|s }}\n中", path=path))
    assert found.place.path == path


def test_another_error_is_put_in_words_too() -> None:
    (found,) = problems('= T\n// question "a.yaml"\n#panic("oh")')
    assert found.message == "this question cannot be set on paper"
    assert found.help.endswith("panicked with: oh")


def test_a_fault_of_a_template_is_not_one_of_the_content() -> None:
    with pytest.raises(RuntimeError) as caught:
        paper.compile(HEAD + '#panic("oh")\n// question "a.yaml"\n', files={}, time=TIME)
    assert not isinstance(caught.value, ContentError)


def test_an_empty_page_needs_no_question() -> None:
    assert paper.compile(HEAD + "= T", files={}, time=TIME)
