"""A receiver of webhooks on loopback, for the tests."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest


class Receiver:
    """A server on loopback that keeps what it is sent and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status, self.head, self.wait = 200, {"X": "y"}, threading.Event()
        self.is_slow = False
        kept = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # http.server's name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kept.got.append((dict(self.headers), body))
                if kept.is_slow:
                    kept.wait.wait(5)
                    return
                self.send_response(kept.status)
                for name, value in kept.head.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"secret words of the receiver")

            def log_message(self, *_: Any) -> None:
                """Silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/in"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """One, with loopback allowed."""
    settings.HOOKS_TO_LOOPBACK = True
    made = Receiver()
    yield made
    made.wait.set()
    made.server.shutdown()
    made.server.server_close()
