"""Cards as Anki shows them: its own style sheets and MathJax (from the `aqt` wheel) in headless Chromium."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: The body classes of Anki's reviewer on Linux, by day and by night.
DAY = "card card1 isLin fancy"
NIGHT = "card card1 isLin nightMode night_mode fancy"

_PAGE = """<!doctype html><html class="%(html)s"><head><meta charset="utf-8">
<link rel="stylesheet" href="/_anki/css/webview.css"><link rel="stylesheet" href="/_anki/css/reviewer.css">
<script src="/_anki/js/mathjax.js"></script>
<script>
  // noerrors and noundefined would show a broken formula as its source, without a trace of the error.
  MathJax.tex.packages = {'[-]': ['textmacros', 'noerrors', 'noundefined'], '[+]': ['mathtools']};
  MathJax.loader.load = ['[tex]/mathtools'];
  MathJax.options = {...MathJax.options, enableMenu: false};
</script>
<script src="/_anki/js/vendor/mathjax/tex-chtml-full.js"></script></head>
<body class="%(body)s"><div id="qa">%(card)s</div></body></html>"""


def assets() -> Path:
    """The folder of Anki's web assets."""
    folder = Path(sys.prefix) / "aqt" / "_aqt" / "data" / "web"
    assert folder.is_dir(), "`make test` lays the files of aqt into .venv/aqt"
    return folder


def chromium() -> str:
    """The browser. Where there is none the test is skipped, loudly; with QBANK_REQUIRE_CHROMIUM set it fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "Chromium is not installed: CARDS ARE NOT TYPESET IN THIS RUN"
        if os.environ.get("QBANK_REQUIRE_CHROMIUM"):
            pytest.fail(message)
        pytest.skip(message)
    return str(found)


class _Server(http.server.ThreadingHTTPServer):
    """Serves Anki's assets under /_anki/, media, and whatever pages are put into `pages`."""

    def __init__(self, media: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, bytes] = {}
        self.media = media


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        root = assets() if name.startswith("_anki/") else self.server.media
        file = (root or Path("/nowhere")) / name.removeprefix("_anki/")
        if name in self.server.pages:
            data, kind = self.server.pages[name], "text/html"
        elif file.is_file():
            data, kind = file.read_bytes(), self.guess_type(name)
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        return


class Reviewer:
    """Shows one card at a time."""

    def __init__(self, page: Any, server: _Server) -> None:
        self.page = page
        self.server = server

    def show(self, card: str, *, night: bool = False, width: int = 900, height: int = 700) -> None:
        """Open a card (the HTML that the Anki backend renders) and wait until its mathematics is set."""
        values = {"html": "night-mode" if night else "", "body": NIGHT if night else DAY, "card": card}
        self.server.pages["card.html"] = (_PAGE % values).encode()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.goto(f"http://127.0.0.1:{self.server.server_address[1]}/card.html")
        self.page.evaluate("MathJax.startup.promise")
        self.page.evaluate("MathJax.typesetPromise()")

    def faults(self) -> list[str]:
        """Formulas that MathJax refuses, and what is left of formulas that it did not see."""
        return list(
            self.page.evaluate(
                """() => {
                  const errors = [...document.querySelectorAll('[data-mjx-error]')]
                    .map(e => e.getAttribute('data-mjx-error'));
                  const rest = document.getElementById('qa').cloneNode(true);
                  rest.querySelectorAll('mjx-container, code, style, script').forEach(e => e.remove());
                  return errors.concat(rest.textContent.match(/\\\\[()\\[\\]].{0,30}/g) || []);
                }"""
            )
        )

    def typeset(self, formulas: list[str]) -> dict[str, list[str]]:
        """The errors of every formula (an HTML text with its delimiters) that has any, in one page."""
        self.show("")
        script = """async formulas => {
          const box = document.getElementById('qa'), out = [];
          for (const formula of formulas) {
            box.innerHTML = formula;
            let thrown = [];
            try { await MathJax.typesetPromise([box]); } catch (e) { thrown = [String(e)]; }
            const errors = [...box.querySelectorAll('[data-mjx-error]')].map(e => e.getAttribute('data-mjx-error'));
            if (!box.querySelector('mjx-container')) errors.push('it was not typeset at all');
            out.push(errors.concat(thrown));
            MathJax.typesetClear();
          }
          return out;
        }"""
        found = self.page.evaluate(script, formulas)
        return {formula: errors for formula, errors in zip(formulas, found, strict=True) if errors}


@contextmanager
def launched() -> Iterator[Any]:
    """Chromium, which asks nothing by itself and shows colors as they are."""
    from playwright.sync_api import sync_playwright

    executable = chromium()
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reviewer(media: Path | None = None) -> Iterator[Reviewer]:
    """A browser with Anki's assets; `media` is the media folder of a collection."""
    with launched() as browser, reviewing(browser.new_page(device_scale_factor=2), media) as made:
        yield made


@contextmanager
def reviewing(page: Any, media: Path | None = None) -> Iterator[Reviewer]:
    """The same in a page of a browser that runs."""
    server = _Server(media)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Reviewer(page, server)
    finally:
        server.shutdown()


def formulas(html: str) -> list[str]:
    r"""The formulas of a rendered side with their delimiters, `\(..\)` and `\[..\]`."""
    return re.findall(r"\\\(.*?\\\)|\\\[.*?\\\]", re.sub(r"<code>.*?</code>", "", html, flags=re.S), re.S)
