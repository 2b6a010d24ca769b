"""A server for one person: it listens on the loopback address alone, and tells pages when something has changed.

Pages of other hosts may not read what is here, since nothing allows them to. Nor do they get at it by a name of their
own that leads to this address (DNS rebinding): the header `Host` then names another host. Nothing here can be changed.
"""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from qbank.preview.pages import Page, Pages

HOST = "127.0.0.1"
#: Seconds after which a page that waits is told that all is as it was: so a page that has gone is noticed.
_PAUSE = 15.0
#: Seconds for which frames may keep what they load.
_KEPT = 3600


class Server(ThreadingHTTPServer):
    """Serves pages on a port of the loopback address; 0 is any free one."""

    daemon_threads = True

    def __init__(self, pages: Pages, port: int = 0) -> None:
        """Raises `OSError` where the port cannot be had."""
        self.pages = pages
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """What a browser is told."""
        return f"http://{HOST}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nobody is told of a browser that does not listen any more."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "qbank"
    sys_version = ""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, explain="This is not the address of the preview.")
            return
        path = unquote(urlsplit(self.path).path).removeprefix("/")
        if path == "events":
            self._tell()
        else:
            self._send(path)

    def _send(self, path: str) -> None:
        try:
            page = self.server.pages.at(path, f"http://{self.headers['Host']}")
        except Exception as error:
            # A fault of the program; whoever writes a bank is to see it, and the preview goes on.
            said = f"This page could not be made, which is a fault of qbank. {type(error).__name__}: {error}"
            page = Page(said.encode(), "text/plain; charset=utf-8", status=HTTPStatus.INTERNAL_SERVER_ERROR)
        self.send_response(page.status)
        self.send_header("Content-Type", page.kind)
        self.send_header("Content-Length", str(len(page.data)))
        self.send_header("Content-Security-Policy", page.policy)
        self.send_header("Cross-Origin-Resource-Policy", "cross-origin" if page.shared else "same-origin")
        self.send_header("Cache-Control", f"private, max-age={_KEPT}" if page.shared else "no-store")
        if page.kind.startswith("font/") and page.shared:
            # A frame without an origin loads fonts only so.
            self.send_header("Access-Control-Allow-Origin", "null")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(page.data)

    def _tell(self) -> None:
        """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): every new turn."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        turn = 0
        while True:
            now = self.server.pages.desk.wait(turn, _PAUSE)
            self.wfile.write((": as it was\n\n" if now == turn else f"retry: 500\ndata: {now}\n\n").encode())
            self.wfile.flush()
            turn = now

    def log_message(self, *_: Any) -> None:
        return
