"""A new school, and a building for a school there is."""

from collections.abc import Mapping
from itertools import count

import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data.changes.change import AddBuilding, OpenSchool
from junheng.data.changes.merge import KINDS
from junheng.data.changes.numbers import column_spec, figure
from junheng.data.changes.rows import Row, Rows
from junheng.data.dictionary import load_dictionary

_FIRST_NEW = 9900000001  # type digits 99 are no school's: a code nobody has been given
_MOST_ROOMS = 200


def new_school_id(tables: Mapping[str, pa.Table], taken: frozenset[str] = frozenset()) -> str:
    """A code of ten digits that no school of ``tables`` and none of ``taken`` has."""
    known = set(tables["school"].column("school_id").to_pylist()) | taken
    return next(code for number in count(_FIRST_NEW) if (code := str(number)) not in known)


def open_school(rows: Rows, change: OpenSchool, tables: Mapping[str, pa.Table]) -> list[Text]:
    """Add the school's rows: its stages without any figure. Raises UserError where its code is taken, or no kind fits."""
    kind = KINDS.get(change.stages)
    if change.school_id in tables["school"].column("school_id").to_pylist() or kind is None:
        raise UserError(
            Text("这所新学校开不成", "this school cannot be opened"),
            where=change.school_id,
            why=Text(
                "标识码已有，或没有这样的办学类型", "its code is taken, or no kind of school has these stages"
            ),
        )
    like = tables["school"].slice(0, 1).to_pylist()[0]
    school: Row = {"year": like["year"], "school_id": change.school_id, "county_code": like["county_code"]}
    school |= {
        "name": change.name or change.school_id,
        "kind": kind,
        "ownership": "public",
        "is_counted": True,
    }
    rows.setdefault("school", []).append(_as(school, like))
    for stage in change.stages:
        row = {"year": like["year"], "school_id": change.school_id, "stage": stage}
        rows.setdefault("stage", []).append(row)
    return [
        Text(
            f"新开 {school['name']}：没有填的数字都缺，缺了就无法判定",
            f"{school['name']} is opened: figures not filled in are absent, and cannot be judged",
        )
    ]


def _as(row: Row, like: Row) -> Row:
    return {name: row.get(name) for name in like}


def build(rows: Rows, change: AddBuilding) -> list[Text]:
    """Add a building to a school's premises; a figure that is absent stays absent. Raises UserError for an odd figure."""
    found = [row for row in rows.get("premises", ()) if row["school_id"] == change.school_id]
    notes: list[Text] = []
    for column, added in change.adds.items():
        spec = column_spec("premises", column)
        more = figure(spec, added, change.school_id)
        before = found[0].get(column) if found else None
        if before is None:
            heading = spec.heading
            notes.append(
                Text(
                    f"{change.school_id} 没有报“{heading.zh}”，加多少也不知道合计，仍然缺",
                    f"{change.school_id} reports no {heading.en}: with the addition it is still not known",
                )
            )
        else:
            found[0][column] = figure(spec, _plain(before + more), change.school_id)
    for kind, number, area in change.rooms:
        _rooms(rows, change.school_id, kind, number, area)
    return notes


def _plain(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6f}"


def _rooms(rows: Rows, school_id: str, kind: str, number: int, area: str) -> None:
    specs = load_dictionary().tables["special_room"].columns
    if kind not in specs["kind"].values or not 0 < number <= _MOST_ROOMS:
        raise UserError(
            Text(f"专用教室不对：{kind} {number} 间", f"not special rooms: {number} of {kind}"),
            where=school_id,
        )
    size = figure(specs["area_m2"], area, school_id) if area.strip() else None
    year = next(row["year"] for row in rows["school"] if row["school_id"] == school_id)
    rooms = rows.setdefault("special_room", [])
    for _ in range(number):
        room = {"year": year, "school_id": school_id, "room_id": f"new-{len(rooms) + 1}", "kind": kind}
        rooms.append({**room, "area_m2": size})
