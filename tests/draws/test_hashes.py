"""SM3 and HMAC against published vectors; the plain SM3 against the library's."""

import hmac
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import digest, hashes, hmac_digest
from junheng.draws.sm3 import sm3

# GB/T 32905-2016, appendix A.
SM3_VECTORS = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]
# RFC 4231 §4.2-4.8 (case 5 is truncated there).
HMAC_VECTORS = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe",
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (
        bytes(range(1, 26)),
        b"\xcd" * 50,
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    ),
    (b"\x0c" * 20, b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        b"\xaa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data. "
        b"The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
]


@pytest.fixture(params=["library", "plain"])
def sm3_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways to SM3: OpenSSL's (skipped where it has none) and our own."""
    if request.param == "library" and not hashes._library_has_sm3():
        pytest.skip("this OpenSSL has no SM3")
    if request.param == "plain":
        monkeypatch.setattr(hashes, "_library_has_sm3", lambda: False)
    hashes.digest_function.cache_clear()
    yield request.param
    hashes.digest_function.cache_clear()


@pytest.mark.parametrize(("data", "expected"), SM3_VECTORS)
def test_sm3_published(sm3_of: str, data: bytes, expected: str) -> None:
    assert digest("sm3", data).hex() == expected
    assert sm3(data).hex() == expected


@pytest.mark.parametrize(("key", "data", "expected"), HMAC_VECTORS)
def test_hmac_published(key: bytes, data: bytes, expected: str) -> None:
    assert hmac_digest("sha256", key, data).hex().startswith(expected)


@settings(max_examples=examples(30))
@given(st.binary(max_size=200), st.binary(max_size=300))
def test_plain_sm3_and_hmac_are_the_library_s(key: bytes, data: bytes) -> None:
    if not hashes._library_has_sm3():
        pytest.skip("this OpenSSL has no SM3")
    inner, outer = hashes.hmac_pads("sm3", key)
    assert sm3(data) == digest("sm3", data)
    assert sm3(outer + sm3(inner + data)) == hmac.digest(key, data, "sm3")


def test_hmac_sm3_without_the_library(sm3_of: str) -> None:
    found = hmac_digest("sm3", b"key", b"message")
    assert found == sm3(bytes(b ^ 0x5C for b in b"key".ljust(64, b"\0")) + sm3(_inner()))


def _inner() -> bytes:
    return bytes(b ^ 0x36 for b in b"key".ljust(64, b"\0")) + b"message"


@pytest.mark.parametrize("name", ["md5", "SHA256", ""])
def test_other_hashes_are_refused(name: str) -> None:
    with pytest.raises(UserError):
        digest(name, b"")
    with pytest.raises(UserError):
        hmac_digest(name, b"", b"")
