"""A learner's life with the real bank: three releases, everything that contributors do in between, and what is kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
import yaml

from conftest import BANK, RETIRED
from learner import Learner, kept
from qbank.ledger.schema import FILING
from qbank.outputs.notes import all_notes
from releases import DAY, FIRST, SECOND, THIRD, ChangingBank


class RealBank(ChangingBank):
    """A copy of the real bank."""

    def __init__(self, folder: Path) -> None:
        self.root = Path(shutil.copytree(BANK, folder / "bank"))
        self.folder = folder
        self.count = 0

    def edit(self, chance: Random) -> None:
        """What a few weeks of pull requests change, at random places."""
        names = chance.sample(self.names(), 80)
        plain = [name for name in names if len(self._facts(name)) > 1]
        for name in names[:40]:  # pitfalls: a correction of the question's note alone
            question = self.read(name)
            question["pitfalls"] = [corrected(text) for text in question["pitfalls"]] or ["A new one."]
            self.write(name, question)
        for name in plain[:9]:
            self._change_card(name, "back", corrected)
        for name in plain[9:14]:
            question = self.read(name)
            asked = f"What is new fact {self.count} of {name}?"
            question["cards"].append({"id": f"new-{self.count}", "front": asked, "back": "It."})
            self.count += 1
            self.write(name, question)
        for name in plain[14:17]:
            self.retire(name)
        for name in plain[17:21]:
            self._retire_first(name)
        movable = (name for name in plain[34:] if self.read(name)["level"] == "core")
        # A question of the sheet for the night before stays at the first level.
        for name in [name for name in movable if "night_before" not in self.read(name)][:5]:
            self.file(name, level="advanced")
        for name in plain[26:29]:
            self.path(name).rename(self.root / "foundations" / f"{name}.yaml")
        for name in plain[29:34]:
            self.file(name, title=f"Another title {self.count}", aliases=["another word"])
            self.count += 1
        settings = yaml.safe_load((self.root / "bank.yaml").read_text(encoding="utf-8"))
        settings["topics"][chance.randrange(20)].update(title=f"Retitled {self.count}", color="#123456")
        self.set(**settings)

    def retire(self, name: str) -> None:
        super().retire(name)
        for other in self.names():
            question = self.read(other)
            naming = {field: question[field] for field in ("see_also", "needs") if name in question.get(field, ())}
            if naming:
                left = {field: [each for each in named if each != name] for field, named in naming.items()}
                self.write(other, {**question, **left})

    def _facts(self, name: str) -> list[dict]:  # type: ignore[type-arg]
        return [card for card in self.read(name).get("cards", []) if "front" in card]

    def _change_card(self, name: str, field: str, change) -> None:  # type: ignore[no-untyped-def]
        question = self.read(name)
        card = next(card for card in question["cards"] if field in card)
        card[field] = change(str(card[field]))
        self.write(name, question)

    def _retire_first(self, name: str) -> None:
        question = self.read(name)
        card = next(card for card in question["cards"] if "front" in card)
        question["cards"].remove(card)
        self.write(name, question)
        self._retire({"name": name, "card": card["id"], "reason": "It was ambiguous."})


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[RealBank, list[Path], list[str]]:
    """The packages of three releases, and what the changelog of each counts."""
    bank = RealBank(tmp_path_factory.mktemp("life"))
    chance = Random(1)
    packages, summaries = [], []
    for n, time in enumerate((FIRST, SECOND, THIRD)):
        packages.append(bank.release(f"2026.{9 + n}", time))
        summaries.append(bank.summary())
        if n < 2:
            bank.edit(chance)
    return bank, packages, summaries


def corrected(text: str) -> str:
    """A text that says the same with another sign at its end, so that no limit is passed."""
    return f"{text.rstrip().removesuffix('.')}!"


def counted(summary: str) -> dict[str, int]:
    return {what: int(count) for count, what in (each.split() for each in summary.split(", "))}


def test_a_life_with_the_whole_bank(releases: tuple[RealBank, list[Path], list[str]], tmp_path: Path) -> None:
    _, packages, summaries = releases
    someone = Learner(tmp_path, FIRST, Random(2))
    try:
        someone.imports(packages[0] / "ml-interview.apkg")
        someone.on(FIRST + DAY).reviews(1500)
        guids = someone.guids()
        someone.edits(guids[::29])
        someone.tags(guids[1::50], "marked")
        someone.suspends(guids[2::80])
        someone.moves(guids[3::80], "My own deck")
        for package, summary, day in zip(packages[1:], summaries[1:], (SECOND + DAY, THIRD + DAY), strict=True):
            before, reviews = someone.cards(), someone.log()
            texts = {guid: someone.fields(guid) for guid in someone.guids()}
            log = someone.on(day).imports(package / "ml-interview.apkg")
            counts = counted(summary)
            assert len(log.new) == counts.pop("new")
            assert len(log.updated) == sum(counts.values())
            assert not log.conflicting
            assert kept(before, someone.cards()) == []
            assert someone.log() == reviews
            assert lost(someone, texts) == []
            assert someone.faults() == []
    finally:
        someone.close()


def lost(someone: Learner, texts: dict[str, dict[str, str]]) -> list[str]:
    """The notes whose *My notes* are gone although nothing of their text was changed."""
    out = []
    for guid, before in texts.items():
        after = someone.fields(guid)
        same = all(after[name] == text for name, text in before.items() if name not in FILING)
        if same and before["My notes"] != after["My notes"]:
            out.append(before["ID"])
    return out


def test_a_learner_of_the_core_alone_gets_every_correction(
    releases: tuple[RealBank, list[Path], list[str]], tmp_path: Path
) -> None:
    bank, packages, _ = releases
    someone = Learner(tmp_path, FIRST, Random(3))
    try:
        someone.imports(packages[0] / "ml-interview-core.apkg")
        had = set(someone.guids())
        before = someone.cards()
        someone.on(THIRD + DAY).imports(packages[2] / "ml-interview-core.apkg")
        with bank.surveyed() as survey:
            now = {note.guid: note for note in all_notes(survey)}
        moved = [now[guid] for guid in had if now[guid].level != "core"]
        assert len(moved) > 10
        for guid in had:
            fields = someone.fields(guid)
            assert {name: fields[name] for name in fields if name not in FILING} == {
                name: text for name, text in now[guid].named.items() if name not in FILING
            }
        assert kept(before, someone.cards()) == []
    finally:
        someone.close()


def test_a_newcomer_is_dealt_no_retired_card(releases: tuple[RealBank, list[Path], list[str]], tmp_path: Path) -> None:
    _, packages, _ = releases
    someone = Learner(tmp_path, THIRD, Random(4))
    try:
        someone.imports(packages[2] / "ml-interview.apkg")
        assert len(someone.col.find_notes(f"tag:{RETIRED}")) > 20
        assert list(someone.col.find_cards(f"tag:{RETIRED}")) == []
        assert someone.col.card_count() > 1000
        # Only a check of the database gives them cards; then the deck's description says how to suspend them.
        someone.col.fix_integrity()
        assert len(someone.col.find_cards(f"tag:{RETIRED}")) > 20
    finally:
        someone.close()
