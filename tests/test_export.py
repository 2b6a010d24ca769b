"""The bank in any format: templates of one's own, and those that come with qbank, read back by others."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import frontmatter
import pandas
import pytest
from click.testing import CliRunner, Result

from conftest import BANK, TIME, surveyed
from qbank.cli import main
from qbank.cli import render as command
from qbank.outputs import data, export, tables
from qbank.outputs.job import Edition
from qbank.outputs.template import Template, TemplateFault
from qbank.program import templates

EDITION = Edition("test", TIME)
SHIPPED = sorted(path.name for path in (templates() / "export").iterdir())


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(minibank.parent)


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def written(source: str, path: str = "mine.txt.j2") -> str:
    return "".join(export.written(Template(path, source), export.whole(surveyed(Path("bank")), EDITION)))


def fault(source: str) -> TemplateFault:
    with pytest.raises(TemplateFault) as caught:
        written(source)
    return caught.value


# -- what a template is given


def test_a_template_is_given_what_questions_json_and_the_table_of_cards_hold() -> None:
    survey = surveyed(Path("bank"))
    context = export.whole(survey, EDITION)
    assert list(context.pop("cards")) == list(tables.cards(map(json.loads, data.rows(survey))))
    context["questions"] = list(context["questions"])
    assert context == json.loads("".join(data.whole(survey, EDITION)))


def test_questions_can_be_counted_taken_and_gone_through_again() -> None:
    source = "{{ questions|length }} {{ questions[1].id }} {{ questions[:1]|map(attribute='id')|list }}"
    assert written(source) == "2 ridge-regression ['precision']"
    assert written("{% for a in questions %}{% for b in questions %}{{ b.level[0] }}{% endfor %}{% endfor %}") == "cccc"


def test_a_line_end_at_the_end_stays_and_lines_of_statements_leave_none() -> None:
    source = "a\n  {% for question in questions %}\n{{ question.id }}\n  {% endfor %}\nb\n"
    assert written(source) == "a\nprecision\nridge-regression\nb\n"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("['a', 'b,c', 'd\"e', 'f\ng', 1]|csv", 'a,"b,c","d""e","f\ng",1'),
        ("'a,b'|csv", '"a,b"'),
        ("['a\tb', ' c\nd ']|tsv", "a b\tc d"),
        ("{'a': ['é<\"', true]}|json", '{"a": ["é<\\"", true]}'),
        (r"'a `b` $x_1$'|md", "a `b` $x_1$"),
        ("'*a* [b]'|words", r"\*a\* \[b\]"),
        ("'x = 1'|fence('python')", "```python\nx = 1\n```"),
    ],
)
def test_filters_write_what_a_format_takes(expression: str, text: str) -> None:
    assert written(f"{{{{ {expression} }}}}") == text


def test_in_xml_and_html_everything_is_escaped_that_is_not_marked_as_safe() -> None:
    source = "{{ '<a & \"b\">' }} {{ '<br>'|safe }}"
    assert written(source, "mine.xml.j2") == written(source, "mine.html.j2") == "&lt;a &amp; &#34;b&#34;&gt; <br>"
    assert written(source) == '<a & "b"> <br>'


# -- faults


@pytest.mark.parametrize(
    ("source", "line", "message", "row"),
    [
        ("a\n{% for x in questions %}", 2, "Unexpected end of template", ""),
        ("{{ questons }}", 1, "there is no 'questons': did you mean 'questions'?", ""),
        ("{{ question.id }}", 1, "there is no 'question': write a file for each of them, by `-o 'folder/{id}.md'`", ""),
        (
            "{% for q in questions %}\n{% if loop.last %}\n{{ q.levle }}\n{% endif %}\n{% endfor %}",
            3,
            "there is no 'levle' in a question: did you mean 'level'?",
            "ridge-regression",
        ),
        (
            "{% for c in cards if c.type == 'reverse' %}\n{{ c.back }}\n{% endfor %}",
            2,
            "there is no 'back' in a card",
            "ridge-regression/penalty",
        ),
        (
            "{% macro name(q) %}\n{{ q.title + 1 }}\n{% endmacro %}\n{% for q in questions %}{{ name(q) }}{% endfor %}",
            2,
            'can only concatenate str (not "int") to str',
            "precision",
        ),
        ("{% include 'other.j2' %}", 1, "there is no template 'other.j2' here", ""),
        ("\n{{ 1 / 0 }}", 2, "division by zero", ""),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1, "this calls itself without an end", ""),
    ],
)
def test_a_fault_names_the_line_and_the_question_at_hand(source: str, line: int, message: str, row: str) -> None:
    found = fault(source)
    assert (found.line, found.row) == (line, row)
    assert found.message.startswith(message)
    assert found.help


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ questions.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% for q in questions %}{{ q.update({'a': 1}) }}{% endfor %}",
        "{{ questions._make() }}",
        "{{ 'a' * 10 ** 9 }}",
        "{{ [0] * 10 ** 9 }}",
        "{{ 10 ** 10000000 }}",
        "{{ range(10 ** 9) }}",
        "{{ open('/etc/passwd') }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
    ],
)
def test_a_template_reaches_nothing_and_fills_no_memory(source: str) -> None:
    assert fault(source).line == 1


def test_what_a_template_writes_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST", 1000)
    assert (
        fault("a\n{% for n in range(10000) %}\n{{ n }}\n{% endfor %}").message
        == "this writes more than 1,000 characters"
    )


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_MOST_SECONDS", 1.0)
    numbers = "range(99999)"
    Path("slow.txt.j2").write_text(f"{{% for a in {numbers} %}}{{% for b in {numbers} %}}{{% endfor %}}{{% endfor %}}")
    result = qbank("render", "slow.txt.j2")
    assert (result.exit_code, result.output) == (1, "Error: slow.txt.j2 took more than 1 seconds\n")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the memory of a process is not counted")
@pytest.mark.parametrize("source", ["{{ 'a'.ljust(10 ** 11) }}", "{{ ('a' * 999999)|replace('a', 'b' * 999999) }}"])
def test_no_filter_takes_all_memory(source: str) -> None:
    Path("large.txt.j2").write_text(source)
    result = qbank("render", "large.txt.j2")
    assert result.exit_code == 1, result.output
    assert "this takes more memory than there is" in result.output


# -- the commands


def test_a_fault_is_shown_with_its_line_and_nothing_is_written() -> None:
    Path("mine.csv.j2").write_text("id\n{% for q in questions %}\n  {{ q.levle }}\n{% endfor %}\n")
    shown = """\
