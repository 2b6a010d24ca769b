"""What a change of the generator changes in dist/: `make compare OLD=<revision>`.

    python tests/compare.py OLD [NEW]          what the generators of two git revisions build
    python tests/compare.py --folders A B      two folders that are built already
    python tests/compare.py --digests FOLDER   the digest of every file, to compare or to keep

NEW is the working tree unless it is given. Both generators build the same bank, that of NEW, so that only they can make
a difference, and all that they can make of it: the book, the site and what the templates of formats write as well. For
every file that differs it says what differs: note types, decks, notes, cards and media of a package, keys of JSON,
values that a script of the site delivers, lines of text, pages of a PDF.
Exit status: 0 all files are the same, 1 some differ, 2 wrong usage, or a revision that cannot be built.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

REPOSITORY = Path(__file__).parent.parent
WORKING_TREE = "the working tree"
#: The folder in dist/ in which builds keep their lock and manifest; older revisions have none.
NOTES = ".qbank"
#: Outputs that a plain build leaves out; older revisions do not know them.
ASKED_FOR = ("book", "collection", "epub", "flashcards", "site")
#: Where templates that make a file of each question write; others make one of the whole bank.
EACH = {"obsidian.md.j2": "obsidian/{id}.md"}
#: How many lines are said of one file, unless all are asked for.
LIMIT = 20
#: How much of a value is shown, and how much of that stands before the first character that differs.
EXCERPT, LEAD = 60, 20


class Failure(Exception):
    """No comparison: the message says why, for a person."""


# -- values


def excerpt(value: object, start: int = 0) -> str:
    """A value on one line, cut to a readable length."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=repr)
    piece = text[start : start + EXCERPT]
    shown = repr(piece) if isinstance(value, str) else piece
    return f"{'…' if start else ''}{shown}{'…' if start + EXCERPT < len(text) else ''}"


def change(old: object, new: object) -> str:
    """Both values, each from shortly before the first character that differs."""
    start = 0
    if isinstance(old, str) and isinstance(new, str):
        alike = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        start = max(0, alike - LEAD)
    return f"{excerpt(old, start)} → {excerpt(new, start)}"


