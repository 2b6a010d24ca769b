"""What the bank states in code is true: solutions pass their tests, checks hold, figures are reproduced.

Nothing of it may depend on the processor. QBANK_NUMERICS names the variants to compute on (keys of VARIANTS, with
commas); without it that is the processor as it is, with one thread.
"""

from __future__ import annotations

import ast
import atexit
import json
import os
import platform
import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as numpy_core

import quality
from conftest import BANK, HERE, questions
from qbank import run
from qbank.bank.model import Program, Question
from qbank.run import Limits, Machine, Outcome, Runner

QUESTIONS = questions(BANK)
ENTRIES = {entry.name: entry for entry in quality.entries(BANK)}
CODING = [question for question in QUESTIONS if question.code.solution]
CHECKED = [question for question in QUESTIONS if question.checks]
FIGURES = sorted((BANK / "figures").glob("*.svg"))
#: Seconds after which a run is taken to hang: far more than the slowest takes on a busy machine.
LIMITS = Limits(seconds=900)
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

#: The features of this processor for which NumPy has code of its own beyond what it always uses, lowest first.
DISPATCHED = [name for name in numpy_core.__cpu_dispatch__ if numpy_core.__cpu_features__[name]]
#: What OpenBLAS calls the plainest processor of this kind, and what it says when it computes as that.
PLAINEST, SAID = {"x86_64": ("Prescott", {"Prescott", "Katmai"}), "aarch64": ("ARMV8", {"armv8"})}.get(
    platform.machine(), ("", set())
)
#: The mathematics of glibc without fused multiplication and addition.
NO_FMA = "glibc.cpu.hwcaps=-AVX2,-FMA" if platform.machine() == "x86_64" else ""


def processor(
    seed: int, *, threads: int = 1, without: list[str] | None = None, blas: str = "", libm: str = ""
) -> dict[str, str]:
    """What makes NumPy, OpenBLAS and glibc compute as on another processor; hashes have another seed, too."""
    chosen = {
        "PYTHONHASHSEED": str(seed),
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        # What is left of the processor is what whoever runs the tests left of it.
        "NPY_DISABLE_CPU_FEATURES": " ".join(without or []) or os.environ.get("NPY_DISABLE_CPU_FEATURES", ""),
        "OPENBLAS_CORETYPE": blas,
        "GLIBC_TUNABLES": libm,
    }
    return {name: value for name, value in chosen.items() if value}


VARIANTS = {
    "plain": processor(0),
    "novector": processor(1, without=DISPATCHED, blas=PLAINEST, libm=NO_FMA),
    # The first level of vector units without the higher ones, as many processors have it.
    "middle": processor(2, without=DISPATCHED[1:], blas="Haswell" if numpy_core.__cpu_features__.get("AVX2") else ""),
    "threads2": processor(3, threads=2),
    "novector-threads2": processor(4, threads=2, without=DISPATCHED, blas=PLAINEST, libm=NO_FMA),
}
CHOSEN = os.environ.get("QBANK_NUMERICS", "plain").split(",")


def python(question: Question) -> str:
    """The Python that has what a solution imports. Where there is none the test is skipped, loudly."""
    if "torch" not in question.code.requires:
        return sys.executable
    found = Path(sys.prefix) / "torch" / "bin" / "python"
    if not found.exists():
        message = f"PyTorch is not installed, so the solution of {question.name} IS NOT RUN: `make torch` installs it"
        if os.environ.get("QBANK_REQUIRE_TORCH"):
            pytest.fail(message)
        pytest.skip(message)
    return str(found)


@cache
def on(variant: str, python: str = sys.executable) -> Runner:
    """Another processor, with another interpreter, that has imported what most programs need where it can be forked."""
    machine = Machine(python, VARIANTS[variant], LIMITS)
    if not hasattr(os, "fork"):
        return machine
    from warm import Warm

    modules = ["numpy", "scipy.stats", "matplotlib.pyplot"] if python == sys.executable else ["torch"]
    warm = Warm(machine, ["pytest", *modules])
    atexit.register(warm.close)
    return warm


def program(variant: str, source: str, *words: str, files: dict[str, str] | None = None) -> Outcome:
    """What a program prints, run as on another processor."""
    return on(variant).run({**(files or {}), "program.py": source}, ["program.py", *words])


#: What NumPy and OpenBLAS say of the processor that they compute on.
PROBE = """
import json
import numpy, scipy.linalg, threadpoolctl
from numpy._core import _multiarray_umath as core
pools = threadpoolctl.threadpool_info()
print(json.dumps({
    "features": [name for name in core.__cpu_dispatch__ if core.__cpu_features__[name]],
    "threads": sorted({pool["num_threads"] for pool in pools}),
    "blas": sorted({pool["architecture"] for pool in pools if pool["internal_api"] == "openblas"}),
}))
"""


