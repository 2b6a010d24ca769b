"""What the command can do, in the words of its help: known without click, which takes long to import."""

from __future__ import annotations

#: Every command, with the first line of its help as click cuts it.
COMMANDS = {
    "build": "Write decks, sheets and data to dist/.",
    "cache": "Show what is kept of earlier runs, or clear it.",
    "check": "Check the bank, or only what concerns PATHS, and show all...",
    "diff": "Show what changes since the git revision REV: what it does...",
    "fields": "List the fields of the bank's files, or explain the field NAME.",
    "init": "Start a bank in DIR: a small one, to change into yours.",
    "mock": "Write a mock interview: questions with their times, and...",
    "new": "Start a question: NAME is TOPIC/NAME, such as...",
    "plan": "List the files that a build writes; `qbank build --job PATH`...",
    "practice": "Practice the coding question NAME: write what you start...",
    "preview": "Show questions in a browser, anew after every save.",
    "release": "Release VERSION, such as 2026.11: move the ledger, write the...",
    "render": "Write the bank in the format of TEMPLATE, a file or one that...",
    "rules": "List the rules of `qbank check`, or explain the rule NAME.",
    "schema": "Write the JSON Schemas of the bank's files to schemas/ in it.",
    "show": "Show the question NAME here: what it says, its cards, its...",
    "stats": "Count questions and cards, and show which questions of the...",
    "works": "Find the keys of works in references.yaml by words of key,...",
}
#: Commands that went into others.
FORMER = {"run": "check --run"}

#: What click makes of `qbank.cli`, as a test compares.
HELP = """\
Usage: qbank [OPTIONS] COMMAND [ARGS]...

  Check a bank of interview questions and render it into Anki decks, cheat
  sheets and JSON.

Options:
  --version   Show the version.
  --debug     Show the traceback of an internal error; so does the environment
              variable QBANK_DEBUG.
  -h, --help  Show this message and exit.

Commands:
""" + "".join(f"  {name:8}  {line}\n" for name, line in COMMANDS.items())
