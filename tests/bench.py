"""Measurements, as ratios within one run: `make bench`. Each is printed beside its budget; none is asserted.

    python tests/bench.py [--questions 10000]

The bank is synthetic: about 1,700 characters of Markdown a question, inline mathematics everywhere, display mathematics
in two of five, a table in one of five, code in one of five.
"""

from __future__ import annotations

import argparse
import gc
import io
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import genanki
import yaml

HERE = Path(__file__).parent
TIME = 1_793_491_200

WORDS = (
    "model loss data variance bias gradient feature sample label split tree weight prior error margin "
    "kernel cluster epoch batch layer score recall threshold fold noise signal penalty shrinkage estimate "
    "posterior"
).split()


def prose(seed: int, count: int) -> str:
    """Words that differ from question to question, with a formula now and then."""
    out = []
    for n in range(count):
        out.append(WORDS[(seed * 7 + n * (seed % 11 + 3)) % len(WORDS)])
        if n % 25 == 24:
            out.append(rf"$x_{{{n}}} \le \frac{{{seed}}}{{n + {n}}}$")
    return " ".join(out)


def question(n: int) -> str:
    """The YAML of one synthetic question."""
    more = ""
    if n % 5 < 2:
        more += f"\n\n  $$\\hat w_{{{n}}} = (X^\\top X + \\lambda I)^{{-1}} X^\\top y$$"
    if n % 5 == 2:
        more += f"\n\n  | a | b |\n  |---|---|\n  | {n} | $x_{n}$ |\n  | 2 | 3 |"
    if n % 5 == 3:
        more += f"\n\n  ```python\n  def f(x):\n      return x + {n}\n  ```"
    return (
        f"question: What does item{n} say of thing{n * 13 % 100003} and part{n * 29 % 100003}?\n"
        f"kind: concept\nlevel: core\nanswer: |\n  {prose(n, 45)}\nexplanation: |\n  {prose(n + 1, 120)}{more}\n"
        f"pitfalls:\n  - {prose(n + 2, 20)}\nfollow_ups:\n  - question: What of {n}?\n    answer: {prose(n + 3, 25)}\n"
        f"cards:\n  - id: one\n    front: What is fact {n} of the first kind?\n    back: Number {n}.\n"
        f"  - id: two\n    cloze: 'Fact {n} holds {{{{c1::$x^{{2}}$}}}} and {{{{c2::{WORDS[n % len(WORDS)]}}}}}.'\n"
        f"references:\n  - work: esl\n"
    )


def make_bank(folder: Path, count: int) -> Path:
    """A bank of `count` synthetic questions."""
    import shutil

    root = Path(shutil.copytree(HERE / "minibank", folder / f"bank-{count}"))
    for path in (root / "linear-models").iterdir():
        path.unlink()
    (root / "evaluation" / "precision.yaml").unlink()
    for n in range(count):
        (root / "linear-models" / f"question-{n}.yaml").write_text(question(n), encoding="utf-8")
    return root


