"""How grave a fault is in this bank: what bank.yaml says of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qbank.bank.meant import nearest
from qbank.bank.settings import Settings
from qbank.problem import SEVERITIES, Fault, Guarded, Problem, Rule, rule

Rules = Mapping[str, Rule[Any]]

#: Rules that outputs ask, whose modules this one cannot import, and what they guard.
OF_OUTPUTS: Mapping[str, Guarded | None] = {"page": "rendering", "full-pages": None, "card-size": None}
#: What a rule guards, in words.
GUARDED: Mapping[Guarded, str] = {
    "form": "that files are read as they are meant",
    "security": "security",
    "identity": "the identity of notes",
    "rendering": "what outputs can render",
}


@rule("bank", guards="form")
def unknown_rule(settings: Settings, known: Rules) -> Iterator[Fault]:
    """`rules` in bank.yaml names rules, as `qbank rules` lists them: a mistyped name would switch nothing."""
    for each in settings.rules:
        if each.rule not in known and each.rule not in OF_OUTPUTS:
            yield Fault(
                each.rule.place(),
                f"there is no rule '{each.rule}'",
                nearest(each.rule, sorted(known), "`qbank rules` lists them"),
            )


@rule("bank", guards="form")
def fixed_rule(settings: Settings, known: Rules) -> Iterator[Fault]:
    """Some rules cannot be switched: those that guard security, identity, and what an output cannot render.

    Those that say whether a file is read as it is meant are fixed, too. `qbank rules NAME` says it of each.
    """
    for each in settings.rules:
        guarded = known[each.rule].guards if each.rule in known else OF_OUTPUTS.get(each.rule)
        if guarded and each.severity != "error":
            yield Fault(
                each.rule.place(),
                f"the rule '{each.rule}' cannot be switched; it guards {GUARDED[guarded]}",
                "delete this line; `qbank rules` shows which rules may be switched",
            )


def settled(problems: Iterable[Problem], settings: Settings, known: Rules) -> list[Problem]:
    """Problems with the severity that the bank gives them, without those of rules that are off.

    Where bank.yaml cannot be read, every rule that may be off is: one fault there would otherwise show a hundred that
    the bank has switched off.
    """
    given = {str(each.rule): str(each.severity) for each in settings.rules if each.severity in SEVERITIES}
    if not given and not settings.unread:
        return list(problems)
    out = []
    for each in problems:
        fixed = known[each.rule].guards if each.rule in known else OF_OUTPUTS.get(each.rule, "form")
        said = each.severity if fixed else "off" if settings.unread else given.get(each.rule, each.severity)
        if said != "off":
            out.append(each._replace(severity="warning" if said == "warning" else "error"))
    return out


RULES = (unknown_rule, fixed_rule)
