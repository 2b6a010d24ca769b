"""What runs the code of a bank keeps it in: it reaches no network and no file, ends in time, and leaves nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qbank import run
from qbank.run import Limits, Machine, Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are those of Linux")


@pytest.fixture(params=["all", "few"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With namespaces, and as where the system refuses them."""
    if request.param == "all" and not run.is_walled():
        pytest.skip("this system refuses namespaces, so programs are NOT WALLED here")
    if request.param == "few":
        monkeypatch.setattr(run, "is_walled", lambda: False)
    return str(request.param)


@pytest.fixture
def walled() -> None:
    if not run.is_walled():
        pytest.skip("this system refuses namespaces, so programs are NOT WALLED here")


def ran(program: str, **limits: float) -> Outcome:
    return Machine(limits=Limits(**{"seconds": 60, **limits})).run({"a.py": program}, ["a.py"])  # type: ignore[arg-type]


@pytest.fixture
def beat(tmp_path: Path) -> Iterator[Callable[[], bool]]:
    """Whether a process is there that has a certain word on its command line; in the end there is none."""
    word = f"beat-{tmp_path.name}-{os.getpid()}"
    (tmp_path / "word").write_text(word)

    def beats() -> bool:
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                line = each.read_text(encoding="utf-8", errors="replace")
                if word in line and "import run" not in line:
                    return True
        return False

    yield beats


def daemon(tmp_path: Path) -> str:
    """A program that begins another one, which leaves its session and its parent, and holds nothing of it."""
    word = (tmp_path / "word").read_text()
    sleeping = f"import time\\ntime.sleep(300)  # {word}"
    return (
        "import os, sys, subprocess\n"
        "if not os.fork():\n    os.setsid()\n    if not os.fork():\n"
        f"        os.execv(sys.executable, [sys.executable, '-c', '{sleeping}'])\n    os._exit(0)\n"
        "os.wait()\n"
    )


def test_what_a_program_leaves_behind_ends_with_it(kind: str, tmp_path: Path, beat: Callable[[], bool]) -> None:
    made = ran(f"{daemon(tmp_path)}\nprint('done')\n")
    assert (made.passed, made.said) == (True, "done\n")
    assert not beat()


def test_so_does_what_is_left_when_the_time_is_over(kind: str, tmp_path: Path, beat: Callable[[], bool]) -> None:
    made = ran(f"{daemon(tmp_path)}\nwhile True: pass\n", seconds=3)
    assert (made.code, made.said) == (None, "ended after 3 seconds")
    assert not beat()


def test_a_program_ends_with_who_runs_it(kind: str, tmp_path: Path, beat: Callable[[], bool]) -> None:
    runs = (
        "import sys\nfrom qbank import run\n"
        f"run.is_walled = lambda: {kind == 'all'}\n"
        f"run.HERE.run({{'a.py': {daemon(tmp_path) + 'while True: pass'!r}}}, ['a.py'])\n"
    )
    process = subprocess.Popen([sys.executable, "-c", runs])
    for _ in range(150):
        if beat():
            break
        time.sleep(0.1)
    else:
        pytest.fail("it never began")
    process.kill()
    process.wait()
    for _ in range(150):
        if not beat():
            return
        time.sleep(0.1)
    pytest.fail("it goes on")


@pytest.mark.parametrize(
    "program",
    [
        "import os\nwhile True:\n    os.fork()\n",
        "import threading, time\nfor _ in range(5000):\n    threading.Thread(target=time.sleep, args=(60,)).start()\n",
    ],
    ids=["processes", "threads"],
)
def test_processes_are_limited(program: str, kind: str) -> None:
    if kind == "few" and not os.getuid():
        pytest.skip("the system does not limit the processes of the administrator outside of namespaces")
    made = ran(program, processes=40, seconds=10)
    assert not made.passed
    assert made.code is None or "BlockingIOError" in made.said or "can't start new thread" in made.said


def test_memory_is_limited_with_a_clear_word(kind: str) -> None:
    made = ran("held = []\nwhile True:\n    held.append(bytearray(1 << 24))\n", memory=256 << 20)
    assert made.code == 1
    assert made.said.splitlines()[-1] == "MemoryError"


