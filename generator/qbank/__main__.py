"""Where the command `qbank` starts, also as `python -m qbank`.

What it can do is asked first of all and most often, so that is answered before click is imported, which takes three
times as long as Python itself.
"""

from __future__ import annotations

import io
import os
import sys
from errno import EBADF, EIO, ENOSPC

from qbank.usage import HELP

#: The exit status of an error of the program itself: EX_SOFTWARE of sysexits.h.
INTERNAL = 70
DEBUG = "QBANK_DEBUG"


def main() -> None:
    """Run the command with the arguments of the process; no error ends in a traceback, unless that is asked for."""
    _open_closed()
    try:
        try:
            _run()
        finally:
            # What is still to be written may fail, and Python would only say so when it has ended.
            if sys.stdout is not None:
                sys.stdout.flush()
    except KeyboardInterrupt:  # before there is a command that knows what to put away
        sys.stderr.write("interrupted\n")
        raise SystemExit(130) from None
    except BrokenPipeError:  # nobody reads on; Python would complain of that when it ends
        sys.stdout = None
        raise SystemExit(1) from None
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        raise SystemExit(_last_resort(error)) from error


def _open_closed() -> None:
    """Give what is written to closed streams (`>&-`), which Python has as None, a place where nobody reads it."""
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()


def _run() -> None:
    if sys.flags.optimize > 1:  # what rules, fields and the data's schema say of themselves would be missing
        sys.stderr.write("Error: qbank needs its docstrings: unset PYTHONOPTIMIZE, or run Python without -OO\n")
        raise SystemExit(2)
    for stream in (sys.stdout, sys.stderr):
        # What a console cannot show, as most of Unicode on an older one of Windows, is shown by its number.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.argv[1:] in (["--help"], ["-h"]):
        _help()
        return
    from qbank.cli import main as command

    command(prog_name="qbank")


def _last_resort(error: Exception) -> int:
    """Say in a line what nobody foresaw; the exit status."""
    if isinstance(error, OSError) and error.filename is None and error.errno in (ENOSPC, EIO, EBADF):
        sys.stdout = None
        sys.stderr.write(f"Error: cannot write what is shown here: {error.strerror}\n")
        return 1
    if isinstance(error, MemoryError):
        sys.stderr.write(
            "Error: there is not enough memory for this; give it more (`ulimit -v`), or build less at once\n"
        )
        return 1
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno})" if frame else ""
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    shown = "".join(sign if sign.isprintable() else "?" for sign in said)
    sys.stderr.write(
        f"Internal error: {shown}{where}. Please report it among the issues of qbank, "
        "with what the same command shows as `qbank --debug ...`.\n"
    )
    return INTERNAL


def _help() -> None:
    try:
        sys.stdout.write(HELP)
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None


if __name__ == "__main__":
    main()
