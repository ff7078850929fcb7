"""What an officer hands in about zones, read: a plan of the library, or the statutory address list."""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, heading_key, normalise
from junheng.planning import altered_files, kind_of, read_plan
from junheng.planning.zone.addresses import address_faults, address_list, readable
from junheng.planning.zone.versions import assigned

Json = dict[str, Any]
_COLUMNS = {  # headings as the plan's own address list has them, and English
    "zone": ("学区编号", "zone id"),
    "name": ("学区", "学区名称", "zone"),
    "schools": ("学校", "对口学校", "schools"),
    "street": ("街道", "道路", "街路", "street"),
    "numbers": ("门牌号段", "门牌", "door numbers"),
    "community": ("居委会", "社区", "community"),
}
_REQUIRED = ("name", "street", "numbers")


@dataclass(frozen=True, slots=True)
class Zones:
    """What will be published: {"zones", "rows"} as in ``ZoneVersion.content``; ``gaps``: what the list leaves out."""

    stage: str
    label: str
    first_day: date
    content: Json
    gaps: int


def from_plan(files: Mapping[str, bytes]) -> Zones:
    """The address list of a plan folder, as the library writes it; pupils and ways stay behind. Raises UserError."""
    with tempfile.TemporaryDirectory(prefix="junheng-") as name:
        folder = Path(name)
        for path, part in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(part)
        problem, outcome = read_plan(folder)
        altered = altered_files(folder)
    if altered:
        raise _refused(f"与生成时不同的文件：{altered[0]}", f"not as it was written: {altered[0]}")
    if problem["kind"] != "zone" or not outcome.get("assignment"):
        raise _refused("这不是学区划分方案", "this is no plan of zones")
    if faults := kind_of("zone").check(problem, outcome):
        raise _refused(f"方案没有通过核对：{faults[0].zh}", f"the plan fails its check: {faults[0].en}")
    schools = {school["id"]: school["name"] for school in problem["schools"]}
    zones = [
        {"id": zone["id"], "name": zone["name"], "schools": [schools[one] for one in zone["schools"]]}
        for zone in problem["zones"]
    ]
    rows = address_list(problem["blocks"], assigned(outcome))
    label = str(problem.get("version", problem["from"]))[:60]
    return _checked(problem["stage"], label, date.fromisoformat(problem["from"]), zones, rows)


def from_list(content: bytes, stage: str, label: str, first_day: date) -> Zones:
    """A CSV with 学区, 街道, 门牌号段 and, where there are, 学区编号, 学校, 居委会. Raises UserError."""
    zones: dict[str, Json] = {}
    rows = []
    for number, line in enumerate(_lines(content), 2):
        if not any(line.values()):
            continue
        if not line["name"] or not (line["street"] or line["community"]):
            raise _refused("缺学区或街道", "the zone or the street is missing", f"第 {number} 行")
        zone = line["zone"] or line["name"]
        known = zones.setdefault(zone, {"id": zone, "name": line["name"], "schools": []})
        known["schools"] += [one for one in _schools(line) if one not in known["schools"]]
        rows.append({key: line[key] for key in ("street", "numbers", "community")} | {"zone": zone})
    if not rows:
        raise _refused("清单是空的", "the list is empty")
    for one in zones.values():
        one["schools"] = one["schools"] or [one["name"]]  # a list without schools names zones after them
    return _checked(stage, label, first_day, [zones[key] for key in sorted(zones)], rows)


def _schools(line: Mapping[str, str]) -> list[str]:
    """The schools a line names."""
    return [one for one in line["schools"].replace("，", "、").replace(",", "、").split("、") if one]


def _lines(content: bytes) -> Iterable[dict[str, str]]:
    """The lines by our own keys, white space folded; an absent column is ""."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")  # what Excel on Chinese Windows saves as CSV
    table = list(csv.reader(io.StringIO(text, newline="")))
    heads = [heading_key(head) for head in table[0]] if table else []
    places = {}
    for key, words in _COLUMNS.items():
        found = [heads.index(heading_key(word)) for word in words if heading_key(word) in heads]
        if not found and key in _REQUIRED:
            raise _refused(f"没有“{words[0]}”这一列", f"there is no column {words[-1]!r}", "第 1 行")
        places[key] = found[0] if found else -1
    for line in table[1:]:
        cells = [normalise(cell) for cell in line]
        yield {key: cells[at] if 0 <= at < len(cells) else "" for key, at in places.items()}


def _checked(stage: str, label: str, first_day: date, zones: list[Json], rows: list[Json]) -> Zones:
    """Refuses numbers nobody can read and doors two zones claim; counts the gaps."""
    unclear = [row for row in rows if not readable(row["numbers"])]
    if unclear:
        row = unclear[0]
        where = f"{row['street']} {row['numbers']}"
        raise _refused("门牌号段读不懂", "door numbers that cannot be read", where)
    faults = address_faults(
        {"id": zone["id"], "addresses": [row for row in rows if row["zone"] == zone["id"] and row["street"]]}
        for zone in zones
    )
    if double := [fault for fault in faults if fault["fault"] == "double"]:
        one = double[0]
        where = f"{one['street']} {one['low']}–{one.get('high', '')} {'、'.join(one['blocks'])}"
        raise _refused(
            f"有 {len(double)} 段门牌划给了两个学区", f"{len(double)} ranges belong to two zones", where
        )
    gaps = sum(fault["fault"] in ("gap", "side") for fault in faults)
    return Zones(stage, label, first_day, {"zones": zones, "rows": rows}, gaps)


def _refused(zh: str, en: str, where: str = "") -> UserError:
    return UserError(
        Text(zh, en), where=where, fix=Text("改正后重新上传；什么都没有公布", "mend it and send it again")
    )
