"""What words must look like keeps out what would leave an address, a tag, a file or a command."""

from __future__ import annotations

import pytest

from qbank.bank import forms
from qbank.outputs.tables import inert

BAD = {
    "BRANCH": ['x"><script>', "a b", "../x", "a//b", "{{Answer}}", "-x", "a#b", ""],
    "NAMESPACE": ["a b", "<b>", "a\n", '"'],
    "ROOT_DECK": ["a::::b", "::a", "a::", "a\tb", "a\nb", "x" * 101],
    "DECK": ["a::b", "a\nb"],
    "ORIGIN": ["d 01", "a::b", "-x", "<b>"],
    "WORK": ["a b", "<b>", "'x"],
    "WEB": [
        "javascript:x",
        "https://a/`x`",
        "https://a/{{b}}",
        "https://a/[sound:x]",
        "https://a/\x00",
        "//a",
        "https://a:b@c.d/e",
    ],
    "FOLDER": ["con", "aux", "nul", "com1", "lpt9", "prn"],
    "FILE": ["con.svg", "NUL.svg", "../a.svg", "a/b.svg"],
    "SLUG": ["aux", "a/b"],
    "PACKAGE": ["--index-url=x", "a; rm -rf /", "a @ https://x", "git+https://x", "a`b`", "a b", "$(x)"],
}
GOOD = {
    "BRANCH": ["main", "release/2026.11", "v1_x"],
    "NAMESPACE": ["qbank.test", "https://example.org/a"],
    "ROOT_DECK": ["天文", "a::b", "The <Sky> {x}"],
    "ORIGIN": ["d-01", "s0-01", "ä"],
    "WORK": ["esl", "conf/nips/Vaswani17"],
    "WEB": ["https://example.org/a(b)?c=d&e#f", "http://example.org", "https://a.b/@c"],
    "FOLDER": ["console", "com10", "auxiliary-x", "a"],
    "FILE": ["console.svg", "A-b_c.svg"],
    "PACKAGE": ["numpy", "numpy>=2,<3", "scikit-learn==1.5.*", "ray[tune]~=2.0"],
}


@pytest.mark.parametrize(("form", "word"), [(form, word) for form, words in BAD.items() for word in words])
def test_what_would_leave_its_place_is_refused(form: str, word: str) -> None:
    assert not getattr(forms, form).fits(word)


@pytest.mark.parametrize(("form", "word"), [(form, word) for form, words in GOOD.items() for word in words])
def test_what_people_write_is_accepted(form: str, word: str) -> None:
    assert getattr(forms, form).fits(word)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        (" =x", "' =x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ('+HYPERLINK("https://x")', '\'+HYPERLINK("https://x")'),
        ("-log_2 p", "-log_2 p"),
        ("-5", "-5"),
        ("a = b", "a = b"),
    ],
)
def test_a_spreadsheet_computes_no_cell(cell: str, shown: str) -> None:
    assert inert(cell) == shown
