"""Rows of the bureau's tables put to their schools; contradictions are faults."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.gathered import Gathered
from junheng.planning.staff.reading.sheets import Row

Json = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]
_POSTS = ("approved", "in_quota", "off_post", "outside", "borrowed", "on_post", "non_teaching")
_TITLES = ("top", "senior", "middle", "junior", "untitled")


def join_tables(
    tables: Tables, schools: Sequence[Json], years: Sequence[int], faults: Gathered
) -> list[Json]:
    """Add to each school what the tables say of it, in place; returns the sums to be confirmed."""
    by_id = {school["id"]: school for school in schools}
    for sheet, add in _SHEETS.items():
        for row in tables.get(sheet, ()):
            school = by_id.get(row.cells.get("school_id", ""))
            if school is not None:
                add(school, row, faults)
            elif "school_id" in row.cells:
                faults.add(row.where, f"学校 {row.cells['school_id']} 不在规划内", "no school of this plan")
    for row in tables.get("forecast", ()):
        if row.cells.get("year") not in (*years, None):
            faults.add(row.where, f"年份 {row.cells['year']} 不在规划年份内", "not a year of the plan")
    for school in schools:
        _settle(school, faults)
    return _sums(tables.get("sums", ()), faults)


def _posts(school: Json, row: Row, faults: Gathered) -> None:
    if "posts" in school:
        faults.add(row.where, "同一学校出现两次", "the school is there twice")
        return
    posts = {key: row.cells[key] for key in _POSTS if key in row.cells}
    school["posts"] = posts
    if "area" in row.cells:
        school["area"] = row.cells["area"]
    if {"in_quota", "off_post", "outside", "on_post"} <= set(posts):
        counted = posts["in_quota"] - posts["off_post"] + posts["outside"]
        if counted != posts["on_post"]:
            faults.add(
                row.where,
                f"在编－在编不在岗 + 在岗不在编 = {counted}，与在岗教职工 {posts['on_post']} 不符",
                "quota less off post + outside is not the staff on post",
            )
    for less, more in (("off_post", "in_quota"), ("borrowed", "outside"), ("non_teaching", "on_post")):
        if less in posts and more in posts and posts[less] > posts[more]:
            faults.add(
                row.where, f"{posts[less]} 大于 {posts[more]}（{less} > {more}）", "a part above its whole"
            )


def _subjects(school: Json, row: Row, faults: Gathered) -> None:
    stage = _stage(school, row, faults)
    if stage is None or "subject" not in row.cells or "teachers" not in row.cells:
        return  # a blank number is absent, not zero
    subjects = stage.setdefault("subjects", {})
    if row.cells["subject"] in subjects:
        faults.add(row.where, "同一学校、学段、学科出现两次", "the subject is there twice")
    subjects[row.cells["subject"]] = row.cells["teachers"]


def _ages(school: Json, row: Row, faults: Gathered) -> None:
    if {"category", "persons"} <= set(row.cells):
        year, month = row.cells.get("birth_year"), row.cells.get("birth_month")
        born = "" if year is None else f"{year:04d}" + ("" if month is None else f"-{month:02d}")
        said = {"category": row.cells["category"], "persons": row.cells["persons"]}
        school.setdefault("ages", []).append({**said, **({"born": born} if born else {})})


def _forecast(school: Json, row: Row, faults: Gathered) -> None:
    stage = _stage(school, row, faults)
    if stage is None or "year" not in row.cells:
        return
    years = stage.setdefault("forecast", {})
    if str(row.cells["year"]) in years:
        faults.add(row.where, "同一学校、学段、年份出现两次", "the year is there twice")
    years[str(row.cells["year"])] = {k: row.cells[k] for k in ("pupils", "classes") if k in row.cells}


def _titles(school: Json, row: Row, faults: Gathered) -> None:
    if "titles" in school:
        faults.add(row.where, "同一学校出现两次", "the school is there twice")
    school["titles"] = {key: row.cells[key] for key in _TITLES if key in row.cells}


def _training(school: Json, row: Row, faults: Gathered) -> None:
    if {"cycle_year", "hours", "persons"} <= set(row.cells):
        school.setdefault("training", []).append(
            {k: row.cells[k] for k in ("cycle_year", "hours", "persons")}
        )


_SHEETS = {
    "posts": _posts,
    "subjects": _subjects,
    "ages": _ages,
    "forecast": _forecast,
    "titles": _titles,
    "training": _training,
}


def _stage(school: Json, row: Row, faults: Gathered) -> Json | None:
    found: Json | None = next((s for s in school["stages"] if s["stage"] == row.cells.get("stage")), None)
    if found is None and "stage" in row.cells:
        faults.add(row.where, "该校没有这个学段", "the school has no such stage")
    return found


def _settle(school: Json, faults: Gathered) -> None:
    """Rows of ages in one order; more persons than posts filled is a contradiction."""
    if "ages" in school:
        school["ages"].sort(key=lambda one: (one["category"], one.get("born", ""), one["persons"]))
        persons, in_quota = (
            sum(one["persons"] for one in school["ages"]),
            school.get("posts", {}).get("in_quota"),
        )
        if in_quota is not None and persons > in_quota:
            faults.add(
                f"[年龄] {school['name']}",
                f"年龄表 {persons} 人，多于在编 {in_quota} 人",
                "more persons in the table of ages than on the quota",
            )
    if "training" in school:
        school["training"].sort(key=lambda one: (one["cycle_year"], exact(one["hours"]), one["persons"]))


def _sums(rows: Sequence[Row], faults: Gathered) -> list[Json]:
    found: dict[str, Json] = {}
    for row in rows:
        if {"name", "total", "part", "number"} <= set(row.cells):
            one = found.setdefault(
                row.cells["name"], {"name": row.cells["name"], "total": row.cells["total"], "parts": []}
            )
            if one["total"] != row.cells["total"]:
                faults.add(
                    row.where, f"“{one['name']}”的合计前后不一", "the total is not the same in all rows"
                )
            one["parts"].append({"name": row.cells["part"], "number": row.cells["number"]})
    return list(found.values())
