"""The site of the real bank in a real browser: opened as files and from a server, searched, asked and printed."""

from __future__ import annotations

import functools
import http.server
import io
import json
import threading
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import expect

from conftest import BANK, build, surveyed
from qbank.markup.tex import STYLE, symbols
from qbank.markup.tex.alphabets import lettered
from qbank.markup.tex.elements import element
from qbank.markup.tex.mathml import DICTIONARY
from reviewer import launched

HEAVIEST = 100_000
QUESTION = "bias-variance-trade-off"
CODE = "bpe-from-scratch"
PAGES = (
    "index.html",
    "quiz.html",
    "topics/linear-models.html",
    f"questions/{QUESTION}.html",
    f"questions/{CODE}.html",
)

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    build(BANK, out, "site")
    return out / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as made:
        yield made


@pytest.fixture
def opened(site: Path, browser: Any) -> Iterator[Open]:
    """Opens a page as a file; at the end nothing was said in the console, and nothing asked for outside of the site."""
    contexts, said, requested = [], [], []

    def open(address: str, *, root: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: requested.append(request.url))
        page.goto((root or site.as_uri()) + "/" + address)
        return page

    yield open
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in requested if not url.startswith((site.as_uri(), "http://127.0.0.1:"))] == []


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site below a path of a server."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/some/where"))

        def log_message(self, *_: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/where"
    server.shutdown()


def titles(page: Any) -> list[str]:
    return list(page.locator("#results strong").all_inner_texts())


def search(page: Any, words: str) -> list[str]:
    page.fill("#search", words)
    settled(page)
    return titles(page)


def settled(page: Any) -> None:
    """Wait until the results are those of what is searched and chosen."""
    page.locator("#found[aria-busy=false]").wait_for(state="attached")


def asked(page: Any) -> Any:
    """The card that is asked, when it is there."""
    page.locator("#card[aria-busy=false]").wait_for()
    return page.locator("#front")


# -- pages


def test_a_page_of_a_question_shows_its_formulas_in_the_font_that_comes_with_it(opened: Open) -> None:
    page = opened(f"questions/{QUESTION}.html")
    page.click("summary:has-text('Explanation')")
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].map(each => each.status))") == ["loaded"]
    assert page.locator("article math").first.is_visible()
    assert page.evaluate("[...document.images].every(each => each.complete && each.naturalWidth > 0)")


def test_answers_are_folded_until_they_are_opened(opened: Open) -> None:
    page = opened(f"questions/{QUESTION}.html")
    answer = page.locator(".answer > p").first
    assert not answer.is_visible()
    page.click(".answer > summary")
    assert answer.is_visible()
    page.click("text=Open all")
    assert page.evaluate("[...document.querySelectorAll('main details')].every(each => each.open)")
    page.click("text=Close all")
    assert not answer.is_visible()


def test_everything_but_search_and_quiz_works_without_scripts(opened: Open) -> None:
    page = opened("index.html", java_script_enabled=False)
    page.click(".tiles a:has-text('Linear models')")
    page.click(".list a >> nth=0")
    page.click(".answer > summary")
    assert page.locator(".answer > p").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_light_by_day_and_dark_by_night(opened: Open, scheme: str) -> None:
    page = opened(f"questions/{QUESTION}.html", color_scheme=scheme)
    paper, ink = page.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
    bright = [sum(map(int, color[4:-1].split(","))) > 384 for color in (paper, ink)]
    assert bright == ([True, False] if scheme == "light" else [False, True])


