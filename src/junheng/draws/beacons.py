"""Public randomness from outside: declared by exact name before it happens, observed after.

Kinds: balls drawn in the hall, an issue of a lottery, a drand round, a pulse of NIST or Random UChile.
"""

from collections.abc import Mapping, Sequence
from math import comb, perm
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.beacon_text import read_numbers, rfc3797_text
from junheng.draws.drand import check_drand, drand_randomness, round_time

# What each kind declares, and what is observed of it; both beside "kind" and "id".
_DECLARED: dict[str, dict[str, type]] = {
    "balls": {"name": str, "parts": list},
    "lottery": {"name": str, "issue": str, "parts": list},
    "drand": {"chain_hash": str, "round": int},
    "pulse": {"name": str, "pulse": str},
}
_OBSERVED: dict[str, dict[str, type]] = {
    "balls": {"text": str},
    "lottery": {"issue": str, "text": str},
    "drand": {"round": int, "signature": str, "randomness": str},
    "pulse": {"pulse": str, "value": str},
}
_PART = {"count": int, "low": int, "high": int, "ordered": int, "distinct": int}


def check_declared(beacons: Sequence[Mapping[str, Any]]) -> None:
    """Refuse (UserError) a list of beacons that does not say exactly what will be observed."""
    for beacon in beacons:
        _fields(beacon, _DECLARED)
        for part in beacon.get("parts", []):
            _check_part(beacon["id"], part)
        if beacon.get("parts") == []:
            raise _wrong(beacon["id"], "没有写明号码组", "no part is declared")
        if beacon["kind"] == "drand":
            round_time(beacon["chain_hash"], beacon["round"])
    if len({beacon["id"] for beacon in beacons}) != len(beacons):
        raise UserError(Text("信标编号重复", "Two beacons share an id"), where="beacons")


def check_beacons(
    declared: Sequence[Mapping[str, Any]],
    observed: Sequence[Mapping[str, Any]],
    *,
    signatures: bool = True,
) -> list[tuple[str, bool, Text]]:
    """Refuse (UserError) observations that are not exactly the declared ones, in order and in range.

    Returns (id, checked, remark) per beacon: ``checked`` is False where nothing proves the value here.
    ``signatures=False`` leaves drand signatures unchecked (for machines without the extra ``draw``).
    """
    check_declared(declared)
    if [beacon.get("id") for beacon in observed] != [beacon["id"] for beacon in declared]:
        raise UserError(
            Text("观测到的信标与方案所列不一致", "The observed beacons are not those the spec declares"),
            where="beacons",
            why=Text("多录或漏录都等于挑选随机数", "adding or dropping one would be choosing the randomness"),
            fix=Text("按方案的次序逐项录入", "record each, in the order of the spec"),
        )
    return [_compare(a, b, signatures=signatures) for a, b in zip(declared, observed, strict=True)]


def possibilities(beacon: Mapping[str, Any]) -> int:
    """How many outcomes a declared beacon of balls or of a lottery has; 0: not counted here."""
    number = 1
    for part in beacon.get("parts", []):
        balls, drawn = part["high"] - part["low"] + 1, part["count"]
        if part["distinct"]:
            number *= perm(balls, drawn) if part["ordered"] else comb(balls, drawn)
        else:
            number *= balls**drawn if part["ordered"] else comb(balls + drawn - 1, drawn)
    return number if beacon.get("parts") else 0


def _compare(
    declared: Mapping[str, Any], seen: Mapping[str, Any], *, signatures: bool
) -> tuple[str, bool, Text]:
    _fields(seen, _OBSERVED)
    id_ = str(declared["id"])
    for key in ("kind", "issue", "round", "pulse"):
        if seen.get(key) != declared.get(key):
            raise _wrong(id_, f"{key} 与方案不符", f"{key} is not the declared one")
    if "parts" in declared:
        _check_numbers(id_, declared["parts"], seen["text"])
        return id_, True, Text("号码个数与范围相符", "counts and ranges agree")
    if declared["kind"] == "pulse":
        return id_, False, Text("已记录，此处未验签", "recorded, not checked here")
    if seen["randomness"] != drand_randomness(seen["signature"]):
        raise _wrong(id_, "随机数不是签名的杂凑值", "the randomness is not the hash of the signature")
    if not signatures:
        return id_, False, Text("此处未验签", "signature not checked here")
    check_drand(declared["chain_hash"], seen["round"], seen["signature"])
    return id_, True, Text("签名有效", "the signature holds")


def _check_numbers(id_: str, parts: Sequence[Mapping[str, int]], text: str) -> None:
    """The numbers of ``text`` keep the declared counts, ranges and spelling."""
    found = read_numbers(text)
    if len(found) != len(parts):
        raise _wrong(id_, f"应有 {len(parts)} 组号码", f"{len(parts)} parts are due")
    for part, numbers in zip(parts, found, strict=True):
        if len(numbers) != part["count"] or not all(part["low"] <= n <= part["high"] for n in numbers):
            raise _wrong(id_, f"号码个数或范围不对：{numbers}", f"count or range is wrong: {numbers}")
        if part["distinct"] and len(set(numbers)) != len(numbers):
            raise _wrong(id_, f"号码重复：{numbers}", f"a number occurs twice: {numbers}")
    if rfc3797_text(found, [bool(part["ordered"]) for part in parts]) != text:
        raise _wrong(id_, f"号码应从小到大：{text}", f"numbers must ascend: {text}")


def _check_part(id_: str, part: Any) -> None:
    if (
        not isinstance(part, dict)
        or set(part) != set(_PART)
        or any(type(n) is not int for n in part.values())
    ):
        raise _wrong(id_, f"号码组写法不对：{part}", f"a part is not of the agreed form: {part}")
    balls = part["high"] - part["low"] + 1
    is_possible = part["count"] >= 1 and part["low"] >= 0 and balls >= 1
    is_flag = part["ordered"] in (0, 1) and part["distinct"] in (0, 1)
    if not is_possible or not is_flag or (part["distinct"] and part["count"] > balls):
        raise _wrong(id_, f"号码组不可能出现：{part}", f"a part cannot be drawn: {part}")


def _fields(beacon: Mapping[str, Any], kinds: Mapping[str, Mapping[str, type]]) -> None:
    """Exactly the fields of its kind, each of its type."""
    expected = kinds.get(beacon.get("kind", ""))
    if expected is None or not isinstance(beacon.get("id"), str) or not beacon["id"]:
        raise _wrong(str(beacon.get("id", "")), f"未知的信标：{beacon}", f"unknown beacon: {beacon}")
    if set(beacon) != {"kind", "id", *expected} or any(type(beacon[k]) is not t for k, t in expected.items()):
        needed = ", ".join(expected)
        raise _wrong(beacon["id"], f"应当且只应写明：{needed}", f"exactly these are due: {needed}")


def _wrong(id_: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(f"信标不合方案：{zh}", f"The beacon does not fit the spec: {en}"),
        where=id_,
        why=Text(
            "种子由信标决定，错一个数字结果就不同", "the seed rests on it; one digit changes the result"
        ),
        fix=Text("请对照公告重新录入", "copy it again from the announcement"),
    )
