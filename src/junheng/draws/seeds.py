"""What the randomness is made of: commitments, the digest of the spec, the seed and seeds under it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes, text_bytes
from junheng.draws.hashes import DIGEST_BYTES, digest, hmac_digest

REVEAL_BYTES = 32


def commitment(hash_name: str, draw_id: str, role: str, value: bytes) -> str:
    """c = hex H("junheng/v1/commit\\0" ‖ draw_id ‖ \\0 ‖ role ‖ \\0 ‖ r), r = 32 raw bytes."""
    _sized(value, REVEAL_BYTES, "随机数", "The random value")
    named = text_bytes(draw_id) + b"\0" + text_bytes(role) + b"\0"
    return digest(hash_name, b"junheng/v1/commit\0" + named + value).hex()


def spec_digest(spec: Mapping[str, Any]) -> bytes:
    """d = H("junheng/v1/spec\\0" ‖ JCS(spec)); H is the one the spec names."""
    return digest(str(spec.get("hash")), b"junheng/v1/spec\0" + canonical_bytes(dict(spec)))


def result_digest(hash_name: str, result: Mapping[str, Any]) -> bytes:
    """H("junheng/v1/result\\0" ‖ JCS(result)), what the signatures of the result stand under."""
    return digest(hash_name, b"junheng/v1/result\0" + canonical_bytes(dict(result)))


def beacon_bytes(observed: Sequence[Mapping[str, Any]]) -> bytes:
    """B = JCS of the observed beacons, in the spec's order."""
    return canonical_bytes([dict(beacon) for beacon in observed])


def make_seed(hash_name: str, spec_hash: bytes, reveals: Iterable[bytes], beacons: bytes) -> bytes:
    """s = H("junheng/v1/seed\\0" ‖ d ‖ r_1 ‖ … ‖ r_J ‖ H(B)), parties in the spec's order.

    ``spec_hash``: d, 32 bytes; ``reveals``: 32 bytes each; ``beacons``: B.
    """
    _sized(spec_hash, DIGEST_BYTES, "方案摘要", "The digest of the spec")
    values = list(reveals)
    for value in values:
        _sized(value, REVEAL_BYTES, "随机数", "The random value")
    return digest(hash_name, b"junheng/v1/seed\0" + spec_hash + b"".join(values) + digest(hash_name, beacons))


def supplement_seed(hash_name: str, seed: bytes, k: int, root: bytes) -> bytes:
    """s_k = HMAC(s, "supplement\\0" ‖ k in decimal ‖ R2), R2 = the supplementary roll's root (raw)."""
    if k < 1:
        raise UserError(Text(f"补充派位序号应从 1 起：{k}", f"Supplementary draws count from 1: {k}"))
    _sized(root, DIGEST_BYTES, "名册根", "The root of the roll")
    return hmac_digest(hash_name, seed, b"supplement\0" + str(k).encode("ascii") + root)


def leftover_key(hash_name: str, seed: bytes, unit: str, school: str) -> bytes:
    """HMAC(s, "leftover\\0" ‖ unit ‖ \\0 ‖ school): a unit's own order of the schools left over."""
    return hmac_digest(hash_name, seed, b"leftover\0" + text_bytes(unit) + b"\0" + text_bytes(school))


def class_seed(hash_name: str, seed: bytes, school: str, grade: str) -> bytes:
    """HMAC(s, "class\\0" ‖ school ‖ \\0 ‖ grade): the seed of one school's grade."""
    return hmac_digest(hash_name, seed, b"class\0" + text_bytes(school) + b"\0" + text_bytes(grade))


def team_order(hash_name: str, seed: bytes, teams: Sequence[str]) -> list[str]:
    """Teacher teams by ascending HMAC(s, "team\\0" ‖ team id); a team named twice is refused."""
    if len(set(teams)) != len(teams):
        raise UserError(Text("同一教师组出现两次", "A teacher team is named twice"), where=", ".join(teams))
    return sorted(teams, key=lambda team: hmac_digest(hash_name, seed, b"team\0" + text_bytes(team)))


def _sized(value: bytes, size: int, zh: str, en: str) -> None:
    if len(value) != size:
        raise UserError(
            Text(
                f"{zh}应为 {size} 字节，实为 {len(value)} 字节",
                f"{en} must have {size} bytes, not {len(value)}",
            )
        )
