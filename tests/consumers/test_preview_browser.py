"""`qbank preview` in a real browser, as somebody who writes a question has it beside the editor."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from collection import collection, import_package
from conftest import MINIBANK, REPOSITORY, build
from reviewer import assets, launched, reviewing

RIDGE = "linear-models/ridge-regression.yaml"
PAGE = "/questions/ridge-regression.html"
COPY = """\
question: What else does {name} minimize?
title: {name}
kind: derivation
level: advanced
answer: Nothing at all, said in words that nothing else here is asked in.
explanation: It is the {name} of the tests.
cards: []
references:
  - {{work: esl, where: section 3.4.1}}
"""

#: How often a page is asked, ten times a second: for as long as the browser itself waits at most.
PATIENCE = 300

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a preview, and the bank that it shows."""
    bank = Path(shutil.copytree(MINIBANK, tmp_path_factory.mktemp("preview") / "bank"))
    (bank / "linear-models" / "lasso.yaml").write_text(COPY.format(name="lasso"), encoding="utf-8")
    words = [sys.executable, "-m", "qbank", "preview", "--no-open", "--bank", str(bank)]
    run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert run.stdout is not None
    address = run.stdout.readline().split("/  ")[0]
    yield address, bank
    run.terminate()
    run.wait(60)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as made:
        yield made


@pytest.fixture
def opened(running: tuple[str, Path], browser: Any) -> Iterator[Open]:
    """Opens a page; at the end nothing was said in the console, and nothing asked of another host."""
    contexts, said, requested = [], [], []

    def open(path: str, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1100, "height": 1000}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: requested.append(request.url))
        page.goto(running[0] + path)
        return page

    yield open
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in requested if not url.startswith((running[0], "data:"))] == []


@pytest.fixture
def file(running: tuple[str, Path]) -> Iterator[Path]:
    """The file of the question, which is afterwards as it was."""
    path = running[1] / RIDGE
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def card(page: Any, name: str, number: int = 0) -> Any:
    """The frame of a card, when all of it is typeset."""
    item = page.locator(f"#frames li:has(b:text-is('{name}'))").nth(number)
    item.scroll_into_view_if_needed()
    item.and_(page.locator("[aria-busy=false]")).wait_for()
    return item.locator("iframe").element_handle().content_frame()


def wait_until(frame: Any, expression: str) -> None:
    """Wait until a page says yes. It is asked from outside: `wait_for_function` has text evaluated within the page as
    soon as the answer is no once, and the page's policy forbids that.
    """
    for _ in range(PATIENCE):
        if frame.evaluate(expression):
            return
        time.sleep(0.1)
    raise AssertionError(f"this has not come true: {expression}")


def titles(page: Any) -> list[str]:
    page.locator("#found[aria-busy=false]").wait_for(state="attached")
    return list(page.locator("#results strong").all_inner_texts())


# -- the list


def test_questions_are_searched_and_filtered_and_lead_to_their_pages(opened: Open) -> None:
    page = opened("/")
    page.fill("#search", "positive predictve")
    assert titles(page) == ["Precision"]
    page.fill("#search", "")
    page.select_option("[name=level]", "advanced")
    assert titles(page) == ["lasso"]
    page.select_option("[name=level]", "")
    page.click(".tiles a:has-text('Linear models')")
    expect(page.locator("#results strong")).to_have_text(["Ridge regression", "lasso"])
    page.click("#results a >> nth=0")
    assert page.url.endswith(PAGE)


def test_a_new_file_comes_into_the_list(opened: Open, running: tuple[str, Path]) -> None:
    page = opened("/#topic=linear-models")
    assert len(titles(page)) == 2
    new = running[1] / "linear-models" / "elastic-net.yaml"
    new.write_text(COPY.format(name="elastic net").replace("else", "besides"), encoding="utf-8")
    try:
        expect(page.locator("#results strong")).to_contain_text(["elastic net"])
    finally:
        new.unlink()
    expect(page.locator("#results strong")).to_have_text(["Ridge regression", "lasso"])


# -- cards


def test_cards_are_turned_one_by_one_and_all_at_once(opened: Open) -> None:
    page = opened(PAGE)
    assert "The squared" in card(page, "penalty").inner_text("#qa")
    page.click("#frames li:has(b:text-is('penalty')) >> nth=0 >> button")
    assert "The squared" not in card(page, "penalty").inner_text("#qa")
    assert card(page, "the question itself").locator("#answer").count() == 1
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    expect(page.locator("[name=side][value=front]")).to_be_checked()
    assert card(page, "the question itself").locator("#answer").count() == 0
    card(page, "penalty").locator("#qa").click()
    page.keyboard.press("Space")
    assert "The squared" in card(page, "penalty").inner_text("#qa"), "a key in a frame is heard, too"


