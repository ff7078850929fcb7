"""The log of a ceremony: one line per step, each holding the hash of the line before it.

Heads of the log (size and Merkle root, RFC 6962) prove later that lines were only ever added.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes, strict_json
from junheng.draws.ceremony.step import Step
from junheng.draws.hashes import HASHES, digest
from junheng.draws.merkle import MerkleTree

LOG = "log.jsonl"
BEIJING = timezone(timedelta(hours=8))
_NO_LINE = ""

Entry = dict[str, Any]


def present() -> datetime:
    """Now, in Beijing time."""
    return datetime.now(BEIJING)


def make_entry(
    log: Sequence[Entry],
    *,
    hash_name: str,
    step: str,
    state: Step,
    now: datetime,
    files: Mapping[str, str],
    note: Mapping[str, Any],
) -> Entry:
    """The next line: ``files`` are hashes by path, ``note`` what else is public about the step."""
    return {
        "number": len(log) + 1,
        "step": step,
        "state": str(state),
        "time": now.astimezone(BEIJING).isoformat(timespec="seconds"),
        "hash": hash_name,
        "files": dict(files),
        "note": dict(note),
        "previous": line_hash(log[-1]) if log else _NO_LINE,
    }


def line_hash(entry: Entry) -> str:
    """H(JCS(line)), hex: what the next line holds as ``previous``."""
    return digest(entry["hash"], canonical_bytes(entry)).hex()


def log_bytes(log: Sequence[Entry]) -> bytes:
    """The log as JSON lines."""
    return b"".join(canonical_bytes(entry) + b"\n" for entry in log)


def read_log(folder: Path) -> list[Entry]:
    """The lines of a folder's log, [] when there is none. Raises UserError when the chain is broken."""
    path = folder / LOG
    if not path.is_file():
        return []
    log = [strict_json(line, where=f"{path}:{i}") for i, line in enumerate(path.read_bytes().splitlines(), 1)]
    check_chain(log, where=str(path))
    return log


def check_chain(log: Sequence[Entry], *, where: str = "") -> None:
    """Refuse (UserError) a log in which a line was changed, dropped, added or moved."""
    previous = _NO_LINE
    for number, entry in enumerate(log, 1):
        if not _is_line(entry) or entry["number"] != number or entry["previous"] != previous:
            raise UserError(
                Text(
                    f"日志第 {number} 行前后不相连",
                    f"Line {number} of the log does not follow the one before",
                ),
                where=where,
                why=Text(
                    "日志被改动过，仪式不再可信", "the log was altered; the ceremony can no longer be trusted"
                ),
                fix=Text(
                    "请用封存的副本恢复，并作事故记录", "restore the sealed copy and record the incident"
                ),
            )
        previous = line_hash(entry)


def _is_line(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"number", "step", "state", "time", "hash", "files", "note", "previous"}
        and isinstance(entry["files"], dict)
        and isinstance(entry["note"], dict)
        and entry["state"] in set(Step)
        and entry["hash"] in HASHES
    )


def log_head(log: Sequence[Entry]) -> dict[str, Any]:
    """{"size", "root"}: how many lines there are, and their Merkle root (leaves: JCS of the lines)."""
    return {"size": len(log), "root": _tree(log).root.hex()}


def log_proof(log: Sequence[Entry], old_size: int) -> list[str]:
    """The consistency proof (hex, RFC 6962 §2.1.2) from the head of ``old_size`` lines to the present one."""
    return [step.hex() for step in _tree(log).consistency_path(old_size)]


def log_growth(log: Sequence[Entry], old: Mapping[str, Any]) -> dict[str, Any]:
    """The published proof that lines were only added since the head ``old``."""
    path = log_proof(log, old["size"])
    return {"format": "junheng/draw-log-proof/1", "old": dict(old), "new": log_head(log), "path": path}


def _tree(log: Sequence[Entry]) -> MerkleTree:
    hash_name = log[0]["hash"] if log else "sha256"
    return MerkleTree(hash_name, [canonical_bytes(entry) for entry in log])
