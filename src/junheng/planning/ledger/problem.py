"""Reading a ledger of projects: the YAML file and its tables → one frozen problem; money in yuan."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.cell_values import iso_day
from junheng.planning.frozen import FORMAT, Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.sheet_records import Record, read_records

PAGE = "docs/method/plan_merge.md"
FIX = Text(f"写法见 {PAGE}", f"see {PAGE}")
KEYS = ("kind", "name", "county", "on", "tables", "published")
_PLAIN = ("area_m2", "seats", "delivered", "classes")


@cache
def library(name: str) -> dict[str, Any]:
    """A file of the library, every scalar as text."""
    return read_plain_mapping(Path(__file__).parent / "library" / f"{name}.yaml", FIX)


def read_problem(path: Path) -> Json:
    """The frozen problem that ``path`` (YAML, kind: ledger) and its tables state.

    Raises UserError: everything wrong at once, with file, sheet, row and column. A blank cell stays absent.
    """
    faults = Gathered(PAGE)
    given = read_plain_mapping(path, FIX)
    head = _head(given, path.name, faults)
    columns = {name: sheet for name, sheet in library("columns").items() if name != "words"}
    named = given.get("tables", [])
    tables = [path.parent / name for name in ([named] if isinstance(named, str) else named)]
    sheets = read_records(tables, columns, faults)
    if tables and not sheets.get("项目") and (sheets or not given.get("published")):
        there = "、".join(sheets) or "无"
        raise faults.ending(
            "、".join(path.name for path in tables),
            f"“项目”表是空的（现有：{there}）" if "项目" in sheets else f"缺少表“项目”（现有：{there}）",
            f"the sheet 项目 is {'empty' if '项目' in sheets else 'missing'} (there are: {there})",
        )
    projects = _projects(sheets.get("项目", []), faults)
    funds = _funds(sheets.get("资金", []), projects, faults)
    totals = _totals(sheets.get("合计", []), {row.get("batch", "") for row in projects.values()}, faults)
    claims = _claims(given.get("published"), f"{path.name} → published", faults)
    if not projects and not claims:
        faults.add(path.name, "没有项目，也没有要复算的数字", "no projects, and no figures to recompute")
    faults.refuse()
    return head | {
        "projects": [projects[key] for key in sorted(projects)],
        "funds": funds,
        "totals": totals,
        "claims": claims,
    }


def _head(given: dict[str, Any], file: str, faults: Gathered) -> Json:
    for key in given:
        if key not in KEYS:
            near, allowed = nearest(key, KEYS), "、".join(KEYS)
            hint = (f"是否 {near}？", f"{near}? ") if near else ("", "")
            faults.add(
                file,
                f"不认识的键 {key}；{hint[0]}可写 {allowed}",
                f"unknown key {key}; {hint[1]}allowed: {allowed}",
            )
    if given.get("kind") != "ledger":
        faults.add(f"{file} → kind", "kind 应为 ledger", "kind must be ledger")
    county = given.get("county")
    if not isinstance(county, dict) or not county.get("code") or not county.get("name"):
        faults.add(f"{file} → county", "应写 code 和 name", "code and name are wanted")
        county = {"code": "", "name": ""}
    on = iso_day(str(given.get("on", "")), f"{file} → on", faults)
    if not given.get("on"):
        faults.add(f"{file} → on", "缺少日期，如 2024-09-01", "the day is missing, such as 2024-09-01")
    rules = library("rules")
    return {
        "format": FORMAT,
        "kind": "ledger",
        "name": given.get("name") or "项目台账 | ledger of projects",
        "county": {"code": str(county["code"]), "name": str(county["name"])},
        "on": on,
        "outlier": dict(rules["outlier"]),
        "sources": {
            "outlier": rules["source"]["document"],
            "published": library("published")["source"]["document"],
        },
    }


def _projects(records: list[Record], faults: Gathered) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for record in records:
        key = f"{record['batch']}/{record['id']}" if record["batch"] else record["id"]
        if key in found:
            faults.add(record.at("id"), f"项目 {key} 重复", f"project {key} is given twice")
        row: Json = {"id": key, "name": record["name"]}
        row |= {name: record[name] for name in ("batch", "group") if record[name]}
        for name in _PLAIN:
            value = record.number(name, faults, whole=name != "area_m2")
            if value is not None:
                row[name] = number(value)
        for name in ("invest", "arrived"):
            if (money := _money(record, name, faults)) is not None:
                row[f"{name}_yuan"] = number(money)
        for name in ("due", "open"):
            if (year := record.count(name, faults, least=1900)) is not None:
                row[name] = year
        found[key] = row
    return found


def _money(record: Record, name: str, faults: Gathered) -> Fraction | None:
    """Money in yuan, from the one column that is filled in. Two that disagree are a fault."""
    found = {}
    for unit in ("1", "10000", "100000000"):
        value = record.number(f"{name}_{unit}", faults)
        if value is not None:
            found[unit] = value * int(unit)
    if len(set(found.values())) > 1:
        faults.add(record.at(), "同一金额用不同单位填了两次，且不相等", "one sum in two units that disagree")
    return next(iter(found.values()), None)


def _funds(records: list[Record], projects: dict[str, Json], faults: Gathered) -> list[Json]:
    found = []
    ends: dict[str, list[str]] = {}
    for key in projects:
        ends.setdefault(key.rpartition("/")[2], []).append(key)
    for record in records:
        keys = [record["id"]] if record["id"] in projects else ends.get(record["id"], [])
        if len(keys) != 1:
            faults.add(
                record.at("id"),
                f"没有（或不止一个）项目 {record['id']}",
                f"no project, or several: {record['id']}",
            )
            continue
        row: Json = {"project": keys[0], "origin": record["origin"]}
        for name in ("planned", "arrived"):
            if (money := _money(record, name, faults)) is not None:
                row[f"{name}_yuan"] = number(money)
        found.append(row)
    return sorted(found, key=lambda row: (row["project"], row["origin"]))


def _totals(records: list[Record], batches: set[str], faults: Gathered) -> list[Json]:
    """Published totals of a batch: the figure, and ``step``, the size of its last printed digit."""
    said, found = library("columns")["words"], []
    for record in records:
        if record["batch"] not in batches:
            faults.add(
                record.at("batch"),
                f"没有批次 {record['batch']} 的项目",
                f"no project of batch {record['batch']}",
            )
        unit = Fraction(record.word("unit", said["unit"], faults) or 1)
        value = record.number("value", faults)
        row: Json = {"batch": record["batch"], "measure": record.word("measure", said["measure"], faults)}
        row["value"] = number((value or Fraction(0)) * unit)
        row["step"] = number(unit / 10 ** len(record["value"].partition(".")[2]))
        row["about"] = int(record.word("about", said["yes"], faults) or 0)
        found.append(row)
    return found


def _claims(given: Any, where: str, faults: Gathered) -> list[Json]:
    """Figures to recompute: the shipped worked cases ("library"), or those the file lists."""
    if not given:
        return []
    rows = library("published")["figures"] if given == "library" else given
    found = []
    for at, row in enumerate(rows if isinstance(rows, list) else []):
        try:
            parts = [number(Fraction(part)) for part in row["parts"]]
            claim: Json = {
                "id": row["id"],
                "zh": row["zh"],
                "en": row.get("en", row["zh"]),
                "how": row["how"],
                "parts": parts,
            }
            claim |= {key: row[key] for key in ("document", "unit", "about") if key in row}
            if "printed" in row:
                claim["printed"] = number(Fraction(row["printed"]))
            wanted = {"ratio": 2, "difference": 2}.get(row["how"])
            if row["how"] not in ("sum", "product", "ratio", "difference", "beside") or wanted not in (
                None,
                len(parts),
            ):
                raise ValueError(row["how"])
            if row["how"] == "ratio" and not Fraction(row["parts"][1]):
                raise ValueError("÷ 0")
            found.append(claim)
        except (KeyError, ValueError, TypeError, ZeroDivisionError):
            faults.add(
                f"{where}.{at + 1}",
                "写法有误；要有 id、zh、how、parts",
                "malformed: id, zh, how, parts are wanted",
            )
    if not isinstance(rows, list):
        faults.add(where, "应写 library，或逐条列出", "write library, or a list of figures")
    return found
