"""Who is told, on loopback: a program that takes JSON over HTTP, and a mail server."""

import email
import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Webhook:
    """What was posted, in order; it answers with `status`."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hooks/SECRET-TOKEN"
        self.status = 200
        self.received: list[dict[str, Any]] = []


@contextmanager
def webhook() -> Iterator[Webhook]:
    """A receiver of webhooks."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.received.append(json.loads(body) | {"path": self.path})
            self.send_response(hook.status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook = Webhook(server.server_port)
        with _serving(server):
            yield hook


class Mailbox:
    """The mails that a server took, in order."""

    def __init__(self, port: int) -> None:
        self.address = (
            f"mailto://127.0.0.1:{port}/?to=ops@example.org&from=newsmill@a.example&mode=insecure"
        )
        self.received: list[Message] = []


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server that takes whatever comes (RFC 5321, as far as a client of one mail asks)."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 mail.example")
            while line := self.rfile.readline():
                verb = line[:4].upper().strip()
                if verb == b"DATA":
                    self._say("354 go on")
                    box.received.append(email.message_from_bytes(b"".join(iter(self._line, None))))
                self._say("221 bye" if verb == b"QUIT" else "250 mail.example")

        def _line(self) -> bytes | None:
            line = self.rfile.readline()
            return None if line in {b".\r\n", b""} else line

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        box = Mailbox(server.server_address[1])
        with _serving(server):
            yield box


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
