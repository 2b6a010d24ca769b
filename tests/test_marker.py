"""No text of any file of a bank becomes active: a marker that holds what is dangerous is put into every one of them.

Each field that a file may set is filled in turn. A bank that a rule refuses counts as refused; every other one is built
whole, and every file of it is read by a parser of its own format.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pypdf
import pytest
import tinycss2
import yaml
from markdown_it import MarkdownIt

from conftest import HERE, MINIBANK, TIME, build, problems, surveyed
from qbank import dist
from qbank.bank.layout import ORIGINS, RETIREMENTS, SETTINGS, WORKS
from qbank.bank.model import Origins, Question, Retirements, Work
from qbank.bank.settings import Settings
from qbank.bank.shape import slots
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.outputs import OUTPUTS, export
from qbank.outputs.job import Edition
from qbank.outputs.template import Template
from qbank.problem import errors
from qbank.program import templates

#: What each marker holds beside a word by which it is found.
DANGERS = {
    "tags": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "ends": "\"'><b onclick=alert(1)> ]]> --> */ </style></title></textarea>",
    "templates": "{{ 7*7 }} {% raw %} {{#Notice}} {{/Notice}} <%= x %>",
    "anki": "[sound:x.mp3] [anki:tts lang=en_US]x[/anki:tts] \\(x\\)",
    "typst": '#eval("1") #import "x" ] // /* \\ @x $',
    "links": "[x](javascript:alert(1)) javascript:alert(1) <javascript:alert(1)> url(https://e.example/x)",
    "sheets": "=cmd|' /C calc'!A0",
    "plain": "javascript:alert(1)//",
}
WORD = "zyxmarker"
PRECISION = "evaluation/precision.yaml"
RIDGE = "linear-models/ridge-regression.yaml"

_ELEMENTS = frozenset(
    (
        "html head body meta link title style script div span p a b i em strong code pre ul ol li table thead tbody "
        "tr th td hr br h1 h2 h3 h4 details summary img header footer nav main section article aside form label input "
        "select option fieldset legend button output noscript dl dt dd blockquote small figure figcaption kbd sup sub "
        "math mrow mi mo mn mtext ms mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
        "mpadded mphantom menclose mstyle merror semantics annotation maction mmultiscripts mprescripts none"
    ).split()
)
_SCHEMES = ("https:", "http:", "mailto:", "#")


def fields(cls: Any, pointer: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every text that a file of some class may hold, as the keys that lead to it."""
    for name, slot in slots(cls).items():
        here = (*pointer, name, *((0,) if slot.many else ()))
        if slot.nested and not slot.keyed:
            yield from fields(slot.of, here)
        elif not slot.keyed and slot.of not in (int, bool):
            yield here


FILES = {SETTINGS: Settings, PRECISION: Question, RIDGE: Question, ORIGINS: Origins, RETIREMENTS: Retirements}
FIELDS = [(path, pointer) for path, cls in FILES.items() for pointer in fields(cls)]
FIELDS += [(WORKS, ("esl", *pointer)) for pointer in fields(Work)] + [(WORKS, ("zeta", *p)) for p in fields(Work)]


def put(data: Any, pointer: tuple[Any, ...], value: str) -> None:
    """Put a value where a pointer leads; what is missing on the way is made."""
    for key, following in zip(pointer, (*pointer[1:], None), strict=True):
        new: Any = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(key, int):
            while len(data) <= key:
                data.append(new)
        if following is None:
            data[key] = value
        elif isinstance(key, str) and key not in data:
            data[key] = new
        data = data[key]


