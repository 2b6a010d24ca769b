"""A tag of a language says how its texts are written."""

from __future__ import annotations

import pytest

from qbank.bank.language import direction, is_language, primary, region


@pytest.mark.parametrize("tag", ["en", "en-US", "ja", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "gsw", "de-CH-1996"])
def test_tags_in_their_usual_form_are_known(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "English", "EN", "en_US", "en-us", "e", "en-", 'en" onclick="', "zh-hant"])
def test_anything_else_is_no_tag(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("tag", "which"),
    [
        *((tag, "rtl") for tag in ("ar", "ar-EG", "he", "fa-IR", "ur", "az-Arab", "uz-Arab")),
        *((tag, "ltr") for tag in ("en-US", "ja", "ku-Latn", "ks-Deva")),
    ],
)
def test_the_script_decides_which_way_a_language_is_written(tag: str, which: str) -> None:
    assert direction(tag) == which


def test_a_tag_names_a_language_and_sometimes_a_country() -> None:
    assert [(primary(tag), region(tag)) for tag in ("en-US", "zh-Hant-TW", "ja", "es-419")] == [
        ("en", "US"),
        ("zh", "TW"),
        ("ja", ""),
        ("es", ""),
    ]
