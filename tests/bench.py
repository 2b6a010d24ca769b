"""Measurements, as ratios within one run: `make bench`. Each is printed with its bound and a verdict; none is asserted.

    python tests/bench.py [--questions 10000] [--before REVISION] [--only WORD]

`--only scale --questions 100000` makes a bank of a hundred thousand copies of real questions (`copies.py`).

The synthetic bank has 21 topics and a full ledger; a question has about 1,700 characters of Markdown, inline
mathematics everywhere, display mathematics in two of five, a table in one of five, code in one of five. Each ratio is
the median of pairs that are measured in turn, so that a machine that others use, too, slows both sides alike.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import os
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import copies
import genanki
import peers
import yaml

from qbank import release, survey
from qbank.bank import layout, load
from qbank.bank.layout import LEDGER
from qbank.bank.model import Line, Markdown, texts
from qbank.markup import document
from qbank.outputs import anki, package
from qbank.outputs.job import Edition
from qbank.problem import errors
from qbank.source.reader import read
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder
from qbank.workers import collect_seldom

HERE = Path(__file__).parent
BANK = HERE.parent / "bank"
TIME = 1_793_491_200
TOPICS = 21
#: The revision whose build is the measure of ours: the last one without a store and without worker processes.
BEFORE = "fd24d9a"
#: The outputs that it makes, too.
_OLDEST = ("anki", "cheatsheets", "collection", "data")

#: What is measured.
PARTS = "start-up, again, builds, papers, reading, decks, memory, scale, peers"

WORDS = (
    "model loss data variance bias gradient feature sample label split tree weight prior error margin "
    "kernel cluster epoch batch layer score recall threshold fold noise signal penalty shrinkage estimate "
    "posterior"
).split()


# -- what is measured


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
        f"title: Item {n}\naliases: [item number {n}, thing {n}]\n"
        f"question: What does item{n} say of thing{n * 13 % 100003} and part{n * 29 % 100003}?\n"
        f"kind: concept\nlevel: core\nanswer: |\n  {prose(n, 45)}\nexplanation: |\n  {prose(n + 1, 120)}{more}\n"
        f"pitfalls:\n  - {prose(n + 2, 20)}\nfollow_ups:\n  - question: What of {n}?\n    answer: {prose(n + 3, 25)}\n"
        f"cards:\n  - id: one\n    front: What is fact {n} of the first kind?\n    back: Number {n}.\n"
        f"  - id: two\n    cloze: 'Fact {n} holds {{{{c1::$x^{{2}}$}}}} and {{{{c2::{WORDS[n % len(WORDS)]}}}}}.'\n"
        f"references:\n  - work: esl\n"
    )


def make_bank(folder: Path, count: int) -> Path:
    """A bank of `count` synthetic questions in 21 topics, all of them released."""
    root = Path(shutil.copytree(HERE / "minibank", folder / f"bank-{count}"))
    shutil.rmtree(root / "evaluation")
    shutil.rmtree(root / "linear-models")
    head = (root / "bank.yaml").read_text(encoding="utf-8").partition("topics:")[0]
    rows = [f"  - {{name: topic-{n}, title: Topic {n}, deck: {n:02} Topic, color: '#1d5fa8'}}\n" for n in range(TOPICS)]
    (root / "bank.yaml").write_text(f"{head}topics:\n{''.join(rows)}", encoding="utf-8")
    for n in range(TOPICS):
        (root / f"topic-{n}").mkdir()
    for n in range(count):
        (root / f"topic-{n % TOPICS}" / f"question-{n}.yaml").write_text(question(n), encoding="utf-8")
    with Store.temporary() as store:
        made = release.prepare(Survey(Folder(root), store, rendering=True), "2026.11", TIME)
    (root / LEDGER).write_text(made.published, encoding="utf-8")
    return root


# -- how it is measured


def cpu(work: Callable[[], object]) -> float:
    """The processor time of some work, in seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def wall(work: Callable[[], object]) -> float:
    """The time that some work takes on the clock of the wall, in seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratio(ours: Callable[[], float], theirs: Callable[[], float], pairs: int = 3) -> float:
    """The median, over pairs that are measured in turn, of what ours takes by what theirs takes."""
    return statistics.median(ours() / theirs() for _ in range(pairs))


def qbank(*words: str, cache: Path | str = "off", alone: bool = False) -> None:
    """Run the command in a process of its own; `alone` on one processor, with all the processes that it begins."""
    env = {**os.environ, "QBANK_CACHE": str(cache)}
    only = f"import os; os.sched_setaffinity(0, {{{min(os.sched_getaffinity(0))}}}); " if alone else ""
    program = [sys.executable, "-c", f"{only}from qbank.__main__ import main; main()"]
    subprocess.run([*program, *words], check=True, capture_output=True, env=env)


def show(what: str, value: float, bound: float | None = None) -> None:
    """One line of the result."""
    verdict = "" if bound is None else f"<= {bound:<5g} {'ok' if value <= bound else 'OVER'}"
    print(f"{what:82} {value:7.3f}  {verdict}", flush=True)


# -- the measurements


def start_up() -> None:
    """How long it takes until something is shown."""

    def run(*words: str) -> float:
        return wall(lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True))

    program = "from qbank.__main__ import main; main()"
    show(
        "qbank --help : python -c pass",
        ratio(partial(run, "-c", program, "--help"), partial(run, "-c", "pass"), 21),
        4.5,
    )


def reading(roots: dict[int, Path]) -> None:
    """Reading and checking against PyYAML's safe C loader and markdown-it-py on the same texts."""
    collect_seldom()  # as every command does; what it is compared with gains by it, too
    large = max(roots)
    root = roots[large]
    tree = Folder(root)
    settings = load.header(tree)[0].settings
    files = [root / path for path in layout.question_paths(tree)]
    marked = [str(text) for text in _marked(tree)]
    parser = document._parser(False)

    def yaml_load() -> None:
        for file in files:
            yaml.load(file.read_bytes(), yaml.CSafeLoader)

    def shapes() -> None:
        fresh = Folder(root)
        for path in layout.question_paths(fresh):
            load.question(read(fresh, path), settings, [])

    def floor() -> None:
        yaml_load()
        for text in marked:
            parser.parse(text)

    pair = ratio(lambda: cpu(shapes), lambda: cpu(yaml_load))
    show(f"read and check shapes, {large:,} : CSafeLoader, processor time", pair, 1.1)
    pair = ratio(lambda: cpu(partial(check, root)), lambda: cpu(floor))
    show(f"whole check, cold, {large:,} : that load + one Markdown parse, processor time", pair, 1.3)
    command = partial(qbank, "check", "--bank", str(root))
    pair = ratio(lambda: wall(command), lambda: wall(floor))
    show(f"qbank check, cold, {large:,} : that load + one Markdown parse, wall, all processors", pair, 1.3)
    small = min(roots)
    pair = ratio(lambda: cpu(partial(check, root)), lambda: cpu(partial(check, roots[small])))
    show(f"whole check, cold, {large:,} : {small:,} (linear is {large / small:g})", pair, 1.05 * large / small)


