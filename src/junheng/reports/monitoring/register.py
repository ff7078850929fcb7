"""整改台账: a CSV of gaps under rectification, joined with the alerts they came from."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.judgement.monitoring import Alert
from junheng.reports.monitoring.papers import GapLine

COLUMNS = (
    "key",
    "owner",
    "found_on",
    "deadline",
    "closed_on",
    "returns",
    "escalations",
    "evidence",
    "state",
)
_NEEDED = ("key", "owner", "found_on")
_SEPARATOR = ";"


def read_register(path: Path, alerts: Sequence[Alert]) -> list[GapLine]:
    """The gaps of ``path`` whose keys are among ``alerts`` (the one before's, then this run's: the last with a key speaks).

    Columns: ``COLUMNS``; days as YYYY-MM-DD, several escalations or files apart by “;”, blank: none. Raises
    UserError naming the line that cannot be read, or whose key no alert has.
    """
    known = {alert.key: alert for alert in alerts}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
            if lacking:
                told = "、".join(lacking)
                raise _refused(path, 1, Text(f"缺少列 {told}", f"columns are missing: {told}"))
            return [_line(row, known, path, number) for number, row in enumerate(reader, 2)]
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, 1, Text("无法读取", "it cannot be read")) from error


def _line(row: Mapping[str, str | None], known: Mapping[str, Alert], path: Path, number: int) -> GapLine:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    alert = known.get(given["key"])
    if alert is None:
        words = Text(f"没有这个键的预警：{given['key']}", f"no alert has this key: {given['key']}")
        raise _refused(path, number, words)
    try:
        found, deadline, closed = (_day(given[name]) for name in ("found_on", "deadline", "closed_on"))
        returns = int(given["returns"] or 0)
    except ValueError as error:
        raise _refused(path, number, Text("日期或次数不对", "a day or a number is wrong")) from error
    if found is None:
        raise _refused(path, number, Text("没有发现日期", "the day it was found is missing"))
    state = given["state"] or ("已销号" if closed else "整改中")
    return GapLine(
        alert.key,
        alert.school or "全县",
        alert.stage,
        alert.reason,
        alert.level,
        given["owner"],
        found,
        deadline,
        Text(state, state),
        returns,
        _parts(given["escalations"]),
        _parts(given["evidence"]),
        closed,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(_SEPARATOR) if part.strip())


def _refused(path: Path, number: int, what: Text) -> UserError:
    return UserError(
        what,
        where=f"{path.name}:{number}",
        why=Text("通报和问责清单会漏项", "the bulletin and the list would be incomplete"),
        fix=Text(f"各列为 {'、'.join(COLUMNS)}", f"the columns are {', '.join(COLUMNS)}"),
    )
