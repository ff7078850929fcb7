#!/usr/bin/env python3
"""核对一次抽签或分班 | Check a draw or a class formation: one file, the standard library only.

用法 | Usage:  python verify_draw.py transcript.json [--slip slip.json] [--rows rows.jsonl [--results results.jsonl]]

transcript.json 是公开的抽签记录，slip.json 是家长自己的凭条，rows.jsonl 是不含姓名的全部报名行，
results.jsonl 是全部结果行。退出码：0 全部通过，1 有一项不通过，2 文件无法使用。
本文件只按公布的格式写成，与产生结果的程序不共用任何代码；信标的 BLS 签名与各方的 Ed25519 签名不在这里核对。

transcript.json is the public record, slip.json a guardian's own slip, rows.jsonl all pseudonymous rows and
results.jsonl all results. Exit status: 0 all checks passed, 1 a check failed, 2 an input cannot be used.
Written from the published format alone; shares no code with the program that made the result. BLS signatures
of beacons and signatures of the parties are not checked here. Needs Python 3.8 or later.
"""
# ruff: noqa: B905, UP006, UP007, UP035 - written for Python 3.8 too, which notaries may have

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from operator import mul
from pathlib import Path
from typing import Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, Tuple, Union

Words = Tuple[str, str]  # Chinese, English
Json = Dict[str, Any]
Source = Union[bytes, str, Json]  # the text of a JSON object, or the object
Lines = Union[bytes, Iterable[Any]]  # JSON lines, or an iterable of lines or objects

PASSED, FAILED, NOT_CHECKED = "passed", "failed", "not_checked"
LARGEST = 2**53 - 1
DEEPEST = 60


class Check(NamedTuple):
    """One check: its name in both languages, its state, and what was seen ("中文 | English")."""

    zh: str
    en: str
    state: str
    detail: str


class _Said(Exception):  # noqa: N818 - the words of a judgement, not always an error
    """A message in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} | {en}")
        self.words: Words = (zh, en)


class Unusable(_Said):
    """An input that cannot be read as what it should be: nothing can be said about the draw."""


class _Fault(_Said):
    """A check that failed, with the first place where it did."""


class _Untold(_Said):
    """A check that cannot be made from what was given."""


# --- JSON: strict reading, canonical writing (RFC 8785, whole numbers and NFC text only) --------------------


def _refuse_double(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse_fraction(text: str) -> Any:
    raise ValueError(f"not a whole number: {text[:30]}")


def _whole(text: str) -> int:
    if len(text) > len(str(-LARGEST)) or abs(int(text)) > LARGEST or text == "-0":
        raise ValueError(f"number too large or not canonical: {text[:30]}")
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_refuse_double,
    parse_float=_refuse_fraction,
    parse_int=_whole,
    parse_constant=_refuse_fraction,
)


def read_object(source: Source, name: str) -> Json:
    """The JSON object in ``source``: no key twice, whole numbers up to 2^53-1, text in NFC. Raises Unusable."""
    try:
        text = source.decode("utf-8") if isinstance(source, bytes) else source
        found = _DECODER.decode(text) if isinstance(text, str) else text
        _plain(found, 0)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{name} 无法读取", f"{name} cannot be read ({error})") from error
    if not isinstance(found, dict):
        raise Unusable(f"{name} 不是 JSON 对象", f"{name} is not a JSON object")
    return found


def _plain(value: Any, depth: int) -> None:
    """Refuse what the format has no place for."""
    kind = type(value)
    if kind is str:
        if not value.isascii() and (unicodedata.normalize("NFC", value) != value or not value.encode()):
            raise ValueError("text is not in NFC")
    elif kind is int:
        if abs(value) > LARGEST:
            raise ValueError("number too large")
    elif depth > DEEPEST or kind not in (dict, list):
        raise ValueError("nested too deeply, or neither object, list, text nor whole number")
    else:
        for inner in value:
            _plain(inner, depth + 1)
        for inner in value.values() if kind is dict else ():
            _plain(inner, depth + 1)


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_BEYOND = re.compile("[\ud800-\U0010ffff]")  # where the orders by code points and by UTF-16 units part


def canonical(value: Any) -> bytes:
    """``value`` as RFC 8785 bytes: keys sorted by UTF-16 code units, nothing between."""
    return _canonical_text(value).encode("utf-8")


def _canonical_text(value: Any) -> str:
    text = _WRITER.encode(value)
    return text if _BEYOND.search(text) is None else _canonical_slowly(value)


def _canonical_slowly(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical_slowly, value)) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_WRITER.encode(key)}:{_canonical_slowly(value[key])}" for key in keys) + "}"
    return _WRITER.encode(value)


# --- hashes: SHA-256, SM3 (GB/T 32905-2016), HMAC (RFC 2104), Merkle trees (RFC 6962) -----------------------

Hash = Callable[[bytes], bytes]
_SM3_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_MASK = 0xFFFFFFFF


def _turn(word: int, places: int) -> int:
    places %= 32
    return ((word << places) | (word >> (32 - places))) & _MASK


def _sm3_words(block: bytes) -> list[int]:
    """Message expansion, GB/T 32905-2016, 5.3.2."""
    words = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turn(words[j - 3], 15)
        mixed ^= _turn(mixed, 15) ^ _turn(mixed, 23)
        words.append(mixed ^ _turn(words[j - 13], 7) ^ words[j - 6])
    return words


def _sm3_block(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """Compression, GB/T 32905-2016, 5.3.3."""
    words = _sm3_words(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant = 0x79CC4519 if j < 16 else 0x7A879D8A
        first = _turn((_turn(a, 12) + e + _turn(constant, j)) & _MASK, 7)
        second = first ^ _turn(a, 12)
        choice = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        other = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        left = (choice + d + second + (words[j] ^ words[j + 4])) & _MASK
        right = (other + h + first + words[j]) & _MASK
        a, b, c, d = left, a, _turn(b, 9), c
        e, f, g, h = right ^ _turn(right, 9) ^ _turn(right, 17), e, _turn(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h)))


def own_sm3(message: bytes) -> bytes:
    """SM3 of ``message`` in plain Python: slow, and there where the Python at hand has none."""
    padded = message + b"\x80" + bytes((55 - len(message)) % 64) + (8 * len(message)).to_bytes(8, "big")
    state: tuple[int, ...] = _SM3_START
    for start in range(0, len(padded), 64):
        state = _sm3_block(state, padded[start : start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _sha256(message: bytes) -> bytes:
    return hashlib.sha256(message).digest()


def _library_sm3(message: bytes) -> bytes:
    return hashlib.new("sm3", message).digest()


def choose_hash(name: str) -> Hash:
    """The hash named in the spec. The library's SM3 is used where it agrees with the one written here."""
    if name == "sha256":
        return _sha256
    try:
        same = _library_sm3(b"junheng") == own_sm3(b"junheng")
    except ValueError:  # OpenSSL was built without it
        same = False
    return _library_sm3 if same else own_sm3


class Keyed:
    """HMAC (RFC 2104) of short messages under one key."""

    def __init__(self, hashed: Hash, key: bytes) -> None:
        key = (hashed(key) if len(key) > 64 else key).ljust(64, b"\0")
        self._hash = hashed
        self._inner = bytes(byte ^ 0x36 for byte in key)
        self._outer = bytes(byte ^ 0x5C for byte in key)

    def __call__(self, message: bytes) -> bytes:
        return self._hash(self._outer + self._hash(self._inner + message))


def _named(hashed: Hash, name: str, *parts: bytes) -> bytes:
    """A hash in the domain ``junheng/v1/<name>``."""
    return hashed(b"junheng/v1/" + name.encode() + b"\0" + b"".join(parts))


