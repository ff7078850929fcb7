"""What the county's input says of its public schools, and of pay."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import STAGES, Text, UserError, urban_town_rural
from junheng.data import check_snapshot, read_input
from junheng.planning.frozen import number

Json = dict[str, Any]
_NO_RATIO = {
    "special": Text("特殊教育学校：规则没有比例，另行核定", "special school: the rules give no ratio"),
    "vocational": Text("职业学校：规则没有比例，另行核定", "vocational school: the rules give no ratio"),
}
_TEACHERS = ("full_time", "doctor", "master", "bachelor", "associate", "secondary_or_below", "trained_360h")
_PLACES = {"城区": "city", "镇区": "town", "乡村": "rural"}
_PAY = {"teacher": "teacher_pay_mean_yuan", "civil_servant": "civil_servant_pay_mean_yuan"}


def read_county(path: Path, year: int, code: str) -> tuple[list[Json], list[Json], Json]:
    """Schools of ``year`` by id, those left out with the reason, and the county's mean pay (absent keys: not reported).

    Cells that break a check of the input count as absent. Raises UserError where the year is not there,
    or schools lie outside the county ``code``.
    """
    tables = check_snapshot(read_input(path)).snapshot.tables
    rows = {
        name: [row for row in table.to_pylist() if row["year"] == year]
        for name, table in tables.items()
        if name in ("school", "stage", "class", "teacher_count", "county")
    }
    if not rows.get("school"):
        raise UserError(
            Text(f"输入中没有 {year} 年的学校", f"the input has no schools of {year}"),
            where=str(path),
            fix=Text("请核对 base_year", "check base_year"),
        )
    _require_county(rows["school"], code, path)
    parts = _by_school(rows)
    schools, left_out = [], []
    for row in sorted(rows["school"], key=lambda one: str(one["school_id"])):
        reason = _reason(row)
        if reason is None:
            schools.append(_school(row, parts.get(row["school_id"], {})))
        else:
            said = {"school_id": row["school_id"], "zh": reason.zh, "en": reason.en}
            left_out.append({**said, **({"name": row["name"]} if row["name"] else {})})
    return schools, left_out, _pay(rows.get("county", []))


def _require_county(rows: Iterable[Mapping[str, Any]], code: str, path: Path) -> None:
    """The posts of a county are its own: a school of another one would be counted with them."""
    strange = [row for row in rows if row["county_code"] and not str(row["county_code"]).startswith(code)]
    if strange:
        first = f"{strange[0]['name'] or strange[0]['school_id']}（{strange[0]['county_code']}）"
        raise UserError(
            Text(
                f"输入中有 {len(strange)} 所学校不在 {code}，如 {first}",
                f"{len(strange)} schools of the input are not in {code}, such as {first}",
            ),
            where=path.name,
            why=Text("别的县的学校会一起计入本县编制", "schools of another county would be counted in"),
            fix=Text(
                "请核对 county 的 code，或只留本县的数据",
                "check county's code, or keep the county's data only",
            ),
        )


def _reason(row: Mapping[str, Any]) -> Text | None:
    """Why a school's posts are not the county's to fix; None where they are."""
    if row["ownership"] == "private":
        return Text("民办学校，不占县级编制", "private: no posts of the county")
    if row["run_by"] not in (None, "county"):
        return Text("不是县级举办，编制不归县核定", "not run by the county")
    return _NO_RATIO.get(row["kind"])


def _by_school(rows: Mapping[str, list[Json]]) -> dict[str, dict[str, Json]]:
    """school → stage → pupils, classes, classes by grade, teachers."""
    found: dict[str, dict[str, Json]] = {}
    for row in rows.get("stage", []):
        kept = {key: row[key] for key in ("pupils", "classes") if row[key] is not None}
        found.setdefault(row["school_id"], {})[row["stage"]] = {"stage": row["stage"], **kept}
    for row in rows.get("class", []):
        stage = found.get(row["school_id"], {}).get(row["stage"])
        if stage is not None and row["grade"] is not None:
            grades = stage.setdefault("grades", {})
            grades[str(row["grade"])] = grades.get(str(row["grade"]), 0) + 1
    for row in rows.get("teacher_count", []):
        stage = found.get(row["school_id"], {}).get(row["stage"])
        if stage is not None:
            stage["teachers"] = {key: row[key] for key in _TEACHERS if row.get(key) is not None}
    return found


def _school(row: Mapping[str, Any], stages: Mapping[str, Json]) -> Json:
    place = urban_town_rural(str(row["urban_rural_code"] or ""))
    found: Json = {
        "id": row["school_id"],
        "name": row["name"] or row["school_id"],
        "kind": row["kind"],
        "weak": 1 if row["is_weak"] else 0,
        "stages": [_whole(stages[stage]) for stage in STAGES if stage in stages],
    }
    return {**found, **({"place": _PLACES[place.zh]} if place else {})}


def _whole(stage: Json) -> Json:
    """Classes by grade count only when all classes of the stage are there: an unlisted class is not no class."""
    if "grades" in stage and sum(stage["grades"].values()) != stage.get("classes"):
        return {key: value for key, value in stage.items() if key != "grades"}
    return stage


def _pay(rows: Iterable[Mapping[str, Any]]) -> Json:
    for row in rows:
        return {
            key: number(Fraction(str(row[name]))) for key, name in _PAY.items() if row.get(name) is not None
        }
    return {}
