"""What is installed is what the lock files name, byte for byte, and comes from wherever the machine takes packages."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import REPOSITORY

LOCKS = sorted(path.name for path in REPOSITORY.glob("requirements*.lock"))
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
BUILT = [*PROJECT["project"]["dependencies"], *EXTRAS["pdf"], *EXTRAS["preview"], *GROUPS["build"]]
#: What each lock must hold.
NEEDED = {
    "requirements.lock": BUILT,
    "requirements-test.lock": [*BUILT, *EXTRAS["test"]],
    "requirements-reviewer.lock": GROUPS["reviewer"],
    "requirements-audit.lock": GROUPS["audit"],
}


def entries(lock: str) -> list[str]:
    """The requirements of a lock file, each with its hashes on one line."""
    text = (REPOSITORY / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def versions(lock: str) -> dict[str, str]:
    """What a lock file pins, by names."""
    pinned = [re.match(r"([\w.-]+)==([^\s;]+)", line) for line in entries(lock)]
    return {canonicalize_name(each[1]): each[2] for each in pinned if each}


def test_every_lock_is_known() -> None:
    assert sorted(NEEDED) == LOCKS


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_host(lock: str) -> None:
    for line in entries(lock):
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^@:]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", line), line
    assert "://" not in (REPOSITORY / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_asks_for(lock: str) -> None:
    pinned = versions(lock)
    for text in NEEDED[lock]:
        wanted = Requirement(text)
        name = canonicalize_name(wanted.name)
        assert name in pinned, f"{name}: run `make lock`"
        assert wanted.specifier.contains(pinned[name]), f"{name} {pinned[name]} is not {wanted}: run `make lock`"


def test_tests_run_with_what_a_build_runs_with() -> None:
    assert versions("requirements.lock").items() <= versions("requirements-test.lock").items()
    assert versions("requirements-reviewer.lock")["aqt"] == versions("requirements-test.lock")["anki"]


def test_the_build_backend_is_one_of_the_locked_packages() -> None:
    assert PROJECT["build-system"]["requires"] == [each for each in GROUPS["build"] if each.startswith("hatchling")]


def test_what_make_sets_up_with_a_lock_it_checks_by_hash_and_runs_nothing_of() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "LOCKED := $(INSTALL) --require-hashes --only-binary :all:" in makefile
    assert "EDITABLE := $(INSTALL) --no-deps --no-build-isolation -e ." in makefile
    read = re.findall(r"\$\(LOCKED\).*? -r (\S+)$", makefile, re.MULTILINE)
    assert sorted(read) == LOCKS
    assert len(re.findall(r"-r requirements", makefile)) == len(LOCKS)
