"""Mock interviews: the same for a seed anywhere, within their time, spread, and with the points on later pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from conftest import BANK, MINIBANK, TIME, surveyed
from qbank.bank.load import header
from qbank.bank.model import Line, Word
from qbank.bank.settings import KINDS, LEVELS, Role, Round, Settings, Topic
from qbank.check.facts import Bank, Facts
from qbank.cli import main
from qbank.cli import mock as command
from qbank.ledger.state import Ledger
from qbank.outputs import mock
from qbank.outputs.job import Edition
from qbank.outputs.mock import Asked, Wish, chosen
from qbank.survey import Survey
from qbank.tree import Folder

EDITION = Edition("test", TIME)
ROLES, ROUNDS, TOPICS = ("a", "b"), ("theory", "coding", "design", "behavioral"), ("one", "two", "three")
HEADER = header(Folder(MINIBANK))[0]
SETTINGS: Settings = replace(
    HEADER.settings,
    roles=tuple(Role(Word(name), Line(name)) for name in ROLES),
    rounds=tuple(Round(Word(name), Line(name)) for name in ROUNDS),
    topics=tuple(Topic(Word(name), Line(name), Word(name), Word("#123456"), (), (Word("theory"),)) for name in TOPICS),
)


def facts(name: str, **more: object) -> Facts:
    values = {"topic": "one", "level": "core", "kind": "concept", "see_also": (), **more}
    empty = {"digest": "", "title": name, "words": b"", "cards": (), "works": (), "origins": (), "figure": ""}
    return Facts(path=f"{values['topic']}/{name}.yaml", name=name, **empty, **values)  # type: ignore[arg-type]


def bank(questions: Sequence[Facts], settings: Settings = SETTINGS) -> Bank:
    names = frozenset(each.name for each in questions)
    return Bank(replace(HEADER, settings=settings), tuple(questions), names, frozenset(), Ledger())


@cache
def real() -> Survey:
    """The bank of this repository."""
    return surveyed(BANK)


def names(asked: Sequence[Asked]) -> list[str]:
    return [each.question.name for each in asked]


def total(asked: Sequence[Asked]) -> int:
    return sum(each.minutes for each in asked)


def theory(count: int, **more: object) -> list[Facts]:
    return [facts(f"t{n:03}", topic=TOPICS[n % 3], level=LEVELS[n % 2], **more) for n in range(count)]


# -- which questions


def test_a_seed_gives_the_same_questions_in_any_process() -> None:
    program = (
        "from test_mock import Wish, bank, chosen, facts, theory\n"
        "kinds = ('coding', 'behavioral', 'system-design')\n"
        "more = [facts(f'{kind}{n}', kind=kind) for kind in kinds for n in range(9)]\n"
        "for seed in range(9): print([(each.question.name, each.minutes) for each in"
        " chosen(bank([*theory(60), *more]), Wish(90, seed))])"
    )
    said = set()
    for hash_seed in ("0", "1", "271828"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        words = [sys.executable, "-c", program]
        said.add(subprocess.run(words, capture_output=True, text=True, check=True, env=environment).stdout)
    assert len(said) == 1
    assert said.pop().count("\n") == 9


def test_a_seed_gives_what_it_gave_yesterday() -> None:
    """Whoever wrote a seed down wants that sheet again."""
    kinds = ("coding", "behavioral", "system-design")
    more = [facts(f"{kind}{n}", kind=kind) for kind in kinds for n in range(9)]
    asked = chosen(bank([*theory(40), *more]), Wish(45, 7))
    assert names(asked) == ["t014", "t001", "t035", "coding8", "system-design2", "behavioral8"]
    assert [each.minutes for each in asked] == [5, 5, 5, 10, 15, 5]


def test_the_order_of_files_changes_nothing() -> None:
    questions = theory(40)
    assert chosen(bank(questions), Wish(45, 3)) == chosen(bank(questions[::-1]), Wish(45, 3))


def test_another_seed_gives_other_questions() -> None:
    of = bank(theory(60))
    assert len({tuple(names(chosen(of, Wish(30, seed)))) for seed in range(20)}) == 20


def test_every_question_has_its_turn() -> None:
    of = real().bank
    seen = Counter(each for seed in range(100) for each in names(chosen(of, Wish(60, seed, "ml-engineer"))))
    assert len(seen) > 200
    assert max(seen.values()) < 35


def test_each_question_has_the_time_of_its_kind() -> None:
    for settings in (SETTINGS, real().bank.header.settings):
        lengths = {
            kind.name: {mock.minutes(settings, facts("x", kind=kind.name, level=level)) for level in LEVELS}
            for kind in KINDS
        }
        assert lengths["system-design"] == {15}
        assert lengths["coding"] == {10, 12, 15}
        assert lengths["behavioral"] == {4}
        assert lengths["concept"] == {4, 5}


@pytest.mark.parametrize("minutes", [10, 13, 20, 30, 37, 45, 60, 90, 180])
@pytest.mark.parametrize("role", ["", "data-scientist", "ml-engineer", "ai-engineer", "research"])
def test_an_interview_of_the_bank_fills_its_time(minutes: int, role: str) -> None:
    of = real().bank
    for seed in range(3):
        asked = chosen(of, Wish(minutes, seed, role))
        assert minutes - 5 <= total(asked) <= minutes
        assert len(set(names(asked))) == len(asked)
        settings = of.header.settings
        assert all(role in ("", *settings.roles_of(each.question)) for each in asked)
        levels = Counter(each.question.level for each in asked)
        assert levels["core"] >= levels["intermediate"] >= levels["advanced"]


def test_a_design_comes_only_if_it_leaves_time_for_others() -> None:
    questions = [*theory(20), facts("design", kind="system-design"), facts("code", kind="coding")]
    assert {"design", "code"} & set(names(chosen(bank(questions), Wish(20, 1)))) == set()
    assert {"design", "code"} & set(names(chosen(bank(questions), Wish(30, 1)))) == {"code"}
    assert {"design", "code"} <= set(names(chosen(bank(questions), Wish(45, 1))))


def test_a_round_that_is_asked_for_is_asked_and_nothing_else() -> None:
    of = real().bank
    settings = of.header.settings
    for name in settings.choices["rounds"]:
        asked = chosen(of, Wish(40, 5, round=name))
        assert asked
        assert all(name in settings.rounds_of(each.question) and each.round == name for each in asked)
    designs = [each for each in chosen(of, Wish(45, 5, round="design")) if each.question.kind == "system-design"]
    assert len(designs) == 3, "a round is made of its own kind first"


def test_a_topic_that_is_asked_for_is_asked_and_nothing_else() -> None:
    of = real().bank
    for topic in of.header.settings.topics:
        asked = chosen(of, Wish(30, 5, topic=str(topic.name)))
        assert {each.question.topic for each in asked} == {topic.name}
        assert 25 <= total(asked) <= 30


def test_rounds_come_in_their_order_and_levels_within_them() -> None:
    asked = chosen(real().bank, Wish(90, 11, "ml-engineer"))
    order = [(real().bank.header.settings.choices["rounds"].index(each.round), each.minutes) for each in asked]
    assert [place for place, _ in order] == sorted(place for place, _ in order)
    assert {each.round for each in asked} == {"theory", "coding", "design", "behavioral"}
    for each, following in pairwise(asked):
        if each.round == following.round:
            assert LEVELS.index(each.question.level) <= LEVELS.index(following.question.level)


def test_questions_are_spread_over_topics() -> None:
    asked = chosen(bank(theory(60)), Wish(50, 2))
    counts = Counter(each.question.topic for each in asked)
    assert max(counts.values()) - min(counts[topic] for topic in TOPICS) <= 2
    for seed in range(10):
        of = chosen(real().bank, Wish(45, seed, "research"))
        assert len({each.question.topic for each in of}) >= len(of) - 1


def test_what_is_related_does_not_come_together_where_there_is_a_choice() -> None:
    pairs = [facts(f"q{n}", see_also=(f"q{n ^ 1}",)) for n in range(6)]
    for seed in range(20):
        first, second, *_ = names(chosen(bank(pairs), Wish(10, seed)))
        assert int(first[1]) ^ 1 != int(second[1])


def test_a_bank_without_roles_and_rounds_is_asked_all_the_same() -> None:
    bare = replace(SETTINGS, roles=(), rounds=())
    asked = chosen(bank(theory(20), bare), Wish(20, 1))
    assert 15 <= total(asked) <= 20
    assert {each.round for each in asked} == {""}


def test_time_that_nothing_fills_goes_to_what_can_take_it() -> None:
    designs = [facts(f"d{n}", kind="system-design") for n in range(3)]
    assert [each.minutes for each in chosen(bank(designs), Wish(40, 1))] == [20, 20]
    assert [each.minutes for each in chosen(bank(designs[:1]), Wish(40, 1))] == [25]
    assert chosen(bank(designs), Wish(14, 1)) == ()


QUESTIONS = st.lists(
    st.tuples(
        st.sampled_from(TOPICS),
        st.sampled_from(LEVELS),
        st.sampled_from([kind.name for kind in KINDS]),
        st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
        st.sampled_from([(), ("coding",), ("theory", "design"), ("behavioral",)]),
        st.lists(st.integers(0, 30), max_size=2),
    ),
    max_size=40,
)


@given(
    QUESTIONS,
    st.integers(10, 180),
    st.integers(0, 999_999_999),
    st.sampled_from(["", *ROLES]),
    st.sampled_from(["", *ROUNDS]),
    st.sampled_from(["", *TOPICS]),
)
def test_any_interview_keeps_its_promises(
    made: list[tuple[str, str, str, tuple[str, ...], tuple[str, ...], list[int]]],
    minutes: int,
    seed: int,
    role: str,
    part: str,
    topic: str,
) -> None:
    of = bank(
        [
            facts(
                f"q{n:02}",
                topic=where,
                level=level,
                kind=kind,
                roles=roles,
                rounds=rounds,
                see_also=tuple(f"q{other:02}" for other in near),
            )
            for n, (where, level, kind, roles, rounds, near) in enumerate(made)
        ]
    )
    wish = Wish(minutes, seed, role, part, topic)
    allowed = mock.candidates(of, wish)
    asked = chosen(of, wish)
    assert chosen(of, wish) == asked
    assert total(asked) <= minutes
    assert len(set(names(asked))) == len(asked)
    assert (
        {each.question for each in asked} <= set(allowed) if False else set(names(asked)) <= {q.name for q in allowed}
    )
    assert all(each.minutes >= mock.minutes(SETTINGS, each.question) for each in asked)
    left = minutes - total(asked)
    # What was not drawn does not fit; so where there is enough that is short, little is left.
    fitting = [q for q in allowed if q.name not in names(asked) and mock.minutes(SETTINGS, q) <= left]
    assert not fitting
    if any(q.name not in names(asked) and mock.minutes(SETTINGS, q) <= 5 for q in allowed):
        assert left < 5


# -- the sheet


def sheet(wish: Wish, root: Path = BANK) -> tuple[str, tuple[Asked, ...]]:
    survey = real() if root == BANK else surveyed(root)
    asked = chosen(survey.bank, wish)
    return mock.markdown(survey, EDITION, wish, asked), asked


def test_the_sheet_asks_first_and_has_the_points_behind() -> None:
    wish = Wish(60, 4, "ml-engineer")
    text, asked = sheet(wish)
    questions, _, ticked = text.partition("\n## Points to tick\n")
    rows = [json.loads(real().rendered(each.question).row) for each in asked]
    assert "[ ]" not in questions
    assert "seed 4" in questions and "Machine-learning engineer" in questions and "60 minutes" in questions
    assert f"`{wish.command}`" in questions
    sections = ticked.split("\n### ")[1:]
    assert len(sections) == len(asked) == questions.count("\n### ")
    for row, each, section in zip(rows, asked, sections, strict=True):
        assert row["question"]["markdown"] in questions
        assert each.question.title in section
        points = re.findall(r"^- \[ \] (?!\*\*[ab]\.\*\*)", section, re.MULTILINE)
        assert 1 <= len(points) <= 3


def test_two_of_its_own_follow_ups_are_asked_with_how_they_are_answered() -> None:
    survey = real()
    shown = set()
    for question in survey.bank.questions[::9]:
        rows = json.loads(survey.rendered(question).row)["follow_ups"]
        for seed in range(4):
            item = mock._item(survey, Wish(30, seed), Asked(question, "", 4))
            asked = [each["asked"] for each in item["follow_ups"]]
            own = [row["question"]["markdown"] for row in rows]
            assert len(asked) == min(2, len(own))
            assert asked == [each for each in own if each in asked], "in the order of the bank"
            for each in item["follow_ups"]:
                answer = rows[own.index(each["asked"])]["answer"]["markdown"]
                assert " ".join(answer.split()).startswith(" ".join(each["point"].split()))
            shown.add((len(own), tuple(own.index(each) for each in asked)))
    assert {which for count, which in shown if count == 4} == {(a, b) for b in range(4) for a in range(b)}


def test_a_question_without_follow_ups_is_asked_alone() -> None:
    text, asked = sheet(Wish(10, 1, round="coding"), MINIBANK)
    assert names(asked) == ["precision"]
    assert "**a.**" not in text
    assert r"- [ ] The share of predicted positives that are positive, $`\tfrac{TP}{TP+FP}`$." in text


# -- the command


def qbank(*words: str, root: Path = MINIBANK) -> Result:
    return CliRunner().invoke(main, ["mock", "--bank", str(root), *words])


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seen(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\u200b\u2060\ufffe]+", "", unicodedata.normalize("NFKC", text))


def test_the_pdf_asks_on_its_first_pages_and_has_the_points_on_later_ones(elsewhere: Path) -> None:
    made = qbank("--role", "data-scientist", "--minutes", "45", "--seed", "12", root=BANK)
    assert made.exit_code == 0, made.output
    assert "45 minutes. Again: qbank mock --role data-scientist --minutes 45 --seed 12" in made.output
    assert sorted(path.name for path in Path("mock").iterdir()) == [
        "mock-12-a4.pdf",
        "mock-12-letter.pdf",
        "mock-12.md",
    ]
    survey = real()
    asked = chosen(survey.bank, Wish(45, 12, "data-scientist"))
    for size, width, height in (("a4", 595, 842), ("letter", 612, 792)):
        reader = pypdf.PdfReader(f"mock/mock-12-{size}.pdf")
        box = reader.pages[0].mediabox
        assert (round(box.width), round(box.height)) == (width, height)
        pages = [seen(page.extract_text()) for page in reader.pages]
        start = next(n for n, page in enumerate(pages) if "Pointstotick" in page)
        front, behind = "".join(pages[:start]), "".join(pages[start:])
        assert start > 0
        assert "seed12" in front
        for each in asked:
            row = json.loads(survey.rendered(each.question).row)
            assert seen(row["question"]["text"]) in front
            assert seen(each.question.title) in behind
            assert seen(row["answer"]["text"])[:25] in behind
            assert seen(row["answer"]["text"])[:25] not in front


def test_made_again_it_is_the_same_to_the_byte(elsewhere: Path) -> None:
    for _ in range(2):
        assert qbank("--seed", "5", "--minutes", "10").exit_code == 0
        assert qbank("--seed", "5", "--minutes", "10", "--out", "other").exit_code == 0
    for path in Path("mock").iterdir():
        assert path.read_bytes() == Path("other", path.name).read_bytes()


def test_what_somebody_ticked_is_never_overwritten(elsewhere: Path) -> None:
    qbank("--seed", "5", "--minutes", "10")
    page = Path("mock/mock-5.md")
    page.write_text(page.read_text(encoding="utf-8").replace("[ ]", "[x]", 1), encoding="utf-8")
    ticked = page.read_bytes()
    again = qbank("--seed", "5", "--minutes", "10")
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert page.read_bytes() == ticked


def test_without_a_seed_one_is_drawn_and_shown(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.cli.mock.find_spec", lambda name: None)
    shown = qbank("--minutes", "10")
    assert shown.exit_code == 0
    seed = re.search(r"Again: qbank mock --minutes 10 --seed (\d{6})$", shown.output.strip())
    assert seed
    assert f"seed {seed[1]}" in Path(f"mock/mock-{seed[1]}.md").read_text(encoding="utf-8")


def test_without_typst_the_sheet_is_markdown_alone(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.cli.mock.find_spec", lambda name: None)
    made = qbank("--seed", "5")
    assert made.exit_code == 0
    assert "pip install 'qbank[pdf]'" in made.output
    assert [path.name for path in Path("mock").iterdir()] == ["mock-5.md"]


def test_a_bank_without_roles_works(elsewhere: Path, roleless: Path) -> None:
    made = qbank("--seed", "1", "--minutes", "10", root=roleless)
    assert made.exit_code == 0, made.output
    assert "2 questions, 10 minutes" in made.output
    assert "this bank has no roles; leave --role out" in qbank("--role", "analyst", root=roleless).output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--role", "ml-enginer"], "there is no role 'ml-enginer'; did you mean 'ml-engineer'?"),
        (["--role", "chef"], "the roles are data-scientist, ml-engineer, ai-engineer, research"),
        (["--round", "codng"], "there is no round 'codng'; did you mean 'coding'?"),
        (["--topic", "tree"], "there is no topic 'tree'; did you mean 'trees'?"),
        (["--topic", "system-design", "--minutes", "10", "--role", "nobody"], "there is no role 'nobody'"),
        (["--minutes", "9"], "9 is not in the range 10<=x<=180"),
        (["--minutes", "181"], "181 is not in the range 10<=x<=180"),
        (["--minutes", "half"], "'half' is not a valid integer"),
        (["--seed", "-1"], "-1 is not in the range"),
        (["--seed", "lucky"], "'lucky' is not a valid integer"),
    ],
)
def test_wrong_words_are_told_with_what_to_do(words: list[str], told: str, elsewhere: Path) -> None:
    wrong = qbank(*words, root=BANK)
    assert wrong.exit_code == 2
    assert told in " ".join(wrong.output.split())
    assert not list(elsewhere.iterdir())


def test_a_topic_that_a_role_is_not_asked_is_told(elsewhere: Path) -> None:
    nothing = qbank("--topic", "linear-models", "--role", "engineer")
    assert nothing.exit_code == 2
    assert "no question is asked there; leave out --role or --topic" in nothing.output


def test_too_little_time_is_told_with_the_time_that_is_needed(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    design = bank([facts("d", kind="system-design")])
    monkeypatch.setattr("qbank.survey.Survey.bank", design)
    short = qbank("--minutes", "10", root=MINIBANK)
    assert short.exit_code == 2
    assert "each of these questions takes longer; give --minutes 15 or more" in " ".join(short.output.split())


def test_a_place_that_cannot_be_written_is_told(elsewhere: Path) -> None:
    Path("file").write_text("")
    assert qbank("--out", "file").exit_code == 2
    below = qbank("--out", "file/mock", "--minutes", "10")
    assert below.exit_code == 1
    assert "cannot write to" in below.output


def test_a_bank_with_errors_is_refused(elsewhere: Path, minibank: Path) -> None:
    (minibank / "evaluation" / "precision.yaml").write_text("question: What?\n", encoding="utf-8")
    refused = qbank(root=minibank)
    assert refused.exit_code == 1
    assert "precision.yaml" in refused.output
    assert qbank(root=elsewhere / "nowhere").exit_code == 2


def test_the_help_names_the_bounds_that_hold() -> None:
    assert (command.LEAST, command.MOST, command.USUAL) == (mock.LEAST, mock.MOST, mock.USUAL)
