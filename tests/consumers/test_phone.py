"""Cards on a phone, 360 px wide, in Anki's own reviewer: nothing looks complete and is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from collection import collection, import_package
from reviewer import Reviewer, reviewer

WIDTH = 360
#: The smallest side of what is tapped, in pixels: WCAG 2.2, success criterion 2.5.5.
TAP = 44

_LOOK = """async cards => {
  const box = document.getElementById('qa'), out = [];
  document.head.append(box.querySelector('style'));
  for (const card of cards) {
    box.innerHTML = card;
    box.querySelectorAll('details').forEach(e => e.open = true);
    await MathJax.typesetPromise([box]);
    await document.fonts.ready;  // a formula in another font is wider
    const seen = {page: document.documentElement.scrollWidth, clipped: [], taps: [], small: []};
    for (const e of box.querySelectorAll('*')) {
      const style = getComputedStyle(e);
      if (e.tagName === 'SUMMARY') seen.taps.push(e.getBoundingClientRect().height);
      if (e.closest('mjx-container') && e.tagName !== 'MJX-CONTAINER') continue;
      if (e.childNodes.length && !e.closest('sub, sup')) seen.small.push(parseFloat(style.fontSize));
      if (style.display !== 'inline' && e.scrollWidth > e.clientWidth + 1)
        seen.clipped.push({
          what: e.tagName.toLowerCase() + ' ' + e.textContent.slice(0, 40),
          cue: style.overflowX === 'auto' && style.backgroundImage.includes('gradient'),
          face: !e.closest('details'),
        });
    }
    MathJax.typesetClear();
    out.push(seen);
  }
  return out;
}"""


class Cards(NamedTuple):
    """The reviewer, the answer side of every card by its note's id and position, and the style that they share."""

    show: Reviewer
    sides: dict[str, str]
    style: str


@pytest.fixture(scope="module")
def cards(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cards]:
    with (
        collection(tmp_path_factory.mktemp("phone")) as col,
        reviewer(Path(col.media.dir())) as show,
    ):
        import_package(col, built / "anki" / "ml-interview.apkg")
        sides = {}
        for cid in col.find_cards("deck:*"):
            card = col.get_card(cid)
            sides[f"{card.note()['ID']} {card.ord}"] = card.render_output().answer_text
        style = col.get_card(cid).render_output().answer_and_style().partition("</style>")[0] + "</style>"
        yield Cards(show, sides, style)


def looked_at(cards: Cards, sides: list[str]) -> list[dict]:  # type: ignore[type-arg]
    """What sides look like on a phone, with all that they fold open, one after the other in one page."""
    cards.show.show(cards.style, width=WIDTH)
    return list(cards.show.page.evaluate(_LOOK, sides))


@pytest.fixture(scope="module")
def looks(cards: Cards) -> dict[str, dict]:  # type: ignore[type-arg]
    """What every card looks like."""
    return dict(zip(cards.sides, looked_at(cards, list(cards.sides.values())), strict=True))


def test_no_card_is_wider_than_the_page(looks: dict[str, dict]) -> None:  # type: ignore[type-arg]
    assert len(looks) > 1000
    assert {name: look["page"] for name, look in looks.items() if look["page"] > WIDTH} == {}


def test_what_is_cut_off_shows_that_it_scrolls(looks: dict[str, dict]) -> None:  # type: ignore[type-arg]
    cut = [(name, each) for name, look in looks.items() for each in look["clipped"]]
    assert len(cut) > 20, "long formulas, tables and code are cut off, inside what is folded"
    assert [(name, each["what"]) for name, each in cut if not each["cue"]] == []


def test_answers_and_backs_are_seen_whole(looks: dict[str, dict]) -> None:  # type: ignore[type-arg]
    assert [(name, each["what"]) for name, look in looks.items() for each in look["clipped"] if each["face"]] == []


def test_what_opens_is_large_enough_to_tap(looks: dict[str, dict]) -> None:  # type: ignore[type-arg]
    heights = [height for look in looks.values() for height in look["taps"]]
    assert len(heights) > 1000
    assert min(heights) >= TAP


def test_no_print_is_smaller_than_twelve_pixels(looks: dict[str, dict]) -> None:  # type: ignore[type-arg]
    assert min(size for look in looks.values() for size in look["small"]) >= 12


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        (r"<p>\(a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x\)</p>", "page"),
        ("<div style='overflow: hidden; width: 50px; white-space: nowrap'>longer than that</div>", "clipped"),
    ],
)
def test_a_card_that_is_cut_off_would_be_found(cards: Cards, card: str, fault: str) -> None:
    (look,) = looked_at(cards, [card])
    assert look["page"] > WIDTH if fault == "page" else [each["cue"] for each in look["clipped"]] == [False]


def luminance(color: str) -> float:
    """Relative luminance of `rgb(r, g, b)`, 0 to 1 (WCAG 2.2)."""
    shares = [int(part) / 255 for part in color[color.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("night", [False, True])
def test_ink_and_comments_stand_out_from_their_paper(cards: Cards, night: bool) -> None:
    code = next(side for side in cards.sides.values() if 'class="c1"' in side)
    cards.show.show(cards.style + code.replace("<details", "<details open"), night=night)
    found = cards.show.page.evaluate(
        """() => {
          const code = document.querySelector('pre .c1'), style = e => getComputedStyle(e);
          return {
            ink: style(document.body).color, paper: style(document.body).backgroundColor,
            comment: style(code).color, under: style(code.closest('pre')).backgroundColor,
          };
        }"""
    )
    expected = ("rgb(228, 232, 238)", "rgb(29, 34, 41)") if night else ("rgb(27, 36, 48)", "rgb(255, 255, 255)")
    assert (found["ink"], found["paper"]) == expected
    assert contrast(found["comment"], found["under"]) >= 4.5