@pytest.mark.parametrize("variant", CHOSEN)
def test_a_variant_of_the_processor_is_in_force(variant: str) -> None:
    """NumPy ignores a name that it does not know, with a warning that is hidden: so it is asked what is left."""
    result = program(variant, PROBE)
    assert result.passed, result.said[-3000:]
    found, asked = json.loads(result.said.splitlines()[-1]), VARIANTS[variant]
    disabled = asked.get("NPY_DISABLE_CPU_FEATURES", "").split()
    assert found["features"] == [name for name in DISPATCHED if name not in disabled]
    assert found["threads"] == [min(int(asked["OMP_NUM_THREADS"]), CORES)]
    if kernel := asked.get("OPENBLAS_CORETYPE"):
        assert set(found["blas"]) <= (SAID if kernel == PLAINEST else {kernel})


def test_ties_are_broken_on_purpose() -> None:
    """Without a stable kind, the vector unit at hand decides the order of ties."""
    sources = {path.name: path.read_text(encoding="utf-8") for path in (BANK / "figures").glob("*.py")}
    sources |= {question.name: f"{question.checks}\n{question.code.solution}" for question in QUESTIONS}
    sorts = [
        f"{name}: {line.strip()}"
        for name, text in sources.items()
        for line in text.splitlines()
        for _ in re.findall(r"\barg(?:sort|partition)\(", line)
    ]
    assert len(sorts) > 5
    assert [line for line in sorts if 'kind="stable"' not in line] == []


def test_there_is_code_to_run() -> None:
    assert CODING
    assert len(CHECKED) > 20
    assert FIGURES


@pytest.mark.parametrize("variant", CHOSEN)
@pytest.mark.parametrize("question", CODING, ids=[question.name for question in CODING])
def test_a_solution_passes_its_tests(question: Question, variant: str) -> None:
    result = run.solution(question, on(variant, python(question)))
    assert result.passed, result.said[-3000:]


def empty(solution: str) -> str:
    """A module with the names of a solution, which do nothing and hold nothing."""
    made = ast.parse(solution).body
    defined = [each.name for each in made if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    targets = (target for each in made if isinstance(each, ast.Assign) for target in each.targets)
    held = [target.id for target in targets if isinstance(target, ast.Name)]
    lines = [f"def {name}(*args, **kwargs): return None" for name in defined]
    return "\n".join([*lines, *(f"{name} = None" for name in held)])


@pytest.mark.parametrize("question", CODING, ids=[question.name for question in CODING])
def test_the_tests_of_a_solution_fail_without_it(question: Question) -> None:
    nothing = "SELECT NULL WHERE FALSE" if question.code.language == "sql" else empty(question.code.solution)
    without = replace(question, code=replace(question.code, stub=Program(nothing)))
    result = run.stub(without, on("plain", python(question)))
    assert result.passed, result.said[-3000:]


@pytest.mark.parametrize("question", CODING, ids=[question.name for question in CODING])
def test_a_stub_leaves_something_to_do(question: Question) -> None:
    result = run.stub(question, on("plain", python(question)))
    assert result.passed, result.said[-3000:]


@pytest.mark.parametrize("variant", CHOSEN)
@pytest.mark.parametrize("question", CHECKED, ids=[question.name for question in CHECKED])
def test_the_numbers_of_an_answer_are_recomputed(question: Question, variant: str) -> None:
    witness = (HERE / "witness.py").read_text(encoding="utf-8")
    result = program(variant, witness, "checks.py", files={"checks.py": str(question.checks)})
    assert result.passed, result.said[-3000:]
    assert "assert " in question.checks
    seen = json.loads(result.said.splitlines()[-1])
    assert list(quality.untied(ENTRIES[question.name], seen)) == []


def named(svg: str) -> str:
    """A drawing whose ids are counted: Matplotlib makes them of hashes of numbers whose last digits may differ."""
    ids: dict[str, str] = {}
    return re.sub(r"\b[a-z][0-9a-f]{10}\b", lambda found: ids.setdefault(found[0], f"id{len(ids)}"), svg)


@pytest.mark.parametrize("variant", CHOSEN)
@pytest.mark.parametrize("figure", FIGURES, ids=[figure.stem for figure in FIGURES])
def test_a_figure_is_what_its_script_draws(figure: Path, variant: str) -> None:
    script = figure.with_suffix(".py").read_text(encoding="utf-8")
    # What figures share stays where it finds the fonts, and leaves nothing there.
    found = f"import sys; sys.dont_write_bytecode = True; sys.path.append({str(BANK / 'figures')!r})\n"
    shown = "\nfrom pathlib import Path\nprint(Path(__file__).with_suffix('.svg').read_text(encoding='utf-8'))\n"
    result = on(variant).run({f"{figure.stem}.py": found + script + shown}, [f"{figure.stem}.py"])
    assert result.passed, result.said[-3000:]
    drawn = named(result.said[result.said.index("<?xml") :].rstrip("\n") + "\n")
    kept = named(figure.read_text(encoding="utf-8"))
    number = re.compile(r"(?<![\w.])-?\d+\.?\d*(?:e-?\d+)?")  # not the digits of an id, such as m7e880
    assert number.sub("0", drawn) == number.sub("0", kept)
    # The last digits may differ between processors; a hundredth of a point cannot be seen.
    pairs = zip(number.findall(drawn), number.findall(kept), strict=True)
    assert all(abs(float(one) - float(other)) < 0.01 for one, other in pairs)