def test_what_a_program_prints_is_limited(kind: str) -> None:
    made = ran("while True:\n    print('x' * 99)\n", printed=10_000)
    assert not made.passed
    assert made.said.endswith("\nended, since it printed more than 10,000 bytes\n")
    assert len(made.said) < 10_100


@pytest.mark.parametrize("end", ["sys.exit(3)", "os.abort()", "os.kill(os.getpid(), 15)", "os.kill(os.getpid(), 9)"])
def test_a_program_ends_as_it_would_without_walls(end: str, kind: str) -> None:
    plain = subprocess.run([sys.executable, "-c", f"import os, sys\n{end}"], check=False)
    assert ran(f"import os, sys\n{end}").code == plain.returncode


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize(
    "reached",
    [
        "socket.create_connection(('127.0.0.1', PORT), 5)",
        "socket.create_connection(('192.0.2.1', 80), 5)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "socket.getaddrinfo('example.com', 80)",
    ],
)
def test_no_network_is_reached(reached: str) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        made = ran(f"import socket\nPORT = {server.getsockname()[1]}\n{reached}\n")
    assert made.code == 1
    assert "unreachable" in made.said or "resolution" in made.said or "not known" in made.said


@pytest.mark.usefixtures("walled")
def test_no_file_is_written_but_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for doing in (
        f"open({str(tmp_path / 'mine')!r}, 'w')",
        f"open({str(tmp_path / 'new')!r}, 'w')",
        f"os.remove({str(tmp_path / 'mine')!r})",
        f"os.chmod({str(tmp_path / 'mine')!r}, 0)",
        f"os.utime({str(tmp_path)!r})",
    ):
        assert "Read-only file system" in ran(f"import os\n{doing}\n").said
    assert ran("import tempfile\nwith tempfile.TemporaryFile() as file: file.write(b'x')\nopen('b', 'w')\n").passed
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.usefixtures("walled")
def test_no_way_leads_out_of_the_walls() -> None:
    tried = """
import ctypes, os
c = ctypes.CDLL(None, use_errno=True)
assert c.mount(None, b"/", None, 0x20 | 0x1000, None), "remounted to be written"
assert c.umount2(os.fsencode(os.getcwd()), 2), "the folder is taken away"
assert c.setuid(0), "the administrator"
if not c.unshare(0x10000000 | 0x20000):
    assert c.mount(None, b"/", None, 0x20 | 0x1000, None), "remounted in another namespace"
print("held")
"""
    made = ran(tried)
    assert (made.passed, made.said) == (True, "held\n")


@pytest.mark.usefixtures("walled")
def test_no_other_process_is_seen() -> None:
    assert ran("import os\nprint(*sorted(n for n in os.listdir('/proc') if n.isdigit()))\n").said == "1 2\n"


@pytest.mark.usefixtures("walled")
def test_all_files_together_are_limited() -> None:
    made = ran("for n in range(999):\n    open(str(n), 'wb').write(bytes(8 << 20))\n")
    assert "No space left on device" in made.said


@pytest.mark.usefixtures("walled")
def test_the_code_of_the_bank_is_tested_between_the_same_walls(tmp_path: Path, beat: Callable[[], bool]) -> None:
    from warm import Warm

    (tmp_path / "mine").write_text("mine")
    warm = Warm(Machine(limits=Limits(seconds=60)), ["json"])
    try:
        assert warm.run({"a.py": "open('b', 'w').write('x')\nprint('fine')"}, ["a.py"]) == Outcome(True, 0, "fine\n")
        for doing, said in (
            (f"open({str(tmp_path / 'mine')!r}, 'w')", "Read-only file system"),
            (f"os.remove({str(tmp_path / 'mine')!r})", "Read-only file system"),
            ("socket.create_connection(('192.0.2.1', 80), 5)", "Network is unreachable"),
        ):
            assert said in warm.run({"a.py": f"import os, socket\n{doing}\n"}, ["a.py"]).said
        assert warm.run({"a.py": f"{daemon(tmp_path)}\nprint('done')\n"}, ["a.py"]).said == "done\n"
        shown = "import os\nprint(os.listdir('.'), len([n for n in os.listdir('/proc') if n.isdigit()]))\n"
        # Until the daemon that was killed is taken away, it is listed, too.
        assert any(warm.run({"b.py": shown}, ["b.py"]).said == "['b.py'] 3\n" for _ in range(50))
        assert not beat()
    finally:
        warm.close()