def merkle_root(hashed: Hash, leaves: Iterable[bytes]) -> bytes:
    """RFC 6962, 2.1: built level by level; a node without a neighbour rises as it is."""
    level = [hashed(b"\0" + leaf) for leaf in leaves]
    if not level:
        return hashed(b"")
    while len(level) > 1:
        paired = [hashed(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[2 * len(paired) :]
    return level[0]


def _is_included(hashed: Hash, leaf: bytes, index: int, rows: int, path: list[str], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2: whether ``path`` leads from the leaf at ``index`` of ``rows`` to ``root``."""
    if index >= rows:
        return False
    place, last, node = index, rows - 1, hashed(b"\0" + leaf)
    for step in path:
        if last == 0:
            return False
        beside = bytes.fromhex(step)
        if place % 2 or place == last:
            node = hashed(b"\1" + beside + node)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = hashed(b"\1" + node + beside)
        place, last = place // 2, last // 2
    return last == 0 and node == root


# --- shapes: what must stand where, before anything is computed ---------------------------------------------

_ANY_KEYS = "…"  # a key of a shape: other keys may stand beside the named ones


def _text(value: Any, place: str) -> None:
    if not isinstance(value, str):
        raise _misfit(place, "文字", "text")


def _name(value: Any, place: str) -> None:
    if not isinstance(value, str) or not value or "\0" in value:
        raise _misfit(place, "非空文字", "text that is not empty")


def _number(value: Any, place: str) -> None:
    if type(value) is not int:
        raise _misfit(place, "整数", "a whole number")


def _count(value: Any, place: str) -> None:
    if type(value) is not int or value < 0:
        raise _misfit(place, "不小于 0 的整数", "a whole number, 0 or more")


def _hex(bytes_long: int) -> Callable[[Any, str], None]:
    pattern = re.compile(f"[0-9a-f]{{{2 * bytes_long}}}")

    def fit(value: Any, place: str) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _misfit(place, f"{bytes_long} 字节的小写十六进制", f"{bytes_long} bytes in lower-case hex")

    return fit


def _some_hex(value: Any, place: str) -> None:
    if not isinstance(value, str) or not re.fullmatch("([0-9a-f]{2})+", value):
        raise _misfit(place, "小写十六进制", "lower-case hex")


def _counts(value: Any, place: str) -> None:
    if not isinstance(value, dict):
        raise _misfit(place, "对象", "an object")
    for key, inner in value.items():
        _count(inner, f"{place}.{key}")


def _texts(value: Any, place: str) -> None:
    if not isinstance(value, dict):
        raise _misfit(place, "对象", "an object")
    for key, inner in value.items():
        _text(inner, f"{place}.{key}")


def _flags(value: Any, place: str) -> None:
    if not isinstance(value, dict) or any(isinstance(inner, (dict, list)) for inner in value.values()):
        raise _misfit(place, "由整数与文字组成的对象", "an object of whole numbers and text")


def _misfit(place: str, zh: str, en: str) -> Unusable:
    return Unusable(f"{place} 应为{zh}", f"{place} must be {en}")


def _fit(value: Any, shape: Any, place: str) -> None:
    """Raise Unusable where ``value`` has not the ``shape``: a function, a tuple of words, [shape] or {key: shape}.

    A key ending in "?" may be absent; keys not named are refused unless "…" is among them.
    """
    if callable(shape):
        shape(value, place)
    elif isinstance(shape, tuple):
        if not any(type(value) is type(word) and value == word for word in shape):
            raise _misfit(place, "、".join(map(str, shape)) + " 之一", "one of " + ", ".join(map(str, shape)))
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise _misfit(place, "列表", "a list")
        for i, inner in enumerate(value):
            _fit(inner, shape[0], f"{place}[{i}]")
    else:
        _fit_object(value, shape, place)


def _fit_object(value: Any, shape: Json, place: str) -> None:
    if not isinstance(value, dict):
        raise _misfit(place, "对象", "an object")
    named = {key.rstrip("?") for key in shape}
    for key in value:
        if key not in named and _ANY_KEYS not in named:
            raise Unusable(f"{place} 中有不认识的项目 {key}", f"{place} has an unknown key {key}")
    for key, inner in shape.items():
        bare = key.rstrip("?")
        if bare in value:
            _fit(value[bare], inner, f"{place}.{bare}")
        elif bare == key and key != _ANY_KEYS:
            raise Unusable(f"{place} 缺少 {key}", f"{place} lacks {key}")


def _word_or_number(value: Any, place: str) -> None:
    if not (isinstance(value, str) and value) and type(value) is not int:
        raise _misfit(place, "文字或整数", "text or a whole number")


def _object(value: Any, place: str) -> None:
    if not isinstance(value, dict):
        raise _misfit(place, "对象", "an object")


_PART = {"count": _count, "low": _count, "high": _count, "ordered": (0, 1), "distinct": (0, 1)}
_DECLARED = {
    "balls": {"kind": _text, "id": _name, "name": _text, "parts": [_PART]},
    "lottery": {"kind": _text, "id": _name, "name": _text, "issue": _word_or_number, "parts": [_PART]},
    "drand": {"kind": _text, "id": _name, "chain_hash": _hex(32), "round": _count},
    "pulse": {"kind": _text, "id": _name, "name": _text, "pulse": _word_or_number},
}
_OBSERVED = {
    "balls": {"kind": _text, "id": _name, "text": _text},
    "lottery": {"kind": _text, "id": _name, "issue": _word_or_number, "text": _text},
    "drand": {"kind": _text, "id": _name, "round": _count, "signature": _some_hex, "randomness": _hex(32)},
    "pulse": {"kind": _text, "id": _name, "pulse": _word_or_number, "value": _text},
}


def _by_kind(shapes: Json) -> Callable[[Any, str], None]:
    def fit(value: Any, place: str) -> None:
        _object(value, place)
        _fit(value.get("kind"), tuple(shapes), f"{place}.kind")
        _fit(value, shapes[value["kind"]], place)

    return fit


_PARTY = {"role": _name, "name": _text, "commitment": _hex(32)}
_SPEC = {
    "format": _text,
    "draw_id": _name,
    "purpose": ("official", "rehearsal"),
    "kind": ("admission", "classes"),
    "title": _text,
    "hash": ("sha256", "sm3"),
    "roll": {"root": _hex(32), "rows": _count, "units": _count, "per_school": _counts, "per_class": _counts},
    "problem": _object,
    "beacons?": [_by_kind(_DECLARED)],
    "parties?": [_PARTY],
    "schedule?": {"reveals_by": _text, "beacon_from": _text, _ANY_KEYS: _object},
    "supplement_of?": {"draw_id": _name, "seed": _hex(32), "k": _count},
    _ANY_KEYS: _object,
}
_TRANSCRIPT = {
    "format": _text,
    "spec": _SPEC,
    "spec_digest": _hex(32),
    "reveals?": [{"role": _name, "value": _hex(32)}],
    "beacons?": [_by_kind(_OBSERVED)],
    "seed": _hex(32),
    "result": _object,
    "signatures?": [{"role": _text, "signature": _text, _ANY_KEYS: _object}],
    _ANY_KEYS: _object,
}
_SLIP = {
    "format": _text,
    "draw_id": _text,
    "identity": _texts,
    "salt": _hex(16),
    "row": _object,
    "index": _count,
    "rows": _count,
    "ticket?": _text,
    "tickets?": _texts,
    "roll_path": [_hex(32)],
    "result": _object,
    "result_path": [_hex(32)],
    _ANY_KEYS: _object,
}
_POOL = {"id": _name, "seats": _count, "classes": [_number], "unfilled": ("next", "close")}
_PROBLEM = {
    "key": [("band", "class", "ticket")],
    "band_width": _count,
    "tickets": ("single", "per_school"),
    "order": ("ascending", "descending"),
    "ranking": _object,
    "units": ("overflow", "skip", "stop"),
    "digits": (0, 9, 10),
    "classes": [{"code": _number, "name": _text}],
    "schools": [
        {"id": _name, "name": _text, "ownership": ("public", "private"), "plan": _count, "pools": [_POOL]}
    ],
    "stages": [{"id": _name, "schools": [_name]}],
    "leftovers": ("none", "spec_order", "by_lot"),
}
_APPLICATION = {
    "pid": _hex(32),
    "unit": _hex(32),
    "choices": [_name],
    "classes": [_number],
    "flags": _flags,
    "fallback?": [_name],
}
_PLACED = {
    "pid": _hex(32),
    "unit": _hex(32),
    "school": _text,
    "stage": _text,
    "choice": _count,
    "pool": _text,
    "reason": ("choice", "leftover", "no_seat", "no_choice"),
}


def _cutoff(value: Any, place: str) -> None:
    if isinstance(value, str):
        _fit(value, ("open", "closed", "replay"), place)
    else:
        _fit(value, {"band?": _count, "class?": _number, "ticket": _text}, place)


_FILLED = {"id": _name, "capacity": _count, "taken": _count, "cutoff": _cutoff}
_RESULT = {
    "root": _hex(32),
    "rows": _count,
    "proposals": _count,
    "schools": [
        {
            "id": _name,
            "plan": _count,
            "taken": _count,
            "over_plan": _count,
            "pools": [_FILLED],
            "leftover": {"capacity": _count, "taken": _count, "cutoff": _cutoff},
        }
    ],
    "statistics?": _object,
}


# --- what fixes the seed: announcement, commitments, beacons ------------------------------------------------

_QUICKNET = ("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971", 1692803367, 3)
_BEIJING = 8 * 3600
_REVEAL_TO_BEACON = 600  # seconds: beacons fall at least ten minutes after the last reveal


class Draw:
    """A transcript whose shape is right, with what all checks need of it. Raises Unusable."""

    def __init__(self, transcript: Json) -> None:
        _fit(transcript, _TRANSCRIPT, "transcript")
        self.transcript = transcript
        self.spec: Json = transcript["spec"]
        self.problem: Json = self.spec["problem"]
        self.result: Json = transcript["result"]
        self.kind: str = self.spec["kind"]
        self.hash = choose_hash(self.spec["hash"])
        self.seed = bytes.fromhex(transcript["seed"])
        self.keyed = Keyed(self.hash, self.seed)
        self.is_rehearsal: bool = self.spec["purpose"] == "rehearsal"
        self.is_supplement: bool = "supplement_of" in self.spec

    def digest(self) -> bytes:
        """The digest of the spec, computed."""
        return _named(self.hash, "spec", canonical(self.spec))

    def ticket(self, unit: str, school: str | None = None) -> bytes:
        """The ticket of ``unit``, at ``school`` where each school has tickets of its own."""
        return self.keyed(f"ticket\0{unit}".encode() + (b"" if school is None else f"\0{school}".encode()))

    def parties(self) -> list[Json]:
        """Those who committed themselves to a number."""
        return list(self.spec.get("parties", []))

    def beacons(self) -> list[Json]:
        """The beacons declared."""
        return list(self.spec.get("beacons", []))


def _check_format(draw: Draw) -> Words:
    stated = (draw.transcript["format"], draw.spec["format"])
    if stated != ("junheng/draw-transcript/1", "junheng/draw-spec/1"):
        raise _Fault(f"格式名不认识：{stated[0]}、{stated[1]}", f"unknown format: {stated[0]}, {stated[1]}")
    if draw.is_rehearsal:
        return "这是一次演练，结果不算数", "this is a rehearsal: its result does not count"
    return "正式抽签", "an official draw"


def _check_digest(draw: Draw) -> Words:
    found = draw.digest().hex()
    if found != draw.transcript["spec_digest"]:
        raise _Fault(
            f"公告内容的摘要是 {found}，记录写的是 {draw.transcript['spec_digest']}",
            f"the announcement's digest is {found}, the record says {draw.transcript['spec_digest']}",
        )
    return f"请与报纸或公告栏上的摘要比对：{found}", f"compare it with the one printed in the notice: {found}"


_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def _seconds(text: str) -> int:
    """Seconds since 1970 of an ISO time; Beijing time where no zone is written. Raises _Fault."""
    match = _TIME.fullmatch(text)
    if not match:
        raise _Fault(f"时间无法识别：{text}", f"not a time: {text}")
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    lengths = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30]
    lengths += [31, 31, 30, 31, 30, 31]
    if not (
        1 <= month <= 12 and 1 <= day <= lengths[month - 1] and hour < 24 and minute < 60 and second < 60
    ):
        raise _Fault(f"时间无法识别：{text}", f"not a time: {text}")
    before = year - 1
    days = (
        365 * before + before // 4 - before // 100 + before // 400 + sum(lengths[: month - 1]) + day - 719163
    )
    return 86400 * days + 3600 * hour + 60 * minute + second - _zone_seconds(match.group(7))


def _zone_seconds(zone: str | None) -> int:
    if zone is None:
        return _BEIJING
    if zone == "Z":
        return 0
    seconds = 3600 * int(zone[1:3]) + 60 * int(zone[4:6])
    return -seconds if zone[0] == "-" else seconds


def _check_schedule(draw: Draw) -> Words:
    if "schedule" not in draw.spec:
        raise _Fault("公告没有写揭示与信标的时间", "the announcement gives no times for reveals and beacons")
    schedule = draw.spec["schedule"]
    wait = _seconds(schedule["beacon_from"]) - _seconds(schedule["reveals_by"])
    if wait < _REVEAL_TO_BEACON:
        raise _Fault(
            f"随机源只在揭示截止后 {wait} 秒产生，应不少于 {_REVEAL_TO_BEACON} 秒",
            f"beacons fall {wait} seconds after the last reveal; at least {_REVEAL_TO_BEACON} are needed",
        )
    return (
        f"揭示截止 {schedule['reveals_by']}，随机源不早于 {schedule['beacon_from']}",
        f"reveals by {schedule['reveals_by']}, beacons not before {schedule['beacon_from']}",
    )


def _check_reveals(draw: Draw) -> Words:
    parties, reveals = draw.parties(), draw.transcript.get("reveals", [])
    if [party["role"] for party in parties] != [reveal["role"] for reveal in reveals]:
        raise _Fault(
            "揭示者与公告的承诺方不一致", "those who revealed are not those who committed themselves"
        )
    if len({party["role"] for party in parties}) != len(parties):
        raise _Fault("同一承诺方出现两次", "a party stands twice")
    if not parties:
        raise _Fault("本次抽签没有承诺方", "nobody committed a number in this draw")
    for party, reveal in zip(parties, reveals):
        said = f"{draw.spec['draw_id']}\0{party['role']}\0".encode() + bytes.fromhex(reveal["value"])
        if _named(draw.hash, "commit", said).hex() != party["commitment"]:
            raise _Fault(
                f"{party['role']} 揭示的数与事先的承诺不符",
                f"the number revealed by {party['role']} is not the one committed to",
            )
    return (
        f"{len(parties)} 方揭示的数与事先承诺相符",
        f"{len(parties)} revealed numbers match the commitments",
    )


def _check_beacons(draw: Draw) -> Words:
    declared, observed = draw.beacons(), draw.transcript.get("beacons", [])
    if not declared:
        raise _Fault("公告没有写任何公共随机源", "the announcement names no beacon")
    if [one["id"] for one in declared] != [one["id"] for one in observed]:
        raise _Fault("公布的随机源与公告的不一致", "the beacons observed are not those announced")
    if len({one["id"] for one in declared}) != len(declared):
        raise _Fault("同一随机源出现两次", "a beacon stands twice")
    for one, seen in zip(declared, observed):
        for key in ("kind", "issue", "round", "pulse"):
            if type(one.get(key)) is not type(seen.get(key)) or one.get(key) != seen.get(key):
                raise _Fault(f"随机源 {one['id']} 的 {key} 不同", f"beacon {one['id']} has another {key}")
        if "parts" in one and not _numbers_fit(one["parts"], seen["text"]):
            raise _Fault(
                f"随机源 {one['id']} 的号码不合公告的个数与范围：{seen['text']}",
                f"the numbers of beacon {one['id']} have not the announced count and range: {seen['text']}",
            )
    return f"{len(declared)} 个随机源与公告相符", f"{len(declared)} beacons are as announced"


def _numbers_fit(parts: list[Json], text: str) -> bool:
    """Whether ``text`` is RFC 3797 §4 writing of numbers as ``parts`` describe them."""
    written = text.split("/")
    if len(written) != len(parts) + 1 or written[-1]:
        return False
    return all(_part_fits(part, one) for part, one in zip(parts, written))


def _part_fits(part: Json, text: str) -> bool:
    if not re.fullmatch(r"((0|[1-9][0-9]{0,14})\.)*", text):
        return False
    numbers = [int(one) for one in text.split(".")[:-1]]
    return (
        len(numbers) == part["count"]
        and all(part["low"] <= number <= part["high"] for number in numbers)
        and (part["ordered"] == 1 or numbers == sorted(numbers))
        and (part["distinct"] == 0 or len(set(numbers)) == len(numbers))
    )


def _of_kind(draw: Draw, kind: str) -> list[tuple[Json, Json]]:
    """The beacons of one kind, as declared and as observed."""
    pairs = zip(draw.beacons(), draw.transcript.get("beacons", []))
    return [pair for pair in pairs if pair[0]["kind"] == kind == pair[1]["kind"]]


def _check_randomness(draw: Draw) -> Words:
    for _, seen in _of_kind(draw, "drand"):
        if _sha256(bytes.fromhex(seen["signature"])).hex() != seen["randomness"]:
            raise _Fault(
                f"drand 第 {seen['round']} 轮的随机值不是其签名的 SHA-256",
                f"the randomness of drand round {seen['round']} is not SHA-256 of its signature",
            )
    return "随机值等于签名的 SHA-256", "the randomness is SHA-256 of the signature"


def _check_round_time(draw: Draw) -> Words:
    chain, genesis, period = _QUICKNET
    if draw.is_rehearsal:
        raise _Untold("演练可用过去的轮次", "a rehearsal may use a past round")
    after = _seconds(draw.spec.get("schedule", {}).get("beacon_from", ""))
    for declared, _ in _of_kind(draw, "drand"):
        if declared["chain_hash"] != chain:
            raise _Untold(
                "不认识这条 drand 链，无法换算时间", "an unknown drand chain: its times are not known here"
            )
        if genesis + period * (declared["round"] - 1) < after:
            raise _Fault(
                f"drand 第 {declared['round']} 轮早于公告的随机源时间",
                f"drand round {declared['round']} is earlier than the announced time of the beacons",
            )
    return "轮次产生于揭示之后", "the round comes after the reveals"


def _check_beacon_signatures(draw: Draw) -> Words:
    hashes = [f"{seen['round']}: {seen['randomness']}" for _, seen in _of_kind(draw, "drand")]
    hashes += [f"{seen['pulse']}: {seen['value']}" for _, seen in _of_kind(draw, "pulse")]
    raise _Untold(
        f"签名不在这里核对，请到发布者网站比对（{'；'.join(hashes)}）",
        f"signature not checked here: compare with the publisher's site ({'; '.join(hashes)})",
    )


def _check_seed(draw: Draw) -> Words:
    if draw.is_supplement:
        of = draw.spec["supplement_of"]
        said = f"supplement\0{of['k']}".encode()
        found = Keyed(draw.hash, bytes.fromhex(of["seed"]))(said + bytes.fromhex(draw.spec["roll"]["root"]))
    else:
        revealed = b"".join(bytes.fromhex(one["value"]) for one in draw.transcript.get("reveals", []))
        seen = draw.hash(canonical(draw.transcript.get("beacons", [])))
        found = _named(draw.hash, "seed", draw.digest(), revealed, seen)
    if found != draw.seed:
        raise _Fault(
            f"由公告、揭示与随机源算出的种子是 {found.hex()}，记录写的是 {draw.seed.hex()}",
            f"announcement, reveals and beacons give the seed {found.hex()}, the record says {draw.seed.hex()}",
        )
    return f"种子可由公开内容重新算出：{found.hex()}", f"the seed follows from what is public: {found.hex()}"


def _check_origin(draw: Draw) -> Words:
    of = draw.spec["supplement_of"]
    raise _Untold(
        f"种子由抽签 {of['draw_id']} 的种子 {of['seed']} 得出，请用那次的记录核对",
        f"the seed follows from that of draw {of['draw_id']}, {of['seed']}: check it with the record of that draw",
    )


def _check_party_signatures(draw: Draw) -> Words:
    roles = "、".join(one["role"] for one in draw.transcript["signatures"])
    raise _Untold(
        f"签名不在这里核对（{roles}；公告摘要 {draw.transcript['spec_digest']}）",
        f"signature not checked here ({roles}; digest {draw.transcript['spec_digest']})",
    )


# --- admission: the rules, and what can be checked without the rows -----------------------------------------

Key = Tuple[Any, ...]  # (band, class, ticket) in the order of the rule, smaller is better


class School(NamedTuple):
    """A school of the problem. ``stage`` is the stage in which it takes part."""

    id: str
    plan: int
    pools: List[Json]
    stage: str


class Admission:
    """The problem and result of an admission draw. Raises Unusable when their shape is wrong."""

    def __init__(self, draw: Draw) -> None:
        _fit(draw.problem, _PROBLEM, "problem")
        _fit(draw.result, _RESULT, "result")
        self.draw, self.problem, self.result = draw, draw.problem, draw.result
        _fit(self.problem["ranking"], _ranking_shape(self.problem), "problem.ranking")
        of = {school: stage["id"] for stage in self.problem["stages"] for school in stage["schools"]}
        self.schools = {
            one["id"]: School(one["id"], one["plan"], one["pools"], of.get(one["id"], ""))
            for one in self.problem["schools"]
        }
        self.stages: list[str] = [stage["id"] for stage in self.problem["stages"]]
        self.codes = {one["code"] for one in self.problem["classes"]}
        self.class_first: bool = self.problem["key"][0] == "class"
        self.by_rounds: bool = self.problem["units"] != "overflow"
        self.has_tickets: bool = self.problem["ranking"]["method"] == "hmac"
        self.falling: bool = self.has_tickets and self.problem["order"] == "descending"

    def key(self, band: int, code: int, ticket: Any) -> Key:
        """The key of an application."""
        return (code, band, ticket) if self.class_first else (band, code, ticket)

    def listed(self, row: Json, stage: str) -> list[tuple[int, str, int]]:
        """What a row lists in a stage: (index in the row, school, class), in its order."""
        pairs = enumerate(zip(row["choices"], row["classes"]))
        return [(i, school, code) for i, (school, code) in pairs if self.schools[school].stage == stage]

    def leftover_list(self, unit: str, fallback: list[str]) -> list[str]:
        """The schools at which a unit without a seat is tried, in order."""
        found = fallback or list(self.schools)
        if self.problem["leftovers"] == "by_lot":
            start = f"leftover\0{unit}\0"
            found = sorted(found, key=lambda school: self.draw.keyed((start + school).encode()))
        return found

    def ticket_number(self, text: str) -> int:
        """A ticket as written in a record, as a number of which the smaller is better."""
        number = int(text, 16 if self.has_tickets else 10)
        return -number if self.falling else number


_RANKINGS: Json = {
    "hmac": {"method": _text},
    "ring": {"method": _text, "start": _count, "step": _count, "numbers?": _texts},
    "external": {"method": _text, "numbers": _texts},
    "tail_digits": {"method": _text, "numbers": _texts, "tails": [_name]},
}


def _ranking_shape(problem: Json) -> Json:
    method = problem["ranking"].get("method")
    _fit(method, tuple(_RANKINGS), "problem.ranking.method")
    found: Json = _RANKINGS[method]
    return found


def _repeated(names: Iterable[Any]) -> Any:
    seen = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _check_rules(admission: Admission) -> Words:
    problem = admission.problem
    if problem["key"] not in (["band", "class", "ticket"], ["class", "band", "ticket"]):
        raise _Fault("比较顺序 key 不认识", "the order of the key is unknown")
    if problem["band_width"] < 1:
        raise _Fault("band_width 应不小于 1", "band_width must be 1 or more")
    if problem["tickets"] == "per_school" and not admission.has_tickets:
        raise _Fault("逐校抽签号只能用 hmac", "tickets for each school need the method hmac")
    for what in ("classes", "schools", "stages"):
        twice = _repeated(one["code" if what == "classes" else "id"] for one in problem[what])
        if twice is not None:
            raise _Fault(f"{what} 中 {twice} 出现两次", f"{twice} stands twice in {what}")
    for school in admission.schools.values():
        _check_pools(admission, school)
    placed = [school for stage in problem["stages"] for school in stage["schools"]]
    if _repeated(placed) is not None or set(placed) != set(admission.schools):
        raise _Fault("每所学校应恰好属于一个阶段", "every school must stand in exactly one stage")
    if admission.by_rounds and (problem["band_width"] != 1 or admission.class_first):
        raise _Fault("skip、stop 只能用于逐志愿录取", "skip and stop are for choice-by-choice rounds only")
    return (
        f"{len(admission.schools)} 所学校，{len(admission.stages)} 个阶段，计划合计 "
        f"{sum(one.plan for one in admission.schools.values())}",
        f"{len(admission.schools)} schools, {len(admission.stages)} stages, "
        f"{sum(one.plan for one in admission.schools.values())} seats planned",
    )


def _check_pools(admission: Admission, school: School) -> None:
    if _repeated(pool["id"] for pool in school.pools) is not None:
        raise _Fault(f"学校 {school.id} 的名额组重名", f"school {school.id} has two pools of one name")
    if sum(pool["seats"] for pool in school.pools) != school.plan:
        raise _Fault(
            f"学校 {school.id} 各组名额之和不等于计划 {school.plan}",
            f"the pools of school {school.id} do not add up to its plan {school.plan}",
        )
    if any(code not in admission.codes for pool in school.pools for code in pool["classes"]):
        raise _Fault(
            f"学校 {school.id} 的名额组有不认识的类别", f"a pool of school {school.id} has an unknown class"
        )
    if admission.by_rounds and len(school.pools) != 1:
        raise _Fault(f"学校 {school.id} 应只有一个名额组", f"school {school.id} must have one pool")


def _check_counts(admission: Admission) -> Words:
    roll, result = admission.draw.spec["roll"], admission.result
    if result["rows"] != roll["rows"] or roll["units"] > roll["rows"]:
        raise _Fault(
            f"名单 {roll['rows']} 人、{roll['units']} 组，结果 {result['rows']} 人",
            f"{roll['rows']} rows in {roll['units']} units on the roll, {result['rows']} results",
        )
    if [one["id"] for one in result["schools"]] != list(admission.schools):
        raise _Fault("结果中的学校与公告不一致", "the schools of the result are not those announced")
    for one in result["schools"]:
        _check_school_counts(admission, admission.schools[one["id"]], one)
    taken = sum(one["taken"] for one in result["schools"])
    if taken > roll["rows"]:
        raise _Fault(f"录取 {taken} 人，多于名单人数", f"{taken} seats were given, more than there are rows")
    over = sum(one["over_plan"] for one in result["schools"])
    return (
        f"录取 {taken} 人，未录取 {roll['rows'] - taken} 人，超计划 {over} 人",
        f"{taken} placed, {roll['rows'] - taken} without a seat, {over} over plan",
    )


def _check_school_counts(admission: Admission, school: School, one: Json) -> None:
    def same(what: Words, stated: Any, expected: Any) -> None:
        if stated != expected:
            raise _Fault(
                f"学校 {school.id} 的{what[0]}为 {_canonical_text(stated)}，应为 {_canonical_text(expected)}",
                f"school {school.id}: {what[1]} is {_canonical_text(stated)}, should be {_canonical_text(expected)}",
            )

    same(("计划", "plan"), one["plan"], school.plan)
    same(("名额组", "pools"), [pool["id"] for pool in one["pools"]], [pool["id"] for pool in school.pools])
    by_choice, carried = 0, 0
    for pool, rule in zip(one["pools"], school.pools):
        same(("名额组容量", "capacity of a pool"), pool["capacity"], rule["seats"] + carried)
        carried = max(0, pool["capacity"] - pool["taken"]) if rule["unfilled"] == "next" else 0
        by_choice += pool["taken"]
    left = one["leftover"]
    same(("录取数", "taken"), one["taken"], by_choice + left["taken"])
    same(("超计划数", "over_plan"), one["over_plan"], max(0, one["taken"] - school.plan))
    if admission.problem["leftovers"] == "none":
        same(("调剂录取数", "leftover taken"), left["taken"], 0)
    else:
        same(("调剂容量", "leftover capacity"), left["capacity"], max(0, school.plan - by_choice))


def _check_cutoffs(admission: Admission) -> Words:
    roll = admission.draw.spec["roll"]
    spare = roll["rows"] - roll["units"]  # the most by which bound children can run over
    for one in admission.result["schools"]:
        for pool, rule in zip(one["pools"], admission.schools[one["id"]].pools):
            place = f"{one['id']} / {pool['id']}"
            if admission.by_rounds:
                _must(pool["cutoff"] == "replay" and pool["taken"] <= pool["capacity"], place)
            else:
                _check_cutoff(admission, place, pool, spare, rule["classes"])
        if admission.problem["leftovers"] != "none":
            _check_cutoff(admission, f"{one['id']} / leftover", one["leftover"], spare, None)
    if admission.by_rounds:
        raise _Untold(
            "本规则没有录取线，只有全部重算才能核对",
            "this rule has no cut-offs: only the full re-run proves it",
        )
    return "每条录取线与人数相符", "every cut-off agrees with its counts"


def _must(holds: bool, place: str) -> None:
    if not holds:
        raise _Fault(f"{place} 的录取线与人数不符", f"{place}: the cut-off does not agree with the counts")


def _check_cutoff(
    admission: Admission, place: str, pool: Json, spare: int, classes: list[int] | None
) -> None:
    """A pool or leftover place (``classes`` None): open, closed or full, and the cut-off written so."""
    cutoff, taken, capacity = pool["cutoff"], pool["taken"], pool["capacity"]
    if capacity == 0:
        _must(cutoff == "closed" and taken == 0, place)
    elif taken < capacity:
        _must(cutoff == "open", place)
    else:
        _must(isinstance(cutoff, dict) and taken <= capacity + spare, place)
        ticket = "[0-9a-f]{64}" if admission.has_tickets else "[0-9]{10}"
        _must(re.fullmatch(ticket, cutoff["ticket"]) is not None, place)
        _must(set(cutoff) == ({"ticket"} if classes is None else {"band", "class", "ticket"}), place)
        if classes is not None:
            _must(cutoff["class"] in (classes or admission.codes), place)


# --- admission: one guardian's slip -------------------------------------------------------------------------


class Slip:
    """A slip whose shape is right. Raises Unusable."""

    def __init__(self, slip: Json, draw: Draw) -> None:
        _fit(slip, _SLIP, "slip")
        admits = draw.kind == "admission"
        _fit(slip["row"], _APPLICATION if admits else _PUPIL, "slip.row")
        _fit(slip["result"], _PLACED if admits else _SEATED, "slip.result")
        self.slip, self.draw = slip, draw
        self.row: Json = slip["row"]
        self.placed: Json = slip["result"]


def _check_belongs(slip: Slip) -> Words:
    draw_id, rows = slip.draw.spec["draw_id"], slip.draw.spec["roll"]["rows"]
    if slip.slip["format"] != "junheng/draw-slip/1":
        raise _Fault(f"格式名不认识：{slip.slip['format']}", f"unknown format: {slip.slip['format']}")
    if slip.slip["draw_id"] != draw_id or slip.slip["rows"] != rows:
        raise _Fault(
            f"凭条属于另一次抽签 {slip.slip['draw_id']}，不是 {draw_id}",
            f"the slip belongs to another draw, {slip.slip['draw_id']}, not to {draw_id}",
        )
    return f"抽签编号 {draw_id}", f"draw {draw_id}"


def _check_pid(slip: Slip) -> Words:
    salt, identity = bytes.fromhex(slip.slip["salt"]), canonical(slip.slip["identity"])
    found = _named(slip.draw.hash, "pid", salt, identity).hex()
    if not found == slip.row["pid"] == slip.placed["pid"]:
        raise _Fault(
            f"由姓名等信息与盐算出 {found}，报名写的是 {slip.row['pid']}，结果写的是 {slip.placed['pid']}",
            f"identity and salt give {found}, the row says {slip.row['pid']}, the result {slip.placed['pid']}",
        )
    return (
        f"编号由您孩子的信息与凭条上的盐算出：{found}",
        f"computed from your child's identity and the salt: {found}",
    )


def _check_in_tree(slip: Slip, leaf: Json, path: list[str], root: str) -> Words:
    index, rows = slip.slip["index"], slip.slip["rows"]
    if not _is_included(slip.draw.hash, canonical(leaf), index, rows, path, bytes.fromhex(root)):
        raise _Fault("路径算不出公布的根", "the path does not lead to the published root")
    return f"第 {index + 1} 行，共 {rows} 行", f"row {index + 1} of {rows}"


def _check_ticket(slip: Slip, admission: Admission) -> Words:
    if not admission.has_tickets:
        raise _Untold(
            "名次由全部名单排出，只有全部重算才能核对",
            "the rank follows from the whole roll: only the full re-run proves it",
        )
    unit, given = slip.row["unit"], slip.slip
    ticket = slip.draw.ticket(unit).hex()
    per_school = admission.problem["tickets"] == "per_school"
    if given.get("ticket", ticket if per_school else "") != ticket:
        raise _Fault(f"由种子算出的抽签号是 {ticket}", f"the ticket that follows from the seed is {ticket}")
    if per_school:
        found = {school: slip.draw.ticket(unit, school).hex() for school in slip.row["choices"]}
        if given.get("tickets") != found:
            raise _Fault("各校抽签号与种子算出的不同", "the tickets are not those that follow from the seed")
        return f"{len(found)} 个抽签号都由种子算出", f"all {len(found)} tickets follow from the seed"
    shown = shown_number(ticket, admission.problem["digits"]) or ticket
    return f"抽签号 {shown}", f"ticket {shown}"


def shown_number(ticket: str, digits: int) -> str:
    """The first decimal digits of ticket / 2^256, as shown on a board."""
    return str(int(ticket, 16) * 10**digits >> 256).zfill(digits) if digits else ""


def _check_result(slip: Slip, admission: Admission) -> Words:
    if any(school not in admission.schools for school in slip.row["choices"] + slip.row.get("fallback", [])):
        raise _Fault("报名中有公告以外的学校", "the row lists a school that was not announced")
    if len(slip.row["classes"]) != len(slip.row["choices"]):
        raise _Fault("报名的类别与志愿数目不同", "the row has not one class for each choice")
    if admission.by_rounds:
        raise _Untold(
            "本规则没有录取线，只有全部重算才能核对",
            "this rule has no cut-offs: only the full re-run proves it",
        )
    expected = _by_cutoffs(slip, admission)
    if expected != slip.placed:
        raise _Fault(
            f"按录取线应为 {_told(expected)[0]}，凭条写的是 {_told(slip.placed)[0]}",
            f"the cut-offs give {_told(expected)[1]}, the slip says {_told(slip.placed)[1]}",
        )
    return _told(expected)


def _told(placed: Json) -> Words:
    """A result in words."""
    if not placed["school"]:
        return (
            ("没有志愿，未录取", "no choices, no seat")
            if placed["reason"] == "no_choice"
            else ("未录取", "no seat")
        )
    if placed["reason"] == "leftover":
        return f"调剂到 {placed['school']}", f"placed at {placed['school']} from what was left"
    return (
        f"第 {placed['choice']} 志愿 {placed['school']}（{placed['stage']} / {placed['pool']}）",
        f"choice {placed['choice']}, {placed['school']} ({placed['stage']} / {placed['pool']})",
    )


def _by_cutoffs(slip: Slip, admission: Admission) -> Json:
    """The result that the published cut-offs give a row."""
    row = slip.row
    public = {one["id"]: one for one in admission.result["schools"]}
    for stage in admission.stages:
        for place, (index, school, code) in enumerate(admission.listed(row, stage)):
            key = admission.key(
                place // admission.problem["band_width"], code, _ticket_on(slip, admission, school)
            )
            pool = _passed_pool(admission, admission.schools[school], public[school], code, key)
            if pool is not None:
                return _leaf(row, school, stage, index + 1, pool, "choice")
    if admission.problem["leftovers"] != "none":
        ticket = _ticket_on(slip, admission, None)
        for school in admission.leftover_list(row["unit"], row.get("fallback", [])):
            cutoff = public[school]["leftover"]["cutoff"]
            if cutoff == "open" or (
                isinstance(cutoff, dict) and ticket <= admission.ticket_number(cutoff["ticket"])
            ):
                return _leaf(row, school, "leftover", _choice_number(row, school), "", "leftover")
    return _leaf(row, "", "", 0, "", "no_seat" if row["choices"] else "no_choice")


def _ticket_on(slip: Slip, admission: Admission, school: str | None) -> int:
    """The ticket, or rank, of the slip's unit as a number of which the smaller is better."""
    if not admission.has_tickets:
        text = slip.slip.get("ticket", "")
        if not re.fullmatch("[0-9]{10}", text):
            raise _Fault("凭条没有写名次", "the slip does not give the rank")
        return admission.ticket_number(text)
    own = school if admission.problem["tickets"] == "per_school" else None
    return admission.ticket_number(slip.draw.ticket(slip.row["unit"], own).hex())


def _passed_pool(admission: Admission, school: School, public: Json, code: int, key: Key) -> str | None:
    """The first pool of a school whose cut-off admits ``key``."""
    for rule, pool in zip(school.pools, public["pools"]):
        cutoff = pool["cutoff"]
        if (rule["classes"] and code not in rule["classes"]) or cutoff == "closed":
            continue
        if cutoff == "open":
            return str(rule["id"])
        worst = admission.key(cutoff["band"], cutoff["class"], admission.ticket_number(cutoff["ticket"]))
        if key <= worst:
            return str(rule["id"])
    return None


def _choice_number(row: Json, school: str) -> int:
    """At which place of the row's choices a school stands, 0 if nowhere."""
    return int(row["choices"].index(school)) + 1 if school in row["choices"] else 0


def _leaf(row: Json, school: str, stage: str, choice: int, pool: str, reason: str) -> Json:
    return {
        "pid": row["pid"],
        "unit": row["unit"],
        "school": school,
        "stage": stage,
        "choice": choice,
        "pool": pool,
        "reason": reason,
    }


# --- admission: the full re-run -----------------------------------------------------------------------------


class Unit(NamedTuple):
    """Children who are placed together, with what they ask for. ``order``: place by ticket or rank, 0 = best."""

    name: str
    size: int
    row: Json
    order: int


Entry = Tuple[Key, int, int]  # key, number of the unit, its class at the school


class Rerun:
    """The whole draw once more, from the rows."""

    def __init__(self, admission: Admission, rows: list[Json]) -> None:
        self.rule = admission
        self.texts: dict[str, str] = {}  # unit → its single ticket, or rank, as written in a record
        self.units = self._ordered(rows)
        self.seat: dict[str, tuple[str, str, str, str]] = {}  # unit → school, stage, pool, reason
        self.proposals = 0
        self.filled: dict[
            str, list[tuple[int, int, Any]]
        ] = {}  # school → capacity, taken, cut-off of its pools
        self.left: dict[str, tuple[int, int, Any]] = {}
        for stage in admission.stages:
            waiting = [n for n, unit in enumerate(self.units) if unit.name not in self.seat]
            (self._by_rounds if admission.by_rounds else self._deferred)(stage, waiting)
        self._leftovers()

    def _ordered(self, rows: list[Json]) -> list[Unit]:
        members: dict[str, list[Json]] = {}
        for row in rows:
            members.setdefault(row["unit"], []).append(row)
        names = _ranked(self.rule, list(members), self.texts)
        return [Unit(name, len(members[name]), members[name][0], i) for i, name in enumerate(names)]

    def _entry(self, number: int, place: int, school: str, code: int) -> Entry:
        unit = self.units[number]
        band = place // self.rule.problem["band_width"]
        if self.rule.problem["tickets"] == "per_school":
            text = self.rule.draw.ticket(unit.name, school).hex()
            return self.rule.key(band, code, (self.rule.ticket_number(text), unit.name)), number, code
        return self.rule.key(band, code, unit.order), number, code

    def _fill(self, school: School, entries: list[Entry]) -> tuple[list[list[Entry]], list[Entry]]:
        """What each pool takes of the sorted ``entries``, and who is rejected by all."""
        pools, carried = [], 0
        for pool in school.pools:
            capacity, taken = pool["seats"] + carried, 0
            kept: list[Entry] = []
            passed: list[Entry] = []
            for entry in entries:
                if taken < capacity and (not pool["classes"] or entry[2] in pool["classes"]):
                    kept.append(entry)
                    taken += self.units[entry[1]].size
                else:
                    passed.append(entry)
            carried = max(0, capacity - taken) if pool["unfilled"] == "next" else 0
            pools.append(kept)
            entries = passed
        return pools, entries

    def _deferred(self, stage: str, waiting: list[int]) -> None:
        """Deferred acceptance in rounds: whoever was rejected asks the next school of the list."""
        lists = {n: self.rule.listed(self.units[n].row, stage) for n in waiting}
        asked = dict.fromkeys(waiting, 0)
        held: dict[str, list[Entry]] = {
            one.id: [] for one in self.rule.schools.values() if one.stage == stage
        }
        while waiting:
            arriving: dict[str, list[Entry]] = {}
            for n in waiting:
                if asked[n] < len(lists[n]):
                    _, school, code = lists[n][asked[n]]
                    arriving.setdefault(school, []).append(self._entry(n, asked[n], school, code))
                    asked[n] += 1
                    self.proposals += 1
            waiting = []
            for school, entries in arriving.items():
                pools, rejected = self._fill(self.rule.schools[school], sorted(held[school] + entries))
                held[school] = [entry for pool in pools for entry in pool]
                waiting += [entry[1] for entry in rejected]
        for school, entries in held.items():
            self._seat_all(
                self.rule.schools[school], self._fill(self.rule.schools[school], sorted(entries))[0]
            )

    def _seat_all(self, school: School, pools: list[list[Entry]]) -> None:
        found, carried = [], 0
        for rule, kept in zip(school.pools, pools):
            capacity, taken = rule["seats"] + carried, sum(self.units[entry[1]].size for entry in kept)
            carried = max(0, capacity - taken) if rule["unfilled"] == "next" else 0
            worst = self._cutoff(kept[-1][0], kept[-1][1], school.id) if kept else None
            found.append((capacity, taken, _written(capacity, taken, worst)))
            for _, number, _ in kept:
                self.seat[self.units[number].name] = (school.id, school.stage, rule["id"], "choice")
        self.filled[school.id] = found

    def _cutoff(self, key: Key, number: int, school: str) -> Json:
        band, code = (key[1], key[0]) if self.rule.class_first else (key[0], key[1])
        return {"band": band, "class": code, "ticket": self._ticket_text(number, school)}

    def _ticket_text(self, number: int, school: str) -> str:
        name = self.units[number].name
        if self.rule.problem["tickets"] == "per_school":
            return self.rule.draw.ticket(name, school).hex()
        return self.texts[name]

    def _by_rounds(self, stage: str, waiting: list[int]) -> None:
        """Round k serves the k-th choices and is final; a unit too large is passed over, or closes the school."""
        schools = [one for one in self.rule.schools.values() if one.stage == stage]
        lists = {n: self.rule.listed(self.units[n].row, stage) for n in waiting}
        taken = {school.id: 0 for school in schools}
        closed: set[str] = set()
        for k in range(max(map(len, lists.values()), default=0)):
            standing: dict[str, list[Entry]] = {}
            for n in waiting:
                if self.units[n].name not in self.seat and k < len(lists[n]):
                    _, name, code = lists[n][k]
                    standing.setdefault(name, []).append(self._entry(n, k, name, code))
                    self.proposals += 1
            for name, entries in standing.items():
                self._round(self.rule.schools[name], sorted(entries), taken, closed)
        for school in schools:
            self.filled[school.id] = [(school.plan, taken[school.id], "replay")]

    def _round(self, school: School, entries: list[Entry], taken: dict[str, int], closed: set[str]) -> None:
        pool = school.pools[0]
        for _, number, code in entries:
            unit = self.units[number]
            if school.id in closed or (pool["classes"] and code not in pool["classes"]):
                continue
            if unit.size <= pool["seats"] - taken[school.id]:
                taken[school.id] += unit.size
                self.seat[unit.name] = (school.id, school.stage, pool["id"], "choice")
            elif self.rule.problem["units"] == "stop":
                closed.add(school.id)

    def _leftovers(self) -> None:
        """One serial dictatorship, in the order of single tickets, over the seats that remain."""
        works = self.rule.problem["leftovers"] != "none"
        room, taken, worst = {}, {}, {}
        for school in self.rule.schools.values():
            by_choice = sum(pool[1] for pool in self.filled[school.id])
            room[school.id], taken[school.id] = max(0, school.plan - by_choice), 0
        for unit in self.units if works else []:
            if unit.name in self.seat:
                continue
            for school_id in self.rule.leftover_list(unit.name, unit.row.get("fallback", [])):
                if taken[school_id] < room[school_id]:
                    taken[school_id] += unit.size
                    worst[school_id] = {"ticket": self.texts[unit.name]}
                    self.seat[unit.name] = (school_id, "leftover", "", "leftover")
                    break
        for name, seats in room.items():
            self.left[name] = (seats, taken[name], _written(seats, taken[name], worst.get(name)))

    def leaf(self, row: Json) -> Json:
        """The result of one row."""
        school, stage, pool, reason = self.seat.get(
            row["unit"], ("", "", "", "no_seat" if row["choices"] else "no_choice")
        )
        return _leaf(row, school, stage, _choice_number(row, school), pool, reason)

    def public(self, school: School) -> Json:
        """What must be published of a school."""
        pools = [
            {"id": rule["id"], "capacity": capacity, "taken": taken, "cutoff": cutoff}
            for rule, (capacity, taken, cutoff) in zip(school.pools, self.filled[school.id])
        ]
        capacity, taken, cutoff = self.left[school.id]
        total = taken + sum(pool["taken"] for pool in pools)
        return {
            "id": school.id,
            "plan": school.plan,
            "taken": total,
            "over_plan": max(0, total - school.plan),
            "pools": pools,
            "leftover": {"capacity": capacity, "taken": taken, "cutoff": cutoff},
        }


def _written(capacity: int, taken: int, worst: Any) -> Any:
    """The cut-off of a pool: closed, open, or the worst unit admitted."""
    if capacity == 0:
        return "closed"
    return "open" if taken < capacity else worst


def _ranked(admission: Admission, units: list[str], texts: dict[str, str]) -> list[str]:
    """The units, best first; ``texts`` is given the ticket or rank of each as written in a record."""
    ranking = admission.problem["ranking"]
    if admission.has_tickets:
        for unit in units:
            texts[unit] = admission.draw.ticket(unit).hex()
        return sorted(units, key=lambda unit: (admission.ticket_number(texts[unit]), unit))
    method = {"ring": _by_ring, "external": _by_number, "tail_digits": _by_tail}[ranking["method"]]
    found = method(sorted(units), ranking, admission.problem["order"] == "descending")
    texts.update({unit: f"{i + 1:010d}" for i, unit in enumerate(found)})
    return found


def _by_ring(units: list[str], ranking: Json, falling: bool) -> list[str]:
    """Units by number, or by id, stand on a ring at places 1, 2, …; from ``start`` every step-th is taken."""
    if not (1 <= ranking["start"] <= len(units) and 1 <= ranking["step"] <= len(units)) and units:
        raise _Fault("起始号或间隔数超出人数", "start or step is larger than the number of units")
    left, found = _by_number(units, ranking, False) if "numbers" in ranking else list(units), []
    at = ranking["start"] - 1
    while left:
        at %= len(left)
        found.append(left.pop(at))
        at += ranking["step"] - 1
    return found


def _own_numbers(units: list[str], ranking: Json) -> dict[str, str]:
    """The number of each unit. Raises _Fault for one without a number, or two with one number."""
    found = {}
    for unit in units:
        if unit not in ranking["numbers"]:
            raise _Fault(f"{unit} 没有号码", f"{unit} has no number")
        found[unit] = str(ranking["numbers"][unit]).lower()
    if _repeated(found.values()) is not None or len({len(number) for number in found.values()}) > 1:
        raise _Fault("号码重复或长短不一", "a number stands twice, or numbers differ in length")
    return found


def _by_number(units: list[str], ranking: Json, falling: bool) -> list[str]:
    """By numbers given from outside, digits or GUIDs of one length, in the declared order."""
    numbers = _own_numbers(units, ranking)
    return sorted(numbers, key=lambda unit: numbers[unit], reverse=falling)


def _by_tail(units: list[str], ranking: Json, falling: bool) -> list[str]:
    """Numbers ending in the first tail drawn, then in the second, …, then all others; each by ascending number."""
    numbers = _own_numbers(units, ranking)

    def place(unit: str) -> int:
        fits = (i for i, tail in enumerate(ranking["tails"]) if numbers[unit].endswith(tail))
        return next(fits, len(ranking["tails"]))

    return sorted(numbers, key=lambda unit: (place(unit), numbers[unit]))


# --- class formation: the rules, and what can be checked without the rows -----------------------------------

_METHODS = ("swaps", "stratified", "random", "serpentine", "rotated")
_STEPS = 100_000  # of the search that deals units bound together or kept apart
_LISTED = 64  # exchanges between two classes, of which two are made at once
_TOP = 4095  # the largest standard score

_SOURCES: Json = {
    "mark": {"name": _text, "source": _text, "of?": [_name], "weight": _count},
    "squared": {"name": _text, "source": _text, "of?": [_name], "weight": _count},
    "special": {"name": _text, "source": _text, "weight": _count},
    "flag": {"name": _text, "source": _text, "flag": _name, "weight": _count},
    "feeder": {"name": _text, "source": _text, "top": _count, "weight": _count},
}


def _covariate(value: Any, place: str) -> None:
    _object(value, place)
    _fit(value.get("source"), tuple(_SOURCES), f"{place}.source")
    _fit(value, _SOURCES[value["source"]], place)


_FORMATION = {
    "method": _METHODS,
    "sweeps": _count,
    "polish": (0, 1),
    "relief": _count,
    "mark_unit?": _text,
    "covariates": [_covariate],
    "score?": [_name],
    "cap?": _count,
    "tolerance?": {"size?": _count, "sex?": _count, "special?": _count},
    "groups": [{"school": _name, "grade": _name, "classes": _count, "teams": [_name]}],
}
_PUPIL = {
    "pid": _hex(32),
    "unit": _hex(32),
    "school": _name,
    "grade": _name,
    "sex": (0, 1, 2),
    "special": _count,
    "marks": _flags,
    "feeder": _text,
    "apart": [_text],
    "flags": _flags,
}
_SEATED = {"pid": _hex(32), "school": _name, "grade": _name, "class": _count}
_FORMED = {
    "root": _hex(32),
    "rows": _count,
    "groups": [{"school": _name, "grade": _name, "sizes": [_count], "objective": _count, "teams": [_text]}],
    "statistics?": _object,
}
GroupName = Tuple[str, str]  # school, grade


class Formation:
    """The problem and result of a class formation. Raises Unusable when their shape is wrong."""

    def __init__(self, draw: Draw) -> None:
        _fit(draw.problem, _FORMATION, "problem")
        _fit(draw.result, _FORMED, "result")
        self.draw, self.problem, self.result = draw, draw.problem, draw.result
        self.groups: dict[GroupName, Json] = {(g["school"], g["grade"]): g for g in self.problem["groups"]}

    def keyed(self, group: GroupName) -> Keyed:
        """HMAC under the class seed of a group."""
        seed = self.draw.keyed(f"class\0{group[0]}\0{group[1]}".encode())
        return Keyed(self.draw.hash, seed)

    def teams(self, group: GroupName) -> list[str]:
        """The team of each class, by lot."""
        keyed = self.keyed(group)
        return sorted(self.groups[group]["teams"], key=lambda team: keyed(f"team\0{team}".encode()))


def _of_group(group: GroupName) -> Words:
    return f"{group[0]} {group[1]}", f"{group[0]} {group[1]}"


def _check_formation(formation: Formation) -> Words:
    problem = formation.problem
    if len(formation.groups) != len(problem["groups"]):
        raise _Fault("同一学校年级出现两次", "a school and grade stand twice")
    for name, group in formation.groups.items():
        if group["classes"] < 1 or len(group["teams"]) not in (0, group["classes"]):
            raise _Fault(
                f"{_of_group(name)[0]} 的班数或师资组数不对",
                f"{_of_group(name)[1]}: wrong number of classes or teams",
            )
        if _repeated(group["teams"]) is not None:
            raise _Fault(f"{_of_group(name)[0]} 的师资组重名", f"{_of_group(name)[1]}: a team stands twice")
    if any(one["weight"] < 1 for one in problem["covariates"]):
        raise _Fault("权重应不小于 1", "weights must be 1 or more")
    if problem["relief"] and problem["method"] in ("serpentine", "rotated"):
        raise _Fault("S 形编班不能设减员", "the serpentine cannot have relief")
    classes = sum(group["classes"] for group in problem["groups"])
    return (
        f"{len(formation.groups)} 个年级，{classes} 个班，方法 {problem['method']}",
        f"{len(formation.groups)} grades, {classes} classes, method {problem['method']}",
    )


def _check_sizes(formation: Formation) -> Words:
    roll, result = formation.draw.spec["roll"], formation.result
    if [(g["school"], g["grade"]) for g in result["groups"]] != list(formation.groups):
        raise _Fault("结果中的年级与公告不一致", "the grades of the result are not those announced")
    for group in result["groups"]:
        name = (group["school"], group["grade"])
        if len(group["sizes"]) != formation.groups[name]["classes"]:
            raise _Fault(f"{_of_group(name)[0]} 的班数不对", f"{_of_group(name)[1]}: wrong number of classes")
    children = sum(sum(group["sizes"]) for group in result["groups"])
    if not children == result["rows"] == roll["rows"] or roll["units"] > roll["rows"]:
        raise _Fault(
            f"名单 {roll['rows']} 人，结果 {result['rows']} 人，各班合计 {children} 人",
            f"{roll['rows']} rows on the roll, {result['rows']} results, {children} in the classes",
        )
    return f"{children} 名学生都在班里", f"all {children} children are in classes"


def _check_teams(formation: Formation) -> Words:
    for group in formation.result["groups"]:
        name = (group["school"], group["grade"])
        expected = formation.teams(name)
        if group["teams"] != expected:
            raise _Fault(
                f"{_of_group(name)[0]} 由种子抽出的师资组次序应为 {'、'.join(expected)}",
                f"{_of_group(name)[1]}: the lot gives the teams in the order {', '.join(expected)}",
            )
    return "师资组次序由种子抽出", "the order of teams follows from the seed"


def _check_seat(slip: Slip, formation: Formation) -> Words:
    placed, row = slip.placed, slip.row
    name = (row["school"], row["grade"])
    if (placed["school"], placed["grade"]) != name or name not in formation.groups:
        raise _Fault("结果的学校、年级与报名不同", "the result has another school or grade than the row")
    if not 1 <= placed["class"] <= formation.groups[name]["classes"]:
        raise _Fault(f"没有 {placed['class']} 班", f"there is no class {placed['class']}")
    return (
        f"{_of_group(name)[0]} {placed['class']} 班；怎样分到这个班，由全部重算核对",
        f"{_of_group(name)[1]} class {placed['class']}; how it came about is for the full re-run to check",
    )


# --- class formation: the full re-run (docs/method/class_formation.md) --------------------------------------


class Together:
    """A unit: children who stay together. ``x`` are its summed standard scores, ``foes`` units it must not meet."""

    def __init__(self, name: str, ticket: bytes, rows: list[Json], relief: int) -> None:
        self.name, self.ticket = name, ticket
        self.rows = sorted(rows, key=lambda row: row["pid"])
        self.heads = len(rows)
        self.boys = sum(row["sex"] == 1 for row in rows)
        self.girls = sum(row["sex"] == 2 for row in rows)
        self.specials = sum(row["special"] > 0 for row in rows)
        self.load = self.heads + relief * self.specials
        self.kind = (self.heads, self.boys, self.girls, self.specials)
        self.x: list[int] = []
        self.foes: set[int] = set()


def _root(number: int) -> int:
    """The whole part of a square root (math.isqrt, written out)."""
    if number == 0:
        return 0
    guess = 1 << ((number.bit_length() + 1) // 2)
    while True:
        better = (guess + number // guess) // 2
        if better >= guess:
            return guess
        guess = better


def _gcd(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        while number:
            found, number = number, found % number
    return abs(found)


def standard_scores(values: list[int | None]) -> list[int]:
    """§3: whole standard scores, 4095 for four deviations or the largest one; a missing value scores 0."""
    present = [value for value in values if value is not None]
    total = sum(present)
    away = [0 if value is None else len(present) * value - total for value in values]
    divisor = _gcd(away)
    if divisor == 0:
        return [0] * len(values)
    away = [one // divisor for one in away]
    spread = _root(16 * sum(one * one for one in away) // len(present))
    most = max(spread, *map(abs, away))
    sizes = [(2 * _TOP * abs(one) + most) // (2 * most) for one in away]
    return [size if one > 0 else -size for one, size in zip(away, sizes)]


def _summed_marks(rows: list[Json], names: list[str]) -> list[int | None]:
    return [
        sum(row["marks"][name] for name in names) if all(name in row["marks"] for name in names) else None
        for row in rows
    ]


def _columns(rows: list[Json], entry: Json) -> list[list[int]]:
    """The standard scores of one covariate of the problem: one column, or several for a feeder."""
    source = entry["source"]
    if source in ("mark", "squared"):
        scores = _summed_marks(rows, entry.get("of", [entry["name"]]))
        found = standard_scores(scores)
        if source == "mark":
            return [found]
        return [
            standard_scores(
                [None if old is None else (y * y + 2048) // 4096 for old, y in zip(scores, found)]
            )
        ]
    if source == "special":
        return [standard_scores([row["special"] for row in rows])]
    if source == "flag":
        flags = [row["flags"].get(entry["flag"]) for row in rows]
        return [standard_scores([flag if type(flag) is int else None for flag in flags])]
    counts: dict[str, int] = {}
    for row in rows:
        if row["feeder"]:
            counts[row["feeder"]] = counts.get(row["feeder"], 0) + 1
    largest = sorted(counts, key=lambda name: (-counts[name], name))[: entry["top"]]
    return [
        standard_scores([int(row["feeder"] == feeder) if row["feeder"] else None for row in rows])
        for feeder in largest
    ]


class Group:
    """One school and grade, dealt again. Raises _Fault where the rule refuses the rows."""

    def __init__(self, formation: Formation, name: GroupName, rows: list[Json]) -> None:
        self.name, self.rows, self.problem = name, rows, formation.problem
        self.keyed = formation.keyed(name)
        self.k: int = formation.groups[name]["classes"]
        self.teams = formation.teams(name)
        self.units = self._made_units()
        self.weights, self.scores = self._scored()
        self.position: list[int] = [0] * len(self.units)
        if self.k > len(self.units):
            raise self.refuse("班数多于学生", "more classes than children")
        self._form()

    def refuse(self, zh: str, en: str) -> _Fault:
        """A fault of this group."""
        return _Fault(f"{_of_group(self.name)[0]}：{zh}", f"{_of_group(self.name)[1]}: {en}")

    def _made_units(self) -> list[Together]:
        members: dict[str, list[Json]] = {}
        for row in self.rows:
            members.setdefault(row["unit"], []).append(row)
        relief = self.problem["relief"]
        found = [
            Together(name, self.keyed(f"ticket\0{name}".encode()), rows, relief)
            for name, rows in members.items()
        ]
        found.sort(key=lambda unit: (unit.ticket, unit.name))
        carriers: dict[str, set[int]] = {}
        for i, unit in enumerate(found):
            ids = [one for row in unit.rows for one in set(row["apart"])]
            if _repeated(ids) is not None:
                raise self.refuse("同班的学生又要求分开", "children bound together must be kept apart")
            for one in ids:
                carriers.setdefault(one, set()).add(i)
        for meeting in carriers.values():
            for i in meeting:
                found[i].foes |= meeting - {i}
        return found

    def _scored(self) -> tuple[list[int], dict[str, list[int]]]:
        """The weight of each column, and of each child its score in each column; units get their sums."""
        weights: list[int] = []
        columns: list[list[int]] = []
        for entry in self.problem["covariates"]:
            made = _columns(self.rows, entry)
            columns += made
            weights += [entry["weight"]] * len(made)
        scores = {row["pid"]: [column[i] for column in columns] for i, row in enumerate(self.rows)}
        for unit in self.units:
            unit.x = [sum(scores[row["pid"]][f] for row in unit.rows) for f in range(len(weights))]
        return weights, scores

    def _form(self) -> None:
        method = self.problem["method"]
        if self.k == 1:
            self.places = {row["pid"]: 0 for row in self.rows}
        elif method in ("serpentine", "rotated"):
            self.places = _Snake(self).places
        else:
            _deal(self)
            if method == "swaps":
                _Swaps(self).run()
            self.places = {
                row["pid"]: place for unit, place in zip(self.units, self.position) for row in unit.rows
            }
        self._check_limits()
        order = sorted(range(1, self.k + 1), key=lambda c: self.keyed(f"label\0{c}".encode()))
        self.classes = {pid: order[place] for pid, place in self.places.items()}

    def _check_limits(self) -> None:
        """§9: what the problem promises of loads and ranges; §3: sums that stay below 2^53."""
        counts = _Dealt(self)
        heads = [0] * self.k
        for unit in self.units:
            for row in unit.rows:
                heads[self.places[row["pid"]]] += 1
                alone = Together(unit.name, unit.ticket, [row], counts.relief)
                counts.add(alone, self.places[row["pid"]])
        limits = self.problem.get("tolerance", {})
        ranges = (
            ("size", counts.load),
            ("sex", counts.boys),
            ("sex", counts.girls),
            ("special", counts.specials),
        )
        for name, numbers in ranges:
            if name in limits and max(numbers) - min(numbers) > limits[name]:
                raise self.refuse(
                    f"超出公告的容许差 {name}", f"the announced tolerance of {name} is exceeded"
                )
        if "cap" in self.problem and max(counts.load) > self.problem["cap"]:
            raise self.refuse("超出公告的班额上限", "the announced cap is exceeded")
        self._check_bounds(max(heads))

    def _check_bounds(self, most: int) -> None:
        squares = sum(w * x[f] ** 2 for x in self.scores.values() for f, w in enumerate(self.weights))
        largest = max(unit.heads for unit in self.units)
        if most * squares > LARGEST or 8 * sum(self.weights) * _TOP**2 * largest * (most + largest) > LARGEST:
            raise self.refuse("数值超出规则允许的范围", "the numbers exceed the bounds of the rule")

    def public(self) -> Json:
        """What must be published of this group."""
        sizes = [0] * self.k
        sums = [[0] * len(self.weights) for _ in range(self.k)]
        for pid, number in self.classes.items():
            sizes[number - 1] += 1
            for f, score in enumerate(self.scores[pid]):
                sums[number - 1][f] += score
        objective = sum(w * own[f] ** 2 for own in sums for f, w in enumerate(self.weights))
        school, grade = self.name
        return {
            "school": school,
            "grade": grade,
            "sizes": sizes,
            "objective": objective,
            "teams": self.teams,
        }


class _Dealt:
    """The counts of each position while units are dealt."""

    def __init__(self, group: Group) -> None:
        self.k, self.relief = group.k, group.problem["relief"]
        self.is_random: bool = group.problem["method"] == "random"
        self.all_boys = sum(unit.boys for unit in group.units)
        self.all_sexes = self.all_boys + sum(unit.girls for unit in group.units)
        self.load = [0] * self.k
        self.boys = [0] * self.k
        self.girls = [0] * self.k
        self.specials = [0] * self.k

    def add(self, unit: Together, p: int, sign: int = 1) -> None:
        """Put ``unit`` into position ``p``, or take it out."""
        self.load[p] += sign * unit.load
        self.boys[p] += sign * unit.boys
        self.girls[p] += sign * unit.girls
        self.specials[p] += sign * unit.specials

    def key(self, unit: Together, p: int) -> tuple[int, ...]:
        """§4: of the positions a unit may take, the one with the smallest key comes first."""
        if self.is_random:
            return self.load[p], p
        if unit.specials:
            own = self.boys[p] if unit.boys == unit.heads else self.girls[p]
            return self.specials[p], own, self.load[p], p
        if unit.boys == unit.heads:
            share = self.all_sexes * self.boys[p] + self.relief * self.all_boys * self.specials[p]
            return share, self.load[p], p
        return self.load[p], self.girls[p], p


def _deal(group: Group) -> None:
    """§4: bound and parted units by search, then specials, boys, girls, unknown (random: all the rest)."""
    units, dealt = group.units, _Dealt(group)
    tied = [i for i, unit in enumerate(units) if unit.heads > 1 or unit.foes]
    tied.sort(key=lambda i: (-units[i].heads, -len(units[i].foes), i))
    _search(group, dealt, tied)
    first = set(tied)
    loose = [i for i in range(len(units)) if i not in first]
    if not dealt.is_random:
        loose.sort(key=lambda i: _stratum(units[i]))  # sorting keeps the order of the index
    for i in loose:
        p = min(range(group.k), key=lambda p: dealt.key(units[i], p))
        group.position[i] = p
        dealt.add(units[i], p)


def _stratum(unit: Together) -> int:
    if unit.specials:
        return 0
    return 1 if unit.boys else 2 if unit.girls else 3


def _search(group: Group, dealt: _Dealt, tied: list[int]) -> None:
    """Depth-first: each unit takes its allowed positions in key order; a dead end goes back one unit."""
    at: dict[int, int] = {}

    def allowed(i: int) -> Iterator[int]:
        taken = {at[foe] for foe in group.units[i].foes if foe in at}
        free = [p for p in range(group.k) if p not in taken]
        return iter(sorted(free, key=lambda p: dealt.key(group.units[i], p)))

    choices: list[Iterator[int]] = []
    steps = 0
    while len(at) < len(tied):
        i = tied[len(at)]
        if len(choices) == len(at):
            choices.append(allowed(i))
        p = next(choices[-1], None)
        if p is None:
            choices.pop()
            if not choices:
                raise group.refuse("同班与分开的要求不能同时满足", "together and apart cannot both be kept")
            back = tied[len(choices) - 1]
            dealt.add(group.units[back], at.pop(back), -1)
            continue
        steps += 1
        if steps > _STEPS:
            raise group.refuse("搜索超过规定步数", "the search exceeds the steps of the rule")
        at[i] = p
        dealt.add(group.units[i], p)
    for i, p in at.items():
        group.position[i] = p


_Pair = Tuple[int, int, int]  # half the change, unit, other unit


class _Swaps:
    """§5 and §6: best exchanges of units, then two at once, until nothing improves."""

    def __init__(self, group: Group) -> None:
        self.group, self.units, self.position = group, group.units, group.position
        self.weights = group.weights
        self.own = [sum(w * v * v for w, v in zip(self.weights, unit.x)) for unit in self.units]
        self.sums = [[0] * len(self.weights) for _ in range(group.k)]
        for unit, p in zip(self.units, self.position):
            self._move(unit.x, p, 1)
        self.alike: dict[tuple[int, ...], list[int]] = {}
        for i, unit in enumerate(self.units):
            self.alike.setdefault(unit.kind, []).append(i)

    def run(self) -> None:
        """Sweep until nothing is exchanged; then polish if the problem says so."""
        sweeps = self.group.problem["sweeps"]
        for _ in range(sweeps):
            if not self._sweep():
                break
        if self.group.problem["polish"]:
            for _ in range(sweeps):
                if not self._polish():
                    break

    def _move(self, x: list[int], p: int, sign: int) -> None:
        self.sums[p] = [old + sign * new for old, new in zip(self.sums[p], x)]

    def _sweep(self) -> bool:
        changed = False
        for i in range(len(self.units)):
            j, half = self._best(i)
            if half < 0:
                self._exchange([i], [j])
                changed = True
        return changed

    def _best(self, i: int) -> tuple[int, int]:
        """The unit whose exchange with ``i`` lowers the objective most, and half the change; (-1, 0): none."""
        a, slopes = self.position[i], _Slopes(self, i)
        best, found = 0, -1
        for j in self.alike[self.units[i].kind]:
            if self.position[j] != a:
                half = slopes.half(j)
                if half < best and self._may(i, j):
                    best, found = half, j
        return found, best

    def _may(self, i: int, j: int) -> bool:
        a, b = self.position[i], self.position[j]
        return not any(self.position[foe] == b and foe != j for foe in self.units[i].foes) and not any(
            self.position[foe] == a and foe != i for foe in self.units[j].foes
        )

    def _exchange(self, ones: list[int], others: list[int]) -> None:
        a, b = self.position[ones[0]], self.position[others[0]]
        for numbers, old, new in ((ones, a, b), (others, b, a)):
            for i in numbers:
                self._move(self.units[i].x, old, -1)
                self._move(self.units[i].x, new, 1)
                self.position[i] = new

    def _polish(self) -> bool:
        changed = False
        for a in range(self.group.k - 1):
            for b in range(a + 1, self.group.k):
                best = self._best_two(a, b)
                if best is not None:
                    self._exchange([best[0][1]], [best[0][2]])
                    self._exchange([best[1][1]], [best[1][2]])
                    changed = True
        return self._sweep() or changed

    def _free(self, p: int) -> list[int]:
        return [i for i, u in enumerate(self.units) if self.position[i] == p and u.heads == 1 and not u.foes]

    def _best_two(self, a: int, b: int) -> tuple[_Pair, _Pair] | None:
        """§6: of the 64 best exchanges between two positions, the two that together lower the objective most."""
        there = self._free(b)
        pairs: list[_Pair] = []
        for i in self._free(a):
            slopes = _Slopes(self, i)
            kind = self.units[i].kind
            pairs += [(slopes.half(j), i, j) for j in there if self.units[j].kind == kind]
        pairs = sorted(pairs)[:_LISTED]
        away = [[y - x for x, y in zip(self.units[i].x, self.units[j].x)] for _, i, j in pairs]
        best, found = 0, None
        for p, (half, i, j) in enumerate(pairs):
            weighed = [2 * w * v for w, v in zip(self.weights, away[p])]
            for q in range(p + 1, len(pairs)):
                other, i2, j2 = pairs[q]
                if i2 != i and j2 != j:
                    both = half + other + sum(map(mul, weighed, away[q]))
                    if both < best:
                        best, found = both, (pairs[p], pairs[q])
        return found


class _Slopes:
    """Half the change of the objective when unit ``i`` is exchanged with another.

    Σ w·d·(S_a - S_b + d) with d = X_j - X_i is written Σ X_j·c + own_j + constant, with one c for each b.
    """

    def __init__(self, swaps: _Swaps, i: int) -> None:
        self.swaps, self.i = swaps, i
        self.made: dict[int, tuple[list[int], int]] = {}

    def half(self, j: int) -> int:
        """Half the change when ``j`` takes the place of ``i``."""
        b = self.swaps.position[j]
        slope, constant = self.made.get(b) or self._make(b)
        return int(constant + self.swaps.own[j] + sum(map(mul, slope, self.swaps.units[j].x)))

    def _make(self, b: int) -> tuple[list[int], int]:
        swaps, x = self.swaps, self.swaps.units[self.i].x
        here = swaps.sums[swaps.position[self.i]]
        gap = [w * (s - t) for w, s, t in zip(swaps.weights, here, swaps.sums[b])]
        slope = [g - 2 * w * v for g, w, v in zip(gap, swaps.weights, x)]
        self.made[b] = slope, swaps.own[self.i] - sum(map(mul, gap, x))
        return self.made[b]


class _Snake:
    """§7: serpentine and rotated, with the repairs for children bound together and kept apart."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.k = group.k
        self.rows = {row["pid"]: row for row in group.rows}
        self.ticket = {row["pid"]: (unit.ticket, row["pid"]) for unit in group.units for row in unit.rows}
        self.loose = {unit.rows[0]["pid"] for unit in group.units if unit.heads == 1}
        self.lists = [self._listed(sex) for sex in (1, 2, 0)]
        self.order = [pid for one in self.lists for pid in one]
        self.rank = {pid: i for i, pid in enumerate(self.order)}
        self.places: dict[str, int] = {}
        self._lay()
        self._bring_together()
        self._keep_apart()

    def _listed(self, sex: int) -> list[str]:
        rows = [row for row in self.group.rows if row["sex"] == sex]
        if self.group.problem["method"] == "rotated":
            return self._turned(sex, rows)
        scores = dict(zip((row["pid"] for row in rows), _summed_marks(rows, self._score_names())))

        def key(pid: str) -> tuple[int, int, tuple[bytes, str]]:
            score = scores[pid]
            return (1, 0, self.ticket[pid]) if score is None else (0, -score, self.ticket[pid])

        return sorted(scores, key=key)

    def _score_names(self) -> list[str]:
        problem = self.group.problem
        if problem.get("score"):
            return list(problem["score"])
        for entry in problem["covariates"]:
            if entry["source"] == "mark":
                return list(entry.get("of", [entry["name"]]))
        raise self.group.refuse("没有可排序的成绩", "there is no score to sort by")

    def _turned(self, sex: int, rows: list[Json]) -> list[str]:
        places: dict[str, int] = {}
        for row in rows:
            place = row["flags"].get("order")
            if type(place) is not int:
                raise self.group.refuse(f"{row['pid']} 没有次序号", f"{row['pid']} has no declared order")
            places[row["pid"]] = place
        found = sorted(places, key=lambda pid: (places[pid], self.ticket[pid]))
        if not found:
            return []
        turn = int.from_bytes(self.group.keyed(f"rotate\0{sex}".encode()), "big") % len(found)
        return found[turn:] + found[:turn]

    def _lay(self) -> None:
        boys, girls, others = self.lists
        meet = (len(boys) // self.k - len(girls) // self.k) % 2 == 0
        for r, pid in enumerate(boys):
            self.places[pid] = self._snake(r)
        for r, pid in enumerate(girls):
            self.places[pid] = self.k - 1 - self._snake(r) if meet else self._snake(r)
        sizes = [0] * self.k
        for place in self.places.values():
            sizes[place] += 1
        for pid in others:
            place = min(range(self.k), key=lambda p: (sizes[p], p))
            self.places[pid] = place
            sizes[place] += 1

    def _snake(self, r: int) -> int:
        block, z = divmod(r, self.k)
        return z if block % 2 == 0 else self.k - 1 - z

    def _bring_together(self) -> None:
        bound = [unit for unit in self.group.units if unit.heads > 1]
        members = [sorted((row["pid"] for row in unit.rows), key=self.rank.__getitem__) for unit in bound]
        for first, *others in sorted(members, key=lambda one: self.rank[one[0]]):
            for pid in others:
                home = self.places[first]
                if self.places[pid] != home:
                    self._exchange(pid, [q for q in self.order if self.places[q] == home])

    def _keep_apart(self) -> None:
        for pid in self.order:
            while True:
                foe = next((q for q in self.order[: self.rank[pid]] if self._meet(q, pid)), None)
                if foe is None:
                    break
                mover = pid if pid in self.loose else foe
                if mover not in self.loose:
                    raise self.group.refuse(
                        "要求分开的学生都有同班者", "both children to be kept apart are bound to others"
                    )
                self._exchange(mover, [q for q in self.order if self.places[q] != self.places[mover]])

    def _meet(self, one: str, other: str) -> bool:
        return self.places[one] == self.places[other] and self._parted(one, other)

    def _parted(self, one: str, other: str) -> bool:
        return one != other and not set(self.rows[one]["apart"]).isdisjoint(self.rows[other]["apart"])

    def _exchange(self, mover: str, candidates: list[str]) -> None:
        """Exchange with the nearest loose child of the same sex that brings nobody beside a foe."""
        near = sorted(candidates, key=lambda q: (abs(self.rank[q] - self.rank[mover]), self.rank[q]))
        for q in near:
            alike = q in self.loose and self.rows[q]["sex"] == self.rows[mover]["sex"]
            if alike and self._fits(mover, q) and self._fits(q, mover):
                self.places[mover], self.places[q] = self.places[q], self.places[mover]
                return
        raise self.group.refuse(f"{mover} 无人可换", f"nobody can be exchanged with {mover}")

    def _fits(self, comer: str, goer: str) -> bool:
        """Whether ``comer`` could stand where ``goer`` stands."""
        place = self.places[goer]
        return not any(self._parted(comer, q) for q in self.order if self.places[q] == place and q != goer)


# --- all rows: the roll, and the results --------------------------------------------------------------------


class Rows:
    """Rows as lines and as objects. Raises Unusable when a line is not what the format says."""

    def __init__(self, lines: Lines, shape: Json, name: str) -> None:
        self.lines: list[bytes] = []
        self.rows: list[Json] = []
        self.stray = 0  # the first line that is not canonical, counted from 1
        for i, line in enumerate(_split(lines), 1):
            row = read_object(line, f"{name} {i}")
            _fit(row, shape, f"{name}[{i}]")
            raw = canonical(row)
            given = line.encode() if isinstance(line, str) else line if isinstance(line, bytes) else raw
            if given != raw:
                self.stray = self.stray or i
            self.lines.append(given)
            self.rows.append(row)


def _split(lines: Any) -> Iterable[Source]:
    if not isinstance(lines, bytes):
        return list(lines)
    parts = lines.split(b"\n")
    return parts[:-1] if parts[-1] == b"" else parts


def _check_rows(draw: Draw, rule: Admission | Formation, rows: Rows) -> Words:
    if rows.stray:
        raise _Fault(f"第 {rows.stray} 行不是规范写法", f"line {rows.stray} is not in canonical form")
    members: dict[str, list[Json]] = {}
    before = ""
    for i, row in enumerate(rows.rows, 1):
        if row["pid"] <= before:
            raise _Fault(f"第 {i} 行没有按编号排列或重复", f"line {i} is out of order or stands twice")
        before = row["pid"]
        members.setdefault(row["unit"], []).append(row)
        if isinstance(rule, Admission):
            _check_application(rule, row, i)
        elif (row["school"], row["grade"]) not in rule.groups:
            raise _Fault(f"第 {i} 行的学校年级不在公告中", f"line {i} is of a school and grade not announced")
    same = ("choices", "classes", "fallback") if isinstance(rule, Admission) else ("school", "grade")
    for unit, found in members.items():
        _check_unit(draw, unit, found, same)
    if isinstance(rule, Formation):
        for name in rule.groups.keys() - {(row["school"], row["grade"]) for row in rows.rows}:
            raise _Fault(f"{_of_group(name)[0]} 没有学生", f"{_of_group(name)[1]} has no children")
    return f"{len(rows.rows)} 行，{len(members)} 组", f"{len(rows.rows)} rows, {len(members)} units"


def _check_application(admission: Admission, row: Json, i: int) -> None:
    fallback = row.get("fallback", [])
    if any(school not in admission.schools for school in row["choices"] + fallback):
        raise _Fault(f"第 {i} 行有公告以外的学校", f"line {i} lists a school that was not announced")
    if _repeated(row["choices"]) is not None or _repeated(fallback) is not None:
        raise _Fault(f"第 {i} 行重复填报一所学校", f"line {i} lists a school twice")
    if len(row["classes"]) != len(row["choices"]) or any(c not in admission.codes for c in row["classes"]):
        raise _Fault(f"第 {i} 行的类别与志愿不符", f"line {i} has not one known class for each choice")
    if fallback == [] and "fallback" in row:
        raise _Fault(f"第 {i} 行的 fallback 为空", f"line {i} has an empty fallback")


def _check_unit(draw: Draw, unit: str, members: list[Json], same: tuple[str, ...]) -> None:
    pids = [row["pid"] for row in members]
    bound = _named(draw.hash, "unit", "".join(sorted(pids)).encode()).hex()
    if unit != (pids[0] if len(pids) == 1 else bound):
        raise _Fault(f"{pids[0]} 的组号 {unit} 不对", f"{pids[0]} has the wrong unit {unit}")
    for row in members[1:]:
        if any(row.get(key) != members[0].get(key) for key in same):
            raise _Fault(
                f"同组的 {pids[0]} 与 {row['pid']} 填报不同", f"{pids[0]} and {row['pid']} of one unit differ"
            )


def _check_roll_root(draw: Draw, rows: Rows) -> Words:
    found = merkle_root(draw.hash, rows.lines).hex()
    if found != draw.spec["roll"]["root"]:
        raise _Fault(
            f"这些行算出的根是 {found}，公告写的是 {draw.spec['roll']['root']}",
            f"these rows give the root {found}, the announcement says {draw.spec['roll']['root']}",
        )
    return f"名单根 {found}", f"roll root {found}"


def _check_roll_counts(draw: Draw, rows: Rows) -> Words:
    roll = draw.spec["roll"]
    units = len({row["unit"] for row in rows.rows})
    if (len(rows.rows), units) != (roll["rows"], roll["units"]):
        raise _Fault(
            f"实有 {len(rows.rows)} 行、{units} 组，公告写的是 {roll['rows']} 行、{roll['units']} 组",
            f"{len(rows.rows)} rows in {units} units, the announcement says {roll['rows']} in {roll['units']}",
        )
    per_school, per_class = _tallies(draw, rows.rows)
    for name, found, stated in (
        ("per_school", per_school, roll["per_school"]),
        ("per_class", per_class, roll["per_class"]),
    ):
        for key in list(found) + list(stated):
            if found.get(key, 0) != stated.get(key, 0):
                raise _Fault(
                    f"{name} {key} 应为 {found.get(key, 0)}，公告写的是 {stated.get(key, 0)}",
                    f"{name} {key} should be {found.get(key, 0)}, the announcement says {stated.get(key, 0)}",
                )
    return "人数、组数与各校各类计数相符", "rows, units, and counts by school and class agree"


def _tallies(draw: Draw, rows: list[Json]) -> tuple[dict[str, int], dict[str, int]]:
    """Rows that list each school (classes: are of it); choices of each class."""
    schools: dict[str, int] = {}
    classes: dict[str, int] = {}
    for row in rows:
        for school in row["choices"] if draw.kind == "admission" else [row["school"]]:
            schools[school] = schools.get(school, 0) + 1
        for code in row.get("classes", []):
            classes[str(code)] = classes.get(str(code), 0) + 1
    return schools, classes


class Expected:
    """The result computed again: a leaf for each row, and what must be published. Raises _Fault."""

    def __init__(self, rule: Admission | Formation, rows: list[Json]) -> None:
        self.public: list[Json]
        self.proposals: int | None = None
        if isinstance(rule, Admission):
            rerun = Rerun(rule, rows)
            self.leaves = [rerun.leaf(row) for row in rows]
            self.public = [rerun.public(school) for school in rule.schools.values()]
            self.proposals = rerun.proposals
        else:
            self._form(rule, rows)

    def _form(self, rule: Formation, rows: list[Json]) -> None:
        of: dict[GroupName, list[Json]] = {name: [] for name in rule.groups}
        for row in rows:
            of[row["school"], row["grade"]].append(row)
        classes: dict[str, int] = {}
        self.public = []
        for name, own in of.items():
            group = Group(rule, name, own)
            classes.update(group.classes)
            self.public.append(group.public())
        self.leaves = [
            {"pid": row["pid"], "school": row["school"], "grade": row["grade"], "class": classes[row["pid"]]}
            for row in rows
        ]


def _check_rerun(expected: Expected, results: Rows | None) -> Words:
    count = len(expected.leaves)
    if results is None:
        return (
            f"{count} 个结果重新算出，与结果根比对",
            f"{count} results computed again, compared by their root",
        )
    for i, leaf in enumerate(expected.leaves):
        found = results.rows[i] if i < len(results.rows) else None
        if found != leaf:
            raise _Fault(
                f"第 {i + 1} 行 {leaf['pid']} 应为 {_canonical_text(leaf)}，结果册写的是 {_canonical_text(found or {})}",
                f"line {i + 1}, {leaf['pid']}, should be {_canonical_text(leaf)}, the results say "
                f"{_canonical_text(found or {})}",
            )
    if len(results.rows) > count or results.stray:
        line = results.stray or count + 1
        raise _Fault(
            f"结果册第 {line} 行多余或写法不规范",
            f"line {line} of the results is one too many or not canonical",
        )
    return f"{count} 个结果逐一相同", f"all {count} results are the same"


def _check_public(rule: Admission | Formation, expected: Expected) -> Words:
    name = "schools" if isinstance(rule, Admission) else "groups"
    stated = rule.result[name]
    for i, one in enumerate(expected.public):
        found = stated[i] if i < len(stated) else {}
        for key, value in one.items():
            if found.get(key) != value:
                place = one.get("id") or f"{one['school']} {one['grade']}"
                raise _Fault(
                    f"{place} 的 {key} 应为 {_canonical_text(value)}，公布的是 {_canonical_text(found.get(key, ''))}",
                    f"{key} of {place} should be {_canonical_text(value)}, published was "
                    f"{_canonical_text(found.get(key, ''))}",
                )
    return f"{len(expected.public)} 项全部相同", f"all {len(expected.public)} are the same"


def _check_proposals(admission: Admission, expected: Expected) -> Words:
    if expected.proposals != admission.result["proposals"]:
        raise _Fault(
            f"应为 {expected.proposals} 次，公布的是 {admission.result['proposals']} 次",
            f"should be {expected.proposals}, published was {admission.result['proposals']}",
        )
    return f"{expected.proposals} 次", f"{expected.proposals}"


def _check_result_root(draw: Draw, lines: list[bytes]) -> Words:
    found = merkle_root(draw.hash, lines).hex()
    if found != draw.result["root"] or len(lines) != draw.result["rows"]:
        raise _Fault(
            f"{len(lines)} 行算出的根是 {found}，公布的是 {draw.result['rows']} 行、{draw.result['root']}",
            f"{len(lines)} lines give the root {found}, published was {draw.result['root']} of "
            f"{draw.result['rows']} lines",
        )
    return f"结果根 {found}", f"root of the results {found}"


# --- everything together ------------------------------------------------------------------------------------

_AFTER_RULES = _Untold("规则不完整，未核对", "not checked, as the rules are not complete")
_AFTER_ROWS = _Untold("名单有误，未重算", "not re-run, as the rows are not well formed")


class _List:
    """The checks made, in order."""

    def __init__(self) -> None:
        self.made: list[Check] = []

    def judge(self, zh: str, en: str, work: Callable[[], Words]) -> bool:
        """Make one check; whether it did not fail."""
        state, words = PASSED, ("", "")
        try:
            words = work()
        except _Fault as fault:
            state, words = FAILED, fault.words
        except _Untold as untold:
            state, words = NOT_CHECKED, untold.words
        self.made.append(Check(zh, en, state, " | ".join(words)))
        return state != FAILED

    def skip(self, zh: str, en: str, reason: _Untold) -> None:
        """Name a check that is not made, and why."""
        self.made.append(Check(zh, en, NOT_CHECKED, " | ".join(reason.words)))


def verify(
    transcript: Source, rows: Lines | None = None, results: Lines | None = None, slip: Source | None = None
) -> list[Check]:
    """All checks of a transcript, with a guardian's slip or all rows where they are given.

    ``rows`` and ``results`` are JSON lines (bytes) or iterables of lines or objects, ascending by pid.
    Raises Unusable when something given cannot be read as what it should be.
    """
    draw = Draw(read_object(transcript, "transcript"))
    rule: Admission | Formation = Admission(draw) if draw.kind == "admission" else Formation(draw)
    checks = _List()
    _judge_seed(checks, draw)
    has_rules, has_result = _judge_rule(checks, rule)
    if draw.transcript.get("signatures"):
        checks.judge("各方签名", "Signatures of the parties", lambda: _check_party_signatures(draw))
    _judge_slip(checks, rule, None if slip is None else Slip(read_object(slip, "slip"), draw), has_result)
    roll = None if rows is None else Rows(rows, _row_shape(rule), "rows")
    placed = None if results is None else Rows(results, _result_shape(rule), "results")
    _judge_rows(checks, rule, roll, placed, has_rules)
    return checks.made


def _judge_seed(checks: _List, draw: Draw) -> None:
    checks.judge("格式与用途", "Format and purpose", lambda: _check_format(draw))
    checks.judge("公告摘要", "Digest of the announcement", lambda: _check_digest(draw))
    if not draw.is_supplement:
        checks.judge("时间先后", "Order in time", lambda: _check_schedule(draw))
        checks.judge("承诺与揭示", "Commitments and reveals", lambda: _check_reveals(draw))
        sound = checks.judge("公共随机源", "Beacons as announced", lambda: _check_beacons(draw))
        if sound and _of_kind(draw, "drand"):
            checks.judge("drand 随机值", "drand randomness", lambda: _check_randomness(draw))
            checks.judge("drand 时间", "Time of the drand round", lambda: _check_round_time(draw))
        if sound and (_of_kind(draw, "drand") or _of_kind(draw, "pulse")):
            checks.judge("信标签名", "Signatures of beacons", lambda: _check_beacon_signatures(draw))
    if draw.is_supplement:
        checks.judge("补充抽签的来源", "Origin of the supplement", lambda: _check_origin(draw))
    checks.judge("种子", "Seed", lambda: _check_seed(draw))


def _judge_rule(checks: _List, rule: Admission | Formation) -> tuple[bool, bool]:
    """The checks of rules and public result; whether the rules are complete, and the result fits them."""
    if isinstance(rule, Admission):
        admission = rule
        sound = checks.judge("规则完整", "Rules", lambda: _check_rules(admission))
        more = [("公布的计数", "Published counts", lambda: _check_counts(admission))]
        more += [("录取线", "Cut-offs", lambda: _check_cutoffs(admission))]
    else:
        formation = rule
        sound = checks.judge("规则完整", "Rules", lambda: _check_formation(formation))
        more = [("各班人数", "Sizes of classes", lambda: _check_sizes(formation))]
        more += [("师资组抽签", "Lot of teams", lambda: _check_teams(formation))]
    for zh, en, work in more:
        if not sound:
            checks.skip(zh, en, _AFTER_RULES)
        elif en == "Cut-offs" and checks.made[-1].state == FAILED:
            checks.skip(zh, en, _Untold("计数有误，未核对", "not checked, as the counts are wrong"))
        else:
            checks.judge(zh, en, work)
    return sound, sound and all(check.state != FAILED for check in checks.made[-2:])


def _row_shape(rule: Admission | Formation) -> Json:
    return _APPLICATION if isinstance(rule, Admission) else _PUPIL


def _result_shape(rule: Admission | Formation) -> Json:
    return _PLACED if isinstance(rule, Admission) else _SEATED


def _judge_slip(checks: _List, rule: Admission | Formation, slip: Slip | None, has_result: bool) -> None:
    if slip is None:
        checks.skip("您的凭条", "Your slip", _Untold("没有提供凭条", "no slip was given"))
        return
    given, draw = slip, rule.draw
    roots = draw.spec["roll"]["root"], draw.result["root"]
    paths = given.slip["roll_path"], given.slip["result_path"]
    checks.judge("凭条属于本次抽签", "Slip of this draw", lambda: _check_belongs(given))
    checks.judge("个人编号", "Personal number", lambda: _check_pid(given))
    checks.judge(
        "报名在名单中", "Row is in the roll", lambda: _check_in_tree(given, given.row, paths[0], roots[0])
    )
    if isinstance(rule, Admission):
        admission = rule
        checks.judge("抽签号", "Ticket", lambda: _check_ticket(given, admission))
        name, work = ("结果符合录取线", "Result by the cut-offs"), lambda: _check_result(given, admission)
    else:
        formation = rule
        name, work = ("编入的班", "Class"), lambda: _check_seat(given, formation)
    if has_result:
        checks.judge(*name, work)
    else:
        checks.skip(*name, _Untold("公布的结果有误，未核对", "not checked, as the published result is wrong"))
    checks.judge(
        "结果在结果册中",
        "Result is published",
        lambda: _check_in_tree(given, given.placed, paths[1], roots[1]),
    )


def _judge_rows(
    checks: _List, rule: Admission | Formation, rows: Rows | None, results: Rows | None, has_rules: bool
) -> None:
    draw = rule.draw
    if rows is None:
        checks.skip("全部重算", "Full re-run", _Untold("没有提供全部报名行", "the rows were not given"))
        if results is not None:
            lines = results.lines
            checks.judge("结果根", "Root of the results", lambda: _check_result_root(draw, lines))
        return
    given = rows
    sound = has_rules and checks.judge("名单逐行", "Rows", lambda: _check_rows(draw, rule, given))
    checks.judge("名单根", "Root of the roll", lambda: _check_roll_root(draw, given))
    if not has_rules:
        checks.skip("全部重算", "Full re-run", _AFTER_RULES)
    elif not sound:
        checks.skip("全部重算", "Full re-run", _AFTER_ROWS)
    else:
        checks.judge("名单计数", "Counts of the roll", lambda: _check_roll_counts(draw, given))
        _judge_rerun(checks, rule, given, results)


def _judge_rerun(checks: _List, rule: Admission | Formation, rows: Rows, results: Rows | None) -> None:
    made: list[Expected] = []

    def run() -> Words:
        made.append(Expected(rule, rows.rows))
        return _check_rerun(made[0], results)

    checks.judge("全部重算：结果", "Full re-run: results", run)
    if not made:
        return
    expected = made[0]
    checks.judge(
        "全部重算：公布的数", "Full re-run: published figures", lambda: _check_public(rule, expected)
    )
    if isinstance(rule, Admission):
        admission = rule
        checks.judge(
            "全部重算：申请次数", "Full re-run: proposals", lambda: _check_proposals(admission, expected)
        )
    lines = [canonical(leaf) for leaf in expected.leaves]
    checks.judge("结果根", "Root of the results", lambda: _check_result_root(rule.draw, lines))


# --- the command --------------------------------------------------------------------------------------------

_MARKS = {PASSED: "✓ 通过 passed", FAILED: "✗ 不通过 FAILED", NOT_CHECKED: "– 未核对 not checked"}


def tell_verdict(checks: list[Check], rehearsal: bool, with_slip: bool, with_rows: bool) -> Words:
    """The conclusion in both languages."""
    if any(check.state == FAILED for check in checks):
        return "不通过：有核对项不符", "FAILED: at least one check does not hold"
    zh, en = ["公开记录"], ["the public record"]
    if with_slip:
        zh.append("您的凭条")
        en.append("your slip")
    if with_rows:
        zh.append("全部重算")
        en.append("the full re-run")
    told = f"通过：{'、'.join(zh)}", f"PASSED: {', '.join(en)}"
    return (f"（演练）{told[0]}", f"(REHEARSAL) {told[1]}") if rehearsal else told


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"无法打开 {path}", f"cannot open {path} ({error})") from error


def tell_program(transcript: Json) -> Words:
    """Whether this file is the verifier that the announcement names, by SHA-256 (line ends as LF)."""
    own = hashlib.sha256(Path(__file__).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    programs = transcript["spec"].get("programs")
    named = programs.get("verify_draw.py") if isinstance(programs, dict) else None
    if named == own:
        return f"本程序就是公告所列的核对程序（{own}）", f"this program is the one announced ({own})"
    if named is None:
        return (
            f"公告没有列出核对程序；本程序为 {own}",
            f"the announcement names no verifier; this one is {own}",
        )
    return (
        f"本程序（{own}）不是公告所列的那一份（{named}），可能是另一版本",
        f"this program ({own}) is not the one announced ({named}); it may be another version",
    )


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify_draw.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("transcript", type=Path, help="公开的抽签记录 | the public record")
    parser.add_argument("--slip", type=Path, help="家长的凭条 | a guardian's slip")
    parser.add_argument("--rows", type=Path, help="全部报名行 | all rows (rows.jsonl)")
    parser.add_argument("--results", type=Path, help="全部结果行 | all results (results.jsonl)")
    return parser.parse_args(words)


def _print(text: str) -> None:
    """Print, also on a console that cannot show every character."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")


def main(words: list[str] | None = None) -> int:
    """The command: print every check and the conclusion; 0 passed, 1 failed, 2 unusable."""
    given = _arguments(words)
    try:
        transcript = read_object(_read(given.transcript), str(given.transcript))
        slip, rows, results = (
            None if path is None else _read(path) for path in (given.slip, given.rows, given.results)
        )
        checks = verify(transcript, rows, results, slip)
    except Unusable as problem:
        _print(f"无法核对 cannot be checked: {problem}")
        return 2
    rehearsal = transcript["spec"]["purpose"] == "rehearsal"
    for check in checks:
        _print(f"{_MARKS[check.state]}  {check.zh} {check.en}\n    {check.detail}")
    _print("\n" + " | ".join(tell_program(transcript)))
    if rehearsal:
        _print("\n*** 演练 REHEARSAL *** 演练 REHEARSAL *** 演练 REHEARSAL ***")
    _print("\n" + " | ".join(tell_verdict(checks, rehearsal, slip is not None, rows is not None)))
    return int(any(check.state == FAILED for check in checks))


if __name__ == "__main__":
    sys.exit(main())
