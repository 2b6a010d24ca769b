"""What other programs take to make a deck of the cards of the real bank: `python tests/bench.py --only peers`.

Those that `make peers` installed below `.venv/peers/` are given the same cards, written as each of them wants to be
written to; the others are named. Each runs in one process of its own, of which the time of the processor and the memory
are taken. Ours does more for it: it reads YAML, checks everything, and writes deletions as one note.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from qbank.outputs import data, tables
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder

HERE = Path(__file__).parent
BANK = HERE.parent / "bank"
INSTALLED = HERE.parent / ".venv" / "peers"
#: Cards of one file of md2anki, which takes the square of a file.
_TOGETHER = 50
#: Seconds of the processor that a program may take.
_PATIENCE = 300


class Card(NamedTuple):
    """Both sides, as Markdown with formulas between dollars."""

    front: str
    back: str


class Peer(NamedTuple):
    """A program: how its input is written into a folder, and what has it make `made.apkg` or a collection there.

    One without an environment of its own runs in this one.
    """

    name: str
    write: Callable[[Path, Sequence[Card]], None]
    program: str
    own: bool = True


def cards() -> list[Card]:
    """Every card that Anki makes of the real bank."""
    with Store.temporary() as store:
        survey = Survey(Folder(BANK), store, rendering=True)
        rows = list(tables.cards(map(json.loads, data.rows(survey))))
    return [Card(row["front_markdown"], row["back_markdown"]) for row in rows]


def _for_genanki(folder: Path, cards: Sequence[Card]) -> None:
    escaped = [[html.escape(side) for side in card] for card in cards]
    (folder / "cards.json").write_text(json.dumps(escaped), encoding="utf-8")


def _for_ankdown(folder: Path, cards: Sequence[Card]) -> None:
    (folder / "deck").mkdir()
    text = "\n---\n".join(f"{front}\n\n%\n\n{back}\n" for front, back in cards)
    (folder / "deck" / "cards.md").write_text(text, encoding="utf-8")


def _for_md2anki(folder: Path, cards: Sequence[Card]) -> None:
    (folder / "decks").mkdir()
    for first in range(0, len(cards), _TOGETHER):
        notes = "".join(
            f"## Card {n} (card-{n})\n\n{front}\n\n---\n\n{back}\n\n"
            for n, (front, back) in enumerate(cards[first : first + _TOGETHER], first)
        )
        (folder / "decks" / f"{first}.md").write_text(
            f"# Deck {first} ({1_000_000 + first})\n\n{notes}", encoding="utf-8"
        )


def _for_inka2(folder: Path, cards: Sequence[Card]) -> None:
    quoted = (re.sub(r"(?m)^", "> ", card.back) for card in cards)
    pairs = enumerate(zip(cards, quoted, strict=True), 1)
    notes = "".join(f"{n}. {card.front}\n\n{back}\n\n" for n, (card, back) in pairs)
    (folder / "cards.md").write_text(f"---\n\nDeck: Deck\n\n{notes}---\n", encoding="utf-8")


_GENANKI = """
import genanki, json
model = genanki.Model(1, "m", fields=[{"name": "a"}, {"name": "b"}],
    templates=[{"name": "c", "qfmt": "{{a}}", "afmt": "{{b}}"}])
deck = genanki.Deck(1, "Deck")
for n, sides in enumerate(json.load(open("cards.json"))):
    deck.add_note(genanki.Note(model, sides, guid=str(n)))
genanki.Package(deck).write_to_file("made.apkg")
"""
# Its option for settings calls PyYAML as that was before 6.0.
_ANKDOWN = """
import sys
from ankdown import ankdown
ankdown.CONFIG["dollar"] = True
sys.argv = ["ankdown", "-r", "deck", "-p", "made.apkg"]
ankdown.main()
"""
_MD2ANKI = """
import sys
from pathlib import Path
from md2anki import _main
sys.argv = ["md2anki", *map(str, Path("decks").iterdir()), "-o-anki", "made.apkg"]
try:
    _main()
except SystemExit as end:
    assert not end.code, end