def check(root: Path) -> None:
    """Check a bank of which nothing is known."""
    document._parse.cache_clear()
    with Store.temporary() as store:
        assert not errors(survey.check(Folder(root), store).problems)


def _marked(tree: Folder) -> Iterator[Markdown | Line]:
    settings = load.header(tree)[0].settings
    for path in layout.question_paths(tree):
        made = load.question(read(tree, path), settings, [])
        if made:
            yield from (text for text in texts(made) if isinstance(text, Markdown | Line))


def again(root: Path, name: str, bound: float, pairs: int) -> None:
    """A second check of a bank of which nothing has changed."""
    with tempfile.TemporaryDirectory() as folder:
        qbank("check", "--bank", str(root), cache=Path(folder))
        warm = partial(qbank, "check", "--bank", str(root), cache=Path(folder))
        cold = partial(qbank, "check", "--bank", str(root))
        show(f"check, nothing changed : cold, {name}", ratio(partial(wall, warm), partial(wall, cold), pairs), bound)


def builds(before: str) -> None:
    """Builds of the real bank: again, after one word changed, and beside those of an earlier revision."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = Path(shutil.copytree(BANK, folder / "bank"))
        words = ("--bank", str(bank), "--out", str(folder / "out"))
        plain = partial(qbank, "build", *words)
        cache = folder / "cache"
        cold = [wall(plain) for _ in range(3)]
        plain(cache=cache)
        warm = [wall(partial(plain, cache=cache)) for _ in range(5)]
        show("plain build of the real bank, cold, seconds", statistics.median(cold))
        show("plain build, nothing changed : cold", statistics.median(warm) / statistics.median(cold), 0.05)
        changed = [wall(partial(plain, cache=cache)) for _ in change_words(bank)]
        show(
            "plain build, one word of one answer changed : cold",
            statistics.median(changed) / statistics.median(cold),
            0.12,
        )
        with worktree(before) as old:
            environment = {**os.environ, "PYTHONPATH": str(old)}
            command = [
                sys.executable,
                "-m",
                "generator.cli",
                "build",
                "--bank",
                str(old / "bank"),
                "--out",
                str(folder / "old"),
            ]
            theirs = partial(subprocess.run, command, check=True, capture_output=True, env=environment)
            both = ("--bank", str(BANK), "--out", str(folder / "new"))

            def ours() -> None:
                with tempfile.TemporaryDirectory() as fresh:
                    qbank("build", *(f"--only={each}" for each in _OLDEST), *both, cache=fresh)

            # Each reads the bank of its own day, so what is compared is what a question takes. Sheets were not composed
            # then: at the same bytes, the last of which are those of 0675a9f, the ratio was 0.54.
            pair = ratio(lambda: wall(ours) / questions(BANK), lambda: wall(theirs) / questions(old / "bank"), 2)
            show(f"cold build of {', '.join(_OLDEST)}, a question : that of {before}", pair)
        alone = partial(plain, alone=True)
        show(
            "plain build of the real bank, cold : by one processor",
            ratio(partial(wall, plain), partial(wall, alone), 2),
            0.6,
        )


def papers() -> None:
    """All that is printed of the real bank, cold; and the sheet of a topic, with all else known, after a word of it
    changed: of the topic with the most questions, and of one in the middle.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = Path(shutil.copytree(BANK, folder / "bank"))
        build = ("build", "--bank", str(bank), "--out", str(folder / "out"), "--only")
        for only, most in (("cheatsheets", None), ("collection", None), ("book", 1430), ("flashcards", None)):
            seconds, mebibytes = used(*build, only)
            show(f"{only} of {questions(bank)} questions on all papers, cold, seconds of all processors", seconds)
            show(f"{only} on all papers, largest process, MiB", mebibytes, most)
        topics = [bank / topic.name for topic in load.header(Folder(bank))[0].settings.topics]
        sizes = sorted((len(list(topic.glob("*.yaml"))), topic) for topic in topics)
        for size, topic in (sizes[-1], sizes[len(sizes) // 2]):
            command = partial(qbank, *build, "cheatsheets", "--topic", topic.name, cache=folder / "cache")
            command()
            changed = [wall(command) for _ in change_sheet(topic)]
            show(f"sheets of {topic.name}, {size} questions, one word changed, seconds", statistics.median(changed), 2)


def used(*words: str) -> tuple[float, float]:
    """What a command takes that finds nothing kept: processor time in seconds, and the memory of the largest of its
    processes, in MiB.

    Its workers are children of a server that outlives it: they are waited for here, too, as Linux allows.
    """
    be_reaper = ctypes.CDLL(None, use_errno=True).prctl
    assert be_reaper(36, 1, 0, 0, 0) == 0, "PR_SET_CHILD_SUBREAPER"
    program = [sys.executable, "-c", "from qbank.__main__ import main; main()", *words]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, env={**os.environ, "QBANK_CACHE": "off"})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    usages = [usage, *left()]
    return sum(each.ru_utime + each.ru_stime for each in usages), max(each.ru_maxrss for each in usages) / 1024


def left() -> Iterator[resource.struct_rusage]:
    """What the children took that are left, each with all that it waited for."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2]


def change_sheet(topic: Path) -> Iterator[None]:
    """Change a word at the start of a line that a sheet says of a question, again and again."""
    first = re.compile(r"(?m)^(sheet: \|\n(?:(?:  .*)?\n)*?  (?:- )?)[A-Z][a-z]+ ")
    path = next(path for path in sorted(topic.glob("*.yaml")) if first.search(path.read_text(encoding="utf-8")))
    for word in ("Exactly", "Clearly", "Roughly"):
        path.write_text(first.sub(rf"\1{word} ", path.read_text(encoding="utf-8")), encoding="utf-8")
        yield


def questions(bank: Path) -> int:
    """How many questions a bank has."""
    return len(layout.question_paths(Folder(bank)))


def change_words(bank: Path) -> Iterator[None]:
    """Change a word of an answer in every fourth topic: topics take longer the more they hold."""
    for topic in load.header(Folder(bank))[0].settings.topics[::4]:
        path = min((bank / topic.name).glob("*.yaml"))
        text = re.sub(r"(?m)^answer: \|\n  \S+", "answer: |\n  Exactly", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        yield


@contextmanager
def worktree(revision: str) -> Iterator[Path]:
    """An earlier revision of the project, checked out for a while."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "tree"
        git = ["git", "-C", str(HERE), "worktree"]
        subprocess.run([*git, "add", "--detach", str(place), revision], check=True, capture_output=True)
        try:
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=True, capture_output=True)


