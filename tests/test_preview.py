"""The preview: one file is read for one save, every page comes up whatever is broken, and nobody else gets at it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conftest import REPOSITORY, steps
from qbank.cli import main
from qbank.outputs.types import note_types
from qbank.preview import faults, pages
from qbank.preview.card import cards, revealed
from qbank.preview.desk import Desk
from qbank.preview.pages import Page, Pages
from qbank.preview.server import Server
from qbank.problem import Problem, Span
from qbank.store import Store
from qbank.survey import Survey, Verdict
from qbank.tree import Folder, Memory

PRECISION, RIDGE = "evaluation/precision.yaml", "linear-models/ridge-regression.yaml"
ORIGIN = "http://127.0.0.1:1"


@pytest.fixture
def kept() -> Iterator[Store]:
    with Store.temporary() as store:
        yield store


@pytest.fixture
def desk(minibank: Path, kept: Store) -> Desk:
    return Desk(Survey(Folder(minibank), kept), lambda: Folder(minibank))


@pytest.fixture
def shown(desk: Desk) -> Callable[[str], Page]:
    """The page at a path."""
    made = Pages(desk)
    return lambda path: made.at(path, ORIGIN)


def text(page: Page) -> str:
    return page.data.decode()


def save(bank: Path, path: str, old: str, new: str) -> None:
    file = bank / path
    said = file.read_text(encoding="utf-8")
    assert old in said
    file.write_text(said.replace(old, new), encoding="utf-8")


def rules(desk: Desk) -> set[str]:
    return desk.ask(lambda survey, problems: {each.rule for each in problems})


# -- a survey after a save


class Watched(Folder):
    """A folder that notes which files are read."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.opened: list[str] = []

    def open(self, path: str) -> BinaryIO:
        self.opened.append(path)
        return super().open(path)

    def pieces(self, path: str) -> Iterable[bytes]:
        self.opened.append(path)
        return super().pieces(path)


def test_after_a_save_only_that_file_is_read(minibank: Path, kept: Store) -> None:
    before = Survey(Folder(minibank), kept)
    assert before.verdict.problems == ()
    save(minibank, RIDGE, "toward zero", "to nothing")
    tree = Watched(minibank)
    after = before.after(tree, {RIDGE})
    question = after.bank.by_name["ridge-regression"]
    assert "to nothing" in after.rendered(question).notes[0].named["Answer"]
    assert set(tree.opened) == {RIDGE}


@pytest.mark.parametrize(
    "change",
    [
        lambda bank: save(bank, RIDGE, "kind: concept", "kind: conzept"),
        lambda bank: save(bank, RIDGE, "see_also: [precision]", "see_also: [recall]"),
        lambda bank: (bank / RIDGE).write_text("question: [", encoding="utf-8"),
        lambda bank: (bank / RIDGE).unlink(),
        lambda bank: (bank / PRECISION).rename(bank / "evaluation" / "precisions.yaml"),
        lambda bank: shutil.copy(bank / PRECISION, bank / "linear-models" / "copied.yaml"),
        lambda bank: (bank / "linear-models" / "notes.txt").write_text("a stray file", encoding="utf-8"),
        lambda bank: save(bank, "bank.yaml", "title: Mini", "title: Maxi"),
        lambda bank: save(bank, "bank.yaml", "license:", "lizense:"),
        lambda bank: save(bank, "references.yaml", "esl:", "esm:"),
        lambda bank: save(bank, "figures/line.svg", "<svg", "<svg id='other'"),
        lambda bank: (bank / "figures" / "line.svg").unlink(),
    ],
)
def test_what_is_known_after_a_change_is_what_a_new_survey_finds(
    change: Callable[[Path], object], minibank: Path, kept: Store
) -> None:
    before = Survey(Folder(minibank), kept)
    assert before.verdict.problems == ()
    had = {path: (minibank / path).read_bytes() for path in before.tree.paths}
    change(minibank)
    has = {path: (minibank / path).read_bytes() for path in Folder(minibank).paths}
    changed = {path for path in {*had, *has} if had.get(path) != has.get(path)}
    after, anew = before.after(Folder(minibank), changed), Survey(Folder(minibank), kept)
    assert after.verdict == anew.verdict
    assert after.digests == anew.digests
    assert after.bank.questions == anew.bank.questions
    assert after.renderable == anew.renderable
    for question in after.bank.questions:
        if question.path in after.renderable:
            assert after.key(question) == anew.key(question)
            assert after.rendered(question) == anew.rendered(question)


