"""Where the pupils of a closing school live, where they are to go, and how far it is."""

from collections.abc import Mapping
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact, number
from junheng.planning.gathered import Gathered
from junheng.planning.merge.library_files import state_words, words
from junheng.planning.sheet_records import Record
from junheng.planning.travel import Roads, ways

Ways = dict[tuple[str, str], Json]


def read_merges(records: list[Record], schools: Mapping[str, Json], faults: Gathered) -> dict[str, Json]:
    """The mergers by id: school that closes, year, stated state, receiving school where one is named."""
    found: dict[str, Json] = {}
    closing: set[str] = set()
    for record in records:
        row: Json = {"id": record["id"], "school": record["school"]}
        for key in ("school", "to"):
            if record[key] and record[key] not in schools:
                faults.add(record.at(key), f"没有学校 {record[key]}", f"no school {record[key]}")
        if record["id"] in found or record["school"] in closing:
            faults.add(record.at("id"), "同一撤并或同一学校重复", "the same merger or school twice")
        row["stated"] = record.word("stated", state_words(), faults) or "proposed"
        row["year"] = record.count("year", faults) or 0
        if record["to"]:
            row["to"] = record["to"]
        closing.add(record["school"])
        found[record["id"]] = row
    for record in records:
        if record["to"] in closing:
            faults.add(record.at("to"), "接收学校自己也要撤并", "the receiving school is to close itself")
    return found


def read_homes(
    records: list[Record], merges: Mapping[str, Json], schools: Mapping[str, Json], faults: Gathered
) -> list[Json]:
    """Rows {"merge", "place", "stage", "grade"?, "pupils", "boards"?, "to"?, "lon"?, "lat"?}, one a place and grade.

    Grades that do not add up to what the closing school reports are a fault: nobody may be lost.
    """
    found: dict[tuple[str, str, str, int], Json] = {}
    for record in records:
        stage = record.word("stage", words("stage"), faults)
        pupils, grade = record.count("pupils", faults), record.count("grade", faults, least=1)
        if record["merge"] not in merges:
            faults.add(record.at("merge"), f"没有撤并 {record['merge']}", f"no merger {record['merge']}")
            continue
        key = (record["merge"], record["place"], stage, grade or 0)
        if key in found:
            faults.add(record.at("place"), "同一地点、年级重复", "the same place and grade twice")
        row: Json = {
            "merge": record["merge"],
            "place": record["place"],
            "stage": stage,
            "pupils": pupils or 0,
        }
        if grade is not None:
            row["grade"] = grade
        if (boards := record.count("boards", faults)) is not None:
            row["boards"] = boards
            if boards > row["pupils"]:
                faults.add(record.at("boards"), "寄宿人数多于学生数", "more boarders than pupils")
        elif not row["pupils"]:
            row["boards"] = 0  # nobody there: nobody boards
        if to := record["to"] or merges[record["merge"]].get("to", ""):
            row["to"] = to
            if to not in schools or to in {merge["school"] for merge in merges.values()}:
                faults.add(record.at("to"), f"{to} 不能接收", f"{to} cannot receive")
            elif (stages := [s["stage"] for s in schools[to]["stages"]]) and stage not in stages:
                faults.add(record.at("to"), f"{to} 没有这个学段", f"{to} does not have this stage")
        if (
            record.number("lon", faults, least=-180) is not None
            and record.number("lat", faults, least=-90) is not None
        ):
            row |= {"lon": record["lon"], "lat": record["lat"]}
        found[key] = row
    _one_place(records, list(found.values()), faults)
    _whole(records, found, merges, schools, faults)
    return [found[key] for key in sorted(found)]


def _row_of(records: list[Record], key: str, value: str) -> str:
    """The last row of the sheet 生源 that bears a value, as messages name it."""
    mine = [record for record in records if record[key] == value] or records
    return mine[-1].at("pupils" if key == "merge" else "lon") if mine else "生源"


def _one_place(records: list[Record], homes: list[Json], faults: Gathered) -> None:
    """A place has one point, whichever grade or merger its pupils belong to."""
    points: dict[str, set[tuple[str, str]]] = {}
    for home in homes:
        if "lon" in home:
            points.setdefault(home["place"], set()).add((home["lon"], home["lat"]))
    for place, found in sorted(points.items()):
        if len(found) > 1:
            faults.add(
                _row_of(records, "place", place),
                f"地点“{place}”有几组坐标",
                f"the place {place} has several coordinates",
            )