def marked(
    bank: Path, path: str, pointers: list[tuple[Any, ...]], marker: Callable[[tuple[Any, ...]], str]
) -> set[tuple[Any, ...]]:
    """Put a marker into as many of these fields of a file as the rules let pass, and say which these are."""
    before = (bank / path).read_bytes()
    kept = set(pointers)
    while True:
        data = yaml.safe_load(before) or {}
        for pointer in pointers:
            if pointer in kept:
                put(data, pointer, marker(pointer))
        (bank / path).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        found = errors([each.problem for each in problems(bank)])
        if not found:
            return kept
        refused = set()
        for each in found:
            steps = tuple(each.place.pointer.split("/")[1:]) if each.place.path == path else ()
            # The field itself, else those beside it, else those around it.
            for length in range(len(steps), 0, -1):
                near = {one for one in kept if tuple(map(str, one))[:length] == steps[:length]}
                if near:
                    refused |= near
                    break
        kept -= refused or set(sorted(kept, key=str)[: max(1, len(kept) // 4)])


def marker(danger: str, path: str, behind: bool, pointer: tuple[Any, ...]) -> str:
    """What is written into a field: no other one bears the same word."""
    word = f"{WORD}{FIELDS.index((path, pointer))}q"
    return f"{word} {DANGERS[danger]}" if behind else f"{DANGERS[danger]} {word}"


@pytest.mark.parametrize("danger", DANGERS)
def test_a_marker_in_every_field_stays_text_in_every_output(danger: str, tmp_path: Path) -> None:
    bank = Path(shutil.copytree(MINIBANK, tmp_path / "bank"))
    shutil.copy(HERE / "broken" / "released-text" / "published.jsonl", bank)
    ledger = (bank / "published.jsonl").read_text(encoding="utf-8")
    inert = ledger.replace("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>".replace(">", "&gt;"))
    head, _, rows = inert.partition("\n")
    sizes = json.loads(head)
    _moved(sizes, rows)
    (bank / "published.jsonl").write_text(f"{json.dumps(sizes, ensure_ascii=False)}\n{rows}", encoding="utf-8")
    (bank / RETIREMENTS).write_text("retired:\n- {name: zeta-score, reason: Old.}\n", encoding="utf-8")
    assert problems(bank) == []
    origins = (
        (bank / ORIGINS).read_text(encoding="utf-8").replace("question: What", "question: 'What").replace("?}", "?'}")
    )
    (bank / ORIGINS).write_text(origins, encoding="utf-8")
    taken = set()
    for path in dict.fromkeys(path for path, _ in FIELDS):
        pointers = [pointer for where, pointer in FIELDS if where == path]
        for behind in (False, True):
            left = [pointer for pointer in pointers if (path, pointer) not in taken]
            taken |= {(path, pointer) for pointer in marked(bank, path, left, partial(marker, danger, path, behind))}
    survey = surveyed(bank)
    assert not errors(survey.verdict.problems)
    build(bank, tmp_path / "out", *OUTPUTS)
    shipped = [Template(str(each), each.read_text("utf-8")) for each in sorted((templates() / "export").glob("*.j2"))]
    whole = [each for each in shipped if "question." not in each.source.partition("-#}")[2] or "for " in each.source]
    planned = {"export": export.jobs(survey, Edition("test", TIME), [e for e in whole if "obsidian" not in e.path])}
    dist.write(tmp_path / "exports", planned, survey.store)
    for file in sorted([*(tmp_path / "out").rglob("*"), *(tmp_path / "exports").rglob("*")]):
        if file.is_file():
            read(file)
    seen = 0
    for form, shown in SHOWN.items():
        said = _squeezed(arrived(tmp_path / "out", form))
        for path, pointer in shown & taken:
            written = [marker(danger, path, behind, pointer) for behind in (False, True)]
            read_as = [_squeezed(each) for text in written for each in (text, plain.text(parse(text)))]
            assert any(each in said for each in read_as), (form, path, pointer)
            seen += 1
    # A test whose every marker is refused would see nothing.
    assert len(taken) > 40, taken
    assert seen > 10


#: Of some fields, in which outputs they are read as text.
_Q = (RIDGE, ("question",))
_EVERYWHERE = {_Q, *((RIDGE, (name,)) for name in ("answer", "title"))}
_WHOLE = _EVERYWHERE | {
    *((RIDGE, each) for each in (("explanation",), ("pitfalls", 0), ("follow_ups", 0, "question"))),
    (RIDGE, ("follow_ups", 0, "answer")),
    (RIDGE, ("references", 0, "where")),
    (WORKS, ("esl", "title")),
    (WORKS, ("esl", "authors")),
}
_HEADINGS = {(SETTINGS, ("words", name)) for name in ("explanation", "pitfalls", "sources")}
SHOWN: dict[str, set[tuple[str, tuple[Any, ...]]]] = {
    "pdf": {(RIDGE, ("title",)), (WORKS, ("esl", "title"))},
    "html": _WHOLE | _HEADINGS | {(SETTINGS, ("title",)), (SETTINGS, ("words", "answer"))},
    "md": _WHOLE | _HEADINGS | {(SETTINGS, ("title",)), (SETTINGS, ("words", "answer"))},
    "json": _WHOLE | {(RIDGE, ("aliases", 0)), (RIDGE, ("figure", "alt"))},
    "csv": {_Q, (RIDGE, ("cards", 0, "front"))},
    "apkg": _HEADINGS | {_Q, (RIDGE, ("answer",)), (RIDGE, ("explanation",)), (RIDGE, ("cards", 0, "front"))},
}


def _squeezed(text: str) -> str:
    # Before what Anki would take for its own stands a word joiner.
    return re.sub(r"[\s\u2060]+", "", text)


def arrived(out: Path, form: str) -> str:
    """All that files of a form say, read by what reads them: HTML without its elements, Markdown as a page."""
    said = []
    for file in sorted(out.rglob(f"*.{form}")):
        match form:
            case "html":
                said.append(_text(file.read_text("utf-8")))
            case "md":
                said.append(_text(_PAGE.render(file.read_text("utf-8"))))
            case "json":
                said += _strings(json.loads(file.read_text("utf-8")))
            case "pdf":
                said += [page.extract_text() for page in pypdf.PdfReader(file).pages]
            case "csv":
                said += [cell for row in csv.reader(io.StringIO(file.read_text("utf-8"), newline="")) for cell in row]
            case "apkg":
                said += [
                    _text(each)
                    for each in (*_cells(file), *(side for model in _models(file) for side in _sides(model)))
                ]
    return "\n".join(said)


_PAGE = MarkdownIt("commonmark", {"html": True}).enable("table")


def _text(html: str) -> str:
    return "".join(html5lib.parse(html, namespaceHTMLElements=False).itertext())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)


def _database(package: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(package) as archive:
        name = next(each for each in archive.namelist() if each.startswith("collection.anki2"))
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read(name))
    return database


def _cells(package: Path) -> Iterator[str]:
    """The fields of the notes of a package."""
    for (cells,) in _database(package).execute("select flds from notes"):
        yield from cells.split("\x1f")


def _models(package: Path) -> list[Any]:
    (models,) = _database(package).execute("select models from col").fetchone()
    return list(json.loads(models or "{}").values())


def _sides(model: Any) -> Iterator[str]:
    for template in model["tmpls"]:
        yield from (template["qfmt"], template["afmt"])


def _moved(head: dict[str, Any], rows: str) -> None:
    """Say where the notes of each topic stand in a ledger whose rows were changed."""
    at = 0
    head["topics"] = {}
    for line in rows.splitlines(keepends=True):
        section = head["topics"].setdefault(json.loads(line)["topic"], [at, 0])
        section[1] += 1
        at += len(line.encode())


# -- readers


def read(file: Path) -> None:
    """Read a file with the parser of its format, and hold what it finds against what may be there."""
    match file.suffix:
        case ".html":
            whole_page(file.read_text("utf-8"), file.name)
        case ".apkg":
            package(file)
        case ".css":
            style(file.read_text("utf-8"), file.name)
        case ".svg":
            drawn(file.read_bytes(), file.name)
        case ".json":
            page_data(json.loads(file.read_text("utf-8")), file.name)
        case ".jsonl":
            for line in file.read_text("utf-8").splitlines():
                page_data(json.loads(line), file.name)
        case ".csv":
            for row in csv.reader(io.StringIO(file.read_text("utf-8"), newline=""), strict=True):
                assert not [cell for cell in row if re.match(r"\s*[=@]", cell)], file
        case ".xml":
            for element in ElementTree.fromstring(file.read_text("utf-8")).iter("text"):
                fragment(element.text or "", file.name, for_anki=False)
        case ".pdf":
            sheet(file)
        case ".md":
            fragment(_PAGE.render(file.read_text("utf-8")), file.name, for_anki=False)


#: What a PDF could do when it is opened or clicked: of all actions, only links to the web and into itself.
_ACTIVE = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/EmbeddedFiles",
    "/RichMedia",
    "/SubmitForm",
    "/GoToR",
)


def sheet(file: Path) -> None:
    """A PDF: text, and links of few schemes."""
    data = pypdf.PdfReader(file)
    assert not set(_ACTIVE) & set(data.trailer["/Root"].keys()), file.name
    for page in data.pages:
        for each in page.get("/Annots", ()):
            link = each.get_object()
            assert link["/Subtype"] == "/Link", (file.name, link)
            action = link.get("/A", {})
            assert not set(_ACTIVE) & {*link.keys(), *action.keys()}, (file.name, action)
            assert action.get("/S", "/GoTo") in ("/GoTo", "/URI"), (file.name, action)
            if "/URI" in action:
                assert re.match(r"https?:|mailto:", str(action["/URI"])), (file.name, action)


def elements(html: str, *, whole: bool = False) -> Iterator[Any]:
    """The elements of a page as browsers see them."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html) if whole else parser.parseFragment(html)
    return (each for each in tree.iter() if isinstance(each.tag, str) and each.tag != "DOCUMENT_FRAGMENT")


def fragment(html: str, where: str, *, for_anki: bool = True) -> None:
    """HTML as cards and data hold it: none but the elements that the templates have, with inert attributes."""
    for element in elements(html):
        inert(element, where)
        assert element.tag.rpartition("}")[2] not in ("script", "style", "link", "meta", "input", "form"), (where, html)
    assert not for_anki or not re.search(r"\[(?:sound|anki):|\\href|\[/?latex\]", html), (where, html[:200])


def inert(element: Any, where: str) -> None:
    tag = element.tag.rpartition("}")[2]
    assert tag in _ELEMENTS, (where, tag)
    for name, value in element.attrib.items():
        name = str(name).rpartition("}")[2]
        assert not name.startswith("on"), (where, tag, name)
        assert name != "style" or re.fullmatch(r"[\w: .;%()#,-]*", value), (where, value)
        if name in ("href", "src", "action", "formaction", "data", "poster"):
            relative = not re.match(r"[a-zA-Z][\w+.-]*:", value.strip())
            assert relative or value.startswith(_SCHEMES), (where, tag, value)


def whole_page(html: str, where: str) -> None:
    scripts = 0
    for element in elements(html, whole=True):
        if element.tag.rpartition("}")[2] == "svg":
            continue
        inert(element, where)
        scripts += element.tag == "script"
        assert element.tag != "script" or (element.get("src") and not (element.text or "").strip()), where
    assert scripts <= 4, where


def style(css: str, where: str) -> None:
    for each in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert each.type in ("qualified-rule", "at-rule"), (where, each)
    assert not re.search(r"url\(\s*['\"]?https?:", re.sub(r'"(?:[^"\\]|\\.)*"', "", css)), where
    assert re.findall(r"@import[^;]*", css) in ([], ['@import url("_qbank-user.css")']), where


def page_data(value: Any, where: str, key: str = "") -> None:
    if isinstance(value, dict):
        for name, each in value.items():
            page_data(each, where, name)
    elif isinstance(value, list):
        for each in value:
            page_data(each, where, key)
    elif isinstance(value, str) and (key == "html" or key.endswith("_html")):
        fragment(value, where)


def package(file: Path) -> None:
    """A package: a database of notes whose fields are HTML, card templates and a style, and figures."""
    for cell in _cells(file):
        fragment(cell, f"{file.name}: {cell[:40]}")
    for (tags,) in _database(file).execute("select tags from notes"):
        assert "<" not in tags
    for model in _models(file):
        style(model["css"], file.name)
        allowed = {field["name"] for field in model["flds"]} | {"FrontSide", "cloze:Text"}
        for side in _sides(model):
            names = {each.strip("#/^") for each in re.findall(r"\{\{([^}]*)\}\}", side)}
            assert names <= allowed, (file.name, names - allowed)
            assert "<script" not in side
            assert not re.search(r"\[(?:sound|anki):", side), (file.name, side)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        for media in archive.namelist():
            if media.isdigit():
                drawn(archive.read(media), media)


def drawn(svg: bytes, where: str) -> None:
    """A figure as the parser of the standard library reads it: nothing but what draws, said here once more."""
    assert b"<!DOCTYPE" not in svg and b"<?xml-stylesheet" not in svg, where
    for element in ElementTree.fromstring(svg).iter():
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in _DRAWS, (where, element.tag)
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            assert not local.startswith("on") and not re.search(r"javascript:|data:|https?:", value), (where, value)
            assert local != "href" or value.startswith("#"), (where, value)
            assert not re.search(r"url\((?!\s*['\"]?#)|@import|expression\(", value), (where, value)


_DRAWS = frozenset(
    (
        "svg g defs use style title desc clipPath pattern linearGradient radialGradient stop path rect circle ellipse "
        "line polyline polygon text tspan textPath"
    ).split()
)


def test_every_class_of_the_model_is_marked() -> None:
    """A new field is covered at once, since fields come from the dataclasses."""
    assert all(is_dataclass(cls) for cls in FILES.values())
    assert len(FIELDS) > 150
    assert (PRECISION, ("cards", 0, "back")) in FIELDS
    assert (SETTINGS, ("words", "sources")) in FIELDS
