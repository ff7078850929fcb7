"""Where a webhook may go: https to a public address, looked at again when connecting."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from junheng.basics import Text

_LONGEST = 500
_USUAL, _FIRST_FREE = 443, 1024  # ports below 1024 other than 443 are other services'
_CLOSED = tuple(  # besides what Python calls private, which differs between its versions
    ipaddress.ip_network(one)
    for one in (
        *("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15"),  # RFC 6890, 7526, 6598, 2544
        "168.63.129.16/32",  # a cloud's host service at a public number
        *(
            "2002::/16",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
        ),  # RFC 3056 and 4380 carry IPv4; 3849, 9637 are examples
    )
)
_UNICAST = ipaddress.ip_network(
    "2000::/3"
)  # all of IPv6 that is given out (RFC 4291): nothing wrapped in ::/96, 64:ff9b::


class Refused(Exception):  # noqa: N818 # told to the administrator, with its words
    """An address no webhook may have."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


class NotFound(Exception):  # noqa: N818 # a state of affairs
    """The name does not resolve."""


def checked(address: str) -> SplitResult:
    """The parts of an address a webhook may have. Raises Refused, also for a number that is not public.

    Whether a name is of a public address is asked at every connecting.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
        name = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise Refused(Text("地址写法不对", "not an address")) from error
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or len(address) > _LONGEST or not name:
        raise Refused(Text("地址写法不对", "not an address"))
    if parts.username is not None or parts.password is not None or parts.fragment or "\\" in address:
        raise Refused(Text("地址中不能有用户名、口令或 # 部分", "no user, word or fragment in it"))
    if parts.scheme != "https" and not (parts.scheme == "http" and may_stay_home()):
        raise Refused(Text("地址须以 https:// 开头", "it must begin with https://"))
    if port is not None and port != _USUAL and port < _FIRST_FREE:
        raise Refused(Text("端口须为 443 或大于 1023", "port 443 or above 1023"))
    _require_public_number(name)
    return parts


def _require_public_number(name: str) -> None:
    """An address written as a number is judged at once, and this machine's own name."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        if name != "localhost":
            return
        name = "127.0.0.1"
    require_public(name)


def may_stay_home() -> bool:
    """Whether loopback is allowed, and http to it: in tests alone."""
    return bool(getattr(settings, "HOOKS_TO_LOOPBACK", False))


def public_addresses(host: str, port: int) -> list[tuple[int, str]]:
    """(family, IP address) to connect to. Raises Refused where any of them is not public, NotFound where there is none.

    One private address among public ones is refused whole: which of them a connection took would be chance.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFound(host) from error
    addresses = list(dict.fromkeys((int(family), str(place[0])) for family, *_, place in found))
    if not addresses:
        raise NotFound(host)
    for _, address in addresses:
        require_public(address)
    return addresses


def require_public(address: str) -> None:
    """Raise Refused for private, loopback, link-local (cloud metadata), shared, reserved, multicast, wrapped addresses."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address) and one.ipv4_mapped is not None:
        one = one.ipv4_mapped
    if may_stay_home() and one.is_loopback:
        return
    is_closed = any(one in network for network in _CLOSED) or (one.version == 6 and one not in _UNICAST)
    if is_closed or not one.is_global or one.is_multicast or one.is_reserved:
        raise Refused(Text("地址不是公网地址", "not a public address"))
