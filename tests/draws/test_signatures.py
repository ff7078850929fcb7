"""Ed25519 is checked; every other kind is kept and said to be unchecked."""

import sys

import pytest

from junheng.basics import UserError
from junheng.draws import new_key, record, sign, signed_bytes, verify

pytest.importorskip("cryptography", reason="the extra draw is not installed")
DIGEST = bytes(range(32))


def test_a_signature_holds_for_its_digest_alone() -> None:
    private, public = new_key()
    entry = sign(private, "公证处", "result", DIGEST)
    assert entry["public_key"] == public.hex()
    assert verify(entry, DIGEST)[0] is True
    assert verify(entry, DIGEST[::-1])[0] is False
    assert verify({**entry, "of": "spec"}, DIGEST)[0] is False


def test_published_ed25519_vector() -> None:
    """RFC 8032 §7.1, test 1: the key pair belongs together."""
    secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert sign(bytes.fromhex(secret), "r", "spec", DIGEST)["public_key"] == public


@pytest.mark.parametrize(
    "change",
    [{"signature": "zz"}, {"signature": "00" * 64}, {"public_key": ""}, {"public_key": "00"}, {"of": "x"}],
)
def test_broken_entries_do_not_hold(change: dict[str, str]) -> None:
    entry = sign(new_key()[0], "r", "spec", DIGEST)
    assert verify({**entry, **change}, DIGEST)[0] is False


def test_other_kinds_are_recorded_not_checked() -> None:
    entry = record("时间戳", "rfc3161", "spec", b"token")
    assert verify(entry, DIGEST)[0] is None
    assert entry["signature"] == "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0"
    with pytest.raises(UserError):
        record("r", "ed25519", "spec", b"")
    with pytest.raises(UserError):
        signed_bytes("roll", DIGEST)


def test_without_the_extra_nothing_is_called_false(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = sign(new_key()[0], "r", "spec", DIGEST)
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric", None)
    with pytest.raises(UserError):
        verify(entry, DIGEST)
