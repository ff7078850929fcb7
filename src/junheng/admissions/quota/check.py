"""An independent check of a published allocation: from the JSON alone, with arithmetic of its own.

``check_allocation`` takes what ``allocation_document`` wrote and re-derives quotas, direct seats, the layout of every
table and its exact shares in whole numbers; then it proves, table by table, that sums hold and nobody was passed over
out of turn (``check_table``). It shares no code with the programs that produced the document: it imports none of them
and uses neither Fraction, nor flow, nor tickets.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from junheng.admissions.quota.check_order import Draw
from junheng.admissions.quota.check_shares import (
    Expected,
    expected_tables,
    ratio,
    school_parties,
    together,
    whole_number,
)
from junheng.admissions.quota.check_table import check_table
from junheng.basics import Text

Json = Mapping[str, Any]
_INSIDE = {"totals": "largest_remainder", "cells": "controlled"}


def check_allocation(document: Json) -> list[Text]:
    """Every difference between ``document`` and what its own rules, problem and lot demand; empty: it is right.

    A document too damaged to be read (a key missing, a number that is none) is one difference, never an exception.
    """
    try:
        return list(_differences(document))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as error:
        told = f"{type(error).__name__} {error}"
        return [Text(f"文件残缺，无法核对：{told}", f"the document is damaged and cannot be checked: {told}")]


def _differences(document: Json) -> Iterator[Text]:
    rules, problem = document["rules"]["content"], document["problem"]
    direct = _direct(problem, rules)
    yield from _check_quotas(document, rules, direct)
    told = {table["id"]: table for table in document["tables"]}
    draw, general = Draw(document["lot"]), {}  # type: ignore[var-annotated]  # filled below: (senior, id) → seats
    known = set()
    for table in _layout(document, rules, told):
        known.add(table.id)
        if table.id not in told:
            yield Text(f"缺少表 {table.id}", f"the table {table.id} is missing")
            continue
        yield from check_table(table, told[table.id], rules["ties"], draw)
        for cell in told[table.id]["cells"]:
            kind = next(party.kind for party in table.parties if party.id == cell["id"])
            key = (cell["senior"], kind, cell["id"])
            general[key] = general.get(key, 0) + cell["seats"]
    for extra in sorted(set(told) - known):
        yield Text(f"多出表 {extra}", f"a table too many: {extra}")
    yield from _check_seats(document, direct, general)
    yield from _check_norms(document)


def _share(senior: Json, rules: Json, year: int) -> tuple[int, int]:
    if senior["share"] is not None:
        return ratio(senior["share"])
    day = date(year, 9, 1)
    begun = [
        found for found in rules["share"]["versions"] if date.fromisoformat(found["in_force_from"]) <= day
    ]
    return ratio(max(begun, key=lambda found: str(found["in_force_from"]))["value"])


def _direct(problem: Json, rules: Json) -> dict[tuple[str, str], int]:
    """Direct seats by senior and junior school, from the ratio of examinees."""
    rule = rules.get("direct")
    if not rule:
        return {}
    owner = {senior["group"]: senior["id"] for senior in problem["seniors"] if senior["group"]}
    top, under = ratio(rule["examinees_per_seat"])
    asked = {"rural": ["is_rural"], "below_average": ["is_below_average"]}.get(
        rule["members"], ["is_rural", "is_below_average"]
    )
    return {
        (owner[row["group"]], row["id"]): whole_number(row["examinees"] * under, top, rule["rounding"])
        for row in problem["juniors"]
        if row["group"] in owner and any(row[name] for name in asked)
    }


def _check_quotas(document: Json, rules: Json, direct: Mapping[tuple[str, str], int]) -> Iterator[Text]:
    quotas = {row["senior"]: row for row in document["quotas"]}
    for senior in document["problem"]["seniors"]:
        if senior["quota"] is not None:
            seats = senior["quota"]
        else:
            top, under = _share(senior, rules, document["year"])
            seats = whole_number(senior["plan"] * top, under, rules["share"]["rounding"])
        straight = sum(count for (owner, _), count in direct.items() if owner == senior["id"])
        row = quotas.get(senior["id"], {})
        if (row.get("seats"), row.get("direct"), row.get("general")) != (seats, straight, seats - straight):
            name = senior["id"]
            yield Text(
                f"{name} 指标应为 {seats}，其中直接分配 {straight}",
                f"{name} has {seats} seats, {straight} of them direct",
            )
    if len(quotas) != len(document["quotas"]) or len(quotas) != len(document["problem"]["seniors"]):
        yield Text("高中指标行数不对", "the rows of quotas are not those of the senior schools")


def _layout(document: Json, rules: Json, told: Mapping[str, Json]) -> Iterator[Expected]:
    """Every table that must be there; lower levels start from the published seats of the level above."""
    seniors, juniors = document["problem"]["seniors"], document["problem"]["juniors"]
    schools = school_parties(juniors, rules)
    general = {row["senior"]: row["general"] for row in document["quotas"]}
    rows = [(senior["id"], general[senior["id"]], place) for place, senior in enumerate(seniors)]
    upper = [row for row in rows if rules["levels"] == 2 and seniors[row[2]]["level"] == "city"]
    minimum = rules.get("minimum")
    packed = together(schools, [row["pack"] for row in juniors], "pack")
    if upper:
        districts = together(schools, [row["district"] for row in juniors], "district")
        first = list(
            expected_tables(
                "districts", upper, districts, _served(upper, districts, seniors), rules["districts"], None
            )
        )
        yield from first
        for district in districts:
            inside = [party for party in packed if party.district == district.id]
            came = [(row[0], _published(first, told, row[0], district.id), row[2]) for row in upper]
            below = [row for row in came if row[1]]
            served = _served(below, inside, seniors)
            yield from expected_tables(
                f"city:{district.id}", below, inside, served, rules["schools"], minimum
            )
    lower = [row for row in rows if row not in upper]
    yield from expected_tables(
        "schools", lower, packed, _served(lower, packed, seniors), rules["schools"], minimum
    )
    if rules["packs"]["inside"] == "largest_remainder":
        yield from _packs(rows, schools, juniors, told)


def _served(
    rows: Sequence[tuple[str, int, int]], parties: Sequence[Any], seniors: Sequence[Json]
) -> list[list[bool]]:
    return [
        [
            not seniors[row[2]]["districts"] or party.district in seniors[row[2]]["districts"]
            for party in parties
        ]
        for row in rows
    ]


def _published(tables: Sequence[Expected], told: Mapping[str, Json], senior: str, party: str) -> int:
    names = [table.id for table in tables]
    return sum(
        cell["seats"]
        for name in names
        if name in told
        for cell in told[name]["cells"]
        if (cell["senior"], cell["id"]) == (senior, party)
    )


def _packs(
    rows: Sequence[tuple[str, int, int]],
    schools: Sequence[Any],
    juniors: Sequence[Json],
    told: Mapping[str, Json],
) -> Iterator[Expected]:
    above = [table for name, table in told.items() if not name.startswith("pack:")]
    for pack in dict.fromkeys(row["pack"] for row in juniors if row["pack"]):
        members = [party for party, row in zip(schools, juniors, strict=True) if row["pack"] == pack]
        having = []
        for senior, _, place in rows:
            kinds = [(cell, table) for table in above for cell in table["cells"] if cell["senior"] == senior]
            seats = sum(
                cell["seats"] for cell, table in kinds if cell["id"] == pack and _is_pack(table, pack)
            )
            having += [(senior, seats, place)] if seats else []
        served = [[True] * len(members) for _ in having]
        yield from expected_tables(f"pack:{pack}", having, members, served, _INSIDE, None)


def _is_pack(table: Json, name: str) -> bool:
    return any((column["kind"], column["id"]) == ("pack", name) for column in table["columns"])


def _check_seats(
    document: Json, direct: Mapping[tuple[str, str], int], general: Mapping[tuple[str, str, str], int]
) -> Iterator[Text]:
    seen: dict[tuple[str, str, str], tuple[int, int]] = {}
    for row in document["seats"]:
        key = (row["senior"], row["kind"], row["id"])
        if key in seen or row["seats"] != row["direct"] + row["general"]:
            yield Text(
                f"指标行有误：{row['senior']}–{row['id']}",
                f"a wrong row of seats: {row['senior']}–{row['id']}",
            )
        seen[key] = (row["direct"], row["general"])
    is_open = document["rules"]["content"]["packs"]["inside"] == "open"
    last = {"school", "pack"} if is_open else {"school"}
    wanted = {key: (0, count) for key, count in general.items() if key[1] in last and count}
    for (senior, junior), count in direct.items():
        key = (senior, "school", junior)
        wanted[key] = (count, wanted.get(key, (0, 0))[1])
    for key in sorted(set(seen) | set(wanted)):
        if seen.get(key, (0, 0)) != wanted.get(key, (0, 0)):
            yield Text(
                f"{key[0]}–{key[2]} 的指标与各表之和不符",
                f"the seats of {key[0]}–{key[2]} are not those of the tables",
            )
    for quota in document["quotas"]:
        total = sum(row["seats"] for row in document["seats"] if row["senior"] == quota["senior"])
        if total != quota["seats"]:
            yield Text(
                f"{quota['senior']} 合计 {total} 不等于 {quota['seats']}",
                f"{quota['senior']}: {total}, not {quota['seats']}",
            )


def _check_norms(document: Json) -> Iterator[Text]:
    """The verdicts on the share, cross-multiplied; without a plan the verdict must be cannot_tell."""
    checks = document["checks"]
    top, under = ratio(checks["norm"]["least"])
    plans = {senior["id"]: senior["plan"] for senior in document["problem"]["seniors"]}
    plans[""] = None if None in plans.values() else sum(plans.values())
    for row in (checks["overall"], *checks["seniors"]):
        name = row["senior"]
        seats = sum(found["seats"] for found in document["seats"] if name in ("", found["senior"]))
        plan = plans[name]
        verdict = "cannot_tell" if not plan else "met" if seats * under >= top * plan else "not_met"
        if (row["seats"], row["plan"], row["verdict"]) != (seats, plan, verdict):
            yield Text(
                f"{name or '合计'} 的比例结论应为 {verdict}",
                f"the verdict on {name or 'all'} must be {verdict}",
            )
    tilt = _tilt(document)
    if checks["tilt"]["verdict"] != tilt:
        yield Text(f"农村倾斜的结论应为 {tilt}", f"the verdict on the rural tilt must be {tilt}")


def _tilt(document: Json) -> str:
    """Rural seats × others' graduates against others' seats × rural graduates; a blank leaves it open."""
    juniors = document["problem"]["juniors"]
    if any(row["is_rural"] is None or row["graduates"] is None for row in juniors):
        return "cannot_tell"
    places = {("school", row["id"]): [row["is_rural"]] for row in juniors}
    for row in juniors:
        places.setdefault(("pack", row["pack"]), []).append(row["is_rural"])
    seats, graduates = {True: 0, False: 0}, {True: 0, False: 0}
    for row in juniors:
        graduates[row["is_rural"]] += row["graduates"]
    for row in document["seats"]:
        sides = set(places[row["kind"], row["id"]])
        if len(sides) > 1:
            return "cannot_tell"
        seats[sides.pop()] += row["seats"]
    if not graduates[True] or not graduates[False]:
        return "cannot_tell"
    return "met" if seats[True] * graduates[False] > seats[False] * graduates[True] else "not_met"
