"""Signatures under a spec or a result: Ed25519 is checked here (extra ``draw``), others are recorded."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.hashes import digest

SIGNED = ("spec", "result")
CHECKED_ALGORITHM = "ed25519"


def signed_bytes(of: str, value: bytes) -> bytes:
    """What is signed: "junheng/v1/signature\\0" ‖ of ‖ \\0 ‖ digest of the spec or the result (raw)."""
    if of not in SIGNED:
        raise UserError(
            Text(f"不能签署：{of}", f"Not something to sign: {of}"),
            fix=Text("spec 或 result", "spec or result"),
        )
    return b"junheng/v1/signature\0" + of.encode("ascii") + b"\0" + value


def new_key() -> tuple[bytes, bytes]:
    """A fresh Ed25519 pair: (private, public), 32 raw bytes each."""
    keys = _library()
    private = keys.Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def sign(private: bytes, role: str, of: str, value: bytes) -> dict[str, str]:
    """The entry for the transcript: ``role`` signs the digest ``value`` of the spec or the result."""
    key = _library().Ed25519PrivateKey.from_private_bytes(private)
    return {
        "role": role,
        "algorithm": CHECKED_ALGORITHM,
        "public_key": key.public_key().public_bytes_raw().hex(),
        "signature": key.sign(signed_bytes(of, value)).hex(),
        "of": of,
    }


def record(role: str, algorithm: str, of: str, token: bytes, public_key: str = "") -> dict[str, str]:
    """An SM2 signature, an RFC 3161 token, …: kept as SHA-256 of its bytes, not checked here."""
    if algorithm == CHECKED_ALGORITHM:
        raise UserError(Text("Ed25519 签名应当验证，不能只作记录", "Ed25519 is checked, not merely recorded"))
    signed_bytes(of, b"")
    found = digest("sha256", token).hex()
    return {"role": role, "algorithm": algorithm, "public_key": public_key, "signature": found, "of": of}


def verify(entry: Mapping[str, Any], value: bytes) -> tuple[bool | None, Text]:
    """Whether the signature holds for the digest ``value``; None: recorded, not checked here."""
    if entry.get("algorithm") != CHECKED_ALGORITHM:
        hashed = entry.get("signature", "")
        return None, Text(f"已记录，此处未验签：{hashed}", f"recorded, not checked here: {hashed}")
    keys = _library()
    from cryptography.exceptions import InvalidSignature

    try:
        public = keys.Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry["public_key"]))
        public.verify(bytes.fromhex(entry["signature"]), signed_bytes(entry["of"], value))
    except (InvalidSignature, ValueError, KeyError, TypeError, UserError):
        return False, Text("签名无效", "the signature does not hold")
    return True, Text("签名有效", "the signature holds")


def _library() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise UserError(
            Text("缺少签名组件", "The part that signs is missing"),
            fix=Text("请安装：pip install 'junheng[draw]'", "install it: pip install 'junheng[draw]'"),
        ) from error
    return ed25519
