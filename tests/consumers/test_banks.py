"""Banks of other subjects, languages and scripts, as their readers have them: Anki's cards in Chromium, and pages."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pypdf
import pypdfium2
import pytest
import yaml
from playwright.sync_api import expect

from collection import collection, faults_before_repair, faults_of_cards, import_package
from conftest import HERE, build, problems, questions, surveyed
from qbank.bank.model import Question
from qbank.bank.schema import json_schema
from qbank.outputs import OUTPUTS, mock
from reviewer import launched, reviewer

BANKS = HERE / "banks"
#: Where Debian's packages fonts-ipafont-gothic and fonts-hosny-amiri, and those of other systems, lay fonts.
FOLDERS = [Path(each) for each in ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")]


def font(name: str) -> Path:
    """A font of this machine. Without it the test is skipped, loudly; with QBANK_REQUIRE_FONTS set it fails."""
    found = next((path for folder in FOLDERS for path in sorted(folder.rglob(name))), None)
    if found is None:
        message = f"The font {name} is not installed: A BANK IN ITS SCRIPT IS NOT BUILT IN THIS RUN"
        if os.environ.get("QBANK_REQUIRE_FONTS"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def laid(name: str, folder: Path) -> Path:
    """A bank of this folder with the fonts that it names, as a reader of its repository has it."""
    bank = Path(shutil.copytree(BANKS / name, folder / name))
    wanted = yaml.safe_load((bank / "bank.yaml").read_text(encoding="utf-8")).get("fonts", [])
    for each in wanted:
        (bank / "fonts").mkdir(exist_ok=True)
        shutil.copy(font(each), bank / "fonts" / each)
    return bank


@contextmanager
def learner(package: Path, folder: Path) -> Iterator[Any]:
    with collection(folder) as col:
        import_package(col, package)
        yield col


def side(col: Any, key: str) -> str:
    (cid,) = col.find_cards(f'"ID:{key}"')[:1]
    return str(col.get_card(cid).render_output().answer_and_style())


def latin(text: str) -> set[str]:
    """The words of a text that are written in Latin letters."""
    return set(re.findall("[A-Za-z]{2,}", text))


def printed(pdf: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize(
    ("name", "slug", "decks", "tags"),
    [
        ("japanese", "tenmon", {"天文", "天文::01 太陽系"}, {"tenmon::kind::gainen", "tenmon::level::kihon"}),
        ("arabic", "falak", {"الفلك", "الفلك::01 الكواكب"}, {"falak::kind::concept", "falak::level::basic"}),
        ("chemistry", "chemistry", {"Chemistry", "Chemistry::01 Reactions"}, {"chem::kind::reaction"}),
    ],
)
def test_any_bank_becomes_decks_that_anki_takes(
    name: str, slug: str, decks: set[str], tags: set[str], tmp_path: Path
) -> None:
    bank = laid(name, tmp_path)
    assert problems(bank) == []
    paths = build(bank, tmp_path / "dist", *OUTPUTS)
    first = surveyed(bank).header.settings.levels[0]
    assert {f"anki/{slug}.apkg", f"anki/{slug}-{first}.apkg", "book/all-a4.pdf", "cheatsheets/sheets-a4.pdf"} <= set(
        paths
    )
    with learner(tmp_path / "dist" / "anki" / f"{slug}.apkg", tmp_path) as col:
        assert faults_before_repair(col) == []
        assert faults_of_cards(col) == []
        assert decks <= {each.name for each in col.decks.all_names_and_ids()}
        assert tags <= set(col.tags.all())
        assert {each.partition("::")[0] for each in col.tags.all()} == {next(iter(tags)).partition("::")[0]}


def test_the_words_of_a_bank_stand_on_its_cards_its_decks_and_its_pages(tmp_path: Path) -> None:
    build(laid("japanese", tmp_path), tmp_path / "dist", "anki", "cheatsheets", "markdown")
    with learner(tmp_path / "dist" / "anki" / "tenmon.apkg", tmp_path) as col:
        card = side(col, "kepler-third-law")
        assert all(word in card for word in ("解説", "よくある誤り", "次の質問", "出典", "このカードを直す", "基本"))
        assert not any(word in card for word in ("Explanation", "Pitfalls", "Asked next", "Sources"))
        described = col.decks.by_name("天文")["desc"]
        assert described.startswith("**天文の基礎.** 最新の読み込み：`tenmon.apkg`")
        assert "`tag:tenmon::retired`" in described
    for page in (tmp_path / "dist").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert not any(word in text for word in ("License", "All topics", "All sheets", "Answer", "Level", "Questions"))
    assert all(word in printed(tmp_path / "dist/cheatsheets/taiyokei-a4.pdf") for word in ("基本", "発展", "脱出速度"))


@pytest.mark.parametrize(
    ("name", "slug", "key", "language", "direction"),
    [
        ("japanese", "tenmon", "kepler-third-law", "ja", "ltr"),
        ("arabic", "falak", "kepler-third-law", "ar", "rtl"),
        ("chemistry", "chemistry", "haber-process", "en-GB", "ltr"),
    ],
)
def test_a_card_says_its_language_and_is_laid_out_its_way(
    name: str, slug: str, key: str, language: str, direction: str, tmp_path: Path
) -> None:
    build(laid(name, tmp_path), tmp_path / "dist", "anki")
    with learner(tmp_path / "dist" / "anki" / f"{slug}.apkg", tmp_path) as col, reviewer() as cards:
        cards.show(side(col, key), width=700)
        assert cards.faults() == []
        found = cards.page.evaluate(
            """() => {
              const asked = document.querySelector('.qb-ask'), style = getComputedStyle(asked);
              const range = document.createRange();
              range.selectNodeContents(asked);
              const box = asked.getBoundingClientRect(), text = range.getBoundingClientRect();
              return {
                language: asked.closest('[lang]').lang, direction: style.direction,
                gaps: [text.left - box.left, box.right - text.right],
                formulas: [...document.querySelectorAll('mjx-container, code')].map(e => getComputedStyle(e).direction),
              };
            }"""
        )
    assert (found["language"], found["direction"]) == (language, direction)
    left, right = found["gaps"]
    assert (left > right) == (direction == "rtl")
    assert set(found["formulas"]) == {"ltr"}


@pytest.mark.parametrize(
    ("name", "topic", "language", "said"),
    [
        ("japanese", "taiyokei", "ja", "ケプラーの第三法則"),
        ("arabic", "planets", "ar", ""),
        ("chemistry", "reactions", "en-GB", "Haber process"),
    ],
)
def test_a_sheet_says_its_language_and_prints_its_script(
    name: str, topic: str, language: str, said: str, tmp_path: Path
) -> None:
    build(laid(name, tmp_path), tmp_path / "dist", "cheatsheets")
    pdf = tmp_path / "dist" / "cheatsheets" / f"{topic}-a4.pdf"
    assert pypdf.PdfReader(pdf).trailer["/Root"]["/Lang"] == language
    assert said in printed(pdf)


def test_a_sheet_from_right_to_left_begins_at_the_right(tmp_path: Path) -> None:
    build(laid("arabic", tmp_path), tmp_path / "dist", "cheatsheets")
    page = pypdfium2.PdfDocument(tmp_path / "dist" / "cheatsheets" / "planets-a4.pdf")[0]
    picture = page.render(scale=1).to_pil().convert("RGB")
    green = (0x22, 0x7E, 0x50)
    colored = [x for x in range(picture.width) if picture.getpixel((x, 25)) == green]
    assert min(colored) > picture.width / 2, "the title of the topic stands in its color at the right of the bar"


@pytest.mark.parametrize(
    ("name", "word", "title"),
    [("japanese", "法則", "ケプラーの第三法則"), ("arabic", "كبلر", "قانون كبلر الثالث")],
)
def test_a_site_is_searched_and_asks_in_the_language_of_the_bank(
    name: str, word: str, title: str, tmp_path: Path
) -> None:
    bank = laid(name, tmp_path)
    build(bank, tmp_path / "dist", "site")
    said: list[str] = []
    with launched() as browser:
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))

        def shown() -> None:
            """What a page shows now is looked at by axe, and searched for words of English."""
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
            found = page.evaluate("axe.run({preload: false}).then(result => result.violations)")
            assert [each["id"] for each in found if each["impact"] != "minor"] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            said.append(page.locator("body").inner_text())

        page.goto((tmp_path / "dist" / "site" / "index.html").as_uri())
        page.fill("#search", word)
        page.locator("#found[aria-busy=false]").wait_for()
        assert page.locator("#results strong").all_inner_texts() == [title]
        shown()
        page.click("#results a")
        page.click("[data-open]")
        shown()
        page.click(".actions a")
        page.locator("#card[aria-busy=false]").wait_for()
        page.click("#flip")
        shown()
        page.click("#stop")
        expect(page.locator("#start")).to_be_focused()
        shown()
    written = {part for each in bank.rglob("*.yaml") for part in latin(each.read_text(encoding="utf-8"))}
    assert {part for each in said for part in latin(each)} - written == {"test"}


def test_mock_interviews_are_in_the_language_of_the_bank(tmp_path: Path) -> None:
    survey = surveyed(laid("japanese", tmp_path))
    wish = mock.Wish(30, 5)
    source = mock.source(survey, mock.Edition("1", 1), wish, mock.chosen(survey.bank, wish), "a4")
    assert 'lang: "ja"' in source
    assert "基本" in source


def test_the_schema_for_editors_offers_what_a_bank_has_and_asks_for_what_it_wants(tmp_path: Path) -> None:
    bank = BANKS / "chemistry"
    settings = surveyed(bank).header.settings
    schema = json_schema(Question, settings.choices, settings.limits, wanted=settings.required)
    assert schema["properties"]["kind"]["enum"] == ["definition", "reaction"]
    assert schema["properties"]["level"]["enum"] == ["year-one"]
    assert schema["required"] == ["title", "question", "kind", "level", "answer", "cards"]
    for question in questions(bank):
        file = yaml.safe_load((bank / question.path).read_text(encoding="utf-8"))
        jsonschema.validate(file, schema)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("kind: reaction", "kind: concept"), ["unknown-value"]),
        (("cards:\n  - id: catalyst", "aliases:\n  - Haber-Bosch\n# "), []),
        (("level: year-one\n", "level: year-one\nexplanation: ''\n"), ["empty-value"]),
        (("By the Haber process", "word " * 41), ["answer-length"]),
        (("back: Iron", "back: |\n      ```python\n      x\n      ```"), ["code-language"]),
        (("back: Iron", "back: |\n      ```julia\n      x\n      ```"), []),
    ],
)
def test_the_rules_are_those_of_the_bank(change: tuple[str, str], found: list[str], tmp_path: Path) -> None:
    bank = laid("chemistry", tmp_path)
    file = bank / "reactions" / "haber-process.yaml"
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    if change[1].startswith("aliases"):
        text, found = text[: text.index("cards:")], ["missing-field"]
    file.write_text(text.replace(*change), encoding="utf-8")
    assert [each.problem.rule for each in problems(bank)] == found
