"""Where the command `qbank` starts, also as `python -m qbank`.

What it can do is asked first of all and most often, so that is answered before click is imported, which takes three
times as long as Python itself.
"""

from __future__ import annotations

import sys

from qbank.usage import HELP


def main() -> None:
    """Run the command with the arguments of the process."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        sys.stdout.write(HELP)
        return
    from qbank.cli import main as command

    command(prog_name="qbank")


if __name__ == "__main__":
    main()
