"""Identity is spelled once, and never changes: keys, GUIDs, tags, decks and addresses."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIBANK, surveyed
from qbank.bank import forms, load, names
from qbank.bank.layout import name_of
from qbank.bank.model import Word
from qbank.outputs import OUTPUTS, jobs
from qbank.outputs.job import Edition
from qbank.tree import Folder

SETTINGS = load.header(Folder(MINIBANK))[0].settings
NAMES = st.from_regex(forms.NAME.pattern, fullmatch=True).filter(names.is_name)


def asked(topic: str, roles: tuple[str, ...] = (), rounds: tuple[str, ...] = (), kind: str = "concept") -> Any:
    """What of a question says who asks it, and when."""
    return SimpleNamespace(topic=topic, kind=kind, level="core", roles=roles, rounds=rounds)


@given(NAMES, st.just("") | NAMES)
def test_a_key_falls_into_the_names_that_made_it(question: str, card: str) -> None:
    assert names.parts(names.note_key(question, card)) == (question, card)


@given(st.tuples(NAMES, st.just("") | NAMES), st.tuples(NAMES, st.just("") | NAMES))
def test_different_names_make_different_keys(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (names.note_key(*one) == names.note_key(*other)) == (one == other)


def test_a_key_is_the_name_of_the_question_or_that_and_the_card() -> None:
    assert names.note_key("ridge-regression") == "ridge-regression"
    assert names.note_key("ridge-regression", "penalty") == "ridge-regression/penalty"


def test_a_guid_depends_on_the_names_only() -> None:
    """These values may never change: they are those of notes that learners have."""
    assert SETTINGS.namespace == "qbank.test"
    assert names.guid(SETTINGS.namespace, names.note_key("ridge-regression")) == "m/SZ6}bYpb"
    assert names.guid(SETTINGS.namespace, names.note_key("ridge-regression", "penalty")) == "huD2!`C5m/"


def test_another_namespace_gives_other_guids() -> None:
    assert names.guid("qbank.other", "ridge-regression") != names.guid("qbank.test", "ridge-regression")


def test_tags_are_hierarchical_and_sorted() -> None:
    question = asked("evaluation", rounds=("coding",))
    assert names.tags(SETTINGS, question, ["d-02", "a-01", "d-02"], essential=True) == (
        "qbank::essential",
        "qbank::kind::concept",
        "qbank::level::core",
        "qbank::origin::a-01",
        "qbank::origin::d-02",
        "qbank::role::analyst",
        "qbank::role::engineer",
        "qbank::round::coding",
        "qbank::topic::evaluation",
    )


def test_the_slices_of_a_note_stand_in_its_tags() -> None:
    for essential in (True, False):
        question = asked("linear-models")
        slices = names.slices(SETTINGS, question, essential=essential)
        assert "role::analyst" in slices
        assert "role::engineer" not in slices
        tags = names.tags(SETTINGS, question, ["d-01"], essential=essential)
        assert sorted(names.slices_of(tags)) == sorted(slices)
    assert names.slices_of([names.retired(SETTINGS)]) == ()


def test_the_tag_of_what_is_retired_stands_below_the_same_root() -> None:
    assert names.retired(SETTINGS) == "qbank::retired"
    assert names.is_retired(["qbank::level::core", "qbank::retired"])
    assert not names.is_retired(["qbank::level::core", "qbank::topic::retired"])


def test_a_bank_may_have_tags_of_its_own() -> None:
    own = replace(SETTINGS, tag_prefix=Word("chem"))
    question = asked("linear-models")
    tags = names.tags(own, question, [], essential=True)
    assert {tag.partition("::")[0] for tag in (*tags, names.retired(own))} == {"chem"}
    assert sorted(names.slices_of(tags)) == sorted(names.slices(own, question, essential=True))
    assert names.is_retired([names.retired(own)])


def test_a_deck_stands_below_the_root_deck() -> None:
    assert [names.deck(SETTINGS, topic) for topic in SETTINGS.topics] == [
        "Mini::01 Model evaluation",
        "Mini::02 Linear models",
    ]


def test_a_link_leads_to_the_file_in_its_repository() -> None:
    said = ("linear-models", "ridge-regression")
    at = "https://example.org/mini/blob/main/"
    assert names.link(SETTINGS, "bank", *said) == at + "bank/linear-models/ridge-regression.yaml"
    assert names.link(SETTINGS, "a/b", *said) == at + "a/b/linear-models/ridge-regression.yaml"
    assert names.link(SETTINGS, "", *said) == at + "linear-models/ridge-regression.yaml"
    other = replace(SETTINGS, branch=type(SETTINGS.branch)("trunk"))
    assert names.link(other, "", *said) == "https://example.org/mini/blob/trunk/linear-models/ridge-regression.yaml"


@given(NAMES, NAMES)
def test_the_path_of_a_question_holds_its_names(topic: str, name: str) -> None:
    assert name_of(names.question_path(topic, name)) == (topic, name)
    assert names.repository_path("bank", topic, name) == f"bank/{names.question_path(topic, name)}"


@pytest.mark.parametrize("name", ["a", "a-b", "l2-norm", "0", "a" * 60])
def test_a_name_is_small_words_joined_by_hyphens(name: str) -> None:
    assert names.is_name(name)


@pytest.mark.parametrize("name", ["", "A", "a_b", "a--b", "-a", "a-", "a/b", "a.b", "é", "a\n", "a" * 61, "a b", "٣"])
def test_anything_else_is_no_name(name: str) -> None:
    assert not names.is_name(name)


@pytest.mark.parametrize(("called", "those"), [("topic", {"evaluation", "linear-models"}), ("level", {"core"})])
def test_a_name_is_taken_where_a_file_that_bears_it_lies_beside_those_of_others(called: str, those: set[str]) -> None:
    survey = surveyed(MINIBANK)
    paths = [job.path for output in OUTPUTS for job in jobs(output, survey, Edition("1", 1))]
    assert len(paths) == len(set(map(str.casefold, paths)))
    beside = set()
    for each, name in ((each, name) for each in paths for name in those if name in each.rpartition("/")[2]):
        before, _, behind = each.rpartition(name)
        found = (re.fullmatch(f"{re.escape(before)}(.+){re.escape(behind)}", other) for other in paths)
        beside |= {fit[1].casefold() for fit in found if fit} - those
    assert {each for each in beside if names.is_name(each)} == names.TAKEN[called]


@pytest.mark.parametrize(("file", "good"), [("line.svg", True), ("A_b-2.svg", True), ("a", False), ("../a.svg", False)])
def test_a_file_name_leads_out_of_no_folder(file: str, good: bool) -> None:
    assert names.is_file_name(file) == good


@pytest.mark.parametrize("file", [".svg", "a/b.svg", "a\\b.svg", "-a.svg", "a.SVG", "a.svg\n", "a.b.svg", ""])
def test_anything_else_is_no_file_name(file: str) -> None:
    assert not names.is_file_name(file)


def test_a_slice_is_named_by_names_alone() -> None:
    """A ledger is somebody's file: of `role::../x` no package would lie in dist/."""
    assert all(map(names.is_slice, names.slices(SETTINGS, asked("evaluation"), essential=True)))
    for text in ("", "role", "role::", "role::../x", "role::a/b", "kind::concept", "essential::x", "topic::a::b"):
        assert not names.is_slice(text), text


# -- who asks a question, and when


def test_a_question_that_names_no_roles_has_those_of_its_topic_and_else_all() -> None:
    assert SETTINGS.roles_of(asked("linear-models")) == ("analyst",)
    assert SETTINGS.roles_of(asked("evaluation")) == ("analyst", "engineer")
    assert SETTINGS.roles_of(asked("linear-models", roles=("engineer",))) == ("engineer",)
    assert SETTINGS.roles_of(asked("nowhere")) == ("analyst", "engineer")


def test_a_question_that_names_no_rounds_has_that_of_its_kind_and_else_those_of_its_topic() -> None:
    assert SETTINGS.rounds_of(asked("linear-models")) == ("theory",)
    assert SETTINGS.rounds_of(asked("linear-models", kind="coding")) == ("coding",)
    assert SETTINGS.rounds_of(asked("evaluation")) == ()
    assert SETTINGS.rounds_of(asked("linear-models", rounds=("coding", "theory", "dance"))) == ("coding", "theory")
