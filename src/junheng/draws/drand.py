"""drand quicknet: a public random value every three seconds, signed by a league (extra ``draw``).

Signatures: BLS on G1 after RFC 9380, checked by drand-verify; randomness = SHA-256(signature).
"""

import hashlib
from datetime import UTC, datetime

from junheng.basics import Text, UserError

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS = 1692803367  # seconds since 1970 UTC, round 1
PERIOD_SECONDS = 3
_EXTRA = Text("请安装：pip install 'junheng[draw]'", "install it: pip install 'junheng[draw]'")


def round_time(chain_hash: str, round_number: int) -> datetime:
    """When a round of quicknet is (was) signed; UTC. Another chain raises UserError."""
    _known(chain_hash)
    if round_number < 1:
        raise UserError(
            Text(f"drand 轮次应从 1 起：{round_number}", f"drand rounds count from 1: {round_number}")
        )
    return datetime.fromtimestamp(GENESIS + (round_number - 1) * PERIOD_SECONDS, UTC)


def drand_randomness(signature: str) -> str:
    """SHA-256 of the signature (both hex): what a drand round publishes as its randomness."""
    try:
        return hashlib.sha256(bytes.fromhex(signature)).hexdigest()
    except ValueError as error:
        raise UserError(Text("drand 签名不是十六进制", "The drand signature is not hexadecimal")) from error


def check_drand(chain_hash: str, round_number: int, signature: str) -> str:
    """The randomness (hex) of a round whose signature holds.

    Raises UserError when the signature is another round's or forged, the chain is unknown, or the
    extra ``draw`` is not installed.
    """
    _known(chain_hash)
    expected = drand_randomness(signature)
    try:
        from drand_verify import verify_quicknet
    except ImportError as error:
        raise UserError(
            Text("缺少 drand 验签组件", "The part that checks drand is missing"), fix=_EXTRA
        ) from error
    try:
        found = verify_quicknet(round_number, signature)
    except (ValueError, OverflowError) as error:
        raise UserError(
            Text(
                f"drand 第 {round_number} 轮签名无效",
                f"The signature of drand round {round_number} does not hold",
            ),
            why=Text(
                "签名不对的随机数可能是人为选定的",
                "a value without its signature may have been chosen by someone",
            ),
            fix=Text("请重新抄录该轮的签名", "copy the signature of that round again"),
        ) from error
    if found != expected:
        raise UserError(Text("drand 随机数与签名不符", "The drand randomness is not its signature's"))
    return expected


def _known(chain_hash: str) -> None:
    if chain_hash != QUICKNET:
        raise UserError(
            Text(f"未知的 drand 链：{chain_hash}", f"Unknown drand chain: {chain_hash}"),
            fix=Text(f"只支持 quicknet：{QUICKNET}", f"only quicknet is known: {QUICKNET}"),
        )
