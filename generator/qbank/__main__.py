"""Where the command `qbank` starts, also as `python -m qbank`.

What it can do is asked first of all and most often, so that is answered before click is imported, which takes three
times as long as Python itself.
"""

from __future__ import annotations

import sys

#: What click makes of `qbank.cli`, as a test compares.
HELP = """\
Usage: qbank [OPTIONS] COMMAND [ARGS]...

  Check a bank of interview questions and render it into Anki decks, cheat
  sheets and JSON.

Options:
  --version   Show the version.
  -h, --help  Show this message and exit.

Commands:
  build    Write decks, sheets and data to dist/.
  cache    Show what is kept of earlier runs, or clear it.
  check    Check the bank, or only what concerns PATHS, and show all...
  new      Start a question: NAME is TOPIC/NAME, such as...
  release  Release VERSION, such as 2026.11: move the ledger, write...
  rules    List the rules of `qbank check`, or explain the rule NAME.
  schema   Show the JSON Schema of a question's file, for editors.
  stats    Count questions and cards, and show which questions of the...
"""


def main() -> None:
    """Run the command with the arguments of the process."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        sys.stdout.write(HELP)
        return
    from qbank.cli import main as command

    command(prog_name="qbank")


if __name__ == "__main__":
    main()
