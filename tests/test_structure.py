"""The house stays in order: data flows one way, heavy libraries stay where they are needed, text names no place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

#: The parts of the package: each imports only from those to its left.
RIVER = (
    "usage",
    "problem",
    "git",
    "tree",
    "program",
    "scratch",
    "store",
    "workers",
    "progress",
    "words",
    "source",
    "bank",
    "walls",
    "run",
    "ledger",
    "markup",
    "check",
    "render",
    "entries",
    "typefaces",
    "survey",
    "fix",
    "outputs",
    "dist",
    "release",
    "comparison",
    "preview",
    "cli",
    "__main__",
)
#: What may reach the disk: the door to the files of a bank, what reads templates or sets them, what keeps or writes
#: files, and commands.
DISK = (
    "tree",
    "program",
    "scratch",
    "store",
    "walls",
    "run",
    "outputs/types",
    "outputs/paper",
    "outputs/package",
    "dist",
    "cli",
)
#: Lines of a module, and the one that is allowed more: the grammar of TeX is one thing.
MOST_LINES, LONG = 450, "markup/tex/parser.py"
PACKAGE = REPOSITORY / "generator" / "qbank"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def imported(path: Path, *, at_start_only: bool = False) -> set[str]:
    """The modules that a file imports; with `at_start_only` those that are imported with it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if at_start_only else list(ast.walk(tree))
    out = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            out.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            out.update({module, *(f"{module}.{alias.name}" for alias in node.names)})
    return out


def stage(module: str) -> str:
    return module.removesuffix(".py").split("/")[0]


def called(module: str) -> set[str]:
    """The functions that a module calls but does not define: `name`, `module.name`, and `.name` of any value."""
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    plain = {each.id for each in calls if isinstance(each, ast.Name)} - own
    asked = [each for each in calls if isinstance(each, ast.Attribute)]
    dotted = {f"{each.value.id}.{each.attr}" for each in asked if isinstance(each.value, ast.Name)}
    return plain | dotted | {f".{each.attr}" for each in asked}


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 60
    assert LONG in MODULES
    assert {stage(module) for module in MODULES} > {"check", "outputs", "cli"}


def test_every_module_has_its_place_in_the_river() -> None:
    assert {stage(module) for module in MODULES} - {"__init__"} == set(RIVER)


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) != "__init__"])
def test_a_module_imports_only_from_its_left(module: str) -> None:
    used = {name.split(".")[1] for name in imported(PACKAGE / module) if name.startswith("qbank.")}
    right = {name for name in used if name in RIVER and RIVER.index(name) > RIVER.index(stage(module))}
    assert not right


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints_or_exits(module: str) -> None:
    if stage(module) == "cli":
        return
    assert not called(module) & {"print", "input", "exit", "eval", "exec", "compile", "sys.exit", "os._exit"}
    assert not imported(PACKAGE / module) & {"click"}


@pytest.mark.parametrize("module", MODULES)
def test_a_bank_is_read_through_one_door(module: str) -> None:
    """What outputs write is at a path that they are given; everything else comes from a tree."""
    if stage(module) in DISK or module.removesuffix(".py") in DISK:
        return
    reaching = {"open", "Path", ".read_text", ".read_bytes", ".iterdir", ".glob", ".rglob"}
    reaching |= {"io.open", "os.open", "os.walk", "os.listdir", "os.scandir"}
    assert not called(module) & reaching


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read_in_one_sitting(module: str) -> None:
    lines = len((PACKAGE / module).read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES or module == LONG


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) != "cli"])
def test_outputs_do_not_ask_the_clock_or_chance(module: str) -> None:
    assert not imported(PACKAGE / module) & {"time", "random", "datetime", "uuid", "secrets"}


@pytest.mark.parametrize("module", MODULES)
def test_the_command_line_asks_the_clock_only(module: str) -> None:
    assert not imported(PACKAGE / module) & {"random", "datetime", "uuid", "secrets"}


@pytest.mark.parametrize("module", MODULES)
def test_test_tools_are_not_part_of_the_product(module: str) -> None:
    assert not {name.split(".")[0] for name in imported(PACKAGE / module)} & {"anki", "aqt", "numpy", "pytest"}


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--help"], {"yaml", "jinja2", "markdown_it", "genanki", "typst", "pygments"}),
        (["check", "--bank", "tests/minibank"], {"genanki", "typst", "jinja2"}),
    ],
)
def test_heavy_imports_wait_until_they_are_needed(words: list[str], absent: set[str]) -> None:
    program = (
        "import sys\nfrom qbank.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\nprint('MODULES', *sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    loaded = set(run.stdout.split("MODULES")[1].split())
    assert "click" in loaded
    assert not loaded & absent


def test_no_file_names_a_place_on_a_machine_or_a_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=True,
    ).stdout.split("\n")
    files = [REPOSITORY / name for name in listed if name and not name.endswith((".ttf", ".png", ".svg"))]
    assert len(files) > 50
    places = re.compile(r"(?<![\w.-])/(home|work|Users|farm)/[a-z]|files\.pythonhosted|" + "pypi" + r"\.org")
    named = [
        f"{path.name}: {match[0]}"
        for path in files
        if path.is_file()
        and (match := places.search(path.read_text(encoding="utf-8", errors="replace")))
        and path.name != "test_structure.py"
    ]
    assert named == []


def test_modules_of_tests_have_names_of_their_own() -> None:
    """All of them are imported by their bare names: of two that share one, chance says which is found."""
    names = [path.stem for path in (REPOSITORY / "tests").glob("**/*.py") if path.stem != "conftest"]
    assert len(names) > 50
    assert sorted(names) == sorted(set(names))