def cpu(work: Callable[[], object], repeats: int = 3) -> float:
    """The median of the processor time of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def command(*words: str, repeats: int = 9) -> float:
    """The median of the wall time of a command, in seconds."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *words], check=False, capture_output=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def peak(root: Path, what: str) -> float:
    """The largest memory of a fresh process that checks a bank or builds its decks, in MiB."""
    program = {
        "check": f"from qbank.check import check; check(Path({str(root)!r}))",
        "build": (
            "from qbank.check import check; from qbank.outputs import anki; "
            "from qbank.outputs.artifact import Edition\n"
            f"bank, _ = check(Path({str(root)!r}))\n"
            f"for artifact in anki.build(bank, Edition('bench', {TIME})): pass"
        ),
    }[what]
    code = (
        # Not ru_maxrss: a child inherits the peak of the process that started it.
        f"from pathlib import Path\n{program}\n"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(run.stdout.split()[-2]) / 1024


def plain_apkg(rows: list[tuple[str, str]], cards: int) -> None:
    """The floor: the same rows into a database file, zipped with the same compression."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        connection = sqlite3.connect(path)
        connection.execute("create table notes (id integer primary key, guid text, flds text)")
        connection.execute("create table cards (id integer primary key, nid integer, due integer)")
        connection.executemany("insert into notes values (?, ?, ?)", ((n, *row) for n, row in enumerate(rows)))
        connection.executemany("insert into cards values (?, ?, ?)", ((n, n, n) for n in range(cards)))
        connection.commit()
        connection.close()
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.write(path, "collection.anki2")


def show(what: str, value: float, budget: float | None) -> None:
    """One line of the result."""
    limit = "" if budget is None else f"budget {budget:g}  {'ok' if value <= budget else 'OVER'}"
    print(f"{what:74} {value:7.2f}  {limit}", flush=True)


def start_up() -> None:
    """How long it takes until something is shown."""
    base = command("-c", "pass")
    for words in (["--help"], ["--version"]):
        show(f"qbank {words[0]} : python -c pass", command("-m", "qbank.cli", *words) / base, 5)
    show("qbank check, the real bank, seconds", command("-m", "qbank.cli", "check", repeats=3), None)


def reading(roots: dict[int, Path]) -> dict[int, float]:
    """Reading and checking against PyYAML's safe C loader and markdown-it-py on the same texts."""
    from qbank.check import check
    from qbank.load import load, question_files
    from qbank.markup import document
    from qbank.model import Line, Markdown, texts

    def cold(root: Path) -> None:
        document._parse.cache_clear()
        from qbank.check import text

        text._tex_error.cache_clear()
        check(root)

    cost = {}
    for count, root in roots.items():
        files = [Path(path) for path in question_files(root)[0]]
        yaml_load = cpu(lambda files=files: [yaml.load(f.read_bytes(), yaml.CSafeLoader) for f in files])
        show(f"read and check shapes, {count:,} : CSafeLoader", cpu(lambda root=root: load(root)) / yaml_load, 1.2)
        marked = [str(t) for q in load(root)[0].questions for t in texts(q) if isinstance(t, Markdown | Line)]
        parser = document._parser(False)
        floor = yaml_load + cpu(lambda marked=marked, parser=parser: [parser.parse(t) for t in marked])
        cost[count] = cpu(lambda root=root: cold(root))
        show(f"whole check, cold, {count:,} : that load + one Markdown parse", cost[count] / floor, 1.3)
    return cost


def decks(root: Path) -> None:
    """Writing a package from ready notes."""
    from qbank.check import check
    from qbank.outputs import anki
    from qbank.outputs.artifact import Edition

    bank, _ = check(root)
    edition = Edition("bench", TIME)
    stamped = anki._stamp(bank, edition)
    rows = [(f"guid{n:09}", "\x1f".join(note.fields.values())) for n, note in enumerate(each.note for each in stamped)]
    cards = sum(len(each.note.cards) for each in stamped)
    ours = cpu(lambda: anki._package(bank, edition, "x.apkg", stamped))
    show(f"write {len(rows):,} notes : plain sqlite and zip", ours / cpu(lambda: plain_apkg(rows, cards)), 2.0)

    def as_it_is() -> None:
        deck = genanki.Deck(1, "x")
        for each in stamped:
            deck.add_note(genanki.Note(each.model, list(each.fields), guid=each.guid))
        with tempfile.TemporaryDirectory() as folder:
            genanki.Package(deck).write_to_file(Path(folder) / "x.apkg", timestamp=TIME)

    show(f"write {len(rows):,} notes (deflated) : genanki as it is (stored)", ours / cpu(as_it_is, 1), 0.7)


def main() -> None:
    """Run all measurements."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--questions", type=int, default=10_000, help="size of the large synthetic bank")
    large = arguments.parse_args().questions
    gc.disable()  # as the command line does
    small = max(1, large // 10)
    start_up()
    with tempfile.TemporaryDirectory() as folder:
        roots = {count: make_bank(Path(folder), count) for count in (small, large)}
        cost = reading(roots)
        show(f"whole check, {large:,} : {small:,} (linear is 10)", cost[large] / cost[small], 11)
        decks(roots[large])
        for what in ("check", "build"):
            show(
                f"peak memory of {what}, {large:,} : {small:,}", peak(roots[large], what) / peak(roots[small], what), 2
            )


if __name__ == "__main__":
    main()