def test_no_page_is_wider_than_a_phone(site: Path, opened: Open) -> None:
    names = sorted(path.name for path in (site / "questions").glob("*.html"))
    page = opened("index.html", viewport={"width": 360, "height": 780})
    wide = {}
    for name in ["../index.html", "../quiz.html", "../topics/transformers.html", *names[::9], f"{CODE}.html"]:
        page.goto(f"{site.as_uri()}/questions/{name}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wide[name] = width
    assert wide == {}


def test_what_is_folded_is_printed(opened: Open) -> None:
    page = opened(f"questions/{QUESTION}.html")
    text = " ".join(pypdf.PdfReader(io.BytesIO(page.pdf())).pages[0].extract_text().split())
    assert "expected squared error is squared bias plus variance plus noise" in text
    assert "Search" not in text
    assert not page.locator(".answer > p").first.is_visible()


def test_no_page_weighs_more_than_it_should(site: Path) -> None:
    def size(*names: str) -> int:
        return sum((site / name).stat().st_size for name in names)

    shared = size("site.css", "site.js", "bank.js", "find.js")
    heavy = {path.name: path.stat().st_size + shared for path in site.rglob("*.html")}
    heavy["quiz.html"] = size("quiz.html", "site.css", "site.js", "bank.js", "quiz.js", "data/rows.js")
    assert len(heavy) > 300
    assert {name: weight for name, weight in heavy.items() if weight > HEAVIEST} == {}
    assert max(path.stat().st_size for path in (site / "data").glob("cards-*.js")) < HEAVIEST / 2


def test_the_rows_count_the_cards_that_are_delivered(site: Path) -> None:
    def delivered(path: Path) -> Any:
        return json.loads(path.read_text("ascii").partition(",")[2].removesuffix(");\n"))

    data = delivered(site / "data" / "rows.js")
    counted = {row[0]: row[-1] for row in data["rows"]}
    sides: dict[str, int] = {}
    for path in (site / "data").glob("cards-*.js"):
        sides.update({name: len(pairs) for name, pairs in delivered(path).items()})
    assert sides == counted


# -- search and filters


def test_questions_are_found_by_title_other_names_and_with_a_slip_of_the_finger(opened: Open) -> None:
    page = opened("index.html")
    assert page.locator("#topics").is_visible()
    assert "Bias-variance trade-off" in search(page, "bias var")[:3]
    assert "Bias-variance trade-off" in search(page, "underfitting vs overfitting")
    assert search(page, "regularizaton")
    assert search(page, "zzzzzz") == []
    assert page.inner_text("#count") == "0 questions"
    assert page.locator("#topics").is_hidden()
    search(page, "")
    assert page.locator("#topics").is_visible()


def test_filters_leave_what_fits(opened: Open) -> None:
    survey = surveyed(BANK)
    settings = survey.header.settings
    page = opened("index.html")

    def count(**chosen: str) -> int:
        for name in ("topic", "level", "kind", "role", "round"):
            page.select_option(f"[name={name}]", chosen.get(name, ""))
        page.set_checked("[name=essential]", "essential" in chosen)
        settled(page)
        return int(page.inner_text("#count").split()[0])

    def expected(**chosen: str) -> int:
        return sum(
            ("topic" not in chosen or each.topic == chosen["topic"])
            and ("level" not in chosen or each.level == chosen["level"])
            and ("kind" not in chosen or each.kind == chosen["kind"])
            and ("role" not in chosen or chosen["role"] in settings.roles_of(each))
            and ("round" not in chosen or chosen["round"] in settings.rounds_of(each))
            and ("essential" not in chosen or each.essential)
            for each in survey.bank.questions
        )

    choices: list[dict[str, str]] = [
        {"topic": "transformers"},
        {"level": "advanced"},
        {"kind": "coding"},
        {"role": "research"},
        {"round": "design"},
        {"essential": "1"},
        {"role": "ai-engineer", "round": "theory", "level": "core"},
    ]
    for chosen in choices:
        assert count(**chosen) == expected(**chosen) > 0, chosen
    assert "kind=coding" not in page.url
    assert "role=ai-engineer" in page.url


def test_few_results_are_shown_until_more_are_asked_for(opened: Open) -> None:
    page = opened("index.html#level=core")
    settled(page)
    count = int(page.inner_text("#count").split()[0])
    assert len(titles(page)) == 60 < count
    page.click("#more")
    assert len(titles(page)) == count
    assert page.locator("#more").is_hidden()


def test_an_address_keeps_what_was_chosen(opened: Open) -> None:
    page = opened("index.html#q=gradient&level=core")
    settled(page)
    found = titles(page)
    assert found
    page.click("#results a >> nth=0")
    page.go_back()
    settled(page)
    assert titles(page) == found
    assert page.input_value("[name=level]") == "core"


def test_the_search_works_below_any_path_of_a_server(opened: Open, served: str) -> None:
    page = opened("index.html", root=served)
    assert search(page, "bias variance")
    page.click("#results a >> nth=0")
    assert page.url.startswith(f"{served}/questions/")


# -- the quiz


def start(page: Any) -> Any:
    expect(page.locator("#count")).not_to_be_empty()
    page.click("#start")
    return asked(page)


def test_a_card_is_flipped_and_the_next_one_comes(opened: Open) -> None:
    page = opened("quiz.html#topic=linear-models")
    front = start(page).inner_html()
    assert not page.locator("#back").is_visible()
    page.keyboard.press("Space")
    assert page.locator("#back").is_visible()
    assert page.inner_text("#back").strip()
    page.click("#knew")
    assert asked(page).inner_html() != front
    assert not page.locator("#back").is_visible()
    assert page.inner_text("#progress").startswith("1 of ")


def test_what_was_not_known_comes_again_and_the_end_counts(opened: Open) -> None:
    page = opened(f"quiz.html#question={QUESTION}")
    first = asked(page).inner_html()
    total = int(page.inner_text("#progress").split()[2])
    page.click("#flip")
    page.click("#again")
    seen = []
    for _ in range(total):
        seen.append(asked(page).inner_html())
        page.keyboard.press("Space")
        page.keyboard.press("2")
    assert first in seen[1:]
    expect(page.locator("#count")).to_have_text(f"{total} of {total} known")
    assert page.locator("#play").is_hidden()


def test_questions_alone_can_be_asked(opened: Open) -> None:
    page = opened("quiz.html#topic=linear-models")
    page.check("[value=questions]")
    rows = len([each for each in surveyed(BANK).bank.questions if each.topic == "linear-models"])
    expect(page.locator("#count")).to_have_text(f"{rows} cards")


# -- for everybody


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(opened: Open, name: str, look: str) -> None:
    page = opened(
        name,
        color_scheme="dark" if look == "dark" else "light",
        **({"viewport": {"width": 390, "height": 844}} if look == "phone" else {}),
    )
    if name == "index.html":
        search(page, "network")
    elif name == "quiz.html":
        start(page)
        page.click("#flip")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run({preload: false}).then(result => result.violations)")
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found if each["impact"] != "minor"] == []


