"""Children by block, year and scenario: as the table says,
or a town's children spread over its blocks."""

from collections.abc import Mapping
from fractions import Fraction

from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record

SCENARIOS = ("low", "mid", "high")
SCENARIO_NAMES = {"low": "低方案", "mid": "中方案", "high": "高方案"}
Counts = dict[str, dict[str, list[int]]]  # block → scenario → children by year


def scenarios_of(records: list[Record]) -> list[str]:
    """Scenarios that the table has anything of; the middle one always."""
    return [name for name in SCENARIOS if name == "mid" or any(row[name] for row in records)]


def demand_of(
    records: list[Record], blocks: list[Record], years: list[int], faults: Gathered
) -> tuple[list[str], Counts]:
    """Scenarios, and children of every block. Absent cells and years are faults: they are never 0."""
    names = scenarios_of(records)
    ids = {row["id"] for row in blocks}
    cells: dict[tuple[str, int], Record] = {}
    for row in records:
        owner = row["block"] or row["town"]
        if not owner or (row["block"] and row["block"] not in ids):
            faults.add(row.at("block"), f"没有片块“{row['block']}”", f"there is no block {row['block']!r}")
            continue
        year = row.count("year", faults)
        if year is None or year not in years:
            continue
        if (owner, year) in cells:
            faults.add(row.at("year"), f"{owner} {year} 年有两行", f"{owner}, {year}: two rows")
        cells[owner, year] = row
    found: Counts = {}
    by_town: dict[str, list[Record]] = {}
    for block in blocks:
        if any((block["id"], year) in cells for year in years):
            found[block["id"]] = {name: _row(cells, block["id"], name, years, faults) for name in names}
        else:
            by_town.setdefault(block["town"], []).append(block)
    for town, members in sorted(by_town.items()):
        found |= _spread(cells, town, members, (names, years), faults)
    return names, found


def _row(
    cells: Mapping[tuple[str, int], Record], owner: str, name: str, years: list[int], faults: Gathered
) -> list[int]:
    found = []
    absent = [str(year) for year in years if (owner, year) not in cells]
    if absent:
        faults.add(f"需求 {owner}", f"缺 {'、'.join(absent)} 年", f"absent: {', '.join(absent)}")
    for year in years:
        row = cells.get((owner, year))
        value = None if row is None else row.count(name, faults)
        if row is not None and value is None and not any(where == row.at(name) for where, _ in faults.found):
            faults.add(
                row.at(name),
                f"{owner} {year} 年的人数为空；没有儿童请写 0",
                f"{owner}, {year}: blank; write 0 for none",
            )
        found.append(value or 0)
    return found


def _spread(
    cells: Mapping[tuple[str, int], Record],
    town: str,
    members: list[Record],
    asked: tuple[list[str], list[int]],
    faults: Gathered,
) -> Counts:
    """A town's children over those of its blocks that have no row of their own, by their children now."""
    names, years = asked
    if not any((town, year) in cells for year in years):
        many, first = len(members), members[0]
        faults.add(
            first.at("id"),
            f"乡镇街道“{town}”和它的 {many} 个片块（从 {first['id']} 起）都没有需求",
            f"no demand for {town!r}, nor for its blocks ({many}, from {first['id']} on)",
        )
        return {}
    weights = [block.count("children", faults) for block in members]
    blank = [block for block in members if not block["children"]]
    if blank:
        faults.add(
            blank[0].at("children"),
            f"{town}按乡镇街道分摊须写现有儿童数，有 {len(blank)} 个片块空白（此为第一个）",
            f"children now are needed to spread those of {town}; blank for blocks: {len(blank)} (this is the first)",
        )
    known = [weight or 0 for weight in weights]
    found: Counts = {block["id"]: {name: [] for name in names} for block in members}
    for name in names:
        for total in _row(cells, town, name, years, faults):
            for block, part in zip(members, largest_remainders(total, known), strict=True):
                found[block["id"]][name].append(part)
    return found


def largest_remainders(total: int, weights: list[int]) -> list[int]:
    """``total`` in whole parts like ``weights``: floors, then one each to the largest remainders, ties by place.

    >>> largest_remainders(10, [1, 1, 1]), largest_remainders(5, [0, 0])
    ([4, 3, 3], [3, 2])
    """
    weights = weights if any(weights) else [1] * len(weights)
    whole = sum(weights)
    shares = [Fraction(total * weight, whole) for weight in weights]
    found = [int(share) for share in shares]
    order = sorted(range(len(weights)), key=lambda at: (found[at] - shares[at], at))
    for at in order[: total - sum(found)]:
        found[at] += 1
    return found
