"""Where the command `qbank` starts, also as `python -m qbank`.

What it can do is asked first of all and most often, so that is answered before click is imported, which takes three
times as long as Python itself.
"""

from __future__ import annotations

import io
import sys

from qbank.usage import HELP


def main() -> None:
    """Run the command with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        # What a console cannot show, as most of Unicode on an older one of Windows, is shown by its number.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.argv[1:] in (["--help"], ["-h"]):
        _help()
        return
    from qbank.cli import main as command

    command(prog_name="qbank")


def _help() -> None:
    try:
        sys.stdout.write(HELP)
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on; Python would complain of that when it ends
        sys.stdout = None


if __name__ == "__main__":
    main()