# -- formulas


def test_the_font_has_every_character_that_formulas_hold(site: Path, opened: Open) -> None:
    letters = {
        lettered(each, font) for each in [*symbols.SYMBOLS.values(), "a", "Z", "7"] for font in symbols.FONTS.values()
    }
    chars = sorted({*letters, *symbols.CHARACTERS.values(), *filter(None, symbols.DELIMITERS.values()), *"ˆ˜¯→′⏞⏟"})
    page = opened("index.html")
    page.evaluate("text => document.body.innerHTML = `<math><mtext id='all'></mtext></math>`", "")
    page.evaluate("chars => document.getElementById('all').textContent = chars.join(' ')", chars)
    page.evaluate("document.fonts.load('20px \"Qbank Math\"')")
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": "#all"})["nodeId"]
    fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert [font["familyName"] for font in fonts] == ["Qbank Math"]


def test_what_is_left_to_the_dictionary_of_operators_is_the_gap_of_tex(opened: Open) -> None:
    pairs = [
        f"<p><math><mi>a</mi>{sign}<mi>b</mi></math></p>"
        for char, (left, right) in DICTIONARY.items()
        for sign in (
            f"<mo>{char.replace('<', '&lt;')}</mo>",
            element("mo", char.replace("<", "&lt;"), lspace=left, rspace=right),
        )
    ]
    page = opened("index.html")
    page.evaluate("html => document.querySelector('main').innerHTML = html", "".join(pairs))
    widths = page.evaluate("[...document.querySelectorAll('math')].map(each => each.getBoundingClientRect().width)")
    differing = {
        char: (default, tex)
        for char, default, tex in zip(DICTIONARY, widths[::2], widths[1::2], strict=True)
        if abs(default - tex) > 0.3
    }
    assert differing == {}


def test_the_styles_of_formulas_are_part_of_every_page(site: Path) -> None:
    assert STYLE in (site / "site.css").read_text(encoding="utf-8")
