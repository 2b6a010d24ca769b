"""What tests share: a small bank, and ways to read, change and build banks."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from qbank import dist
from qbank.bank import layout, load
from qbank.bank.model import Question
from qbank.outputs import PLAIN, jobs
from qbank.outputs.job import Edition
from qbank.problem import errors
from qbank.source.places import Located, located
from qbank.source.reader import read
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
MINIBANK = HERE / "minibank"
BANK = REPOSITORY / "bank"
#: A time for builds in tests: 2026-11-01T00:00:00Z.
TIME = 1_793_491_200
#: The tag of retired notes in a bank that names no prefix of its own.
RETIRED = "qbank::retired"

# What `make fuzz` takes: a hundred times the examples of the other profiles.
settings.register_profile("fuzz", max_examples=10_000, deadline=None, database=None, print_blob=True)

# Commands that tests run keep nothing, and find nothing that others kept.
os.environ["QBANK_CACHE"] = "off"
# Nor do they show colors, whatever the terminal of the tests is told.
os.environ.pop("FORCE_COLOR", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--backwards`: the tests in the opposite order."""
    parser.addoption("--backwards", action="store_true", help="run the tests in the opposite order")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """No test's result may depend on the tests that ran before it in the same process."""
    if config.getoption("backwards"):
        items.reverse()


def pytest_sessionstart() -> None:
    """Where the same examples are to be taken every time, take them from the test alone.

    Hypothesis also tries constants of our modules as far as they are loaded, which depends on the tests that ran before
    in the same process. It has no setting for that.
    """
    if settings().derandomize:
        providers._get_local_constants = providers.Constants


@cache
def store() -> Store:
    """What the tests of one process keep: whatever is found in it would be made again as it is."""
    made = Store.temporary()
    atexit.register(made.close)
    return made


def surveyed(root: Path) -> Survey:
    """A survey of the bank in a folder."""
    return Survey(Folder(root), store(), rendering=True)


def problems(root: Path) -> list[Located]:
    """What is wrong with the bank in a folder, with lines and columns."""
    survey = surveyed(root)
    return located(survey.tree, survey.verdict.problems)


def questions(root: Path) -> list[Question]:
    """Every question of the bank in a folder that can be read."""
    tree = Folder(root)
    settings = load.header(tree)[0].settings
    read_all = (load.question(read(tree, path), settings, []) for path in layout.question_paths(tree))
    return [question for question in read_all if question]


def add(root: Path, name: str, topic: str = "linear-models", **fields: Any) -> None:
    """A question more, in a bank that is a copy."""
    whole = {
        "title": f"Title {name}",
        "question": f"Question {name}?",
        "kind": "concept",
        "level": "core",
        "answer": "Yes.",
        "explanation": "So.",
    }
    (root / topic / f"{name}.yaml").write_text(yaml.safe_dump(whole | fields, allow_unicode=True), encoding="utf-8")


def build(root: Path, out: Path, *only: str, edition: Edition | None = None) -> list[str]:
    """Build outputs (all that a plain build makes, by default) of the bank in a folder, and give their paths."""
    survey = surveyed(root)
    assert not errors(survey.verdict.problems)
    planned = {name: jobs(name, survey, edition or Edition("test", TIME)) for name in only or PLAIN}
    return dist.write(out, planned, survey.store)


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python some work runs through: its cost on any machine, however busy.

    What happens inside a regular expression, or in a library written in C, is not counted.
    """
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return step

    known = sys.gettrace()
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(known)
    return count


@pytest.fixture
def minibank(tmp_path: Path) -> Path:
    """A copy of the small bank, to be changed at will."""
    return Path(shutil.copytree(MINIBANK, tmp_path / "bank"))


@pytest.fixture
def roleless(minibank: Path) -> Path:
    """The small bank without roles and rounds."""
    text = (minibank / "bank.yaml").read_text(encoding="utf-8")
    start, end = text.index("roles:"), text.index("topics:")
    bare = (text[:start] + text[end:]).replace(", roles: [analyst], rounds: [theory]", "")
    (minibank / "bank.yaml").write_text(bare, encoding="utf-8")
    precision = minibank / "evaluation" / "precision.yaml"
    precision.write_text(
        precision.read_text(encoding="utf-8").replace("rounds: [coding, theory]\n", ""), encoding="utf-8"
    )
    return minibank


@pytest.fixture(scope="session")
def mini_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small bank outside of any repository, which is only read."""
    return Path(shutil.copytree(MINIBANK, tmp_path_factory.mktemp("mini") / "bank"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks and data of the real bank, as `qbank build` writes them."""
    assert not errors(surveyed(BANK).verdict.problems)
    out = tmp_path_factory.mktemp("built")
    build(BANK, out, "anki", "data")
    return out


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Markdown of the real bank, as `qbank build` writes it where there is no typst."""
    out = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qbank.outputs.sheets.find_spec", lambda name: None)
        build(BANK, out, "markdown", "cheatsheets")
    return out