def values(path: str, old: Any, new: Any) -> Iterator[str]:
    """The places below `path` at which two JSON values differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _entry(f"{path}.{key}" if path else key, key, old, new)
        yield from _order(path, list(old), list(new))
    elif isinstance(old, list) and isinstance(new, list):
        name = _name(old, new)
        before, after = ({item[name] if name else n: item for n, item in enumerate(each)} for each in (old, new))
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _entry(f"{path}[{key}]", key, before, after)
        yield from _order(path, list(before), list(after))
    elif type(old) is not type(new) or old != new:
        yield f"{path}: {change(old, new)}"


def _entry(path: str, key: Any, old: dict[Any, Any], new: dict[Any, Any]) -> Iterator[str]:
    if key in old and key in new:
        yield from values(path, old[key], new[key])
    else:
        side, entries = ("old", old) if key in old else ("new", new)
        yield f"{path}: only {side}: {excerpt(entries[key])}"


def _order(path: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[str]:
    """Whether what both have comes in another order."""
    common = set(old) & set(new)
    before, after = ([key for key in each if key in common] for each in (old, new))
    if before != after:
        yield f"{path or 'keys'}: other order: {change(' '.join(map(str, before)), ' '.join(map(str, after)))}"


def _name(*lists: list[Any]) -> str:
    """The key that names the entries of all lists, if there is one; else they go by their numbers."""
    for name in ("id", "name"):
        found = [[item.get(name) if isinstance(item, dict) else None for item in each] for each in lists]
        if all(all(isinstance(each, str) for each in names) and len(set(names)) == len(names) for names in found):
            return name
    return ""


# -- kinds of files


def json_file(old: bytes, new: bytes) -> Iterator[str]:
    """Which keys of which question differ."""
    yield from list(values("", json.loads(old), json.loads(new))) or ["the same values, written differently"]


def json_lines(old: bytes, new: bytes) -> Iterator[str]:
    """The same, where every line is a question."""
    before, after = ([json.loads(line) for line in each.splitlines() if line.strip()] for each in (old, new))
    yield from list(values("", before, after)) or ["the same values, written differently"]


def script(old: bytes, new: bytes) -> Iterator[str]:
    """What differs in the value that a script of the site delivers; the lines of any other script."""
    found = [_DELIVERED.fullmatch(each.decode()) for each in (old, new)]
    if all(found):
        before, after = (json.loads(f"[{each[1]}]") for each in found if each)
        yield from list(values("delivered", before, after)) or ["the same values, written differently"]
    else:
        yield from text_file(old, new)


_DELIVERED = re.compile(r"qbank\.deliver\((.*)\);\n", re.DOTALL)


def text_file(old: bytes, new: bytes) -> Iterator[str]:
    """How many lines differ, and which."""
    before, after = (each.decode().split("\n") for each in (old, new))
    steps = difflib.SequenceMatcher(None, before, after).get_opcodes()
    changed = [step[1:] for step in steps if step[0] != "equal"]
    only_old, only_new = (sum(step[n + 1] - step[n] for step in changed) for n in (0, 2))
    yield f"{only_old} lines only old, {only_new} only new"
    for start, end, begin, stop in changed:
        pairs = min(end - start, stop - begin)
        for n in range(pairs):
            yield f"line {start + n + 1}: {change(before[start + n], after[begin + n])}"
        yield from (f"line {n + 1}: only old: {excerpt(before[n])}" for n in range(start + pairs, end))
        yield from (f"line {n + 1}: only new: {excerpt(after[n])}" for n in range(begin + pairs, stop))


def pdf_file(old: bytes, new: bytes) -> Iterator[str]:
    """What differs in the metadata and in the text of pages, and how many pages look different."""
    from pypdf import PdfReader

    before, after = (PdfReader(io.BytesIO(each)) for each in (old, new))
    metadata = [{key: str(value) for key, value in (each.metadata or {}).items()} for each in (before, after)]
    yield from values("metadata", *metadata)
    if len(before.pages) != len(after.pages):
        yield f"pages: {len(before.pages)} → {len(after.pages)}"
    # The number of pages was said above.
    texts = [(a.extract_text(), b.extract_text()) for a, b in zip(before.pages, after.pages, strict=False)]
    unlike = [f"page {n}: text: {change(*pair)}" for n, pair in enumerate(texts, 1) if pair[0] != pair[1]]
    looks = _looks(old, new)
    pages = f"pages that look different at 72 dpi: {', '.join(map(str, looks))} ({len(looks)} of {len(texts)})"
    if unlike:
        yield from [f"pages with other text: {len(unlike)} of {len(texts)}", pages, *unlike]
    else:
        yield f"the same text; {pages}" if looks else "the same text and look: only the bytes differ"


def _looks(old: bytes, new: bytes) -> list[int]:
    """The numbers of the pages that both have and that are drawn differently."""
    from pypdfium2 import PdfDocument

    with closing(PdfDocument(old)) as before, closing(PdfDocument(new)) as after:
        return [n + 1 for n in range(min(len(before), len(after))) if _drawn(before, n) != _drawn(after, n)]


def _drawn(document: Any, number: int) -> tuple[int, int, bytes]:
    bitmap = document[number].render(scale=1)  # a unit of PDF is 1/72 inch
    return bitmap.width, bitmap.height, bytes(bitmap.buffer)


def other_file(old: bytes, new: bytes) -> Iterator[str]:
    """All that can be said of a file of no known kind."""
    yield f"size: {len(old):,} → {len(new):,} bytes"


# -- packages

Row = dict[str, Any]


class Package:
    """What an .apkg holds: its collection as rows, its media by name."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.data = archive.read("collection.anki2")
            names = json.loads(archive.read("media"))
            self.media = {str(name): archive.read(member) for member, name in names.items()}
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(self.data)
            connection.row_factory = sqlite3.Row
            self.schema = sorted(map(tuple, connection.execute("SELECT name, sql FROM sqlite_master")))
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            self.tables = {
                str(name): sorted(map(dict, connection.execute(f'SELECT * FROM "{name}"')), key=repr)
                for (name,) in tables
            }

    @cached_property
    def settings(self) -> Row:
        """The one row of `col`, its JSON read."""
        row = self.tables["col"][0]
        texts = ("conf", "models", "decks", "dconf", "tags")
        return {key: json.loads(value) if key in texts else value for key, value in row.items()}

    @cached_property
    def note_types(self) -> dict[str, Row]:
        """Note types by id, with the words of Anki's window for its short ones."""
        words = {"flds": "fields", "tmpls": "templates"}
        models = self.settings["models"].items()
        return {key: {words.get(name, name): value for name, value in model.items()} for key, model in models}

    @cached_property
    def notes(self) -> dict[str, Row]:
        """Notes by GUID; a GUID that occurs again gets a number."""
        out: dict[str, Row] = {}
        seen: Counter[str] = Counter()
        for row in self.tables["notes"]:
            seen[row["guid"]] += 1
            again = f" (no. {seen[row['guid']]})" if seen[row["guid"]] > 1 else ""
            out[f"{row['guid']}{again}"] = self._note(row)
        return out

    def _note(self, row: Row) -> Row:
        kind = self.note_types.get(str(row["mid"]), {"name": f"unknown: {row['mid']}", "fields": []})
        texts = row["flds"].split("\x1f")
        names = [str(field["name"]) for field in kind["fields"]] + [str(n) for n in range(len(texts))]
        fields = {f"field '{name}'": text for name, text in zip(names, texts, strict=False)}
        rest = {key: value for key, value in row.items() if key not in ("guid", "mid", "flds")}
        return {"note type": kind["name"], **fields, **rest}

    @cached_property
    def cards(self) -> dict[str, Row]:
        """Cards by the GUID of their note and their position."""
        guids = {note["id"]: guid for guid, note in self.notes.items()}
        decks = {key: deck["name"] for key, deck in self.settings["decks"].items()}
        out = {}
        for row in self.tables["cards"]:
            rest = {key: value for key, value in row.items() if key not in ("nid", "did", "ord")}
            deck = decks.get(str(row["did"]), f"unknown: {row['did']}")
            out[f"{guids.get(row['nid'], row['nid'])}/{row['ord']}"] = {"deck": deck, **rest}
        return out


