"""Aid worked out a second time: totals, what does not fit, and that the public part tells of no child."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text

Json = Mapping[str, Any]
_PAGE = "资助公开.html"
_SHORTEST_CODE = 4  # a shorter code may be any number of the page


def aid_differences(problem: Json, outcome: Json, folder: Path) -> Iterator[Text]:
    """Every figure that differs, and every pupil's code in what is to be made public."""
    rows = [dict(zip(problem["columns"], row, strict=True)) for row in problem["archive"]]
    loans = {name for name, one in problem["rules"]["scheme"]["values"].items() if one.get("apart") == "true"}
    for part, kept in (("totals", False), ("apart", True)):
        own = [row for row in rows if (row["scheme"] in loans) is kept]
        yield from _totals(part, own, outcome[part])
        public = outcome["public"]["apart" if kept else "aid"]
        yield from _public(own, public, int(problem["rules"]["publication"]["values"]["smallest_cell"]))
    told = Counter(one["kind"] for one in outcome["findings"])
    again = Counter(_found(problem, rows, loans))
    if told != again:
        yield Text(f"待核对：{dict(told)}，复算 {dict(again)}", f"findings: {dict(told)}, not {dict(again)}")
    yield from _page(folder / _PAGE, rows)


def _sums(rows: list[dict[str, Any]]) -> tuple[int, int, Fraction]:
    pupils = {row["pupil_id"] for row in rows} - {None}
    return len(rows), len(pupils), sum((Fraction(row["yuan"] or 0) for row in rows), Fraction(0))


def _totals(part: str, rows: list[dict[str, Any]], told: Json) -> Iterator[Text]:
    for name, groups in told.items():
        again: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            again["all" if name == "all" else row[name] or ""].append(row)
        listed = {"all": groups} if name == "all" else groups
        if {key for key in listed if listed[key]["times"]} != set(again):
            yield Text(f"{part} {name} 的分组不同", f"the groups of {part} {name} differ")
        for key, one in listed.items():
            if (one["times"], one["pupils"], Fraction(one["yuan"])) != _sums(again[key]):
                yield Text(f"{part} {name} {key} 的合计不同", f"the sums of {part} {name} {key} differ")


def _public(rows: list[dict[str, Any]], tables: Json | None, smallest: int) -> Iterator[Text]:
    """No group of fewer children is shown, and none can be had by taking the others from the total."""
    if tables is None:
        return
    for name, groups in tables.items():
        if name == "all":
            continue
        hidden: set[str] = set()
        for key, cell in groups.items():
            own = [row for row in rows if (row[name] or "") == key]
            pupils = {row["pupil_id"] for row in own} - {None}
            if cell is None:
                hidden |= pupils
            elif len(pupils) < smallest or (cell["times"], Fraction(cell["yuan"])) != _sums(own)[::2]:
                yield Text(f"公开表 {name} {key} 不能公布", f"{name} {key} must not be published so")
        alone = sum(cell is None for cell in groups.values()) == 1
        if alone or (hidden and len(hidden) < smallest):
            yield Text(f"公开表 {name} 可以推算出小组", f"a small group of {name} can be worked out")


def _page(path: Path, rows: list[dict[str, Any]]) -> Iterator[Text]:
    text = path.read_text("utf-8") if path.is_file() else ""
    codes = {row["pupil_id"] for row in rows if row["pupil_id"] and len(row["pupil_id"]) >= _SHORTEST_CODE}
    if found := sum(code in text for code in codes):
        yield Text(f"公开页含 {found} 个学生代号", f"{found} pupils' codes stand in the public page")


def _found(problem: Json, rows: list[dict[str, Any]], loans: set[str]) -> Iterator[str]:
    yield from _twice(problem, rows)
    listed = None if problem["register"] is None else dict(problem["register"])
    for row in rows:
        if row["scheme"] in loans:
            continue
        if listed is not None and row["pupil_id"] and row["stage"] in ("primary", "junior"):
            if row["pupil_id"] not in listed:
                yield "not_registered"
            elif listed[row["pupil_id"]] == "false" and row["scheme"] == "living_boarder":
                yield "does_not_board"
        yield from _rate(problem, row)


def _twice(problem: Json, rows: list[dict[str, Any]]) -> Iterator[str]:
    schemes = problem["rules"]["scheme"]["values"]
    held: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        if row["pupil_id"] and row["scheme"] and row["term"]:
            for day in problem["terms"][row["term"]]:
                key = (row["pupil_id"], day, schemes[row["scheme"]].get("group", row["scheme"]))
                held[key].append(row["scheme"])
    for found in held.values():
        if len(found) > 1:
            yield "twice" if len(set(found)) == 1 else "exclusive"


def _rate(problem: Json, row: dict[str, Any]) -> Iterator[str]:
    kind = problem["rules"]["scheme"]["values"].get(row["scheme"], {}).get("rate")
    if kind is None or not row["term"]:
        return
    by_day = kind == "living_day"
    wanted, claim, known = Fraction(0), True, True
    for day in problem["terms"][row["term"]]:
        rules = problem["days"][day]
        yearly = rules.get("living", {}).get("values", {}).get(row["stage"])
        half = rules.get("living_day", {}).get("values")
        if yearly is None or (by_day and half is None):
            known = False
            continue
        wanted += (
            Fraction(yearly)
            / int(rules["term"]["values"]["per_year"])
            * (Fraction(half["ratio"]) if by_day else 1)
        )
    for day in problem["terms"][row["term"]]:
        half = problem["days"][day].get("living_day", {}).get("values")
        claim = claim and (half is None or row["category"] in half["categories"])
    if not known:
        yield "no_rate"
    elif row["yuan"] is not None and Fraction(row["yuan"]) != wanted:
        yield "above_rate" if Fraction(row["yuan"]) > wanted else "below_rate"
    if by_day and not claim:
        yield "category_not_entitled"