error[template]: there is no 'levle' in a question: did you mean 'level'?
 --> mine.csv.j2:3:3
  |
3 |   {{ q.levle }}
  |   ^^^^^^^^^^^^^
  = help: docs/data.md names what templates are given; at hand was precision

1 problem in 1 file
"""
    for words in (
        ["render", "mine.csv.j2", "-o", "out.csv"],
        ["build", "--only", "data", "--template", "mine.csv.j2"],
    ):
        result = qbank(*words)
        assert (result.exit_code, result.output) == (1, shown)
    assert not Path("out.csv").exists()
    assert not Path("dist/export").exists() and not Path("dist/data").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent.j2"], f"there is no template absent.j2; with qbank come {', '.join(SHIPPED)}"),
        (["bank/bank.yaml"], "the name of a template ends in .j2, as in cards.csv.j2"),
        (["latin.txt.j2"], "latin.txt.j2 is not a text in UTF-8"),
        (["large.txt.j2"], "large.txt.j2 is larger than a template may be, 1,000,000 bytes"),
        (
            ["cards.csv.j2", "-o", "out/{name}.csv"],
            "there is no {name} for the name of a file, only id, topic, level, kind",
        ),
        (["cards.csv.j2", "-o", "out/{topic}.csv"], "its name needs {id}, or two would share one"),
        (["cards.csv.j2", "-o", "absent/out.csv"], "cannot write to absent/out.csv: No such file or directory"),
    ],
)
def test_wrong_usage_is_explained(words: list[str], said: str) -> None:
    Path("latin.txt.j2").write_bytes(b"\xe9")
    Path("large.txt.j2").write_bytes(b"x" * 1_000_001)
    result = qbank("render", *words)
    assert result.exit_code in (1, 2)
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_a_template_that_writes_nothing_of_a_bank_with_problems_is_not_run() -> None:
    with Path("bank/evaluation/precision.yaml").open("a") as file:
        file.write("levle: core\n")
    result = qbank("render", "cards.csv.j2")
    assert result.exit_code == 1
    assert "error[unknown-field]" in result.output


def test_a_template_is_rendered_to_a_file_or_shown() -> None:
    Path("mine.md.j2").write_text("# {{ title }}\n", encoding="utf-8")
    assert qbank("render", "mine.md.j2").output == "# Mini\n"
    assert qbank("render", "mine.md.j2", "-o", "out.md").output == ""
    assert Path("out.md").read_text(encoding="utf-8") == "# Mini\n"


def test_a_file_for_each_question_and_those_of_questions_that_are_gone_go() -> None:
    Path("mine.md.j2").write_text("{{ question.id }}: {{ cards|length }} of {{ title }}\n", encoding="utf-8")
    words = ["render", "mine.md.j2", "-o", "notes/{topic}/{level}-{id}.md"]
    assert qbank(*words).output == "2 files in notes\n"
    texts = {path.as_posix(): path.read_text(encoding="utf-8") for path in Path("notes").rglob("*.md")}
    assert texts == {
        "notes/evaluation/core-precision.md": "precision: 2 of Mini\n",
        "notes/linear-models/core-ridge-regression.md": "ridge-regression: 9 of Mini\n",
    }
    Path("notes/mine.md").write_text("my own")
    assert qbank("render", "cards.csv.j2", "-o", "notes/cards.csv").exit_code == 0
    ridge = Path("bank/linear-models/ridge-regression.yaml")
    ridge.write_text(ridge.read_text(encoding="utf-8").replace("see_also: [precision]\n", ""), encoding="utf-8")
    Path("bank/evaluation/precision.yaml").unlink()
    assert qbank(*words).output == "1 files in notes\n"
    left = {path.as_posix() for path in Path("notes").rglob("*.*") if path.is_file() and ".qbank" not in path.parts}
    assert left == {"notes/linear-models/core-ridge-regression.md", "notes/mine.md", "notes/cards.csv"}


def test_a_build_writes_what_templates_make_beside_the_rest_and_once() -> None:
    Path("mine.md.j2").write_text("{{ title }}\n", encoding="utf-8")
    words = ["build", "--only", "data", "--template", "mine.md.j2", "--template", "cards.csv.j2"]
    assert qbank(*words).output == "11 files in dist\n"
    assert {path.name for path in Path("dist/export").iterdir()} == {"mine.md", "cards.csv"}
    Path("mine.md.j2").write_text("changed\n", encoding="utf-8")
    assert qbank(*words).exit_code == 0
    assert Path("dist/export/mine.md").read_text() == "changed\n"
    twice = qbank(*words, "--template", "bank/../mine.md.j2")
    assert twice.exit_code == 2 and "would write the same file" in twice.output
    assert qbank("build", "--topic", "evaluation", "--template", "mine.md.j2").exit_code == 2


# -- what comes with qbank


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    return export.whole(surveyed(BANK), EDITION)


def shipped(name: str, context: dict[str, Any]) -> str:
    source = (templates() / "export" / name).read_text(encoding="utf-8")
    return "".join(export.written(Template(name, source), context))


def test_what_comes_is_tried_here() -> None:
    assert SHIPPED == ["cards.csv.j2", "moodle.xml.j2", "obsidian.md.j2", "quizlet.tsv.j2"]


def test_the_csv_is_read_by_csv_and_by_pandas(real: dict[str, Any]) -> None:
    text = shipped("cards.csv.j2", real)
    keys = {"front": "front_text", "back": "back_text", "topic": "topic", "level": "level", "url": "url"}
    wanted = [
        {name: card[key] for name, key in keys.items()} | {"tags": " ".join(card["tags"])} for card in real["cards"]
    ]
    assert len(wanted) > 1000
    assert list(csv.DictReader(io.StringIO(text, newline=""), strict=True)) == wanted
    assert pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).to_dict("records") == wanted


def test_quizlet_gets_a_term_and_a_definition_on_each_line(real: dict[str, Any]) -> None:
    read = pandas.read_csv(
        io.StringIO(shipped("quizlet.tsv.j2", real)),
        sep="\t",
        header=None,
        quoting=csv.QUOTE_NONE,
        dtype=str,
        keep_default_na=False,
    )
    assert read.values.tolist() == [[card["front_text"], card["back_text"]] for card in real["cards"]]


def test_moodle_gets_a_category_for_each_topic_and_an_essay_for_each_question(real: dict[str, Any]) -> None:
    """As https://docs.moodle.org/en/Moodle_XML_format describes the file."""
    quiz = ElementTree.fromstring(shipped("moodle.xml.j2", real))
    assert quiz.tag == "quiz"
    types = [each.get("type") for each in quiz]
    assert types[0] == "category" and set(types) == {"category", "essay"}
    assert {each.tag for each in quiz} == {"question"}
    titles = {each.findtext("category/text", "").rpartition("/")[2] for each in quiz if each.get("type") == "category"}
    assert titles == {topic["title"] for topic in real["topics"]}
    essays = {each.findtext("idnumber"): each for each in quiz if each.get("type") == "essay"}
    rows = {row["id"]: row for row in real["questions"]}
    assert essays.keys() == rows.keys()
    for name, essay in essays.items():
        row = rows[str(name)]
        assert essay.findtext("name/text") == row["title"]
        asked = essay.find("questiontext")
        assert asked is not None and asked.get("format") == "html"
        assert asked.findtext("text") == row["question"]["html"]
        assert essay.findtext("graderinfo/text") == row["answer"]["html"]
        assert essay.findtext("generalfeedback/text") == row["answer"]["html"] + row["explanation"]["html"]
        assert [tag.text for tag in essay.iterfind("tags/tag/text")] == row["tags"]


def test_obsidian_gets_a_note_for_each_question_with_properties_links_and_figures() -> None:
    survey = surveyed(BANK)
    names = {question.name for question in survey.bank.questions}
    figures = 0
    for question in survey.bank.questions:
        context = export.single(survey, EDITION, question)
        row = context["question"]
        note = frontmatter.loads(shipped("obsidian.md.j2", context))
        assert note["title"] == row["title"] and note["level"] == row["level"]
        assert note["aliases"] == [row["title"], *row["aliases"]]
        assert all(re.fullmatch(r"[\w/-]+", tag) and not tag.isdigit() for tag in note["tags"]), (
            "as Obsidian takes tags"
        )
        linked = re.findall(r"(?<!!)\[\[([^|\]]+)\|", note.content)
        assert linked == [each["id"] for each in (*row["needs"], *row["see_also"])]
        assert names.issuperset(linked)
        figures += f"![[{row['figure']['file']}]]" in note.content
        assert bool(row["figure"]["file"]) == ("![[" in note.content)
        callouts = note.content.count("> [!")
        assert callouts == 2 + bool(row["code"]["solution"]) + len(row["pitfalls"]) + len(row["follow_ups"])
    assert figures > 100