def decks(root: Path) -> None:
    """Writing a package from ready notes."""
    with Store.temporary() as store, tempfile.TemporaryDirectory() as folder:
        made = Survey(Folder(root), store, rendering=True)
        assert not errors(made.verdict.problems)
        kit = anki._Decks(made, Edition("bench", TIME))
        rows = list(kit._rows("", kit.placed, [], Counter()))
        types = [(kind, TIME) for kind in kit.types.values()]
        names = sorted({note.deck for place in kit.placed for note in made.rendered(place.question).notes})
        to_decks = [package.Deck(anki.deck_id(name), name, "") for name in names]
        cards = sum(len(row.cards) for row in rows)

        def ours() -> None:
            with (Path(folder) / "ours.apkg").open("wb") as file:
                package.write(file, rows=rows, note_types=types, decks=to_decks, media=(), time=TIME)

        def theirs() -> None:
            models = {kind.id: package._model(kind, changed) for kind, changed in types}
            deck = genanki.Deck(1, "x")
            for row in rows:
                deck.add_note(genanki.Note(models[row.type_id], list(row.fields), guid=row.guid))
            genanki.Package(deck).write_to_file(Path(folder) / "theirs.apkg", timestamp=TIME)

        floor = partial(plain_apkg, [(row.guid, "\x1f".join(row.fields)) for row in rows], cards)
        show(f"write {len(rows):,} notes : plain sqlite and zip", ratio(lambda: cpu(ours), lambda: cpu(floor), 5), 1.6)
        pair = ratio(lambda: cpu(ours), lambda: cpu(theirs), 3)
        show(f"write {len(rows):,} notes (deflated) : genanki as it is (stored)", pair, 0.6)


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


