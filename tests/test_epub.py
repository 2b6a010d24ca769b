"""The e-book: a reader finds every file, every link leads somewhere, and nothing of a question is missing."""

from __future__ import annotations

import posixpath
import re
import shutil
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import HERE, MINIBANK, TIME, add, build, questions, surveyed
from qbank.bank.model import Question
from qbank.markup import plain, web
from qbank.markup.document import parse
from qbank.outputs import epub, jobs
from qbank.outputs.job import Edition

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
TYPE = "{http://www.idpf.org/2007/ops}type"


class Book:
    """A book as a reader opens it."""

    def __init__(self, path: Path) -> None:
        self.bytes = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            self.heads = archive.infolist()
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.package = self.tree("EPUB/package.opf")
        self.items = {item.get("href", ""): item for item in self.package.iter(f"{OPF}item")}

    def tree(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.files[name])

    @property
    def pages(self) -> dict[str, ElementTree.Element]:
        return {name: self.tree(name) for name in self.files if name.endswith(".xhtml")}

    def meta(self, name: str) -> list[str]:
        return [each.text or "" for each in self.package.iter(f"{OPF}meta") if each.get("property") == name]


def book(root: Path, out: Path, edition: Edition | None = None) -> Book:
    assert build(root, out, "epub", edition=edition) == ["book/all.epub"]
    return Book(out / "book" / "all.epub")


