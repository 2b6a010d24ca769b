"""Screenshots of real desktop Anki, offscreen: a question, a fact and a cloze, by day and night, wide and narrow.

    python docs/screenshots.py dist/anki/ml-interview.apkg docs/screens

Needs an environment of its own with `aqt` (which brings Qt), and Qt's libraries from the system; see docs/README.md. A
theme and a width need a process of their own, so the script starts itself again for each.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CARDS = {
    "question": "bias-variance-trade-off",
    "fact": "roc-curve/negated-scores",
    "cloze": "confusion-matrix/one-mistake",
}
WIDTHS = {"desktop": (860, 900), "phone": (390, 780)}
ROOT_DECK = "ML Interview"


class Desktop:
    """One window of Anki with a fresh profile."""

    def __init__(self, night: bool, size: tuple[int, int]) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu --force-color-profile=srgb")
        os.environ["ANKI_SINGLE_INSTANCE_KEY"] = f"qbank{os.getpid()}"
        import anki.lang
        import aqt
        from aqt.profiles import ProfileManager, VideoDriver
        from aqt.theme import Theme

        anki.lang.set_lang("en_US")
        base = tempfile.mkdtemp()
        profiles = ProfileManager(ProfileManager.get_created_base_folder(base))
        profiles.setupMeta()
        profiles.meta.update(firstRun=False, defaultLang="en_US", suppressUpdate=True)
        profiles.create("User 1")
        profiles.openProfile("User 1")
        profiles.set_update_check(False)
        profiles.set_theme(Theme.DARK if night else Theme.LIGHT)
        profiles.set_video_driver(VideoDriver.Software)
        profiles.save()
        profiles.db.close()
        self.app = aqt._run(["anki", "-b", base, "-p", "User 1", "-l", "en_US"], exec=False)
        self.window = aqt.mw
        self.until(lambda: self.window.col is not None)
        self.window.resize(*size)
        self.window.show()

    def until(self, done: Callable[[], Any], seconds: float = 30) -> bool:
        """Let Anki run until something is so, or the time is over."""
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            self.app.processEvents()
            time.sleep(0.01)
            if done():
                return True
        return False

    def script(self, code: str) -> Any:
        """What a piece of JavaScript says of the card."""
        said: list[Any] = []
        self.window.web.page().runJavaScript(code, said.append)
        self.until(lambda: said, 10)
        return said[0] if said else None

    def imports(self, package: Path) -> None:
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        self.window.col.import_anki_package(request)
        self.window.reset()

    def saves(self, path: Path) -> None:
        """Wait until mathematics is set and nothing moves, and save the window."""
        self.until(lambda: self.script("!/\\\\\\\\[(]/.test(document.body.innerText)"), 10)
        self.until(lambda: False, 1.5)
        self.window.grab().save(str(path))

    def overview(self, path: Path) -> None:
        """The page of the deck with its description."""
        self.window.col.decks.select(self.window.col.decks.id_for_name(ROOT_DECK))
        self.window.moveToState("overview")
        self.until(lambda: False, 1.5)
        self.window.grab().save(str(path))

    def reviews(self, key: str, back: Path) -> None:
        """The back of one card, reviewed alone in a deck of its own."""
        col = self.window.col
        note = col.get_note(col.find_notes(f"ID:{key}")[0])
        card = note.cards()[0].id
        deck = col.decks.id(f"Shown: {key.replace('/', ' ')}")
        col.set_deck([card], deck)
        col.decks.select(deck)
        self.window.moveToState("review")
        self.until(lambda: self.window.reviewer.card is not None and self.window.reviewer.card.id == card)
        self.until(lambda: self.script("!!document.querySelector('.qb-ask')"), 10)
        self.window.reviewer._showAnswer()
        self.until(lambda: self.script("!!document.querySelector('.qb-foot')"), 10)
        self.saves(back)


def shoot(package: Path, out: Path, theme: str, width: str) -> None:
    """All pictures of one theme and width."""
    desktop = Desktop(theme == "night", WIDTHS[width])
    desktop.imports(package)
    desktop.overview(out / "overview.png")
    for name, key in CARDS.items():
        desktop.reviews(key, out / f"{name}-{theme}-{width}.png")
    os._exit(0)


def main() -> None:
    """Start a process for every theme and width."""
    package, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    if len(sys.argv) > 3:
        shoot(package, out, sys.argv[3], sys.argv[4])
    out.mkdir(parents=True, exist_ok=True)
    for theme in ("night", "light"):
        for width in reversed(WIDTHS):
            words = [sys.executable, __file__, str(package), str(out), theme, width]
            subprocess.run(words, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
