"""What the trials share: the seed as typed, a roll named under it, and the folder that holds a trial."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng import __version__
from junheng.basics import Text, UserError, atomic_folder

if TYPE_CHECKING:
    from rich.progress import Progress

    from junheng.draws import Entrant

TRIAL = Text("试算，不是正式结果", "a trial, not an official result")
RECORD = "trial.json"
_SEED_DIGITS = 64
_SALT_BYTES = 16
_BOOKS = (".xlsx", ".xls", ".ods")
_PREFIX = b"trial\0"


def seed_of(text: str) -> bytes:
    """The seed typed as 64 hexadecimal digits. Raises UserError for anything else."""
    bare = "".join(text.split()).lower()
    if len(bare) != _SEED_DIGITS or set(bare) - set("0123456789abcdef"):
        raise UserError(
            Text(
                f"种子应为 {_SEED_DIGITS} 位十六进制数，给出的是 {len(bare)} 个字符",
                f"the seed must be {_SEED_DIGITS} hexadecimal digits, {len(bare)} characters were given",
            ),
            where="--seed",
            why=Text("同一种子才能重复同一次试算", "only the same seed repeats the same trial"),
            fix=Text(
                "试算用任意 64 位 0–9、a–f；复核正式结果时照抄公布的种子",
                "any 64 digits 0-9, a-f for a trial; to look at a real draw copy its published seed",
            ),
        )
    return bytes.fromhex(bare)


def require_hash(name: str) -> None:
    """Raise UserError unless ``name`` is a hash that draws know."""
    from junheng.draws import HASHES

    if name not in HASHES:
        raise UserError(
            Text(f"没有摘要算法 {name}", f"there is no hash {name}"),
            where="--hash",
            fix=Text(f"可用：{'、'.join(HASHES)}", f"use one of {', '.join(HASHES)}"),
        )


def progress() -> "Progress":
    """A progress bar on the error stream, gone when done."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


@dataclass(frozen=True)
class TrialRoll:
    """Rows as a frozen roll has them, ascending by pid, and who each is. ``names``: identity by pid, private."""

    rows: tuple[Mapping[str, Any], ...]
    names: Mapping[str, Mapping[str, str]]

    @property
    def units(self) -> dict[str, list[str]]:
        """The pids of every unit."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            found.setdefault(row["unit"], []).append(row["pid"])
        return found


def trial_roll(entrants: "Sequence[Entrant]", hash_name: str, seed: bytes) -> TrialRoll:
    """The entrants as rows of a roll, the same whenever the seed is the same, whatever the order of the files.

    A real roll is salted at random and frozen before there is a seed; here the salts come from the seed, so
    that a trial can be repeated. For the same reason no trial can pass for a draw.
    """
    from junheng.draws import canonical_bytes, hmac_digest, person_id, unit_id

    families: dict[str, list[str]] = {}
    named: list[tuple[str, Entrant]] = []
    for entrant in entrants:
        salt = hmac_digest(hash_name, seed, _PREFIX + canonical_bytes(entrant.identity))[:_SALT_BYTES]
        pid = person_id(hash_name, salt, entrant.identity)
        named.append((pid, entrant))
        families.setdefault(entrant.family or pid, []).append(pid)
    units = {family: unit_id(hash_name, pids) for family, pids in families.items()}
    named.sort(key=lambda pair: pair[0])
    rows = tuple({"pid": pid, "unit": units[e.family or pid], **e.row} for pid, e in named)
    return TrialRoll(rows, {pid: e.identity for pid, e in named})


@contextmanager
def trial_folder(out: Path) -> Iterator[Path]:
    """A folder that appears at ``out`` whole or not at all; it may replace an earlier trial and nothing else.

    Only its owner may open it: it holds the names of children. Raises UserError.
    """
    if out.exists() and not (out / RECORD).is_file() and not (out.is_dir() and not any(out.iterdir())):
        raise UserError(
            Text("输出位置已有别的内容", "the output place holds something else"),
            where=str(out),
            why=Text("试算只替换以前的试算", "a trial replaces an earlier trial and nothing else"),
            fix=Text("请换一个新的文件夹", "name a new folder"),
        )
    with atomic_folder(out) as target:
        target.chmod(0o700)
        yield target


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """UTF-8, indented, keys in the order of meaning: a person reads it too."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def trial_record(kind: str, inputs: Mapping[str, Path], **more: Any) -> dict[str, Any]:
    """What trial.json says: that it is a trial, of what, made how. ``inputs``: files by their part in it."""
    return {
        "format": "junheng/trial/1",
        "kind": kind,
        "notice": {"zh": TRIAL.zh, "en": TRIAL.en},
        "software": f"junheng {__version__}",
        "command": sys.argv[1:],
        "inputs": {part: _fingerprints(path) for part, path in inputs.items()},
        **more,
    }


def _fingerprints(path: Path) -> dict[str, str]:
    from junheng.basics import sha256_file

    files = [f for f in sorted(path.iterdir()) if f.suffix.lower() in _BOOKS] if path.is_dir() else [path]
    return {file.name: sha256_file(file) for file in files if not file.name.startswith(("~$", "."))}