def memory(roots: dict[int, Path]) -> None:
    """The largest memory of a check, and of a build of the decks."""
    small, large = min(roots), max(roots)
    for words in (("check",), ("build", "--only", "anki")):
        pair = peak(roots[large], *words) / peak(roots[small], *words)
        show(f"peak memory of {' '.join(words)}, {large:,} : {small:,}", pair, 2)


def scale(counts: Sequence[int]) -> None:
    """Time and the largest process of checks and decks of banks made of real questions, each of them released."""
    found: dict[tuple[str, int], tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        commands = {"check": ("check",), "decks": ("build", "--only", "anki", "--out", str(Path(folder) / "out"))}
        for count in counts:
            root = copies.make_bank(Path(folder), count, released=True)
            for called, words in commands.items():
                begun = time.perf_counter()
                _, mebibytes = used(*words, "--bank", str(root))
                found[called, count] = time.perf_counter() - begun, mebibytes
                show(f"{called} of {count:,} copies of real questions, largest process, MiB", mebibytes, 500)
                show(f"{called} of {count:,}, ms a question", 1000 * found[called, count][0] / count)
    small, large = min(counts), max(counts)
    for called in commands:
        (quick, little), (slow, much) = found[called, small], found[called, large]
        show(f"{called}, {large:,} : {small:,} (linear is {large / small:g})", slow / quick, 1.05 * large / small)
        slope = (much - little) / (large - small)
        show(f"{called}, kB that each question more takes", slope * 1024, 4.3)
        show(f"{called}, MiB at 100,000 by that slope", much + slope * (100_000 - large), 500)


def peak(root: Path, *words: str) -> float:
    """The largest memory of a fresh process, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        out = ["--out", folder] if words[0] == "build" else []
        code = (
            # Not ru_maxrss: a child inherits the peak of the process that started it.
            "from qbank.cli import main\n"
            "from contextlib import suppress\n"
            # Copies of questions may break a rule here and there; what is measured is the same.
            f"with suppress(SystemExit): main({[*words, '--bank', str(root), *out]!r}, standalone_mode=False)\n"
            "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
        )
        env = {**os.environ, "QBANK_CACHE": "off"}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
        return int(run.stdout.split()[-2]) / 1024


def main() -> None:
    """Run all measurements."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--questions", type=int, default=10_000, help="size of the large synthetic bank")
    arguments.add_argument("--before", default=BEFORE, help="revision whose build is the measure of ours")
    arguments.add_argument("--only", default="", help=f"one of {PARTS}")
    given = arguments.parse_args()
    chosen = [given.only] if given.only else PARTS.split(", ")
    if "start-up" in chosen:
        start_up()
    if "again" in chosen:
        again(BANK, "the real bank", 0.15, 5)
    if "builds" in chosen:
        builds(given.before)
    if "papers" in chosen:
        papers()
    if "scale" in chosen:
        scale((max(1, given.questions // 10), given.questions))
    if "peers" in chosen:
        peers.table()
    if not set(chosen) & {"reading", "again", "decks", "memory"}:
        return
    with tempfile.TemporaryDirectory() as folder:
        sizes = (max(1, given.questions // 10), given.questions)
        roots = {count: make_bank(Path(folder), count) for count in sizes}
        if "reading" in chosen:
            reading(roots)
        if "again" in chosen:
            again(roots[given.questions], f"{given.questions:,} questions", 0.05, 3)
        if "decks" in chosen:
            decks(roots[given.questions])
        if "memory" in chosen:
            memory(roots)


if __name__ == "__main__":
    main()
