"""Figures come from strangers: what runs, fetches, multiplies or cannot be set is refused; the rest is drawn."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BANK, problems, steps
from qbank.check import drawing
from qbank.check.figures import MAX_DEPTH, MAX_DRAWN, MAX_NODES, MAX_STYLES, inspect
from qbank.render.figure import drawn

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'


def svg(inside: str, root: str = NS) -> bytes:
    return f"<svg {root}>{inside}</svg>".encode()


def rules(data: bytes) -> set[str]:
    return {problem.rule for problem in inspect("figures/a.svg", data)}


RUNS = {
    "script": svg("<script>alert(1)</script>"),
    "script of another namespace": svg("<h:script>alert(1)</h:script>", f"{NS} {XHTML}"),
    "handler": svg('<path onload="alert(1)"/>'),
    "handler in capitals": svg('<path onLoad="alert(1)"/>'),
    "handler by reference": svg('<path onload="&#97;lert(1)"/>'),
    "animation of a link": svg('<a href="#b"><animate attributeName="href" values="javascript:alert(1)"/></a>'),
    "set": svg('<set attributeName="onmouseover" to="alert(1)"/>'),
    "foreign object": svg("<foreignObject><h:body/></foreignObject>", f"{NS} {XHTML}"),
    "style sheet that transforms": b'<?xml-stylesheet type="text/xsl" href="x.xsl"?>' + svg(""),
    "style sheet behind the root": svg("") + b'<?xml-stylesheet type="text/css" href="https://e.org/x.css"?>',
    "frame": svg('<h:frame src="javascript:alert(1)"/>', f"{NS} {XHTML}"),
    "form": svg('<h:form action="https://e.org"><h:button/></h:form>', f"{NS} {XHTML}"),
    "link": svg('<a href="https://e.org"><path d="M0 0"/></a>'),
    "link that runs": svg('<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>'),
    "handler of SVG Tiny": svg('<handler type="text/javascript">alert(1)</handler>'),
    "listener of XML events": svg('<x:listener xmlns:x="http://www.w3.org/2001/xml-events" event="load"/>'),
    "discard": svg("<discard/>"),
    "binding": svg("", f'{NS} style="-moz-binding: url(#x)"'),
    "behavior": svg("", f'{NS} style="behavior: none"'),
    "base": svg("", f'{NS} xml:base="https://e.org/"'),
}
FETCHES = {
    "import, cut by CDATA": svg('<style>@im<![CDATA[port "https://e.org/x";]]></style>'),
    "import by a reference": svg('<style>@&#105;mport "https://e.org/x";</style>'),
    "import, cut by a comment": svg('<style>@im<!-- -->port "https://e.org/x";</style>'),
    "import by an escape": svg('<style>@\\69mport "https://e.org/x";</style>'),
    "address by an escape": svg("<style>*{fill:\\75rl(https://e.org/x)}</style>"),
    "address": svg('<path style="fill:url(https://e.org/x)"/>'),
    "address in capitals": svg('<path fill="URL(//e.org/x)"/>'),
    "address with a blank": svg('<path fill="url (https://e.org/x)"/>'),
    "address behind many blanks": svg(f'<path fill="url{" " * 9}(https://e.org/x)"/>'),
    "address in a comment": svg('<path fill="url/**/(https://e.org/x)"/>'),
    "address behind one that is right": svg('<path fill="url(#a) url(https://e.org/x)"/>'),
    "address that begins as a name": svg('<path fill="url(#a https://e.org/x)"/>'),
    "address behind a name": svg('<path fill="xurl(#a)"/>'),
    "set of images": svg('<style>*{fill:image-set("https://e.org/x" 1x)}</style>'),
    "source": svg("<path fill=\"src('https://e.org')\"/>"),
    "font": svg("<style>@font-face{font-family:a;src:url(https://e.org/f)}</style>"),
    "image": svg('<image href="https://e.org/x.png"/>'),
    "image in data": svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    "use of another file": svg('<use xlink:href="other.svg#a"/>'),
    "filter": svg('<filter id="a"><feImage href="https://e.org"/></filter>'),
    "picture of HTML": svg('<h:img src="https://e.org/x"/>', f"{NS} {XHTML}"),
    "video": svg('<h:video src="https://e.org/x"/>', f"{NS} {XHTML}"),
    "refresh": svg('<h:meta http-equiv="refresh" content="0;url=https://e.org"/>', f"{NS} {XHTML}"),
    "links of HTML": svg('<h:link rel="stylesheet" href="https://e.org/x"/>', f"{NS} {XHTML}"),
    "inclusion": svg('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
    "metadata": svg("<metadata/>"),
    "variable": svg('<path style="fill: var(--x)"/>'),
    "rule in a rule": svg("<style>*{fill:red} @media print {*{fill:blue}}</style>"),
    "unclosed rule": svg("<style>*{fill:red</style>"),
    "ping": svg('<path ping="https://e.org"/>'),
}
BREAKS = {
    "document type": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"),
    "entity of a file": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"),
    "nested too deep": svg("<g>" * 40_000 + "</g>" * 40_000),
    "nested a little too deep": svg("<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH),
    "too many elements": svg("<g/>" * MAX_NODES),
    "bomb of uses": svg(
        "<defs><g id='a0'><path d='M0 0h1'/></g>"
        + "".join(f"<g id='a{n + 1}'>" + f"<use href='#a{n}'/>" * 10 + "</g>" for n in range(9))
        + "</defs><use href='#a9'/>"
    ),
    "bomb of patterns": svg(
        "".join(
            f"<pattern id='a{n + 1}' width='1' height='1'>" + f"<path d='M0 0' fill='url(#a{n})'/>" * 10 + "</pattern>"
            for n in range(9)
        )
    ),
    "use of itself": svg("<g id='a'><use href='#a'/></g>"),
    "use that is itself": svg("<use id='a' href='#a'/>"),
    "use of one another": svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"),
    "clip of itself": svg("<clipPath id='a' clip-path='url(#a)'><path d='M0 0'/></clipPath>"),
    "pattern in itself": svg("<pattern id='p'><path d='M0 0' fill='url(#p)'/></pattern><path fill='url(#p)'/>"),
    "two parts of one name": svg(
        "<g id='a'>" + "<use href='#b'/>" * 900 + "</g><g id='b'>" + "<path/>" * 900 + "</g><use href='#a'/>"
    ),
    "another root": b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "part as the root": b'<g xmlns="http://www.w3.org/2000/svg"/>',
    "root without a namespace": b'<svg viewBox="0 0 9 9"/>',
    "no size": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "no height": b'<svg xmlns="http://www.w3.org/2000/svg" width="9"/>',
    "size of nothing": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>',
    "size of a country": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99999 9"/>',
    "size by a power": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e400 9"/>',
    "size that is none": b'<svg xmlns="http://www.w3.org/2000/svg" width="NaN" height="9"/>',
    "share of nothing": b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>',
    "UTF-7": b'<?xml version="1.0" encoding="utf-7"?>' + svg(""),
    "domain names": b'<?xml version="1.0" encoding="idna"?>' + svg(""),
    "an encoding that is none": b'<?xml version="1.0" encoding="x-y"?>' + svg(""),
    "Latin-1": b'<?xml version="1.0" encoding="iso-8859-1"?>' + svg("<title>\xe9</title>"),
    "UTF-16": svg("").decode().encode("utf-16"),
    "no UTF-8": svg("\x00").replace(b"\x00", b"\xff"),
    "nothing": b"",
    "cut off": svg("<g>")[:-8],
    "two roots": svg("") * 2,
    "compressed": b"\x1f\x8b\x08\x00",
}


@pytest.mark.parametrize("data", [*RUNS.values(), *FETCHES.values()], ids=[*RUNS, *FETCHES])
def test_what_runs_or_leads_out_of_a_figure_is_refused(data: bytes) -> None:
    assert "figure-script" in rules(data)


@pytest.mark.parametrize("data", BREAKS.values(), ids=BREAKS)
def test_what_would_break_who_draws_a_figure_is_refused(data: bytes) -> None:
    assert rules(data) == {"figure-format"}


def test_text_of_a_figure_is_refused_wherever_it_stands() -> None:
    assert rules(svg("<g><text>a<tspan>b</tspan></text></g>")) == {"figure-text"}


def test_a_figure_that_is_refused_is_a_problem_of_the_bank_and_shown_nowhere(minibank: Path) -> None:
    from conftest import surveyed

    (minibank / "figures" / "line.svg").write_bytes(RUNS["script"])
    assert [each.problem.rule for each in problems(minibank)] == ["figure-script"]
    assert surveyed(minibank).figure("line.svg") == b""


@pytest.mark.parametrize(
    "inside",
    [
        "<path d='M0 0h1' transform='matrix(1 0 0 1 0 0) rotate(3,4,5)' style='fill: #fff; stroke: rgb(1, 2, 3)'/>",
        "<linearGradient id='a:b.c-d'><stop offset='50%'/></linearGradient><path fill='url(#a:b.c-d)'/>",
        "<defs><g id='a'/></defs><use xlink:href='#a' x='1'/><use href='#a'/>",
        "<style type='text/css'>\n* { fill: none; stroke: red }\n.a, #b > path { opacity: .5 }\n</style><path/>",
        "<style/><title>A line &amp; &lt;script&gt;</title><desc>url(https://example.org)</desc>",
        "<path fill='url( \"#a\" ) none' clip-path='URL(#b)'/>",
        "<!-- made by hand: @import url(https://example.org) --><rect width='1' height='1'/>",
        "<g xml:space='preserve'><circle r='1'/><ellipse rx='1' ry='2'/><line x2='3'/></g>",
        "<polyline points='0,0 1,1'/><polygon points='0,0 1,1 2,0'/>",
    ],
)
def test_what_draws_is_accepted_and_drawn(inside: str) -> None:
    data = svg(inside)
    assert inspect("a", data) == []
    assert ElementTree.fromstring(drawn(data)).tag == f"{{{drawing.SVG}}}svg"


def test_what_every_element_is_held_against_is_bounded() -> None:
    """Typst tries each selector and sets each property, for every element: 9,000 rules for 5,000 took over 12 s."""
    few, many = ".a{fill:red}" * (MAX_STYLES // 2), ".a{fill:red}" * (MAX_STYLES // 2 + 1)
    assert rules(svg(f"<style>{few}</style>")) == set()
    assert rules(svg(f"<style>{many}</style>")) == {"figure-format"}
    half = f"<style>{'.a,.b{fill:red}' * (MAX_STYLES // 5)}</style>"
    assert rules(svg(half)) == set()
    assert rules(svg(half * 2)) == {"figure-format"}
    assert rules(svg(f"<style>.a{{{'fill:red;' * MAX_STYLES}}}</style>")) == {"figure-format"}


@pytest.mark.parametrize("selector", ["g g g g path", "g g g", "g > g > path", "g + path", ".", ", path"])
def test_a_selector_has_at_most_two_steps(selector: str) -> None:
    """A hundred of a hundred steps took over a minute with 5,000 elements."""
    assert rules(svg(f"<style>{selector}{{fill:red}}</style>")) - {"figure-format"} == {"figure-script"}


@pytest.mark.parametrize("selector", ["*", "path", ".cls-1", "#a, #b", ".svglite line, .svglite path", "path.a"])
def test_a_plain_selector_is_accepted(selector: str) -> None:
    assert rules(svg(f"<style>{selector}{{fill:red}}</style>")) == set()


def test_sizes_are_given_by_the_view_or_by_width_and_height() -> None:
    for root in ('viewBox="-1.5,-2 10 20"', 'width="3cm" height="40.5pt"', 'viewBox="0 0 9 9" width="100%"'):
        assert inspect("a", svg("", f'xmlns="{drawing.SVG}" {root}')) == []


def test_the_cost_of_looking_grows_with_the_figure() -> None:
    """Steps of Python, and what regular expressions do: a thousand kinds of long values end soon or never."""

    def cost(times: int) -> int:
        parts = "".join(f"<g id='a{n}'><use href='#a{n - 1}'/></g>" for n in range(times))
        return steps(lambda: inspect("a", svg(parts)))

    few, many = cost(500), cost(2000)
    assert many < 5 * few
    for sign in (
        "a",
        " ",
        "(",
        "url(",
        "url(#",
        "url(#a)",
        "#",
        ";",
        "a:",
        "a:url(",
        "*{",
        "{",
        "}",
        "*{}",
        "/",
        "-",
        "\\",
    ):
        long = sign * (200_000 // len(sign))
        for place in (f"<path d='{long}'/>", f"<path style='{long}(' class='{long}('/>", f"<style>{long}</style>"):
            inspect("a", svg(place))
    assert MAX_DRAWN >= MAX_NODES


_NUMBERS = st.one_of(
    st.integers(-9, 99).map(str), st.sampled_from(["0", "1e-9", "1e30", "-1e400", ".5", "9e99", "NaN", ""])
)
_VALUES = st.one_of(
    _NUMBERS,
    st.lists(_NUMBERS, max_size=6).map(" ".join),
    st.sampled_from(["url(#a)", "url(#b)", "none", "red", "#12", "50%", "inherit", "M0 0h1z", "M 1", "rotate(5)"]),
    st.sampled_from(["scale(0)", "scale(1e30)", "matrix(1)", "skewX(90)", "userSpaceOnUse", "objectBoundingBox"]),
    st.text("Mhlvcsqtaz 0123456789.,-e", max_size=20),
)
_NAMES = st.sampled_from(sorted(drawing.ATTRIBUTES - {"href", "id", "style", "type"}))
_PARTS = st.sampled_from(sorted(drawing.ELEMENTS - {"style"}))


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def written(name: str, attributes: dict[str, str], own: str, inside: list[str]) -> str:
        given = "".join(f' {key}="{value}"' for key, value in attributes.items())
        target = ' href="#b"' if name == "use" else ""
        return f"<{name}{own}{given}{target}>{''.join(inside)}</{name}>"

    owned = st.sampled_from(["", ' id="a"', ' id="b"'])
    return st.builds(
        written, _PARTS, st.dictionaries(_NAMES, _VALUES, max_size=5), owned, st.lists(children, max_size=3)
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.recursive(_element(st.just("")), _element, max_leaves=8), min_size=4, max_size=12))
def test_typst_draws_whatever_figure_is_accepted(figures: list[str]) -> None:
    files = [svg(each) for each in figures]
    taken = [drawn(data) for data in files if not inspect("a", data)]
    source = "".join(f'#image(bytes({_quoted(data)}), format: "svg", width: 20pt, height: 20pt)\n' for data in taken)
    pdf = typst.compile(source.encode(), format="pdf")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) >= 1


def _quoted(data: bytes) -> str:
    return '"' + data.decode().replace("\\", "\\\\").replace('"', '\\"') + '"'


def test_figures_of_the_bank_are_far_from_every_bound() -> None:
    for path in sorted((BANK / "figures").glob("*.svg")):
        assert inspect(path.name, path.read_bytes()) == []
        root = ElementTree.fromstring(path.read_bytes())
        assert 5 * sum(1 for _ in root.iter()) < MAX_NODES
