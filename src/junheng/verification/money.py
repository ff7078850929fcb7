"""``verify_money``: the outcome of ``junheng funds`` or ``junheng aid`` worked out again from its frozen problem."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.verification.money_aid import aid_differences
from junheng.verification.money_funds import funds_differences
from junheng.verification.money_input import input_differences, known_files
from junheng.verification.money_rules import from_elsewhere, rule_differences, training_differences
from junheng.verification.money_sheets import rows_again

Json = Mapping[str, Any]
KINDS = {"junheng/funds/1": "funds.json", "junheng/aid/1": "aid.json"}


@dataclass(frozen=True, slots=True)
class MoneyCheck:
    """``schools`` or rows looked at; ``overlaid``: rules that are not of the library, taken as they stand.

    ``rows``: those of payments, county money or the archive that were read again from their sheets.
    """

    counted: int
    overlaid: tuple[str, ...]
    difference: Text | None = None
    rows: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return self.difference is None


def is_money(folder: Path) -> bool:
    """Whether ``folder`` holds an outcome of funds or aid."""
    return any((folder / name).is_file() for name in KINDS.values())


def verify_money(folder: Path, given: Path | None = None) -> MoneyCheck:
    """Work everything in ``folder`` out again; the first difference found is told.

    Also looked at: the rules against the library, every file against the manifest, and that no pupil's code stands
    in the public page. ``given``: the input of then, a file or the folder it lies in; its cells are read again.
    Raises UserError where a file is absent or no such JSON.
    """
    problem, manifest = _read(folder / "problem.json"), _read(folder / "manifest.json")
    name = KINDS.get(str(problem.get("format")))
    if name is None:
        raise _unreadable(folder / "problem.json")
    outcome = _read(folder / name)
    try:
        difference = next(_differences(folder, problem, outcome, manifest), None)
        if difference is None and given is not None:
            difference = next(input_differences(problem, given), None)
        counted = len(problem["schools"] if name == "funds.json" else problem["archive"])
        rows = 0 if given is None else rows_again(problem, known_files(problem, given))
        return MoneyCheck(counted, tuple(sorted(from_elsewhere(problem))), difference, rows)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise _unreadable(folder) from error


def _differences(folder: Path, problem: Json, outcome: Json, manifest: Json) -> Iterator[Text]:
    yield from rule_differences(problem)
    yield from training_differences(problem)
    yield from (
        funds_differences(problem, outcome)
        if "schools" in problem
        else aid_differences(problem, outcome, folder)
    )
    yield from _altered(folder, manifest)


def _altered(folder: Path, manifest: Json) -> Iterator[Text]:
    for name, stated in manifest["files"].items():
        path = folder / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != stated:
            yield Text(f"{name} 已改动或缺失", f"{name} was altered, or is gone")


def _read(path: Path) -> Json:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    if not isinstance(found, dict):
        raise _unreadable(path)
    return found


def _unreadable(path: Path) -> UserError:
    return UserError(
        Text("无法读取经费或资助的结果", "this outcome of funds or aid cannot be read"),
        where=str(path),
        fix=Text(
            "请用 junheng funds 或 junheng aid 重新生成", "make it again with junheng funds or junheng aid"
        ),
    )