def test_a_cloze_card_asks_for_one_deletion_at_a_time(opened: Open) -> None:
    page = opened(f"{PAGE}#side=front")
    asked = [card(page, "code", number).inner_text(".qb-ask") for number in range(3)]
    assert [text.count("[...]") for text in asked] == [1, 1, 1]
    assert len(set(asked)) == 3


def test_cards_are_shown_by_day_and_by_night(opened: Open) -> None:
    page = opened(PAGE, color_scheme="dark")
    color = "getComputedStyle(document.body).backgroundColor"
    assert card(page, "penalty").evaluate(color) == "rgb(29, 34, 41)"
    page.click("text=Day")
    assert card(page, "penalty").evaluate(color) == "rgb(255, 255, 255)"
    page.click("text=Night")
    assert card(page, "penalty").evaluate(color) == "rgb(29, 34, 41)"
    assert "light=night" in page.url


def test_cards_are_as_wide_as_a_phone_and_never_cut_off(opened: Open) -> None:
    page = opened(PAGE)
    for width in ("desktop", "phone"):
        page.check(f"[name=width][value={width}]", force=True)
        for name in ("the question itself", "solution"):
            frame = card(page, name)
            frame.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            wait_until(frame, "innerHeight === document.documentElement.offsetHeight")
            assert (frame.evaluate("innerWidth") == 390) == (width == "phone")
            assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_figure_of_a_question_is_part_of_its_card(opened: Open) -> None:
    frame = card(opened(PAGE), "the question itself")
    assert frame.evaluate("document.querySelector('.qb-figure img').naturalWidth") > 0


def test_a_card_reaches_neither_its_page_nor_any_host(browser: Any, running: tuple[str, Path]) -> None:
    page = browser.new_page()
    page.goto(running[0] + PAGE)
    frame = card(page, "penalty")
    assert frame.evaluate("origin") == "null"
    assert page.evaluate("document.querySelector('#frames iframe').contentDocument") is None
    tried = """async address => {
      const failed = [];
      try { parent.document } catch { failed.push("page") }
      try { await fetch(address + "/data/rows.js") } catch { failed.push("fetch") }
      for (const [tag, url] of [["img", address + "/figures/line.svg"], ["script", address + "/live.js"]])
        await new Promise(done => {
          const made = document.createElement(tag);
          made.onload = done;
          made.onerror = () => { failed.push(tag); done(); };
          made.src = url;
          document.body.append(made);
        });
      document.getElementById("qa").innerHTML = "<img src=x onerror='window.ran = true'>";
      await new Promise(done => setTimeout(done, 100));
      return [failed, window.ran ?? false];
    }"""
    assert frame.evaluate(tried, running[0]) == [["page", "fetch", "img", "script"], False]
    page.close()


# -- Anki


def test_its_mathjax_is_the_very_one_that_anki_ships() -> None:
    ours = REPOSITORY / "templates" / "preview" / "vendor" / "mathjax"
    theirs = assets() / "js" / "vendor" / "mathjax"
    names = sorted(path.relative_to(ours).as_posix() for path in ours.rglob("*.*") if path.is_file())
    assert "tex-chtml-full.js" in names
    assert len(names) == 24
    assert filecmp.cmpfiles(ours, theirs, names, shallow=False) == (names, [], [])


def test_a_card_looks_as_in_anki(opened: Open, browser: Any, running: tuple[str, Path], tmp_path: Path) -> None:
    places = """document.fonts.ready.then(() => [...document.querySelectorAll('#qa *')].map(each => {
      const {left, top, width, height} = each.getBoundingClientRect();
      const place = [left, top, width, height].map(n => Math.round(10 * n) / 10);
      return [each.tagName, getComputedStyle(each).color, ...place];
    }))"""
    page = opened(f"{PAGE}#light=day")
    ours, width = {}, 0
    for name in ("the question itself", "penalty", "solution"):
        frame = card(page, name)
        frame.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        ours[name], width = frame.evaluate(places), frame.evaluate("innerWidth")
    build(running[1], tmp_path, "anki")
    with collection(tmp_path) as col, reviewing(browser.new_page(), Path(col.media.dir())) as anki:
        import_package(col, tmp_path / "anki" / "mini.apkg")
        for name, mine in ours.items():
            key = "ridge-regression" if name == "the question itself" else f"ridge-regression/{name}"
            shown = col.get_note(col.find_notes(f'"ID:{key}"')[0]).cards()[0].render_output()
            # 95 hundredths of this are what a frame takes for the height of a picture.
            anki.show(shown.answer_and_style(), width=width, height=779)
            anki.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            theirs = [row for row in anki.page.evaluate(places) if row[0] != "STYLE"]
            assert [row[0] for row in mine] == [row[0] for row in theirs]
            assert [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]][:3] == []


# -- other forms