def package(old: bytes, new: bytes) -> Iterator[str]:
    """In which tables packages differ, and how."""
    before, after = Package(old), Package(new)
    rows_differ = (before.schema, before.tables) != (after.schema, after.tables)
    sections = dict(_sections(before, after)) if rows_differ else {}
    sections["media"] = list(_media(before.media, after.media))
    found = {name: lines for name, lines in sections.items() if lines}
    if found:
        yield "differences: " + ", ".join(f"{name} {len(lines)}" for name, lines in found.items())
    elif rows_differ:
        yield "rows differ in tables that have no names here"
    if not rows_differ and before.data != after.data:
        yield "same rows, other page order"
    elif not rows_differ and not found:
        yield "the same files, packed differently"
    for lines in found.values():
        yield from lines


def _sections(old: Package, new: Package) -> Iterator[tuple[str, list[str]]]:
    yield "definitions of tables", list(values("definitions", dict(old.schema), dict(new.schema)))
    yield "note types", list(_named("note type", old.note_types, new.note_types))
    yield "decks", list(_named("deck", old.settings["decks"], new.settings["decks"]))
    yield "notes", list(_rows("note", old.notes, new.notes))
    yield "cards", list(_rows("card", old.cards, new.cards))
    before, after = (
        {key: value for key, value in each.settings.items() if key not in ("models", "decks")} for each in (old, new)
    )
    yield "settings", list(values("col", before, after))
    yield "other tables", list(_other_tables(old.tables, new.tables))


def _other_tables(old: dict[str, list[Row]], new: dict[str, list[Row]]) -> Iterator[str]:
    for name in sorted({*old, *new} - {"col", "notes", "cards"}):
        if old.get(name) != new.get(name):
            yield f"table {name}: {len(old.get(name, []))} → {len(new.get(name, []))} rows"


def _named(what: str, old: dict[str, Row], new: dict[str, Row]) -> Iterator[str]:
    """Differences of what has an id, and a name to be called by."""
    for key in [*old, *(key for key in new if key not in old)]:
        yield from _entry(f"{what} '{(old.get(key) or new[key])['name']}'", key, old, new)


def _rows(what: str, old: dict[str, Row], new: dict[str, Row]) -> Iterator[str]:
    """Rows that one side lacks, then content that differs; of numbers only how many rows they differ in."""
    for side, here, there in (("old", old, new), ("new", new, old)):
        yield from (f"{what} {key}: only {side}: {_title(here[key])}" for key in here if key not in there)
    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for key in (key for key in old if key in new):
        names = dict.fromkeys([*old[key], *new[key]])
        for name in (name for name in names if old[key].get(name) != new[key].get(name)):
            line = f"{what} {key}: {name}: {change(old[key].get(name), new[key].get(name))}"
            if name in ("note type", "deck", "tags") or name.startswith("field "):
                yield line
            else:
                counts[name] += 1
                examples.setdefault(name, line)
    yield from (f"{what}s: {name} differs in {count}, such as {examples[name]}" for name, count in counts.items())


def _title(row: Row) -> str:
    """What a row is called by: the first field of a note, the deck of a card."""
    return excerpt(next((value for name, value in row.items() if name.startswith("field ")), row.get("deck", "")))


