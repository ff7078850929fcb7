"""An enrolment result checked by other code: files, exact keys, parts of pairs, ledgers, states, every count."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text
from junheng.verification.enrolment_files import (
    VIEWS,
    Json,
    altered,
    comparisons_in,
    read_json,
    read_table,
)
from junheng.verification.enrolment_pairs import Row, wrong_pair

_LEDGER = {"household": "school_age", "register": "suspected"}
_COMPARED = {"household": "household_register", "register": "register_onsite"}
_UNSEEN = ("key", "guardian", "address", "birth")
Lists = Mapping[str, tuple[list[Row], list[Row], list[Row]]]


@dataclass(frozen=True, slots=True)
class EnrolmentCheck:
    """What was checked, and the first difference (None: all agrees)."""

    pairs: int
    entries: int
    figures: int
    difference: Text | None


def verify_enrolment(folder: Path) -> EnrolmentCheck:
    """Check a folder of ``junheng enrolment match``. Raises UserError where files are absent or damaged."""
    about, full = read_json(folder / "enrolment.json"), folder / "full"
    rules, ledgers = read_json(full / "rules.json"), read_json(full / "ledgers.json")
    counts = read_json(full / "counts.json")
    lists: Lists = {
        name: (
            [*read_table(full / f"{name}.left.csv")],
            [*read_table(full / f"{name}.right.csv")],
            [*read_table(full / f"{name}.pairs.csv")],
        )
        for name in comparisons_in(full)
    }
    entries, tables = ledgers.get("entries", []), counts.get("tables", {})
    try:
        difference = altered(folder, about) or _wrong(folder, lists, rules, entries, tables)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        said = f"{type(error).__name__} {error}"
        difference = Text(f"内容不合格式：{said}", f"the content is not as agreed: {said}")
    pairs = sum(len(found) for _, _, found in lists.values())
    return EnrolmentCheck(pairs, len(entries), sum(map(len, tables.values())), difference)


def _wrong(folder: Path, lists: Lists, rules: Json, entries: Sequence[Json], tables: Json) -> Text | None:
    for name, (left, right, pairs) in lists.items():
        found = wrong_pair(left, right, pairs, rules["match"])
        if found is not None:
            return Text(f"{name}：{found.zh}", f"{name}: {found.en}")
    if "register_onsite" in lists and lists["register_onsite"][0] != lists["household_register"][1]:
        return Text("两次比对所用的学籍不同", "the two comparisons used different registers")
    for entry in entries:
        found = _wrong_entry(entry, rules)
        if found is not None:
            return Text(f"{entry['number']}：{found.zh}", f"{entry['number']}: {found.en}")
    return _wrong_ledgers(lists, entries) or _wrong_counts(folder, lists, rules, entries, tables)


def _wrong_entry(entry: Json, rules: Json) -> Text | None:
    """The state replayed from the steps by the table of states; the ledger that follows from it."""
    settles = (
        entry["reason"] in rules["reasons"]["words"] and rules["reasons"]["words"][entry["reason"]]["settles"]
    )
    closed_by_list = settles and bool(entry["evidence"])
    state = "open"
    for step in entry["steps"]:
        ways = [s for s in rules["states"]["steps"] if s["action"] == step["action"] and state in s["from"]]
        if not ways:
            return Text(f"“{state}”时不能 {step['action']}", f"{step['action']} is not allowed when {state}")
        state = ways[0]["to"]
        if step["action"] == "close" and (len(step["evidence"]) != len("ab") * 32 or not step["reason"]):
            return Text("销号没有理由或佐证", "closed without reason or evidence")
    if closed_by_list:
        state = "closed"
    if state != entry["state"]:
        return Text(f"状态应为 {state}", f"the state should be {state}")
    ledger = "dropout" if state == "confirmed" else _LEDGER[entry["table"]]
    return (
        None
        if ledger == entry["ledger"]
        else Text(f"应在台账 {ledger}", f"it belongs in the ledger {ledger}")
    )


def _wrong_ledgers(lists: Lists, entries: Sequence[Json]) -> Text | None:
    """Every child not certainly found has an entry of this run, and nobody else; numbers stand once."""
    if len({entry["number"] for entry in entries}) != len(entries):
        return Text("台账编号重复", "a number of an entry stands twice")
    for table, name in _COMPARED.items():
        left, _, pairs = lists.get(name, ([], [], []))
        certain = {int(pair["left"]) for pair in pairs if pair["class"] == "certain"}
        absent = [row["row"] for i, row in enumerate(left) if i not in certain]
        now = [e for e in entries if e["table"] == table and e["status"] != "found_now"]
        told = [e["place"].rsplit(" ", 1)[-1] for e in now]
        if Counter(absent) != Counter(told):
            return Text(
                f"{name}：台账与比对结果人数不符", f"{name}: the ledger is not those that were not found"
            )
        doubtful = sum(pair["class"] == "check" for pair in pairs)
        if doubtful != sum(e["near"] is not None for e in now):
            return Text(f"{name}：待核人数不符", f"{name}: those to check are not as many as the pairs")
    return None


def _wrong_counts(
    folder: Path, lists: Lists, rules: Json, entries: Sequence[Json], tables: Json
) -> Text | None:
    expected = _tables(lists, entries)
    for name, cells in expected.items():
        if tables.get(name) != cells:
            return Text(f"数字不符：{name}", f"a count differs: {name}")
    people = len(lists["household_register"][0])
    if tables["ages"]["in"] + tables["ages"]["unknown"] != people or {*tables} - {*expected} != {"ages"}:
        return Text("学龄人数不符", "the number of children of school age differs")
    shown = _shown({"ages": tables["ages"], **expected}, rules["privacy"]["small_cell"])
    for view in VIEWS[1:]:
        if read_json(folder / view / "counts.json")["tables"] != shown:
            return Text(f"{view} 的数字不符，或露出小数", f"counts of {view} differ, or show a small cell")
    masked = read_json(folder / "masked" / "ledgers.json")["entries"]
    digits = rules["privacy"]["shown_digits"]
    return _unmasked(entries, masked, digits)


def _tables(lists: Lists, entries: Sequence[Json]) -> Json:
    """Every count, plainly."""
    found: Json = {}
    for name, (left, right, pairs) in lists.items():
        kinds = Counter(pair["class"] for pair in pairs)
        found[name] = {
            "left": len(left),
            "right": len(right),
            "certain": kinds["certain"],
            "check": kinds["check"],
            "left_alone": len(left) - len(pairs),
            "right_alone": len(right) - len(pairs),
        }
    still = [entry for entry in entries if entry["state"] != "closed"]
    found["ledger_states"] = dict(Counter(f"{e['ledger']}.{e['state']}" for e in entries))
    found["status"] = dict(Counter(f"{e['table']}.{e['status']}" for e in entries))
    found["priority"] = dict(Counter(e["priority"] for e in still))
    found["focus"] = dict(Counter(group for e in still for group in e["focus"]))
    found["schools"] = dict(Counter(e["school"] for e in still if e["table"] == "register"))
    found["reasons"] = dict(Counter(e["reason"] for e in entries if e["reason"]))
    found["overdue"] = {"overdue": len([e for e in entries if e["overdue"]])}
    return found


def _shown(tables: Mapping[str, Mapping[str, int]], small: int) -> Json:
    """What may be seen of the counts outside the office."""
    found: Json = {}
    for name, cells in tables.items():
        if name in _COMPARED.values():
            rest = cells["left"] - cells["certain"]
            hides = any(0 < count < small for count in (rest, cells["certain"]))
            told = (None, None) if hides else (cells["certain"], rest)
            found[name] = {
                "left": cells["left"],
                "right": cells["right"],
                "certain": told[0],
                "rest": told[1],
            }
        elif "left" not in cells and name != "status":
            hidden = [cell for cell in cells if 0 < cells[cell] < small]
            others = sorted((cells[cell], cell) for cell in cells if cells[cell] >= small)
            if len(hidden) == 1:
                hidden += [cell for _, cell in others[:1]]
            found[name] = {cell: None if cell in hidden else count for cell, count in cells.items()}
    return found


def _unmasked(entries: Sequence[Json], masked: Sequence[Json], digits: int) -> Text | None:
    """Who could be told from the masked ledger."""
    if [e["number"] for e in entries] != [m["number"] for m in masked]:
        return Text("脱敏台账的编号不符", "numbers of the masked ledger differ")
    for entry, seen in zip(entries, masked, strict=True):
        number = entry["id_number"]
        tail = number[len(number) - digits :] if digits else ""
        hides = seen["name"] == (entry["name"][:1] + "*" if entry["name"] else "")
        hides = hides and seen["id_number"] == (("*" * len(number) + tail)[-len(number) :] if number else "")
        if not hides or any(field in seen for field in _UNSEEN) or any("visitor" in s for s in seen["steps"]):
            said = entry["number"]
            return Text(f"{said}：脱敏台账露出身份", f"{said}: the masked ledger tells who it is")
    return None
