"""Need-to-know views: the full ledger, the masked one, and counts without small cells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import Text
from junheng.enrolment.rules import Privacy

FULL, MASKED, COUNTS = "full", "masked", "counts"
VIEW_WORDS: Mapping[str, Text] = {
    FULL: Text("全部信息：只供名单保管人", "everything: for the holder of the list alone"),
    MASKED: Text(
        "脱敏：供包保人员，姓名只留姓，号码只留末几位", "masked: for those who visit; surname and last digits"
    ),
    COUNTS: Text(
        "只有人数：可上报、公开，过少的不显示", "counts only: to report or publish, small cells hidden"
    ),
}
Json = dict[str, Any]
_WHOLE = ("household_register", "register_onsite")
_HIDDEN = ("key", "guardian", "address", "birth")


def masked_name(name: str) -> str:
    """The first sign and a star for the others.

    >>> masked_name("张梓涵"), masked_name("")
    ('张*', '')
    """
    return f"{name[0]}*" if name else ""


def masked_number(number: str, shown: int) -> str:
    """Stars and the last ``shown`` characters.

    >>> masked_number("11010519491231002X", 4)
    '**************002X'
    """
    return "*" * max(len(number) - shown, 0) + (number[-shown:] if shown else "")


def masked_entry(entry: Mapping[str, Any], rule: Privacy) -> Json:
    """An entry of the full ledger without what tells who it is to strangers; steps without names of visitors."""
    found = {name: value for name, value in entry.items() if name not in _HIDDEN}
    found["name"] = masked_name(entry["name"])
    found["id_number"] = masked_number(entry["id_number"], rule.shown_digits)
    steps = entry["steps"]
    found["steps"] = [{k: v for k, v in step.items() if k != "visitor"} for step in steps]
    return found


def tables_of(entries: Sequence[Mapping[str, Any]], figures: Mapping[str, Mapping[str, int]]) -> Json:
    """Every count of the run: those of the comparisons and those of the ledgers."""
    still = [entry for entry in entries if entry["state"] != "closed"]
    return {
        **{name: dict(cells) for name, cells in figures.items()},
        "ledger_states": _tally(f"{entry['ledger']}.{entry['state']}" for entry in entries),
        "status": _tally(f"{entry['table']}.{entry['status']}" for entry in entries),
        "priority": _tally(entry["priority"] for entry in still),
        "focus": _tally(group for entry in still for group in entry["focus"]),
        "schools": _tally(e["school"] for e in still if e["table"] == "register"),
        "reasons": _tally(entry["reason"] for entry in entries if entry["reason"]),
        "overdue": {"overdue": sum(bool(entry["overdue"]) for entry in entries)},
    }


def _tally(words: Any) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def public_tables(tables: Mapping[str, Mapping[str, int]], small: int) -> Json:
    """The tables of counts that leave the office: parts of one whole, each once, without small cells.

    Of the two comparisons of lists only sizes and what is certainly found; the others, and the status, would let a
    hidden cell be reckoned from a shown one.
    """
    found: Json = {}
    for name, cells in tables.items():
        if name in _WHOLE:
            found[name] = _compared(cells, small)
        elif "left" not in cells and name != "status":
            found[name] = without_small_cells(cells, small)
    return found


def _compared(cells: Mapping[str, int], small: int) -> dict[str, int | None]:
    rest = cells["left"] - cells["certain"]
    hides = 0 < rest < small or 0 < cells["certain"] < small
    shown = {"left": cells["left"], "right": cells["right"]}
    return {
        **shown,
        **({"certain": None, "rest": None} if hides else {"certain": cells["certain"], "rest": rest}),
    }


def without_small_cells(cells: Mapping[str, int], small: int) -> dict[str, int | None]:
    """The cells of a table, those from 1 to ``small`` - 1 as None; where one alone is hidden the next smallest goes
    with it, else the total would tell it.

    >>> without_small_cells({"a": 3, "b": 40, "c": 12, "d": 0}, 5)
    {'a': None, 'b': 40, 'c': None, 'd': 0}
    """
    hidden = {name for name, count in cells.items() if 0 < count < small}
    if len(hidden) == 1:
        others = sorted((count, name) for name, count in cells.items() if count and name not in hidden)
        hidden |= {others[0][1]} if others else set()
    return {name: None if name in hidden else count for name, count in cells.items()}