def _media(old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            yield f"media {name}: only {'old' if name in old else 'new'}"
        elif old[name] != new[name]:
            yield f"media {name}: other bytes, {len(old[name]):,} → {len(new[name]):,}"


KINDS: dict[str, Callable[[bytes, bytes], Iterator[str]]] = {
    ".apkg": package,
    ".json": json_file,
    ".jsonl": json_lines,
    ".js": script,
    ".pdf": pdf_file,
    **dict.fromkeys((".tsv", ".md", ".txt", ".csv", ".html", ".css", ".svg", ".xml", ".yaml"), text_file),
}


def differences(path: str, old: bytes, new: bytes) -> list[str]:
    """What differs between two files of the same path, a line for each place."""
    try:
        return list(KINDS.get(Path(path).suffix, other_file)(old, new))
    except Exception as error:  # whatever a damaged file does to its reader, the others are still to be compared
        reason = " ".join(str(error).split())
        return [f"cannot be read as {Path(path).suffix}: {type(error).__name__}: {reason}", *other_file(old, new)]


# -- folders


def tree(folder: Path) -> dict[str, Path]:
    """The files of a folder by their paths in it, without the notes that builds keep there for themselves."""
    if not folder.is_dir():
        raise Failure(f"there is no folder {folder}")
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    inside = {path.relative_to(folder): path for path in paths}
    return {name.as_posix(): path for name, path in inside.items() if NOTES not in name.parts}


def digests(folder: Path) -> Iterator[str]:
    """A line for every file: its SHA-256 and its path."""
    for name, path in tree(folder).items():
        yield f"{hashlib.sha256(path.read_bytes()).hexdigest()} {name}"


def compare(old: Path, new: Path, limit: int | None = LIMIT) -> list[str]:
    """The report on two folders: a summary, then every file that is not the same."""
    before, after = tree(old), tree(new)
    equal, different = 0, []
    for name in (name for name in before if name in after):
        pair = before[name].read_bytes(), after[name].read_bytes()
        if pair[0] == pair[1]:
            equal += 1
        else:
            different += [f"differs: {name}", *_cut(differences(name, *pair), limit)]
    lost, found = (sorted(a.keys() - b.keys()) for a, b in ((before, after), (after, before)))
    total = len({*before, *after})
    unlike = total - equal - len(lost) - len(found)
    return [
        f"{total} files: {equal} equal, {unlike} differ, {len(lost)} only old, {len(found)} only new",
        *(f"only old: {name}" for name in lost),
        *(f"only new: {name}" for name in found),
        *different,
    ]


def _cut(lines: Sequence[str], limit: int | None) -> Iterator[str]:
    yield from (f"    {line}" for line in lines[:limit])
    if limit is not None and len(lines) > limit:
        yield f"    and {len(lines) - limit} lines more: --all shows them"


# -- revisions


@dataclass(frozen=True)
class Source:
    """The files of a revision, and what it is called in messages."""

    name: str
    root: Path

    def command(self) -> tuple[str, Path]:
        """The module of the command line, and the folder from which it is imported."""
        if self.root.joinpath("generator", "qbank", "__main__.py").is_file():
            return "qbank", self.root / "generator"
        if self.root.joinpath("generator", "qbank", "__init__.py").is_file():
            return "qbank.cli", self.root / "generator"
        if self.root.joinpath("generator", "__init__.py").is_file():
            return "generator.cli", self.root
        raise Failure(f"{self.name} has no generator: neither generator/qbank nor generator is a package there")


def git(*words: str) -> subprocess.CompletedProcess[str]:
    """Run git in this repository, whichever one a hook that calls this may point to."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(["git", *words], cwd=REPOSITORY, env=environment, capture_output=True, text=True)


@contextmanager
def checked_out(revision: str | None, folder: Path) -> Iterator[Source]:
    """The files of a revision in a temporary worktree; without a revision the working tree as it is."""
    if revision is None:
        yield Source(WORKING_TREE, REPOSITORY)
        return
    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").stdout.strip()
    if not commit:
        raise Failure(f"there is no revision '{revision}'")
    made = git("worktree", "add", "--detach", str(folder), commit)
    if made.returncode:
        raise Failure(f"git makes no worktree of {revision}: {' '.join(made.stderr.split())}")
    try:
        yield Source(f"{revision} ({commit[:7]})", folder)
    finally:
        git("worktree", "remove", "--force", str(folder))


def build(source: Source, bank: Path, out: Path) -> Path:
    """Write all that the generator of a revision can make of a bank, and return the folder."""
    if not bank.joinpath("bank.yaml").is_file():
        raise Failure(f"there is no bank.yaml in {bank}")
    (out / "export").mkdir(parents=True, exist_ok=True)
    for words in steps(source, out):
        made = qbank(source, *words, "--bank", str(bank), cache=out / NOTES / "cache")
        if made.returncode:
            hint = "" if bank.is_relative_to(source.root) else " (with --own-bank it builds its own)"
            said = (made.stderr or made.stdout).strip().splitlines()[-LIMIT:]
            message = f"the generator of {source.name} does not build the bank{hint}:"
            raise Failure("\n".join([message, *(f"    {line}" for line in said)]))
    return out


def steps(source: Source, out: Path) -> Iterator[list[str]]:
    """The commands that make all that a revision can make: a plain build, and what its help offers besides."""
    help = qbank(source, "build", "--help").stdout
    yield ["build", "--out", str(out)]
    for output in ASKED_FOR:
        if re.search(rf"[\[|]{output}[|\]]", help):
            yield ["build", "--out", str(out), "--only", output]
    for template in sorted(source.root.glob("templates/export/*.j2")) if "--template" in help else ():
        made = EACH.get(template.name, template.name.removesuffix(".j2"))
        yield ["render", template.name, "-o", str(out / "export" / made)]


def qbank(source: Source, *words: str, cache: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line of a revision. What it keeps, it keeps in `cache`, so that nothing comes from elsewhere."""
    module, parent = source.command()
    kept = str(cache) if cache else "off"
    environment = {**os.environ, "PYTHONPATH": str(parent), "QBANK_CACHE": kept, "PYTHONUTF8": "1"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    # -P: nothing is imported from the current folder.
    command = [sys.executable, "-P", "-m", module, *words]
    return subprocess.run(command, cwd=source.root, env=environment, capture_output=True, text=True, encoding="utf-8")


def compare_revisions(old: str, new: str | None, *, bank: Path | None, own_bank: bool, limit: int | None) -> list[str]:
    """Build two revisions side by side and compare what they made."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qbank-compare-")))
        before = stack.enter_context(checked_out(old, folder / "old"))
        after = stack.enter_context(checked_out(new, folder / "new"))
        for source in (before, after):
            source.command()  # fails before a long build
        print(f"building {before.name} and {after.name}", file=sys.stderr, flush=True)
        banks = [bank.resolve() if bank else (s if own_bank else after).root / "bank" for s in (before, after)]
        outs = [folder / "dist-old", folder / "dist-new"]
        with ThreadPoolExecutor(2) as pool:
            built = list(pool.map(build, (before, after), banks, outs))
        return compare(built[0], built[1], limit)


# -- the command


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        raise Failure(message)


def parser() -> Parser:
    """What the command understands."""
    made = Parser(prog="compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("old", metavar="OLD", nargs="?", help="a git revision")
    made.add_argument("new", metavar="NEW", nargs="?", help="another one (default: the working tree)")
    banks = made.add_mutually_exclusive_group()
    banks.add_argument("--bank", type=Path, metavar="FOLDER", help="the bank that both build (default: that of NEW)")
    banks.add_argument("--own-bank", action="store_true", help="each revision builds its own bank")
    made.add_argument("--all", action="store_true", help=f"all differences of a file, not only the first {LIMIT}")
    made.add_argument("--folders", nargs=2, type=Path, metavar=("A", "B"), help="compare two folders")
    made.add_argument("--digests", type=Path, metavar="FOLDER", help="print 'SHA-256 path' of every file")
    return made


def run(words: Sequence[str] | None) -> tuple[int, Iterable[str]]:
    """The exit status and the lines to print."""
    given = parser().parse_args(words)
    modes = [bool(given.old), bool(given.folders), bool(given.digests)]
    if sum(modes) != 1:
        raise Failure("give a revision OLD, or --folders A B, or --digests FOLDER")
    if not given.old and (given.bank or given.own_bank):
        raise Failure("--bank and --own-bank are for revisions")
    if given.digests:
        return 0, list(digests(given.digests))
    limit = None if given.all else LIMIT
    if given.folders:
        lines = compare(given.folders[0], given.folders[1], limit)
    else:
        lines = compare_revisions(given.old, given.new, bank=given.bank, own_bank=given.own_bank, limit=limit)
    return int(len(lines) > 1), lines


def main(words: Sequence[str] | None = None) -> int:
    """Print what differs and return the exit status."""
    try:
        status, lines = run(words)
    except Failure as failure:
        print(f"compare: {failure}", file=sys.stderr)
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal may not have all the characters of an excerpt.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        print("\n".join(lines), flush=True)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; Python would complain of the rest when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


if __name__ == "__main__":
    sys.exit(main())
