"""The site: every question has its page, every link leads somewhere, and nothing is loaded from anywhere else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from conftest import HERE, REPOSITORY, build, surveyed
from qbank.markup import web
from qbank.outputs import PLAIN, jobs
from qbank.outputs.job import Edition

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; font-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)


@pytest.fixture(scope="module")
def site(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    build(mini_root, out, "site")
    return out / "site"


class _Page(HTMLParser):
    """The tags of a page with their attributes, and the text in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inline = ""
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in in ("script", "style"):
            self.inline += data

    def all(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def read(path: Path) -> _Page:
    return _Page(path.read_text(encoding="utf-8"))


def delivered(path: Path) -> tuple[str, object]:
    """What a script hands over."""
    found = re.fullmatch(r'qbank\.deliver\("([^"]+)",(.*)\);\n', path.read_text(encoding="ascii"))
    assert found
    return found[1], json.loads(found[2])


def ridge(site: Path) -> str:
    return (site / "questions" / "ridge-regression.html").read_text(encoding="utf-8")


# -- what is there


def test_every_question_and_topic_has_a_page(site: Path) -> None:
    assert [path.relative_to(site).as_posix() for path in pages(site)] == [
        "index.html",
        "questions/precision.html",
        "questions/ridge-regression.html",
        "quiz.html",
        "topics/evaluation.html",
        "topics/linear-models.html",
    ]


@pytest.mark.parametrize(
    "part",
    [
        "<h1>What does <strong>ridge regression</strong> minimize",
        '<details class="fold answer"><summary><h2>Answer</h2></summary><p>The squared error plus <math',
        '<img src="../figures/line.svg" alt="A line through the origin">',
        '<ul>\n<li>The intercept is <em>not</em> penalized; see <a href="https://doi.org/',
        '<details class="fold next"><summary>What happens as <math',
        "section 3.4.1</li>",
        '<a href="../questions/precision.html">Precision</a>',
        '/linear-models/ridge-regression.yaml">Correct this question</a>',
        '<a class="pill" href="../topics/linear-models.html">Linear models</a>',
        'class="topic-linear-models"',
        '<a rel="prev" href="precision.html">',
        "Theory",
        "Analyst",
    ],
)
def test_a_page_holds_the_whole_question(site: Path, part: str) -> None:
    assert part in ridge(site)


def test_what_is_needed_is_named_before_the_question(minibank: Path, tmp_path: Path) -> None:
    path = minibank / "linear-models" / "ridge-regression.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "needs: [precision]\n", encoding="utf-8")
    build(minibank, tmp_path, "site")
    text = ridge(tmp_path / "site")
    assert text.index("Know first") < text.index("<h1>")


def test_answers_are_folded(site: Path) -> None:
    assert "<details" in ridge(site)
    assert " open" not in ridge(site)


def test_a_bank_without_roles_and_rounds_has_no_such_filters(roleless: Path, tmp_path: Path) -> None:
    build(roleless, tmp_path, "site")
    names = read(tmp_path / "site" / "index.html").all("name")
    assert {"topic", "level", "kind"} <= set(names)
    assert not {"role", "round"} & set(names)


def test_the_rows_say_what_is_filtered(site: Path) -> None:
    name, data = delivered(site / "data" / "rows.js")
    assert isinstance(data, dict)
    rows = [dict(zip(data["columns"], row, strict=True)) for row in data["rows"]]
    assert name == "rows"
    assert [row["name"] for row in rows] == ["precision", "ridge-regression"]
    row = {
        key: data["choices"][key][value] if isinstance(value, int) and key in data["choices"] else value
        for key, value in rows[1].items()
    }
    assert row == {
        "name": "ridge-regression",
        "title": "Ridge regression",
        "topic": "linear-models",
        "level": "core",
        "kind": "concept",
        "roles": [0],
        "rounds": [0],
        "essential": 0,
        "cards": 9,
    }
    assert data["choices"]["roles"] == ["analyst", "engineer"]


def test_what_is_searched_stands_in_the_order_of_the_rows(site: Path) -> None:
    assert delivered(site / "data" / "words.js") == (
        "words",
        [
            ["What is precision?", "positive predictive value · PPV"],
            ["What does ridge regression minimize, and why does λ > 0 help?", ""],
        ],
    )


def test_the_quiz_has_the_question_and_what_anki_makes_of_each_card(site: Path) -> None:
    name, data = delivered(site / "data" / "cards-linear-models-0.js")
    assert name == "cards-linear-models-0"
    assert isinstance(data, dict)
    sides = data["ridge-regression"]
    # The question, a card and its reverse, and two cloze texts with three deletions each.
    assert len(sides) == 9
    assert sides[2] == sides[1][::-1]
    assert sides[3][0].count("[...]") == 1


def test_a_topic_of_many_questions_is_delivered_in_parts(minibank: Path, tmp_path: Path) -> None:
    from qbank.outputs import site as module

    text = (minibank / "evaluation" / "precision.yaml").read_text(encoding="utf-8")
    for number in range(module.TOGETHER):
        copy = re.sub("^title: .*$", f"title: Other {number}", text, flags=re.MULTILINE)
        (minibank / "evaluation" / f"other-{number}.yaml").write_text(copy, encoding="utf-8")
    survey = surveyed(minibank)
    paths = [job.path for job in jobs("site", survey, Edition("test", 0))]
    assert {f"site/data/cards-evaluation-{n}.js" for n in (0, 1)} <= set(paths)
    assert "site/data/cards-evaluation-2.js" not in paths


# -- links and what is loaded


def local(site: Path, path: Path) -> Iterator[tuple[str, Path, str]]:
    """What a page leads to and loads in the site: the address, the file, and the fragment."""
    page = read(path)
    for address in [*page.all("href"), *page.all("src")]:
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            yield address, (path.parent / parts.path).resolve() if parts.path else path, parts.fragment


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    for path in pages(site):
        found = list(local(site, path))
        assert found
        for address, target, _ in found:
            assert target.is_file(), f"{path.name}: {address}"
            assert target.is_relative_to(site.resolve())
            assert not address.startswith("/")


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for path in pages(site):
        for tag, attributes in read(path).tags:
            if tag == "a":
                continue
            for name in ("href", "src", "srcset", "action", "data", "poster"):
                assert ":" not in attributes.get(name, ""), f"{path.name}: {tag} {name}"
    assert set(re.findall(r"url\(([^)]*)\)", (site / "site.css").read_text(encoding="utf-8"))) == {
        '"fonts/qbank-math.woff2"'
    }
    for script in site.glob("*.js"):
        assert not re.search(
            r"https?:|fetch\(|XMLHttpRequest|localStorage|cookie|sendBeacon", script.read_text("utf-8")
        )


def test_a_policy_forbids_what_pages_do_not_need(site: Path) -> None:
    for path in pages(site):
        page = read(path)
        policies = [a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [POLICY]
        assert not page.inline
        for tag, attributes in page.tags:
            assert not [name for name in attributes if name == "style" or name.startswith("on")], f"{path.name}: {tag}"


# -- words that are not to be trusted

EVIL = "</script><img src=x onerror=alert(1)>\u2028'\"&"


def test_words_of_the_bank_never_become_markup(minibank: Path, tmp_path: Path) -> None:
    settings = (minibank / "bank.yaml").read_text(encoding="utf-8")
    (minibank / "bank.yaml").write_text(settings.replace("license: CC BY 4.0", f"license: {json.dumps(EVIL)}"))
    path = minibank / "evaluation" / "precision.yaml"
    text = re.sub("^title: .*$", lambda _: "title: " + json.dumps("</script><s>"), path.read_text("utf-8"), flags=re.M)
    path.write_text(text + f"as_of: 2026-11\naliases: [{json.dumps('<i>&</script>')}]\n", encoding="utf-8")
    survey = surveyed(minibank)
    for job in jobs("site", survey, Edition("<u>", 0)):
        if job.path.endswith((".html", "rows.js", "words.js")):
            made = tmp_path / "made"
            job.prepare()(made)
            text = made.read_text(encoding="utf-8")
            assert not re.search(r"</script><|<s>|<i>|<u>|onerror=alert\(1\)>", text), job.path


def test_a_script_ends_neither_a_line_nor_a_script(minibank: Path, tmp_path: Path) -> None:
    from qbank.outputs.site import script

    made = script("a", {"b": EVIL})
    assert "<" not in made
    assert "\u2028" not in made
    assert made.count("\n") == 1
    assert json.loads(made.removeprefix('qbank.deliver("a",').removesuffix(");\n")) == {"b": EVIL}


# -- styles, and the vendored parts


def test_every_topic_has_its_color(site: Path) -> None:
    style = (site / "site.css").read_text(encoding="utf-8")
    assert ".topic-evaluation { --topic: #6b3fa0;" in style
    assert ".topic-linear-models { --topic: #b9510a;" in style


def test_code_is_marked_where_it_has_a_color(site: Path) -> None:
    style = (site / "site.css").read_text(encoding="utf-8")
    assert set(re.findall(r"pre \.(\w+)", style)) == set(web.COLORED)


def test_what_comes_from_others_comes_with_its_license(site: Path) -> None:
    assert "Luca Ongaro" in (site / "vendor" / "LICENSE-minisearch.txt").read_text(encoding="utf-8")
    assert "GUST Font License" in (site / "fonts" / "LICENSE-qbank-math.txt").read_text(encoding="utf-8")


def test_every_file_of_the_templates_is_used() -> None:
    folder = REPOSITORY / "templates" / "site"
    known = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    from qbank.outputs.site import ASSETS

    assert known == set(ASSETS) | {name for name in known if name.endswith(".j2")}


# -- the language of the bank


class _Said(HTMLParser):
    """What readers see or hear of a page, in one text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self._hidden = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")
        spoken = ("aria-label", "placeholder", "alt", "title")
        self.text += "".join(f" {value} " for name, value in attrs if name in spoken or name.startswith("data-"))

    def handle_data(self, data: str) -> None:
        self.text += "" if self._hidden else f" {data} "


def latin(text: str) -> set[str]:
    return set(re.findall("[A-Za-z]{2,}", text))


def texts(value: object) -> Iterator[str]:
    """The words that stand in YAML, but for keys."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
    else:
        yield str(value)


@pytest.mark.parametrize(("name", "direction"), [("arabic", "rtl"), ("japanese", "ltr")])
def test_pages_are_in_the_language_of_the_bank_and_in_no_other(name: str, direction: str, tmp_path: Path) -> None:
    bank = Path(shutil.copytree(HERE / "banks" / name, tmp_path / "bank"))
    settings = (bank / "bank.yaml").read_text(encoding="utf-8")
    (bank / "bank.yaml").write_text(re.sub("(?m)^fonts: .*$", "paper: false", settings), encoding="utf-8")
    build(bank, tmp_path / "out", "site")
    written = {
        word
        for path in bank.rglob("*.yaml")
        for each in texts(yaml.safe_load(path.read_text()))
        for word in latin(each)
    }
    found = pages(tmp_path / "out" / "site")
    assert len(found) > 4
    for path in found:
        page = path.read_text(encoding="utf-8")
        assert latin(_Said(page).text) - written - {"test"} == set(), path.name
        (whole,) = (attributes for tag, attributes in read(path).tags if tag == "html")
        assert whole == {"lang": name[:2], "dir": direction}


# -- when it is made


def test_a_plain_build_leaves_it_out() -> None:
    assert "site" not in PLAIN


def test_a_changed_word_makes_one_page_and_what_is_asked_of_it_anew(minibank: Path) -> None:
    def keys() -> dict[str, str]:
        return {job.path: job.key for job in jobs("site", surveyed(minibank), Edition("test", 0))}

    before = keys()
    path = minibank / "evaluation" / "precision.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("answer: ", "answer: Well, ", 1) if "answer: |" not in text else text, encoding="utf-8"
    )
    assert path.read_text(encoding="utf-8") != text
    after = keys()
    assert {name for name in before if before[name] != after[name]} == {
        "site/questions/precision.html",
        "site/data/cards-evaluation-0.js",
        "site/data/words.js",
    }
