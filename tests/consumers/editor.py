"""The YAML language server that editors run, spoken to as they do: LSP over its standard input and output.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

#: A server that reaches for the network has failed, whatever it answers.
_OFFLINE = """
const refuse = () => { process.stderr.write("THE NETWORK WAS ASKED\\n"); process.exit(9); };
require("net").Socket.prototype.connect = refuse;
require("dns").lookup = refuse;
globalThis.fetch = refuse;
"""


def server() -> list[str]:
    """The command of the server. Where it is not, the test is skipped, loudly; with QBANK_REQUIRE_NODE set it fails."""
    node = shutil.which("node")
    program = Path(sys.prefix) / "node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if node is None or not program.is_file():
        message = "Node or yaml-language-server is not installed: WHAT EDITORS SHOW IS NOT TRIED IN THIS RUN"
        if os.environ.get("QBANK_REQUIRE_NODE"):
            pytest.fail(message)
        pytest.skip(message)
    return [node, "--require", "{offline}", str(program), "--stdio"]


class Editor:
    """An editor that has opened a folder, with the settings of its .vscode/settings.json."""

    def __init__(self, folder: Path, scratch: Path, *, configured: bool = True) -> None:
        offline = scratch / "offline.cjs"
        offline.write_text(_OFFLINE, encoding="utf-8")
        words = [word.format(offline=offline) for word in server()]
        self.folder = folder
        self.settings = self._settings() if configured else {"yaml": {"schemaStore": {"enable": False}}}
        self.stderr = (scratch / "stderr").open("w+b")
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.stderr)
        self.number = 0
        self.found: dict[str, list[dict[str, Any]]] = {}
        self.opened: set[str] = set()
        capable = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": {"completionItem": {"snippetSupport": False}}},
        }
        place = {"uri": folder.as_uri(), "name": folder.name}
        self.ask("initialize", processId=None, rootUri=place["uri"], workspaceFolders=[place], capabilities=capable)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=self.settings)

    def _settings(self) -> dict[str, Any]:
        """What VS Code makes of the names with dots in its file: nested objects."""
        out: dict[str, Any] = {}
        for name, value in json.loads((self.folder / ".vscode" / "settings.json").read_text(encoding="utf-8")).items():
            inner = out
            *way, last = name.split(".")
            for each in way:
                inner = inner.setdefault(each, {})
            inner[last] = value
        return out

    def diagnoses(self, path: str, text: str) -> list[tuple[int, str]]:
        """What is marked in a file of this text: line (from 0) and message."""
        return [(each["range"]["start"]["line"], each["message"]) for each in self._open(path, text)]

    def completions(self, path: str, text: str) -> set[str]:
        """What is offered at the sign | of a text."""
        before, _, after = text.partition("|")
        answer = self._ask_at("textDocument/completion", path, before, after)
        return {item["label"] for item in (answer or {"items": []})["items"]}

    def hover(self, path: str, text: str) -> str:
        """What is shown of the word at the sign | of a text."""
        before, _, after = text.partition("|")
        answer = self._ask_at("textDocument/hover", path, before, after)
        return str(answer["contents"]["value"]) if answer else ""

    def close(self) -> None:
        """End the server; it must not have asked the network."""
        self.process.kill()
        self.process.communicate()
        self.stderr.seek(0)
        said = self.stderr.read().decode()
        self.stderr.close()
        assert "NETWORK" not in said

    def _ask_at(self, method: str, path: str, before: str, after: str) -> Any:
        self._open(path, before + after)
        rows = before.split("\n")
        place = {"line": len(rows) - 1, "character": len(rows[-1])}
        return self.ask(method, textDocument={"uri": self._uri(path)}, position=place)

    def _uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def _open(self, path: str, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, whatever it held before, and give the marks."""
        uri = self._uri(path)
        if uri in self.opened:
            self.tell("textDocument/didClose", textDocument={"uri": uri})
            assert self._found(uri) == [], "the marks go with the file"
        self.opened.add(uri)
        # The server takes a version that it knows for the text that it had.
        self.number += 1
        document = {"uri": uri, "languageId": "yaml", "version": self.number, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return self._found(uri)

    def _found(self, uri: str) -> list[dict[str, Any]]:
        """What the server finds next in a file."""
        while uri not in self.found:
            self._receive()
        return self.found.pop(uri)

    def ask(self, method: str, **params: Any) -> Any:
        """What the server answers to a request."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self.number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Tell the server something that it does not answer."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message. What the server asks is answered, what it finds is kept."""
        assert self.process.stdout
        length = 0
        while (line := self.process.stdout.readline()) != b"\r\n":
            assert line, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.found[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            wanted = [self.settings.get(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message