def test_the_sheet_the_page_and_the_data_of_a_question_are_a_click_away(opened: Open) -> None:
    page = opened(PAGE)
    page.click("[role=tab]:has-text('Sheet')")
    box = page.locator("img.box")
    box.wait_for()
    wait_until(page, "document.querySelector('img.box').naturalWidth > 100")
    page.click("[role=tab]:has-text('Page')")
    page.click("#view-page .answer > summary")
    assert page.locator("#view-page .answer math").first.is_visible()
    page.keyboard.press("Tab")
    page.click("[role=tab]:has-text('JSON')")
    assert '"id": "ridge-regression"' in page.inner_text("#view-json")
    page.reload()
    assert '"id": "ridge-regression"' in page.inner_text("#view-json"), "what was chosen stays"


# -- saving


def test_what_is_saved_is_seen_and_everything_else_stays(opened: Open, file: Path) -> None:
    page = opened(PAGE)
    frame = card(page, "the question itself")
    frame.click("summary:has-text('Explanation')")
    page.evaluate("window.kept = true")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("toward zero", "toward a zebra"), encoding="utf-8")
    frame.get_by_text("toward a zebra").wait_for()
    assert frame.evaluate("document.querySelector('details').open")
    assert page.evaluate("window.kept"), "the page is the same one"
    assert "zebra" in page.locator("#view-json").text_content()


def test_an_editor_that_writes_a_new_file_in_place_of_the_old_one_is_seen_as_well(opened: Open, file: Path) -> None:
    page = opened(PAGE)
    frame = card(page, "the question itself")
    beside = file.with_name(".ridge-regression.yaml.swp")
    beside.write_text(file.read_text(encoding="utf-8").replace("toward zero", "toward a yak"), encoding="utf-8")
    beside.replace(file)
    frame.get_by_text("toward a yak").wait_for()


def test_of_a_file_that_is_broken_the_problem_is_seen_and_the_cards_as_they_were(opened: Open, file: Path) -> None:
    page = opened(PAGE)
    card(page, "penalty")
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("kind: concept", " kind: concept"), encoding="utf-8")
    expect(page.locator(".fault .what")).to_contain_text("indented")
    assert page.inner_text(".fault mark").strip() == "kind:"
    expect(page.locator("#stale")).to_contain_text("as they were")
    expect(page.locator("[data-live=count]")).to_have_text("1 problem")
    assert "The squared" in card(page, "penalty").inner_text("#qa")
    file.write_text(before, encoding="utf-8")
    expect(page.locator(".fault")).to_have_count(0)
    expect(page.locator("#stale")).to_be_hidden()
    expect(page.locator("[data-live=count]")).to_have_text("No problems")


def test_a_file_that_was_broken_from_the_start_shows_its_cards_once_it_is_mended(opened: Open, file: Path) -> None:
    before = file.read_text(encoding="utf-8")
    overview = opened("/")
    file.write_text("question: [", encoding="utf-8")
    overview.click(f".broken a:has-text('{RIDGE}')")
    expect(overview.locator(".fault")).to_have_count(1)
    assert overview.locator("#frames li").count() == 0
    file.write_text(before, encoding="utf-8")
    assert "The squared" in card(overview, "penalty").inner_text("#qa")


def test_a_problem_between_two_files_is_seen_as_well(opened: Open, file: Path) -> None:
    page = opened(PAGE)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("see_also: [precision]", "see_also: [recall]"), encoding="utf-8")
    expect(page.locator(".fault .what")).to_contain_text("recall")


def test_the_sheet_that_is_looked_at_is_set_anew(opened: Open, file: Path) -> None:
    page = opened(f"{PAGE}#view=sheet")
    page.locator("img.box").wait_for()
    first = page.get_attribute("img.box", "src")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Never penalize the intercept", "Never penalize a zebra"), encoding="utf-8")
    expect(page.locator("img.box")).not_to_have_attribute("src", str(first))


def test_a_question_that_is_deleted_has_no_page_until_it_is_back(browser: Any, running: tuple[str, Path]) -> None:
    page = browser.new_page()
    page.goto(f"{running[0]}/questions/lasso.html")
    title = page.locator("main h1").first
    path = running[1] / "linear-models" / "lasso.yaml"
    before = path.read_bytes()
    path.unlink()
    try:
        expect(title).to_have_text("There is no such page.")
    finally:
        path.write_bytes(before)
    expect(title).to_have_text("lasso")
    page.close()


# -- for everybody


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("path", ["/", "/problems.html", PAGE, f"{PAGE}#view=sheet"])
def test_axe_finds_nothing_serious(opened: Open, path: str, look: str, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("kind: concept", "kind: conzept"), encoding="utf-8")
    page = opened(
        path,
        color_scheme="dark" if look == "dark" else "light",
        **({"viewport": {"width": 390, "height": 844}} if look == "phone" else {}),
    )
    expect(page.locator("[data-live=count]")).to_have_text("1 problem")
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run({preload: false, iframes: false}).then(result => result.violations)")
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] != "minor"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
