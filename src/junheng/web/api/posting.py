"""One POST: the connection goes to the very address that was looked at, and nowhere on from it."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import SplitResult

from junheng.web.api.addresses import NotFound, Refused, checked, public_addresses
from junheng.web.api.kinds import Trouble

SECONDS = 10.0  # for all of it: a receiver that trickles is cut off
_HTTPS, _HTTP = 443, 80
_OK = range(200, 300)


class _Pinned(http.client.HTTPConnection):
    """A connection whose address was looked up and judged before; TLS still asks for the certificate of the name."""

    def __init__(self, parts: SplitResult, addresses: list[tuple[int, str]]) -> None:
        self._secure = parts.scheme == "https"
        host = (parts.hostname or "").encode("idna").decode("ascii")
        super().__init__(host, parts.port or (_HTTPS if self._secure else _HTTP), timeout=SECONDS)
        self._addresses = addresses
        if self._secure:
            self.default_port = _HTTPS  # so that the Host header has no port where it is the usual one

    def connect(self) -> None:
        """To the first of the addresses that answers."""
        family, address = self._addresses[0]
        plain = socket.socket(family, socket.SOCK_STREAM)
        plain.settimeout(SECONDS)
        self.sock = plain
        plain.connect((address, self.port))
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def post(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int | None, Trouble]:
    """(status, trouble) of one try. No redirect is followed, no proxy asked, and nothing of the answer read but its status."""
    try:
        parts = checked(address)
        usual = _HTTPS if parts.scheme == "https" else _HTTP
        found = public_addresses(parts.hostname or "", parts.port or usual)
    except Refused:
        return None, Trouble.ADDRESS
    except NotFound:
        return None, Trouble.NAME
    connection = _Pinned(parts, found)
    with _cut_off(connection) as is_cut:
        try:
            status = _asked(connection, parts, body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return None, _trouble(error, is_cut=is_cut.is_set())
    return status, Trouble.NONE if status in _OK else Trouble.ANSWER


def _asked(connection: _Pinned, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", place, body, dict(headers))
    return connection.getresponse().status


def _trouble(error: Exception, *, is_cut: bool) -> Trouble:
    if is_cut or isinstance(error, TimeoutError):
        return Trouble.TIME
    if isinstance(error, ssl.SSLError):
        return Trouble.SECURITY
    return Trouble.CONNECT if isinstance(error, OSError) else Trouble.ANSWER


@contextmanager
def _cut_off(connection: _Pinned) -> Iterator[threading.Event]:
    """Shut the connection down after ``SECONDS``, whatever it is doing."""
    cut = threading.Event()

    def end() -> None:
        cut.set()
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it had ended by itself

    timer = threading.Timer(SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield cut
    finally:
        timer.cancel()
        connection.close()
