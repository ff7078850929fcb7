"""Reading a merger problem: the YAML file, the county's input and the tables → one frozen problem."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import UserError
from junheng.planning.frozen import FORMAT, Json
from junheng.planning.gathered import Gathered
from junheng.planning.merge.homes import read_homes, read_merges, read_ways
from junheng.planning.merge.library_files import PAGE, library
from junheng.planning.merge.proofs import read_evidence
from junheng.planning.merge.schools import add_sheets, county_schools, frozen_schools
from junheng.planning.merge.settings import read_head
from junheng.planning.sheet_records import Record, read_records
from junheng.planning.travel import Roads, read_roads

Sheets = dict[str, list[Record]]


def read_problem(path: Path) -> Json:
    """The frozen problem that ``path`` (YAML, kind: merge) and the tables it names state.

    Raises UserError: everything wrong at once, each with file, sheet, row and column. What is absent stays absent:
    the duty that rests on it cannot be told.
    """
    faults = Gathered(PAGE)
    given, head = read_head(path, faults)
    faults.refuse()
    sheets = _sheets(given, path, faults)
    schools, inputs, base = _county(given, path, head)
    add_sheets(schools, sheets, faults)
    faults.refuse()
    content = _content(given, path, sheets, schools, head, faults)
    problem: Json = {"format": FORMAT, "kind": "merge", **head, **content}
    if given.get("input"):
        year = max(merge["year"] for merge in problem["merges"])
        if year < base:
            zh, en = f"年份 {year} 早于数据的 {base} 年", f"the year {year} comes before the data of {base}"
            late = max(sheets["撤并"], key=lambda record: record.count("year", faults) or 0)
            faults.add(late.at("year"), zh, en)
            faults.refuse()
        problem |= {"inputs": inputs, "base_year": base, "state_year": year}
        problem["teachers"] = given.get("teachers", "stay")
    return problem


def _sheets(given: Mapping[str, Any], path: Path, faults: Gathered) -> Sheets:
    columns = {name: sheet for name, sheet in library("columns").items() if name != "words"}
    named = given.get("tables", [])
    tables = [path.parent / name for name in ([named] if isinstance(named, str) else named)]
    sheets = read_records(tables, columns, faults)
    wanted = ("撤并",) if given.get("input") else ("学校", "撤并")
    for name in (name for name in wanted if not sheets.get(name)):
        raise _absent(name, sheets, faults)
    faults.refuse()
    return sheets


def _absent(name: str, sheets: Sheets, faults: Gathered) -> UserError:
    """The fault of a sheet that is not there, or has no row; what would follow from it is not told."""
    there = "、".join(sheets) or "无"
    files = dict.fromkeys(record.file.partition(" [")[0] for rows in sheets.values() for record in rows)
    return faults.ending(
        "、".join(files) or "tables",
        f"“{name}”表是空的（现有：{there}）" if name in sheets else f"缺少表“{name}”（现有：{there}）",
        f"the sheet {name} is {'empty' if name in sheets else 'missing'} (there are: {there})",
    )


def _content(
    given: Mapping[str, Any],
    path: Path,
    sheets: Sheets,
    schools: dict[str, Json],
    head: Json,
    faults: Gathered,
) -> Json:
    """Schools, mergers, homes, ways, evidence, money; everything wrong in them raised at once."""
    merges = read_merges(sheets["撤并"], schools, faults)
    frozen = frozen_schools(schools)
    known = {school["id"]: school for school in frozen}
    pupils = [schools.get(merge["school"], {}).get("pupils") for merge in merges.values()]
    if not sheets.get("生源") and any(count != 0 for count in pupils):
        raise _absent("生源", sheets, faults)
    homes = read_homes(sheets.get("生源", []), merges, known, faults)
    roads = _roads(given, path, faults)
    ways, basis = read_ways(sheets.get("路程", []), homes, known, head["rules"], faults, roads)
    found: Json = {
        "schools": frozen,
        "merges": [merges[key] for key in sorted(merges)],
        "homes": homes,
        "ways": ways,
        "evidence": read_evidence(sheets.get("佐证", []), merges, path.parent, faults),
        "money": _money(sheets.get("费用", []), merges, faults),
    }
    faults.refuse()
    return found | ({"basis": {"zh": basis.zh, "en": basis.en}} if basis else {})


def _county(given: Mapping[str, Any], path: Path, head: Json) -> tuple[dict[str, Json], list[Json], int]:
    if not given.get("input"):
        return {}, [], 0
    mapping = path.parent / given["mapping"] if given.get("mapping") else None
    return county_schools(path.parent / given["input"], mapping, head["county"]["code"], head["on"])


def _roads(given: Mapping[str, Any], path: Path, faults: Gathered) -> Roads | None:
    """The road graph that the file names, if any."""
    named = given.get("roads")
    if named is None:
        return None
    if not isinstance(named, dict) or set(named) != {"edges", "nodes"}:
        faults.add(f"{path.name} → roads", "应写 edges 和 nodes 两个文件", "name two files, edges and nodes")
        return None
    return read_roads(path.parent / named["edges"], path.parent / named["nodes"])


def _money(records: list[Record], merges: Mapping[str, Json], faults: Gathered) -> list[Json]:
    """Rows {"merge", "item", "once"?, "yearly"?, "saved"?} in whole yuan; a blank is not known, 0 is none."""
    found = []
    for record in records:
        if record["merge"] not in merges:
            faults.add(record.at("merge"), f"没有撤并 {record['merge']}", f"no merger {record['merge']}")
        row: Json = {"merge": record["merge"], "item": record["item"]}
        for key in ("once", "yearly", "saved"):
            if (value := record.count(key, faults)) is not None:
                row[key] = value
        found.append(row)
    return sorted(found, key=lambda row: (row["merge"], row["item"]))