def test_a_save_costs_for_each_other_question_less_than_a_hundredth_of_the_saved_one(
    minibank: Path, kept: Store
) -> None:
    def cost(copies: int) -> int:
        files = {path.relative_to(minibank).as_posix(): path.read_bytes() for path in minibank.rglob("*.*")}
        files |= {f"evaluation/copy-{n}.yaml": files[PRECISION] for n in range(copies)}
        desk = Desk(Survey(Memory(files), kept), lambda: Memory(files))
        files[RIDGE] += b"# saved\n"
        made = Pages(desk)

        def renewed() -> None:
            desk.renew({RIDGE})
            made.at("questions/ridge-regression.html", ORIGIN)

        return steps(renewed)

    cost(1)  # what is loaded once
    few, many = cost(10), cost(210)
    assert (many - few) / 200 < few / 100, (few, many)


# -- the desk


def test_a_problem_of_one_file_is_known_at_once_and_one_between_files_when_it_is_quiet(
    desk: Desk, minibank: Path
) -> None:
    save(minibank, RIDGE, "see_also: [precision]", "see_also: [recall]")
    save(minibank, RIDGE, "kind: concept", "kind: conzept")
    desk.renew({RIDGE})
    assert rules(desk) == {"unknown-value"}
    desk.settle()
    assert rules(desk) == {"unknown-value", "unknown-question"}
    save(minibank, RIDGE, "kind: conzept", "kind: concept")
    desk.renew({RIDGE})
    assert rules(desk) == {"unknown-question"}, "until it is quiet it is taken to be as it was"
    save(minibank, RIDGE, "see_also: [recall]", "see_also: [precision]")
    desk.renew({RIDGE})
    desk.settle()
    assert rules(desk) == set()


def test_a_turn_passes_when_pages_may_look_different_and_only_then(desk: Desk, minibank: Path) -> None:
    first = desk.turn
    desk.settle()
    assert desk.turn == first
    desk.renew({RIDGE})
    assert desk.turn == first + 1
    desk.settle()
    assert desk.turn == first + 1, "nothing came of it"
    save(minibank, RIDGE, "see_also: [precision]", "see_also: [recall]")
    desk.renew({RIDGE})
    desk.settle()
    assert desk.turn == first + 3


