"""Counts of a bank: how much there is of what, and which source questions are answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qbank.check.facts import Bank


def text(bank: Bank) -> str:
    """The counts of a bank as text: questions and cards by topic, level and kind, and the coverage of origins."""
    questions = bank.questions
    settings = bank.header.settings
    cards = sum(len(question.cards) for question in questions)
    lines = [f"{len(questions)} questions, {cards} cards", ""]
    per_topic = Counter(question.topic for question in questions)
    per_topic_cards = Counter(dict.fromkeys(per_topic, 0))
    for question in questions:
        per_topic_cards[question.topic] += len(question.cards)
    lines += [f"{'topic':30}{'questions':>10}{'cards':>8}"]
    lines += [
        f"{topic.name:30}{per_topic[str(topic.name)]:>10}{per_topic_cards[str(topic.name)]:>8}"
        for topic in settings.topics
    ]
    lines += ["", *_table("level", settings.choices["levels"], (question.level for question in questions))]
    lines += ["", *_table("kind", settings.choices["kinds"], (question.kind for question in questions))]
    lines += ["", *_coverage(bank)]
    return "\n".join(lines) + "\n"


def _table(title: str, order: Iterable[str], values: Iterable[str]) -> list[str]:
    counted = Counter(values)
    total = sum(counted.values()) or 1
    return [f"{title:30}{'questions':>10}"] + [
        f"{each:30}{counted[each]:>10}{counted[each] / total:>8.0%}" for each in order
    ]


def _coverage(bank: Bank) -> list[str]:
    answered = {origin for question in bank.questions for origin in question.origins}
    known = [str(origin.id) for document in bank.header.origins for origin in document.questions]
    missing = [origin for origin in known if origin not in answered]
    lines = [f"origins answered: {len(known) - len(missing)} of {len(known)}"]
    for document in bank.header.origins:
        ids = [str(origin.id) for origin in document.questions]
        open_ids = [origin for origin in ids if origin in missing]
        lines.append(f"  {document.title}: {len(ids) - len(open_ids)} of {len(ids)}")
        if open_ids:
            lines.append(f"    not yet: {', '.join(open_ids)}")
    return lines
