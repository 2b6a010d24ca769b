"""A build is a list of jobs that any engine can run: named by keys, made alone, and the same wherever they are made."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from qbank.cli import main


def qbank(*words: str | Path, store: Path | str = "off") -> Result:
    return CliRunner().invoke(main, list(map(str, words)), env={"QBANK_CACHE": str(store)})


def planned(bank: Path, *words: str, store: Path | str = "off") -> list[dict[str, Any]]:
    run = qbank("plan", "--json", "--bank", bank, *words, store=store)
    assert run.exit_code == 0, run.output
    jobs: list[dict[str, Any]] = json.loads(run.stdout)["jobs"]
    return jobs


def files(out: Path) -> dict[str, bytes]:
    found = [path for path in out.rglob("*") if path.is_file() and ".qbank" not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def made(store: Path) -> int:
    """How often something was put into a store."""
    connection = sqlite3.connect(store / "store-1.sqlite")
    try:
        return int(connection.execute("SELECT max(id) FROM store").fetchone()[0])
    finally:
        connection.close()


def test_a_plan_lists_what_a_build_writes(mini_root: Path, tmp_path: Path) -> None:
    jobs = planned(mini_root)
    assert qbank("build", "--bank", mini_root, "--out", tmp_path).exit_code == 0
    assert {job["path"] for job in jobs} == files(tmp_path).keys()
    assert qbank("plan", "--bank", mini_root).stdout.split() == [job["path"] for job in jobs]
    assert {job["output"] for job in planned(mini_root, "--only", "book")} == {"book"}
    assert {job["path"] for job in jobs if job["weight"]} >= {"cheatsheets/evaluation-a4.pdf"}


def test_keys_change_with_what_their_files_are_made_of(minibank: Path) -> None:
    before = {job["path"]: job["key"] for job in planned(minibank)}
    assert {job["path"]: job["key"] for job in planned(minibank)} == before
    page = minibank / "evaluation" / "precision.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("title: Precision", "title: Exactness"), encoding="utf-8")
    after = {job["path"]: job["key"] for job in planned(minibank)}
    changed = {path for path in before if after[path] != before[path]}
    assert "markdown/evaluation.md" in changed
    assert "data/figures/line.svg" not in changed


def test_two_processes_with_one_store_make_the_jobs_and_a_build_has_nothing_left_to_make(
    mini_root: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    paths = [job["path"] for job in planned(mini_root, store=store)]
    program = [sys.executable, "-c", "from qbank.__main__ import main; main()", "build", "--bank", str(mini_root)]
    running = [
        subprocess.Popen(
            [
                *program,
                "--out",
                str(tmp_path / f"part-{n}"),
                *(word for path in paths[n::2] for word in ("--job", path)),
            ],
            env={**os.environ, "QBANK_CACHE": str(store)},
            stdout=subprocess.DEVNULL,
        )
        for n in range(2)
    ]
    assert [process.wait() for process in running] == [0, 0]
    parts = [files(tmp_path / f"part-{n}") for n in range(2)]
    assert [part.keys() for part in parts] == [set(paths[0::2]), set(paths[1::2])]
    assert all(job["kept"] for job in planned(mini_root, store=store))

    before = made(store)
    assert qbank("build", "--bank", mini_root, "--out", tmp_path / "whole", store=store).exit_code == 0
    assert made(store) == before
    assert qbank("build", "--bank", mini_root, "--out", tmp_path / "plain").exit_code == 0
    assert files(tmp_path / "whole") == files(tmp_path / "plain") == parts[0] | parts[1]


def test_a_job_leaves_the_other_files_of_a_folder_as_they_are(mini_root: Path, tmp_path: Path) -> None:
    build = ("build", "--bank", mini_root, "--out", tmp_path)
    assert qbank(*build, "--only", "data").exit_code == 0
    before = files(tmp_path)
    run = qbank(*build, "--job", "markdown/evaluation.md")
    assert run.exit_code == 0
    assert run.output.startswith("1 files in ")
    assert before.items() < files(tmp_path).items()
    assert files(tmp_path).keys() - before.keys() == {"markdown/evaluation.md"}


def test_a_job_may_be_of_an_output_that_a_plain_build_leaves_out(mini_root: Path, tmp_path: Path) -> None:
    path = planned(mini_root, "--only", "site")[0]["path"]
    assert qbank("build", "--bank", mini_root, "--out", tmp_path, "--job", path).exit_code == 0
    assert files(tmp_path).keys() == {path}


@pytest.mark.parametrize("more", [("--only", "data"), ("--topic", "evaluation"), ("--preview",)])
def test_a_job_is_named_without_what_else_chooses_files(mini_root: Path, more: tuple[str, ...]) -> None:
    run = qbank("build", "--bank", mini_root, "--job", "data/questions.json", *more)
    assert run.exit_code == 2
    assert "--job names the files that are written" in run.output


def test_a_job_that_nobody_plans_is_answered_with_near_ones(mini_root: Path) -> None:
    run = qbank("build", "--bank", mini_root, "--job", "markdown/evaluatoin.md")
    assert run.exit_code == 2
    assert "did you mean 'markdown/evaluation.md'?" in run.output


def test_nothing_is_planned_of_a_bank_with_errors(minibank: Path) -> None:
    (minibank / "evaluation" / "precision.yaml").write_text("title: [", encoding="utf-8")
    run = qbank("plan", "--json", "--bank", minibank)
    assert run.exit_code == 1
    assert not run.stdout