def test_nobody_waits_until_the_bank_as_a_whole_was_looked_at(
    desk: Desk, minibank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    judged = Survey._judged

    def slowly(survey: Survey) -> Verdict:
        begun.set()
        assert go_on.wait(60)
        return judged(survey)

    monkeypatch.setattr(Survey, "_judged", slowly)
    save(minibank, RIDGE, "see_also: [precision]", "see_also: [recall]")
    desk.renew({RIDGE})
    turn = desk.turn
    settling = threading.Thread(target=desk.settle)
    settling.start()
    assert begun.wait(60)
    assert rules(desk) == set(), "somebody asks"
    save(minibank, RIDGE, "see_also: [recall]", "see_also: [memory]")
    desk.renew({RIDGE})
    assert desk.turn == turn + 1, "somebody saves"
    go_on.set()
    settling.join(60)
    assert (desk.turn, desk.settled, rules(desk)) == (turn + 1, False, set()), "what was found is of yesterday"
    desk.settle()
    assert (desk.turn, desk.settled, rules(desk)) == (turn + 2, True, {"unknown-question"})
    assert "memory" in desk.ask(lambda _, problems: problems[0].message)


def test_who_waits_is_told_of_the_next_turn(desk: Desk) -> None:
    told: list[int] = []
    waiting = threading.Thread(target=lambda: told.append(desk.wait(desk.turn, 60)))
    waiting.start()
    while not desk._lock._waiters:  # type: ignore[attr-defined]
        pass
    desk.renew({RIDGE})
    waiting.join(60)
    assert told == [desk.turn]
    assert desk.wait(desk.turn, 0) == desk.turn


def test_a_bank_that_cannot_be_read_for_a_while_is_read_again_later(
    desk: Desk, minibank: Path, shown: Callable[[str], Page]
) -> None:
    settings = (minibank / "bank.yaml").read_bytes()
    (minibank / "bank.yaml").unlink()
    save(minibank, RIDGE, "toward zero", "to nothing")
    desk.renew({"bank.yaml", RIDGE})
    desk.settle()
    assert shown("").status == 503
    assert "there is no bank.yaml" in text(shown("questions/precision.html"))
    (minibank / "bank.yaml").write_bytes(settings)
    desk.renew({"bank.yaml"})
    assert shown("").status == 200
    assert "to nothing" in text(shown("questions/ridge-regression.html")), "what was saved meanwhile counts"


def test_a_rehearsal_changes_nothing(desk: Desk, minibank: Path) -> None:
    before = {path: path.read_bytes() for path in minibank.rglob("*.*")}
    turn, known = desk.turn, desk.ask(lambda survey, problems: (survey, problems))
    desk.rehearse()
    assert (desk.turn, desk.ask(lambda survey, problems: (survey, problems))) == (turn, known)
    assert {path: path.read_bytes() for path in minibank.rglob("*.*")} == before
    assert desk.fault == ""


# -- cards as Anki makes them


def test_a_fact_that_is_asked_both_ways_is_two_cards(minibank: Path, kept: Store) -> None:
    survey = Survey(Folder(minibank), kept)
    notes = survey.rendered(survey.bank.by_name["ridge-regression"]).notes
    types = note_types(survey.header.settings)
    made = {note.key.partition("/")[2]: [each.name for each in cards(note, types[note.kind])] for note in notes}
    assert made == {
        "": ["Question"],
        "penalty": ["Fact", "Reverse"],
        "solution": ["Cloze 1", "Cloze 2", "Cloze 3"],
        "code": ["Cloze 1", "Cloze 2", "Cloze 3"],
    }
    fact = next(note for note in notes if note.key.endswith("penalty"))
    first, second = cards(fact, types["fact"])
    assert fact.named["Front"] in first.front
    assert fact.named["Back"] not in first.front
    assert fact.named["Back"] in first.back
    assert fact.named["Front"] not in second.front


def test_a_section_of_a_field_that_is_empty_is_left_out(minibank: Path, kept: Store) -> None:
    survey = Survey(Folder(minibank), kept)
    types = note_types(survey.header.settings)
    for name, has in (("ridge-regression", True), ("precision", False)):
        note = survey.rendered(survey.bank.by_name[name]).notes[0]
        (card,) = cards(note, types["question"])
        assert ("qb-figure" in card.back) == has
        assert "{{" not in card.front + card.back


@pytest.mark.parametrize(
    ("field", "number", "answer", "made"),
    [
        ("a {{c1::b}}", 1, False, 'a <span class="cloze" data-cloze="b" data-ordinal="1">[...]</span>'),
        ("a {{c1::b::c}}", 1, False, 'a <span class="cloze" data-cloze="b" data-ordinal="1">[c]</span>'),
        ("a {{c1::b::c}}", 1, True, 'a <span class="cloze" data-ordinal="1">b</span>'),
        ("a {{c2::b}}", 1, False, 'a <span class="cloze-inactive" data-ordinal="2">b</span>'),
        (r"\(a {{c1::b_{1} }}\)", 1, True, r"\(a b_{1} \)"),
        (r"\(a {{c1::b}}\)", 1, False, r"\(a [...]\)"),
        (
            "{{c1::a {{c2::b}} c}}",
            2,
            False,
            '<span class="cloze-inactive" data-ordinal="1">a '
            '<span class="cloze" data-cloze="b" data-ordinal="2">[...]</span> c</span>',
        ),
        ("}} and ::", 1, True, "}} and ::"),
    ],
)
def test_a_cloze_text_is_revealed_as_by_anki(field: str, number: int, answer: bool, made: str) -> None:
    assert revealed(field, number, answer=answer) == made


def test_what_a_gap_hides_begins_no_formula_in_its_attribute() -> None:
    assert r"\(" not in revealed(r"{{c1::\(a\)}} and \(b\)", 1, answer=False).partition(">")[0]


# -- problems


def test_a_problem_is_shown_in_its_line_and_marked(desk: Desk, minibank: Path, shown: Callable[[str], Page]) -> None:
    save(minibank, RIDGE, "kind: concept", "kind: conzept")
    desk.renew({RIDGE})
    page = text(shown("questions/ridge-regression.html"))
    assert "&#39;conzept&#39; is not a kind" in page
    assert '<span class="number">3</span>kind: <mark>conzept</mark>' in page
    assert "did you mean &#39;concept&#39;?" in page
    assert page == text(shown("questions/ridge-regression.html"))
    assert "conzept" in text(shown("problems.html"))
    assert f'<a href="/questions/ridge-regression.html">{RIDGE}</a>' in text(shown(""))


def test_of_many_problems_the_gravest_are_shown_and_the_rest_counted(
    desk: Desk, minibank: Path, shown: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        shutil.copy(minibank / PRECISION, minibank / "evaluation" / f"copy-{n}.yaml")
        save(minibank, f"evaluation/copy-{n}.yaml", "kind: concept", "kind: conzept")
    desk.renew({f"evaluation/copy-{n}.yaml" for n in range(5)})
    desk.settle()
    count = desk.ask(lambda _, problems: len(problems))
    monkeypatch.setattr(pages, "_PROBLEMS", 4)
    monkeypatch.setattr(pages, "_FILES", 2)
    page = text(shown("problems.html"))
    assert page.count('<li class="fault error') == 4
    assert f"And {count - 4} more" in page
    first = text(shown(""))
    assert [f"copy-{n}.yaml</a>" in first for n in range(5)] == [True, True, False, False, False]
    assert "And 4 more files" in first


def test_a_problem_of_two_files_stands_on_the_pages_of_both_and_leads_to_the_other(
    desk: Desk, minibank: Path, shown: Callable[[str], Page]
) -> None:
    copy = "linear-models/copied.yaml"
    shutil.copy(minibank / PRECISION, minibank / copy)
    desk.renew({copy})
    desk.settle()
    for mine, other in (("copied", "precision"), ("precision", "copied")):
        page = text(shown(f"questions/{mine}.html"))
        assert f'href="/questions/{other}.html"' in page.partition('id="cards"')[0]


@given(
    before=st.text(max_size=300),
    marked=st.text(min_size=1, max_size=300),
    behind=st.text(max_size=300),
)
def test_of_a_long_line_the_part_around_the_fault_is_shown(before: str, marked: str, behind: str) -> None:
    line = before + marked + behind
    span = Span("a.yaml", 1, len(before) + 1, 1, len(before) + len(marked) + 1)
    parts = faults._parts(span, line)
    assert len("".join(parts)) < 80 * 4 + 200
    assert parts[1] == faults.harmless(marked[:160])
    assert all(sign.isprintable() for part in parts for sign in part)


# -- pages, whatever is broken


PATHS = (
    "",
    "problems.html",
    "questions/ridge-regression.html",
    "questions/precision.html",
    "data/rows.js",
    "data/words.js",
    "site.css",
    "card.html",
)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (RIDGE, b"question: ["),
        (RIDGE, b"\xff\xfe\x00"),
        (RIDGE, b""),
        (RIDGE, b"- a list\n"),
        (RIDGE, b"question: What?\nlevel: [core]\nkind: {a: b}\ncards: word\n"),
        (RIDGE, b"question: 'What is $x?'\nanswer: '<script>alert(1)</script>'\ntitle: '\xe2\x80\xae'\n"),
        (RIDGE, b"question: What?\ntitle: A\nkind: concept\nlevel: core\nanswer: A.\nreferences: [{work: none}]\n"),
        (
            RIDGE,
            b"question: What?\nroles: [king]\nrounds: [ring]\nneeds: [ridge-regression]\nfigure: {file: ../x.svg}\n",
        ),
        ("bank.yaml", b"title: ["),
        ("bank.yaml", b""),
        ("bank.yaml", b"- a list\n"),
        ("bank.yaml", b"title: Mini\ntopics:\n  - {name: linear-models, color: 'red;} * {'}\n"),
        ("bank.yaml", b"title: '<b>'\nlevels: []\nkinds: []\nroles: word\nlanguage: 7\n"),
        ("references.yaml", b"esl: ["),
        ("origins.yaml", b"\xff"),
        ("retired.yaml", b"retired: word"),
        ("published.jsonl", b"no ledger"),
        ("figures/line.svg", b"no figure"),
        ("figures/line.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
    ],
)
def test_every_page_comes_up_whatever_a_file_holds(
    path: str, content: bytes, desk: Desk, minibank: Path, shown: Callable[[str], Page]
) -> None:
    (minibank / path).write_bytes(content)
    for settle in (lambda: None, desk.settle):
        desk.renew({path})
        settle()
        assert {path: shown(path).status for path in PATHS} == dict.fromkeys(PATHS, 200)
    assert text(shown("problems.html")).count('<li class="fault') == len(desk.ask(lambda survey, problems: problems))
    if path == RIDGE:
        assert '<li class="fault' in text(shown("questions/ridge-regression.html"))


def test_a_question_with_problems_that_hinder_nothing_is_shown_all_the_same(
    desk: Desk, minibank: Path, shown: Callable[[str], Page]
) -> None:
    save(minibank, RIDGE, "toward zero", "toward zero " + "and so on " * 40)
    desk.renew({RIDGE})
    assert "answer-length" in rules(desk)
    page = text(shown("questions/ridge-regression.html"))
    assert "and so on and so on" in page.partition('id="cards"')[2]


def test_what_is_searched_is_what_the_site_searches(desk: Desk, shown: Callable[[str], Page]) -> None:
    from qbank.outputs import site

    def expected(survey: Survey, problems: list[Problem]) -> tuple[str, str]:
        topics = list(survey.bank.topics())
        return site.rows(survey, topics), site.words(survey, topics)

    assert (text(shown("data/rows.js")), text(shown("data/words.js"))) == desk.ask(expected)


def test_the_box_of_a_question_is_set_alone(desk: Desk, minibank: Path, shown: Callable[[str], Page]) -> None:
    assert 'src="/sheets/ridge-regression.svg?' in text(shown("sheets/ridge-regression.html"))
    assert shown("sheets/ridge-regression.svg").data.startswith(b"<svg")
    assert shown("sheets/ridge-regression.svg").kind == "image/svg+xml"
    wide = r"$$\begin{matrix}" + " & ".join(["a+b+c+d+e+f"] * 30) + r"\end{matrix}$$"
    save(minibank, RIDGE, "Never penalize the intercept.", wide)
    desk.renew({RIDGE})
    assert "is too wide to be legible" in text(shown("sheets/ridge-regression.html"))


def test_the_text_for_the_night_before_stands_beside_the_box_of_a_question_that_has_one(
    desk: Desk, minibank: Path, shown: Callable[[str], Page]
) -> None:
    assert 'src="/nights/precision.svg?' in text(shown("sheets/precision.html"))
    assert shown("nights/precision.svg").data.startswith(b"<svg")
    assert shown("nights/precision.svg").kind == "image/svg+xml"
    assert "/nights/" not in text(shown("sheets/ridge-regression.html"))
    assert shown("nights/ridge-regression.svg").status == 404
    wide = r"$\begin{matrix}" + " & ".join(["a+b+c+d+e+f"] * 30) + r"\end{matrix}$"
    save(minibank, "evaluation/precision.yaml", "of the alarms, the share that is right", wide)
    desk.renew({"evaluation/precision.yaml"})
    assert "is too wide to be legible" in text(shown("sheets/precision.html"))


def test_without_typst_the_sheet_says_what_it_needs(
    shown: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert "pip install &#39;qbank[pdf]&#39;" in text(shown("sheets/ridge-regression.html"))


@pytest.mark.parametrize(
    "path",
    [
        "questions/nothing.html",
        "questions/..%2fbank.html",
        "../bank.yaml",
        "bank.yaml",
        "mathjax/../LICENSE-mathjax.txt",
        "mathjax/../../../../pyproject.js",
        "mathjax/none.js",
        "figures/../bank.yaml",
        "figures/other.svg",
        "sheets/nothing.svg",
        "question.html.j2",
    ],
)
def test_what_is_no_page_is_not_found(path: str, shown: Callable[[str], Page]) -> None:
    assert shown(path).status == 404


def test_what_a_bank_says_is_never_part_of_a_page_as_it_stands(
    desk: Desk, minibank: Path, shown: Callable[[str], Page]
) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    save(minibank, RIDGE, "`a < b && c`", f"`{evil}`")
    save(minibank, RIDGE, "title: Ridge regression", f"title: '{evil}'")
    save(minibank, "bank.yaml", "title: Mini", f"title: '{evil}'")
    (minibank / "linear-models" / "evil.yaml").write_text(f"'{evil}': '{evil}'\n", encoding="utf-8")
    desk.renew({RIDGE, "bank.yaml", "linear-models/evil.yaml"})
    desk.settle()
    for path in (*PATHS, "questions/evil.html", "sheets/ridge-regression.html"):
        assert "alert(1)</script>" not in text(shown(path))
        assert "<img src=x" not in text(shown(path))


def test_every_file_of_the_templates_is_served_or_a_template() -> None:
    folder = REPOSITORY / "templates" / "preview"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    served = {source.removeprefix("preview/") for source in pages._ASSETS.values() if source.startswith("preview/")}
    others = {name for name in names - served if not name.endswith(".j2")}
    assert others - {"vendor/LICENSE-mathjax.txt"} == {name for name in others if name.startswith("vendor/mathjax/")}
    assert "Apache License" in (folder / "vendor" / "LICENSE-mathjax.txt").read_text(encoding="utf-8")


# -- the server


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    made = Server(Pages(desk))
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def ask(server: Server, path: str, *, method: str = "GET", host: str = "") -> http.client.HTTPResponse:
    port = server.server_address[1]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, headers={"Host": host.replace("PORT", str(port)) or f"127.0.0.1:{port}"})
    return connection.getresponse()


def test_it_listens_on_the_loopback_address_alone(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT", "localhost.evil:PORT"]
)
def test_a_request_by_another_name_is_refused(server: Server, host: str) -> None:
    for path in ("/", "/events", "/questions/precision.html", "/card.html"):
        assert ask(server, path, host=host).status == 421
    assert ask(server, "/", host="localhost:PORT").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    assert ask(server, "/", method=method).status == 501


def test_no_page_of_another_host_may_read_or_embed_what_is_here(server: Server) -> None:
    everything = [f"/{path}" for path in PATHS] + ["/sheets/precision.svg", "/figures/line.svg", "/live.js", "/nothing"]
    for path in everything:
        answer = ask(server, path)
        assert answer.getheader("Access-Control-Allow-Origin") is None
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
        assert "default-src 'none'" in str(answer.getheader("Content-Security-Policy"))
        assert "frame-ancestors" in str(answer.getheader("Content-Security-Policy"))
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert ask(server, "/events").getheader("Access-Control-Allow-Origin") is None
    fonts = "/mathjax/output/chtml/fonts/woff-v2/MathJax_Main-Regular.woff"
    assert ask(server, fonts).getheader("Access-Control-Allow-Origin") == "null", "of frames with cards"
    assert ask(server, "/mathjax/tex-chtml-full.js").getheader("Access-Control-Allow-Origin") is None


def test_a_frame_may_load_what_typesets_cards_and_nothing_else(server: Server) -> None:
    policy = str(ask(server, "/card.html").getheader("Content-Security-Policy"))
    said = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert said["sandbox"] == ["allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"]
    assert said["script-src"] == [f"{server.address}/card.js", f"{server.address}/mathjax/"]
    assert said["img-src"] == ["data:"]
    assert "connect-src" not in said


def test_pages_are_told_of_every_turn(server: Server, desk: Desk) -> None:
    stream = ask(server, "/events")
    assert stream.getheader("Content-Type") == "text/event-stream"

    def line() -> bytes:
        return next(line for line in iter(stream.readline, b"never") if line.startswith(b"data"))

    assert line() == f"data: {desk.turn}\n".encode()
    desk.renew({RIDGE})
    assert line() == f"data: {desk.turn}\n".encode()


def test_a_fault_of_the_program_is_said_on_the_page_and_the_preview_goes_on(
    server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("qbank.outputs.site.rows", lambda *_: 1 / 0)
        answer = ask(server, "/data/rows.js")
        assert (answer.status, answer.getheader("Content-Type")) == (500, "text/plain; charset=utf-8")
        assert b"a fault of qbank. ZeroDivisionError" in answer.read()
    assert ask(server, "/data/rows.js").status == 200
    assert capfd.readouterr() == ("", "")


# -- the command


def qbank(*words: str) -> Any:
    return CliRunner().invoke(main, ["preview", "--no-open", *words])


def test_a_port_in_use_is_a_message(mini_root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = qbank("--bank", str(mini_root), "--port", str(port))
    assert result.exit_code == 2
    assert f"port {port} cannot be used: Address already in use; without --port a free one is" in result.output


def test_an_unknown_question_is_wrong_usage_with_the_near_ones(mini_root: Path) -> None:
    result = qbank("ridge-regresion", "--bank", str(mini_root))
    assert result.exit_code == 2
    assert "ridge-regression" in result.output


def test_without_watchfiles_it_says_what_to_install(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = qbank("--bank", str(mini_root))
    assert result.exit_code == 2
    assert "pip install 'qbank[preview]'" in result.output


def test_a_folder_without_a_bank_is_wrong_usage(tmp_path: Path) -> None:
    result = qbank("--bank", str(tmp_path))
    assert result.exit_code == 2
    assert "there is no bank.yaml" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_it_shows_its_address_and_ends_with_one_line(minibank: Path) -> None:
    words = [sys.executable, "-m", "qbank", "preview", "precision", "--no-open", "--bank", str(minibank)]
    run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})
    assert run.stdout is not None
    first = run.stdout.readline()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/questions/precision\.html  \(Ctrl-C ends the preview\)\n", first)
    run.send_signal(signal.SIGINT)
    said, complained = run.communicate(timeout=60)
    assert (said, complained, run.returncode) == ("\nThe preview has ended.\n", "", 0)


def test_a_question_is_opened_in_the_browser_unless_that_is_not_wanted(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("qbank.cli.preview._watch", lambda *_: None)
    assert qbank("--bank", str(mini_root)).exit_code == 0
    assert opened == []
    result = CliRunner().invoke(main, ["preview", "precision", "--bank", str(mini_root)])
    assert result.exit_code == 0
    assert opened == [result.output.split("  ")[0]]
