"""No webhook reaches this machine, its neighbours or a cloud's metadata, however it is written."""

import socket
from typing import Any

import pytest

from junheng.web.api import addresses, posting
from junheng.web.api.addresses import NotFound, Refused, checked, public_addresses, require_public
from junheng.web.api.kinds import Trouble
from junheng.web.api.posting import post

_PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.192", "168.63.129.16", "198.18.0.1", "203.0.113.5", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "::127.0.0.1", "2001:db8::1", "3fff::1",
]  # fmt: skip


@pytest.mark.parametrize("address", _PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        require_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"]
)
def test_what_is_public_is_not(address: str) -> None:
    require_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "https:///x", "//example.org",
        "https://user@example.org/", "https://user:word@example.org/", "https://example.org/#x", "https://example.org:22/",
        "https://example.org:0/", "https://example.org:99999/", "https://exa mple.org/", "https://example.org\\@x/",
        "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3:8443/", "https://localhost/", "https://169.254.169.254/",
        "https://example.org/\r\nX: y", "https://例子.org/", "https://[::1", "gopher://example.org/", "", "x" * 600,
        "https://" + "a" * 500 + ".org/",
    ],
)  # fmt: skip
def test_an_address_no_webhook_may_have(address: str) -> None:
    with pytest.raises(Refused):
        checked(address)


@pytest.mark.parametrize(
    "address", ["https://example.org", "https://example.org:8443/in?x=1", "https://[2400:3200::1]/"]
)
def test_one_it_may_have(address: str) -> None:
    assert checked(address).scheme == "https"


def _resolves(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in found]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: told)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolves(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(Refused):
        public_addresses("example.org", 443)
    assert post("https://example.org/", b"{}", {}) == (None, Trouble.ADDRESS)


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", fail)
    with pytest.raises(NotFound):
        public_addresses("example.org", 443)
    assert post("https://example.org/", b"{}", {}) == (None, Trouble.NAME)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1", "0"])
def test_loopback_in_every_spelling(host: str) -> None:
    assert post(f"https://{host}/", b"{}", {})[1] in (Trouble.ADDRESS, Trouble.NAME)


def test_the_connection_goes_where_was_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves otherwise a moment later (rebinding) changes nothing: it is not asked again."""
    asked, reached = [], []

    def once(*_: Any, **__: Any) -> list[Any]:
        asked.append(1)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8" if len(asked) == 1 else "127.0.0.1", 443))
        ]

    class Wire:
        def __init__(self, *_: Any) -> None: ...
        def settimeout(self, _: float) -> None: ...
        def shutdown(self, _: int) -> None: ...
        def close(self) -> None: ...
        def connect(self, place: Any) -> None:
            reached.append(place)
            raise ConnectionRefusedError

    monkeypatch.setattr(addresses.socket, "getaddrinfo", once)
    monkeypatch.setattr(posting.socket, "socket", Wire)
    assert post("https://example.org/", b"{}", {}) == (None, Trouble.CONNECT)
    assert reached == [("8.8.8.8", 443)]
    assert len(asked) == 1