def foreign(name: str, folder: Path) -> Path:
    """A bank in another script, whose fonts no e-book needs."""
    root = Path(shutil.copytree(HERE / "banks" / name, folder / name))
    settings = yaml.safe_load((root / "bank.yaml").read_text(encoding="utf-8"))
    settings.pop("fonts")
    text = yaml.safe_dump({**settings, "paper": False}, allow_unicode=True, sort_keys=False)
    (root / "bank.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=["minibank", "arabic", "chemistry", "japanese"])
def bank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param in ("arabic", "japanese"):
        return foreign(request.param, folder)
    source = MINIBANK if request.param == "minibank" else HERE / "banks" / request.param
    return Path(shutil.copytree(source, folder / request.param))


@pytest.fixture(scope="module")
def any_book(bank: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book(bank, tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def mini(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book(mini_root, tmp_path_factory.mktemp("mini-book"))


# -- the archive and its package


def test_the_type_of_the_file_stands_first_and_is_not_compressed(any_book: Book) -> None:
    first = any_book.heads[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert any_book.bytes[30:58] == b"mimetypeapplication/epub+zip"


def test_the_package_lists_every_file_and_nothing_else(any_book: Book) -> None:
    listed = {f"EPUB/{path}" for path in any_book.items}
    assert listed | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(any_book.files)
    assert len(any_book.heads) == len(any_book.files)
    assert "EPUB/package.opf" in any_book.files["META-INF/container.xml"].decode()


def test_every_document_is_read_in_the_order_of_the_contents(any_book: Book) -> None:
    by_id = {item.get("id"): path for path, item in any_book.items.items()}
    spine = [by_id[each.get("idref")] for each in any_book.package.iter(f"{OPF}itemref")]
    assert sorted(spine) == sorted(path for path in any_book.items if path.endswith(".xhtml"))
    toc = next(nav for nav in any_book.pages["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if nav.get(TYPE) == "toc")
    linked = [link.get("href", "") for link in toc.iter(f"{XHTML}a")]
    assert linked == [path for path in spine if path in linked]
    old = [each.get("src") for each in any_book.tree("EPUB/toc.ncx").iter(f"{NCX}content")]
    assert old == linked


def test_the_package_says_what_stands_in_a_document(any_book: Book) -> None:
    for path, item in any_book.items.items():
        properties = (item.get("properties") or "").split()
        if path.endswith(".xhtml"):
            tree = any_book.tree(f"EPUB/{path}")
            assert ("mathml" in properties) == any(True for _ in tree.iter(f"{MATHML}math")), path
            assert not list(tree.iter(f"{SVG}svg")), path
            assert not list(tree.iter(f"{XHTML}script")), path
    assert any_book.items["nav.xhtml"].get("properties") == "nav"
    assert any_book.items["cover.svg"].get("properties") == "cover-image"


def test_the_package_names_the_book(mini: Book) -> None:
    texts = {each.tag.rpartition("}")[2]: each.text for each in mini.package.iter() if "dc/elements" in each.tag}
    assert texts == {
        "identifier": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'qbank:qbank.test/mini')}",
        "title": "Mini",
        "language": "en-US",
        "rights": "CC BY 4.0",
        "source": "https://example.org/mini",
    }
    assert mini.meta("dcterms:modified") == ["2026-11-01T00:00:00Z"]
    assert mini.meta("schema:accessMode") == ["textual", "visual"]
    assert {"MathML", "alternativeText", "tableOfContents"} <= set(mini.meta("schema:accessibilityFeature"))


@given(st.integers(0, 4_102_444_800))
def test_a_moment_is_that_of_the_calendar(time: int) -> None:
    assert epub.moment(time) == datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@given(st.text())
def test_an_identifier_is_the_uuid_of_its_address(name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    assert epub.identifier(name) == f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


# -- the documents


def test_every_link_and_every_picture_leads_to_a_file_and_a_place_in_it(any_book: Book) -> None:
    pages = any_book.pages
    ids = {name: [each.get("id") for each in page.iter() if each.get("id")] for name, page in pages.items()}
    count = 0
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for each in page.iter():
            for target in filter(None, (each.get("href"), each.get("src"))):
                parts = urlsplit(target)
                if parts.scheme:
                    assert parts.scheme in ("http", "https", "mailto") and each.tag == f"{XHTML}a", target
                    continue
                path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                assert path in any_book.files, f"{name}: {target}"
                assert not parts.fragment or parts.fragment in ids[path], f"{name}: {target}"
                count += 1
    assert count > 20
    assert not re.search(rb"url\((?!\"fonts/)|@import", any_book.files["EPUB/style.css"])


def test_every_picture_is_described(any_book: Book) -> None:
    for name, page in any_book.pages.items():
        assert all((image.get("alt") or "").strip() for image in page.iter(f"{XHTML}img")), name


def test_every_formula_has_words_for_readers_that_know_no_mathml(any_book: Book) -> None:
    formulas = [formula for page in any_book.pages.values() for formula in page.iter(f"{MATHML}math")]
    if formulas:
        assert "describedMath" in any_book.meta("schema:accessibilityFeature")
    for formula in formulas:
        assert (formula.get("alttext") or "").strip(), ElementTree.tostring(formula)


def test_every_line_of_code_has_a_place_in_the_style(any_book: Book) -> None:
    style = any_book.files["EPUB/style.css"].decode()
    places = {
        line.get("class") for page in any_book.pages.values() for line in page.findall(f".//{XHTML}code/{XHTML}span")
    }
    assert all(f"\n.{place} {{" in style for place in places)
    assert f".in-{web.DEEPEST} {{" in style


def test_every_document_says_its_language_and_direction(any_book: Book, bank: Path) -> None:
    settings = surveyed(bank).header.settings
    for page in any_book.pages.values():
        assert (page.get("lang"), page.get("dir")) == (settings.language, settings.direction)
    spine = next(any_book.package.iter(f"{OPF}spine"))
    assert spine.get("page-progression-direction") == settings.direction
    turned = [
        each
        for page in any_book.pages.values()
        for each in page.iter()
        if each.tag in (f"{MATHML}math", f"{XHTML}code") and each.get("dir") != "ltr"
    ]
    assert not turned or settings.direction == "ltr"


def words(text: str) -> str:
    """The letters and digits of a text, in their order."""
    return "".join(re.findall(r"\w", text))


def shown(question: Question) -> list[str]:
    """The texts of a question that a book shows, cut at formulas, which a reader sees as MathML."""
    marked = [question.question, question.answer, question.explanation, *question.pitfalls]
    marked += [text for each in question.follow_ups for text in (each.question, each.answer)]
    said = [plain.text(parse(text), formula=lambda tex: "\0") for text in marked if text]
    said += [question.title, question.figure.alt, *question.aliases, question.as_of]
    said += [question.code.stub, question.code.solution, question.code.tables, question.code.tests]
    return [run for text in said for run in re.split(r"\0|^\d+\. ", text, flags=re.MULTILINE)]


def test_every_word_of_a_question_stands_on_its_page(any_book: Book, bank: Path) -> None:
    every = questions(bank)
    assert every
    for question in every:
        page = any_book.tree(f"EPUB/questions/{question.name}.xhtml")
        alts = [image.get("alt") or "" for image in page.iter(f"{XHTML}img")]
        found = words("".join([*page.itertext(), *alts]))
        for run in shown(question):
            assert words(run) in found, question.name


def test_titles_and_other_names_lead_from_the_index_to_the_question(any_book: Book, bank: Path) -> None:
    links = {
        (link.text, link.get("href"))
        for name, page in any_book.pages.items()
        if name.startswith("EPUB/index-")
        for link in page.iter(f"{XHTML}a")
    }
    for question in questions(bank):
        for term in (question.title, *question.aliases):
            assert (str(term), f"questions/{question.name}.xhtml") in links


def test_a_source_leads_to_its_number_in_the_list(mini: Book) -> None:
    page = mini.tree("EPUB/questions/ridge-regression.xhtml")
    link = next(each for each in page.iter(f"{XHTML}a") if "sources-" in (each.get("href") or ""))
    path, _, place = (link.get("href") or "").removeprefix("../").partition("#")
    entry = next(each for each in mini.tree(f"EPUB/{path}").iter() if each.get("id") == place)
    assert "".join(entry.itertext()).startswith(link.text or "?")
    assert "The Elements of Statistical Learning" in "".join(entry.itertext())


def test_long_lists_are_cut_into_documents(minibank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "_TOGETHER", 2)
    made = book_of(minibank, tmp_path)
    indexes = [path for path in made.items if path.startswith("index-")]
    assert len(indexes) > 1
    test_titles_and_other_names_lead_from_the_index_to_the_question(made, minibank)


def test_what_a_stranger_writes_is_text(minibank: Path, tmp_path: Path) -> None:
    evil = "<b onclick='x'>&\"]]>"
    add(minibank, "evil", title=evil, aliases=[evil], answer=f"`{evil}` and ``` ` ```", figure={})
    made = book_of(minibank, tmp_path)
    page = made.tree("EPUB/questions/evil.xhtml")
    assert evil in "".join(page.itertext())
    assert not [each for each in page.iter() if each.get("onclick")]
    assert not list(page.iter(f"{XHTML}b"))
    assert evil in "".join(made.tree("EPUB/nav.xhtml").itertext())
    assert evil in "".join(made.tree("EPUB/toc.ncx").itertext())


def book_of(root: Path, out: Path) -> Book:
    """The book of a bank, whatever the rules say of it."""
    survey = surveyed(root)
    (job,) = jobs("epub", survey, Edition("test", TIME))
    out.mkdir(exist_ok=True)
    job.prepare()(out / "all.epub")
    return Book(out / "all.epub")


# -- the same bytes


def test_a_second_build_gives_the_same_bytes(minibank: Path, tmp_path: Path) -> None:
    assert book_of(minibank, tmp_path / "one").bytes == book_of(minibank, tmp_path / "two").bytes


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("linear-models/ridge-regression.yaml", "title: Ridge regression", "title: Ridge"),
        ("references.yaml", "Trevor Hastie", "T. Hastie"),
        ("bank.yaml", "title: Mini", "title: Maxi"),
        ("figures/line.svg", "<svg", "<svg id='x'"),
    ],
)
def test_what_changes_the_bytes_changes_the_key(minibank: Path, path: str, old: str, new: str) -> None:
    (before,) = jobs("epub", surveyed(minibank), Edition("test", TIME))
    text = (minibank / path).read_text(encoding="utf-8")
    assert old in text
    (minibank / path).write_text(text.replace(old, new), encoding="utf-8")
    (after,) = jobs("epub", surveyed(minibank), Edition("test", TIME))
    assert before.key != after.key


@pytest.mark.parametrize("other", [Edition("test", TIME + 1), Edition("other", TIME)])
def test_the_edition_changes_the_key(mini_root: Path, other: Edition) -> None:
    (before,) = jobs("epub", surveyed(mini_root), Edition("test", TIME))
    (after,) = jobs("epub", surveyed(mini_root), other)
    assert before.key != after.key


# -- figures, terms, the cover


def test_a_path_without_an_outline_gets_an_empty_one() -> None:
    figure = b'<svg><path id="a>b"></path><path d="M0 0" id="c"></path><text>&lt;path></text></svg>'
    made = epub.with_outlines(figure)
    assert made == b'<svg><path d="" id="a>b"></path><path d="M0 0" id="c"></path><text>&lt;path></text></svg>'


def test_terms_stand_below_their_letters_without_accents_and_signs() -> None:
    terms: dict[str, dict[str, object]] = {
        term: {} for term in ["zeta", "Éclair", "“early” stop", "1-NN", "事前", "Alpha"]
    }
    made = [(each.letter, each.name) for each in epub.in_index_order(terms)]  # type: ignore[arg-type]
    assert made == [
        ("", "1-NN"),
        ("", "事前"),
        ("A", "Alpha"),
        ("E", "“early” stop"),
        ("E", "Éclair"),
        ("Z", "zeta"),
    ]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_cover_holds_the_whole_title_within_its_width(title: str) -> None:
    lines, size = epub.cover_lines(title)
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert size >= 0
    assert all(epub._width(line) * size * epub._LETTER <= epub._COVER_WIDTH for line in lines)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Machine Learning Interview", ["Machine", "Learning", "Interview"]),
        ("天文の基礎と応用の問題集", ["天文の基礎と", "応用の問題集"]),
        ("Mini", ["Mini"]),
    ],
)
def test_a_title_breaks_between_words_or_where_there_are_none(title: str, lines: list[str]) -> None:
    assert epub.cover_lines(title)[0] == lines


@given(st.text(st.characters(codec="utf-8")))
def test_an_address_has_only_the_characters_of_addresses(path: str) -> None:
    made = epub.address(f"https://example.org/{path}")
    assert re.fullmatch(r"[A-Za-z0-9!#$%&'()*+,/:;=?@\[\]~._-]*", made)
    assert epub.address(made) == made