"""
# It writes into a profile of Anki, which is made here, and asks the network for a highlighter, which it does without.
_INKA2 = """
import os, shutil
from pathlib import Path
import inka2.cli as inka
from aqt.profiles import ProfileManager
base = Path("anki").resolve()
base.mkdir()
profiles = ProfileManager(base)
profiles.setupMeta()
profiles.create("User 1")
config = Path("config.ini").resolve()
shutil.copy(inka.CONFIG_PATH, config)
inka.CONFIG = inka.Config(str(config))
inka.handle_code_highlight = lambda *_: None
api = inka.AnkiApi(inka.CONFIG, base)
api.load_collection("User 1")
media = inka.AnkiMedia("User 1", str(base))
inka.check_note_types(media, api)
where = os.getcwd()
hasher = inka.Hasher(str(Path("hashes.json").resolve()))
inka.create_notes_from_file(str(Path("cards.md").resolve()), True, api, media, hasher)
os.chdir(where)
api._collection.close()
shutil.copy(base / "User 1" / "collection.anki2", "collection.anki2")
"""
_OURS = """
import os, sys
os.cpu_count = lambda: 1
from qbank.cli import main
main(["build", "--only", "anki", "--no-cache", "--out", "out", "--bank", BANK], standalone_mode=False)
from pathlib import Path
min(Path("out/anki").glob("*.apkg"), key=lambda path: len(path.name)).rename("made.apkg")
"""
PEERS = (
    Peer("qbank, from YAML, with all checks", lambda folder, cards: None, _OURS, own=False),
    Peer("genanki, fields as they are", _for_genanki, _GENANKI, own=False),
    Peer("ankdown", _for_ankdown, _ANKDOWN),
    Peer("md2anki", _for_md2anki, _MD2ANKI),
    Peer("inka2, without its highlighter", _for_inka2, _INKA2),
)
#: What every program begins with.
_ENDS = f"import resource\nresource.setrlimit(resource.RLIMIT_CPU, ({_PATIENCE}, {_PATIENCE}))\n"
#: What every program ends with: seconds of the processor, and the most memory, in KiB.
_TELLS = """
import resource
print()
print(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]),
    next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


class Used(NamedTuple):
    """What a program made, and took for it."""

    notes: int
    seconds: float
    mebibytes: float


def used(peer: Peer, cards: Sequence[Card], installed: Path = INSTALLED) -> Used | str:
    """What a program takes for these cards; in words why it could not be asked."""
    word = peer.name.partition(",")[0]
    python = installed / word / "bin" / "python" if peer.own else Path(sys.executable)
    if not python.exists():
        return "not installed, so skipped"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer.write(folder, cards)
        code = f"BANK = {str(BANK)!r}\n{_ENDS}{peer.program}{_TELLS}"
        run = subprocess.run([python, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
        if run.returncode < 0:
            return f"ended after {_PATIENCE} seconds of the processor"
        if run.returncode:
            return f"ended by an error: {(run.stderr or run.stdout).splitlines()[-1]}"
        seconds, kibibytes = run.stdout.splitlines()[-1].split()
        return Used(_count(folder), float(seconds), int(kibibytes) / 1024)


def _count(folder: Path) -> int:
    """How many notes lie in what was made."""
    file = folder / "collection.anki2"
    if (package := folder / "made.apkg").exists():
        with zipfile.ZipFile(package) as archive, archive.open("collection.anki2") as packed, file.open("wb") as out:
            shutil.copyfileobj(packed, out)
    connection = sqlite3.connect(file)
    (count,) = connection.execute("select count(*) from notes").fetchone()
    connection.close()
    return int(count)


def table() -> None:
    """Show what each takes, one after the other."""
    given = cards()
    print(f"a deck of the {len(given):,} cards of the real bank, in one process each:")
    print(f"{'':36} {'notes':>7} {'seconds of the processor':>25} {'ms a note':>10} {'MiB':>6}")
    for peer in PEERS:
        found = used(peer, given)
        if isinstance(found, str):
            print(f"{peer.name:36} {found}")
            continue
        each = f"{1000 * found.seconds / found.notes:10.2f}" if found.notes else f"{'':10}"
        print(f"{peer.name:36} {found.notes:7,} {found.seconds:25.2f} {each} {found.mebibytes:6.0f}", flush=True)