def _whole(
    records: list[Record],
    found: Mapping[tuple[str, str, str, int], Json],
    merges: Mapping[str, Json],
    schools: Mapping[str, Json],
    faults: Gathered,
) -> None:
    for key, merge in sorted(merges.items()):
        if merge["school"] not in schools:
            continue
        rows = [row for row in found.values() if row["merge"] == key]
        if not rows and schools[merge["school"]].get("pupils") != 0:
            faults.add(
                records[-1].file if records else "生源",
                f"撤并 {key} 没有生源：学生住在哪里、去哪里都不知道",
                f"merger {key} has no homes: nobody knows where its pupils live",
            )
            continue
        told, stated = sum(row["pupils"] for row in rows), schools[merge["school"]].get("pupils")
        if stated is not None and told != stated:
            faults.add(
                _row_of(records, "merge", key),
                f"撤并 {key} 的生源合计 {told} 人，学校在校生 {stated} 人：每个学生都要有去向",
                f"merger {key}: homes of {told} pupils, the school has {stated}: every pupil must go somewhere",
            )
        for place in {row["place"] for row in rows}:
            if len({row.get("to", "") for row in rows if row["place"] == place}) > 1:
                faults.add(
                    _row_of(records, "place", place),
                    f"{place} 的学生去了几所学校",
                    f"the pupils of {place} go to several schools",
                )


def read_ways(
    records: list[Record],
    homes: list[Json],
    schools: Mapping[str, Json],
    rules: Json,
    faults: Gathered,
    roads: Roads | None = None,
) -> tuple[list[Json], Text | None]:
    """Rows {"place", "school", "minutes"?, "metres"?, "basis": stated|walk|derived|road}; how the rest was measured.

    Minutes as stated, else metres ÷ the walking speed; metres as stated, else along ``roads`` or great circle × detour
    between coordinates. Nothing is rounded but derived metres (up). The words are None where nothing was derived.
    """
    found: Ways = {}
    places = {home["place"] for home in homes}
    for record in records:
        key = (record["place"], record["school"])
        if record["school"] not in schools or record["place"] not in places:
            lacks = "school" if record["place"] in places else "place"
            sheet = {"school": ("学校", "学校", "school"), "place": ("地点", "生源", "place")}[lacks]
            faults.add(
                record.at(lacks),
                f"“{sheet[1]}”表里没有{sheet[0]}“{record[lacks]}”",
                f"no {sheet[2]} {record[lacks]!r} in the sheet {sheet[1]}",
            )
        if key in found:
            faults.add(record.at("place"), "同一路程重复", "the same way twice")
        row: Json = {"place": key[0], "school": key[1]}
        for name in ("minutes", "metres"):
            if (value := record.number(name, faults)) is not None:
                row[name] = number(value)
        row["basis"] = "stated" if "minutes" in row else "walk"
        found[key] = row
    measured, words = _measured(homes, schools, rules, roads)
    for key, metres in measured.items():
        if not {"minutes", "metres"} & set(found.get(key, {})):
            basis = "road" if roads else "derived"
            found[key] = {"place": key[0], "school": key[1], "metres": metres, "basis": basis}
    speed = exact(rules["walk_metres_per_minute"])
    for row in found.values():
        if "minutes" not in row and "metres" in row:
            row["minutes"] = number(exact(row["metres"]) / speed)
    return [found[key] for key in sorted(found)], words


def _measured(
    homes: list[Json], schools: Mapping[str, Json], rules: Json, roads: Roads | None
) -> tuple[dict[tuple[str, str], int], Text | None]:
    """Metres from homes to schools with coordinates, and how they were measured."""
    froms = {home["place"]: (float(home["lon"]), float(home["lat"])) for home in homes if "lon" in home}
    tos = {
        key: (float(school["lon"]), float(school["lat"]))
        for key, school in schools.items()
        if "lon" in school
    }
    if not froms or not tos:
        return {}, None
    reach, detour = (float(Fraction(rules[key])) for key in ("reach_km", "detour"))
    found = ways(froms, tos, limit=1000 * reach, roads=roads, detour=detour)
    return {(start, end): metres for start, end, metres in found.pairs()}, found.basis
