"""A draw's public folder: checked by the library before it is taken; what its page tells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text, UserError, sha256_bytes
from junheng.draws import STANDALONE, canonical_bytes, check_chain, digest, log_growth, log_head, strict_json
from junheng.reports.draws import beacon_text, rule_texts, shown
from junheng.verification import verify_transcript
from junheng.web.front.words import half
from junheng.web.public.screening import NUMBERS_AND_HOMES, refuse_personal

Json = dict[str, Any]
TRANSCRIPT, LOG = "transcript.json", "log.jsonl"
VERIFIERS = ("verify.html", "verify_draw.py")
_NO_NUMBER = {
    "open": Text("未录满，合格者都录取", "not full: all who qualify are admitted"),
    "closed": Text("没有名额", "no seats"),
}
_RECOMPUTE = Text("须全部重算才能核对", "only recomputing all of it tells")
_TAKEN = re.compile(
    r"transcript\.json|log\.jsonl|log-proof\.json|rows\.jsonl|results\.jsonl|correction-\d{4}(?:-results\.jsonl|\.json)"
)


def public_files(handed: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a public folder that go on the page, and the verifiers beside. Raises UserError.

    Taken: transcript, log, rows and results by code, corrections. Left: posted lists and notices, for they may hold
    names. The transcript must pass the library's verification, and all must be what the log froze.
    """
    if any(name.startswith("rehearsal-") for name in handed):
        raise _refused("这是演练，不能公布", "this is a rehearsal: it is not published")
    for name in (TRANSCRIPT, LOG):
        if name not in handed:
            raise _refused(f"缺少 {name}", f"{name} is missing")
    taken = {name: part for name, part in handed.items() if _TAKEN.fullmatch(name)}
    transcript = _json(taken, TRANSCRIPT)
    _check_transcript(taken)
    if transcript["spec"]["purpose"] != "official":
        raise _refused("这是演练，不能公布", "this is a rehearsal: it is not published")
    _check_log(taken, transcript)
    refuse_personal(taken, NUMBERS_AND_HOMES)
    return taken | {name: _verifier(name, handed, transcript) for name in VERIFIERS}


def _check_transcript(taken: Mapping[str, bytes]) -> None:
    rows = taken.get("rows.jsonl")
    results = taken.get("results.jsonl") if rows is not None else None
    for check in verify_transcript(taken[TRANSCRIPT], rows, results):
        if check.state == "failed":
            zh, en = (
                f"核对不通过：{check.name.zh}（{check.detail.zh}）",
                f"{check.name.en}: {check.detail.en}",
            )
            raise _refused(zh, en)


def _check_log(taken: Mapping[str, bytes], transcript: Json) -> None:
    """The log is unbroken, begins as the transcript says, and holds transcript and corrections byte for byte."""
    log = [strict_json(line, where=LOG) for line in taken[LOG].splitlines()]
    check_chain(log, where=LOG)
    head = transcript["log_head"]
    if log_head(log[: head["size"]]) != head:
        raise _refused("日志开头不是记录所指的那一份", "the log does not begin as the transcript says")
    if "log-proof.json" in taken and _json(taken, "log-proof.json") != log_growth(log, head):
        raise _refused("日志的续写证明与日志不符", "the proof that the log only grew does not fit it")
    frozen = {path: hash_ for entry in log for path, hash_ in entry["files"].items()}
    for name in taken:
        path = {TRANSCRIPT: TRANSCRIPT}.get(name) or _correction_path(name)
        content = taken[name] if name.endswith(".jsonl") else None
        if path is None:
            continue
        content = content if content is not None else canonical_bytes(_json(taken, name))
        if digest(transcript["spec"]["hash"], content).hex() != frozen.get(path):
            raise _refused(f"日志中没有 {name}", f"no line of the log holds {name}")


def _correction_path(name: str) -> str | None:
    found = re.fullmatch(r"correction-(\d{4})(-results\.jsonl|\.json)", name)
    return f"corrections/{found[1]}{found[2].replace('-', '.')}" if found else None


def _verifier(name: str, handed: Mapping[str, bytes], transcript: Json) -> bytes:
    """The program the announcement names, when it was handed in; else the one shipped with this site."""
    declared = transcript["spec"].get("programs", {}).get(name)
    given = handed.get(name)
    if given is not None and declared == sha256_bytes(given.replace(b"\r\n", b"\n")):
        return given
    return (STANDALONE / name).read_bytes()


def _json(files: Mapping[str, bytes], name: str) -> Json:
    found = strict_json(files[name], where=name)
    if not isinstance(found, dict):
        raise _refused(f"{name} 不是本系统的文件", f"{name} is no file of this system")
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A pool of a school: seats, taken, and its cut-off as people read it. ``number`` "" where there is none."""

    school: str
    pool: str
    capacity: int
    taken: int
    words: str
    rank: str = ""  # band (from 1) and class of the last one taken
    number: str = ""


def lines(transcript: Json, result: Json) -> list[Line]:
    """The cut-offs of all pools, in the order of the transcript; [] for class formation."""
    problem = transcript["spec"]["problem"]
    if "schools" not in result:
        return []
    names = {school["id"]: school["name"] for school in problem["schools"]}
    return [line for told in result["schools"] for line in _of_school(problem, names[told["id"]], told)]


def _of_school(problem: Json, name: str, told: Json) -> Iterator[Line]:
    kinds = {one["code"]: one["name"] for one in problem.get("classes", [])}
    left = (
        [{**told["leftover"], "id": half(Text("剩余名额", "seats left over"))}]
        if told["leftover"]["capacity"]
        else []
    )
    for pool in [*told["pools"], *left]:
        title = "" if pool["id"] == "all" else pool["id"]
        cutoff = pool["cutoff"]
        if isinstance(cutoff, str):
            words = half(_NO_NUMBER.get(cutoff, _RECOMPUTE))
            yield Line(name, title, pool["capacity"], pool["taken"], words)
            continue
        number = shown(cutoff["ticket"], int(problem["digits"]))
        band = half(_band(cutoff["band"])) if "band" in cutoff else ""
        rank = f"{band} {kinds.get(cutoff.get('class'), '')}".strip()
        yield Line(name, title, pool["capacity"], pool["taken"], "", rank, number)


def _band(number: int) -> Text:
    return Text(f"第 {number + 1} 档", f"band {number + 1}")


def rules(transcript: Json) -> list[str]:
    """The rule in plain sentences; [] for class formation."""
    spec = transcript["spec"]
    return [half(one) for one in rule_texts(spec["problem"])] if spec["kind"] == "admission" else []


def beacons(transcript: Json) -> list[str]:
    """The public events the seed rests on."""
    return [half(beacon_text(one)) for one in transcript["spec"]["beacons"]]


def beside_lines(transcript: Json, found: list[Line], number: str) -> list[tuple[Line, str]]:
    """A ticket number against every cut-off that has one: before, after or at it, by the order announced.

    Only who has the same band and class as the cut-off can read it as the answer; the slip tells the rest.
    """
    is_up = transcript["spec"]["problem"].get("order", "ascending") == "ascending"
    told = []
    for line in found:
        if not line.number or len(line.number) != len(number):
            continue
        if number == line.number:
            told.append((line, "at"))
        else:
            told.append((line, "before" if (number < line.number) == is_up else "after"))
    return told


def _refused(zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        fix=Text(
            "请上传 junheng draw publish 写出的公布文件夹", "send the folder that junheng draw publish wrote"
        ),
    )
