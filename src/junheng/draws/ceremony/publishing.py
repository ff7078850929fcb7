"""T4: the transcript is frozen and copied out with what checks it; nothing private goes along."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from junheng.basics import Text, UserError, atomic_folder
from junheng.draws.canonical import strict_json
from junheng.draws.ceremony.declaring import SPEC
from junheng.draws.ceremony.folder import Ceremony, json_file, opened
from junheng.draws.ceremony.freezing import PURPOSES, ROWS
from junheng.draws.ceremony.log import LOG, log_bytes, log_growth
from junheng.draws.ceremony.running import RESULTS
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.ceremony.striking import corrections
from junheng.draws.ceremony.transcripts import TRANSCRIPT, Transcript, make_transcript

REHEARSAL_PREFIX = "rehearsal-"
_DOING = Text("公布记录", "publish the transcript")


def publish(
    folder: Path,
    out: Path,
    *,
    purpose: str,
    with_rows: bool = False,
    with_results: bool = False,
    beside: Mapping[str, bytes] | None = None,
    now: datetime | None = None,
) -> Transcript:
    """Freeze the transcript, and write the public folder ``out``; again, it writes the same transcript.

    ``purpose`` must be the one bound at freezing: a rehearsal cannot be published as official, and each
    of its files is named as a rehearsal's. ``with_rows``: only where the roll may be public;
    ``with_results``: pid and place. ``beside``: further files by name, such as the verifiers.
    ``out`` may only replace an earlier publication of this draw. Raises UserError.
    """
    with opened(folder) as ceremony:
        require_state(ceremony.state, {Step.DECIDED, Step.PUBLISHED}, _DOING)
        _check_purpose(ceremony.read_json(SPEC)["purpose"], purpose)
        if ceremony.state is Step.DECIDED:
            made = make_transcript(ceremony)
            ceremony.done("publish", Step.PUBLISHED, {TRANSCRIPT: json_file(made)}, now=now)
        files = dict(beside or {})
        files |= _public_files(ceremony, with_rows=with_rows, with_results=with_results)
        prefix = REHEARSAL_PREFIX if purpose == "rehearsal" else ""
        transcript: Transcript = ceremony.read_json(TRANSCRIPT)
        _require_own(folder, out, prefix + TRANSCRIPT, str(transcript["spec"]["draw_id"]))
        with atomic_folder(out) as target:
            for name, content in files.items():
                (target / (prefix + name)).write_bytes(content)
    return transcript


def _public_files(ceremony: Ceremony, *, with_rows: bool, with_results: bool) -> dict[str, bytes]:
    """What may leave the folder, by name."""
    files = {TRANSCRIPT: ceremony.read(TRANSCRIPT), LOG: log_bytes(ceremony.log)}
    if with_rows:
        files["rows.jsonl"] = ceremony.read(ROWS)
    if with_results:
        files["results.jsonl"] = ceremony.read(RESULTS)
    for correction in corrections(ceremony):
        name = f"{correction['number']:04}"
        files[f"correction-{name}.json"] = json_file(correction)
        if with_results:
            files[f"correction-{name}-results.jsonl"] = ceremony.read(f"corrections/{name}.results.jsonl")
    old = ceremony.read_json(TRANSCRIPT)["log_head"]
    files["log-proof.json"] = json_file(log_growth(ceremony.log, old))
    return files


def _check_purpose(bound: str, purpose: str) -> None:
    if purpose != bound:
        names = dict(zip(PURPOSES, ("正式派位", "演练"), strict=True))
        raise UserError(
            Text(
                f"这是{names.get(bound, bound)}，不能作为{names.get(purpose, purpose)}公布",
                f"This is {bound}: it cannot be published as {purpose}",
            ),
            where="purpose",
            why=Text("曾有演练名单被误当正式结果", "rehearsals have been posted as real lists before"),
            fix=Text(
                "正式结果只能来自正式派位的文件夹",
                "an official result comes from an official draw's folder only",
            ),
        )


def _require_own(folder: Path, out: Path, name: str, draw_id: str) -> None:
    """``out`` lies apart from the ceremony, and is new, empty, or an earlier publication of this draw."""
    here, there = folder.resolve(), out.resolve()
    is_apart = here != there and here not in there.parents and there not in here.parents
    if is_apart and _is_free(out, name, draw_id):
        return
    raise UserError(
        Text("输出位置已有别的内容", "The output place holds something else"),
        where=str(out),
        why=Text("公布文件夹会整个替换", "the published folder is replaced as a whole"),
        fix=Text("请指定一个新的空文件夹", "name a new, empty folder"),
    )


def _is_free(out: Path, name: str, draw_id: str) -> bool:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return True
    earlier = out / name
    if not earlier.is_file():
        return False
    found = strict_json(earlier.read_bytes(), where=str(earlier))
    return isinstance(found, dict) and found.get("spec", {}).get("draw_id") == draw_id
