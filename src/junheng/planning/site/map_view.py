"""Today and the plan as layers of a map: blocks, schools, where children go."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.map_layers import MapArea, MapFlow, MapLayers, MapPlace
from junheng.planning.site.telling_sites import kind_of
from junheng.planning.site.telling_words import SCENARIOS, lead_of

_CHILDREN, _CLASSES = Text("儿童（人）", "children"), Text("班数（班）", "classes")
_WORDS = {"新建": "opened", "扩建": "expanded", "撤并": "closed", "不建": "candidate"}


def maps(problem: Json, outcome: Json) -> tuple[MapLayers, ...]:
    """The schools of today and those of the last year; nothing where no place is known or there is no plan."""
    placed = [row for row in problem["sites"] if "lon" in row]
    if not placed or not outcome["plans"]:
        return ()
    plan = lead_of(problem, outcome)
    told = {row["site"]: row for row in plan["sites"]}
    first, last = problem["years"][0], problem["years"][-1]
    word = SCENARIOS[problem["lead"]]
    before = MapLayers(
        Text(f"{first} 年之前", f"before {first}"),
        _areas(problem, 0),
        [_place(row, str(problem["stage"]), row["classes"][0]) for row in placed if row["existing"]],
        (),
        note=_note(problem),
        value_name=_CHILDREN,
        size_name=_CLASSES,
        are_coordinates_assumed=problem.get("coordinates") == "assumed",
    )
    after = MapLayers(
        Text(f"{last} 年（{word.zh}）", f"{last} ({word.en})"),
        _areas(problem, len(problem["years"]) - 1),
        [
            _place(
                row,
                _WORDS.get(kind_of(row, told[row["id"]]).zh, str(problem["stage"])),
                told[row["id"]]["classes"][-1],
            )
            for row in placed
        ],
        _flows(problem, plan, {row["id"] for row in placed}),
        note=_note(problem),
        value_name=_CHILDREN,
        size_name=_CLASSES,
        are_coordinates_assumed=problem.get("coordinates") == "assumed",
        weight_name=Text("去这所学校的儿童（人）", "children who go there"),
    )
    return before, after


def _note(problem: Json) -> Text:
    """How ways were measured, and how far they may go."""
    basis, is_metre = problem["basis"], problem["unit"] == "metre"
    reach = f"{Fraction(problem['reach'], 1 if is_metre else 60)}"
    unit = Text("米", "m") if is_metre else Text("分钟", "minutes")
    return Text(
        f"路程：{basis['zh']}；范围 {reach} {unit.zh}以内", f"ways: {basis['en']}; within {reach} {unit.en}"
    )


def _areas(problem: Json, year: int) -> list[MapArea]:
    return [
        MapArea(
            row["id"], row["name"], value=row["pupils"][problem["lead"]][year],
            lon=float(row["lon"]), lat=float(row["lat"]),
        )
        for row in problem["blocks"]
        if "lon" in row
    ]  # fmt: skip


def _place(row: Json, kind: str, classes: int) -> MapPlace:
    return MapPlace(
        row["id"],
        row["name"],
        float(row["lon"]),
        float(row["lat"]),
        kind,
        classes or None,
    )


def _flows(problem: Json, plan: Json, placed: set[str]) -> list[MapFlow]:
    located = {row["id"] for row in problem["blocks"] if "lon" in row}
    return [
        MapFlow(block, site, pupils[-1])
        for block, flows in sorted(plan["flows"].items())
        for site, pupils in sorted(flows.items())
        if pupils[-1] and block in located and site in placed
    ]
