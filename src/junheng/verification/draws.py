"""``verify_transcript``: a draw checked by the standalone verifier, and what that leaves open.

The standalone verifier (``draws/standalone/verify_draw.py``) shares no code with what made the result. It leaves two
things open: BLS signatures of drand rounds and Ed25519 signatures of the parties. Both are checked here (extra ``draw``).
"""

import runpy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws import QUICKNET, STANDALONE, check_drand, result_digest, spec_digest
from junheng.draws import verify as verify_signature

PASSED, FAILED, NOT_CHECKED = "passed", "failed", "not_checked"
_BEACONS, _PARTIES = "Signatures of beacons", "Signatures of the parties"
_EXTRA = Text("未装验签组件：pip install 'junheng[draw]'", "not installed: pip install 'junheng[draw]'")

Json = dict[str, Any]
File = Path | bytes
Found = tuple[str, Text]  # state, what was seen


@dataclass(frozen=True, slots=True)
class DrawCheck:
    """One check of a draw: ``state`` is "passed", "failed" or "not_checked", ``detail`` what was seen."""

    name: Text
    state: str
    detail: Text


def verify_transcript(
    transcript: File, rows: File | None = None, results: File | None = None, slip: File | None = None
) -> list[DrawCheck]:
    """All checks of a published draw, in order; signatures of beacons and parties among them.

    ``transcript`` and ``slip`` are JSON, ``rows`` and ``results`` JSON lines: files or their bytes (docs/method/draws.md
    §3, §4). Raises UserError when one of them cannot be opened, or is not what the format says.
    """
    standalone = _standalone()
    given = {"transcript": transcript, "rows": rows, "results": results, "slip": slip}
    try:
        whole: dict[str, Any] = {name: _bytes(file) for name, file in given.items() if file is not None}
        record: Json = standalone["read_object"](whole["transcript"], "transcript")
        whole["transcript"] = record
        found = [_check(made) for made in standalone["verify"](**whole)]
    except standalone["Unusable"] as problem:
        raise _unusable(Text(*problem.words)) from problem
    return [_completed(check, record) for check in found]


@cache
def _standalone() -> Mapping[str, Any]:
    """The names of the standalone verifier, run from its file as a notary would."""
    return runpy.run_path(str(STANDALONE / "verify_draw.py"), run_name="verify_draw")


def _bytes(file: File) -> bytes:
    if isinstance(file, bytes):
        return file
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            Text("文件打不开", "A file cannot be opened"),
            where=str(file),
            fix=Text("请核对文件名与权限", "check its name and permissions"),
        ) from error


def _unusable(what: Text) -> UserError:
    return UserError(
        what,
        why=Text(
            "读不成本系统的文件，就什么也不能核对", "what cannot be read as it should be proves nothing"
        ),
        fix=Text(
            "请重新下载公布的文件，不要用别的软件另存",
            "fetch the published file again; do not save it with another program",
        ),
    )


def _check(made: Sequence[str]) -> DrawCheck:
    zh, en, state, detail = made
    parts = detail.split(" | ")  # data may hold the mark too, as often on either side
    half = len(parts) // 2
    return DrawCheck(Text(zh, en), state, Text(" | ".join(parts[:half]), " | ".join(parts[half:])))


def _completed(check: DrawCheck, record: Json) -> DrawCheck:
    """The check itself, or what this machine can add to one that the single file leaves open."""
    more: Mapping[str, Callable[[Json], list[Found]]] = {_BEACONS: _beacons, _PARTIES: _parties}
    if check.name.en not in more:
        return check
    found = more[check.name.en](record)
    states = {state for state, _ in found}
    state = FAILED if FAILED in states else NOT_CHECKED if NOT_CHECKED in states else PASSED
    zh, en = "；".join(text.zh for _, text in found), "; ".join(text.en for _, text in found)
    return DrawCheck(check.name, state, Text(zh, en))


def _beacons(record: Json) -> list[Found]:
    pairs = zip(record["spec"]["beacons"], record["beacons"], strict=True)
    return [_beacon(declared, seen) for declared, seen in pairs if declared["kind"] in ("drand", "pulse")]


def _beacon(declared: Json, seen: Json) -> Found:
    label = str(declared["id"])
    if declared["kind"] == "pulse":
        return NOT_CHECKED, Text(f"{label} 只作记录，此处不验签", f"{label}: recorded, not checked here")
    if declared["chain_hash"] != QUICKNET:
        return NOT_CHECKED, Text(f"{label} 属于未知的 drand 链", f"{label}: of an unknown drand chain")
    if find_spec("drand_verify") is None:
        return NOT_CHECKED, _EXTRA
    try:
        check_drand(declared["chain_hash"], seen["round"], seen["signature"])
    except UserError as error:
        return FAILED, Text(f"{label}：{error.what.zh}", f"{label}: {error.what.en}")
    return PASSED, Text(
        f"{label} 第 {seen['round']} 轮签名有效", f"{label}: the signature of round {seen['round']} holds"
    )


def _parties(record: Json) -> list[Found]:
    return [_party(entry, record) for entry in record["signatures"]]


def _party(entry: Json, record: Json) -> Found:
    spec, result = record["spec"], record["result"]
    digest = result_digest(spec["hash"], result) if entry.get("of") == "result" else spec_digest(spec)
    label = f"{entry['role']} ({entry.get('of', '')})"
    if entry.get("algorithm") == "ed25519" and find_spec("cryptography") is None:
        return NOT_CHECKED, _EXTRA
    holds, told = verify_signature(entry, digest)
    state = NOT_CHECKED if holds is None else PASSED if holds else FAILED
    return state, Text(f"{label}：{told.zh}", f"{label}: {told.en}")
