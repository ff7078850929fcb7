"""The frozen problem of a classical location model: what is absent is listed, never taken for 0."""

from pathlib import Path
from typing import Any

from junheng.basics import Text, sha256_file
from junheng.planning.frozen import FORMAT, Json, number
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.sheet_records import read_records
from junheng.planning.site.classical.instance import read_instance
from junheng.planning.site.classical.reading.orlib import read_cap, read_pmed
from junheng.planning.site.classical.reading.points import Points, demand_points, site_points
from junheng.planning.site.classical.reading.reach import ways_of
from junheng.planning.site.classical.reading.settings import COUNTED, PAGE, WITHIN, Settings, read_settings

_LIBRARY = Path(__file__).parents[1] / "library"
_UNITS: dict[str, dict[str, str]] = {
    "metre": {"zh": "米", "en": "m"},
    "money": {"zh": "费用", "en": "cost"},
}


def read_problem(path: Path) -> Json:
    """The frozen problem that ``path`` (YAML, kind: site, a model of the literature) states.

    Raises UserError: everything wrong in file and tables at once, each with its place; numbers too large to be exact.
    """
    settings = read_settings(path)
    problem = _of_orlib(settings) if "orlib" in settings.given else _of_tables(settings)
    settings.faults.refuse()
    read_instance(problem)
    return problem


def _of_orlib(settings: Settings) -> Json:
    file = settings.path.parent / str(settings.given["orlib"])
    if settings.model == "capacitated":
        room = settings.number("capacity", whole=True, least=1)
        problem = read_cap(file, None if room is None else int(room))
    else:
        radius = _radius(settings)
        settings.faults.refuse()
        problem = read_pmed(file, settings.model, str(radius))
        count = settings.number("count", whole=True, least=1)
        if count is not None and settings.model in COUNTED:
            problem["count"] = int(count)
        _check_count(problem, settings)
    return problem | ({"name": settings.given["name"]} if settings.given.get("name") else {})


def _radius(settings: Settings) -> int | str:
    if settings.model not in WITHIN:
        return 0
    return number(settings.needed("radius", "服务半径", "the radius"))


def _of_tables(settings: Settings) -> Json:
    columns = read_plain_mapping(_LIBRARY / "columns.yaml", Text(f"写法见 {PAGE}", f"see {PAGE}"))
    paths, faults = settings.paths(), settings.faults
    sheets = read_records(paths, columns, faults)
    for name in ("需求点", "站点"):
        if not sheets.get(name):
            faults.add(
                settings.path.name, f"缺少表“{name}”或表中没有行", f"the sheet {name} is missing or empty"
            )
    faults.refuse()
    head = _head(settings)
    demand = demand_points(sheets["需求点"], settings.model, faults)
    sites = site_points(sheets["站点"], settings.model, faults)
    ways, basis = ways_of(demand, sites, sheets.get("路程", []), settings, head.get("radius"))
    faults.refuse()
    named = _named(settings, paths)
    problem = head | _filled(demand, sites, ways, settings)
    problem |= {"basis": {"zh": basis.zh, "en": basis.en}, "inputs": named}
    _check_count(problem, settings)
    return problem


def _head(settings: Settings) -> Json:
    county = settings.given.get("county", {})
    head: Json = {
        "format": FORMAT,
        "kind": "site",
        "model": settings.model,
        "name": settings.given.get("name") or "选址方案 | plan of sites",
        "unit": _UNITS["money" if settings.model == "capacitated" else "metre"],
        "sources": {},
    }
    if county:
        head["county"] = {"code": str(county.get("code", "")), "name": str(county.get("name", ""))}
    if settings.model in COUNTED:
        head["count"] = int(
            settings.needed("count", "站点数 p", "the number of sites p", whole=True, least=1)
        )
    if settings.model in WITHIN:
        head["radius"] = number(settings.needed("radius", "服务半径（米）", "the radius (m)"))
    return head


def _filled(demand: Points, sites: Points, ways: dict[str, dict[str, int]], settings: Settings) -> Json:
    """Rows and columns that can be computed with; the rest is listed."""
    points, places = demand.rows, sites.rows
    if not points or not places:
        settings.faults.add(
            settings.path.name, "没有可计算的需求点或站点", "no demand points or sites to compute with"
        )
    price = None
    if settings.model == "capacitated":
        price = settings.needed("price", "每人每米的价格", "the price of a metre for a person")
    rows: list[list[int | str]] = []
    for point in points:
        by = 1 if price is None else price * point["weight"]
        row = ways.get(point["id"], {})
        rows.append([number(row[site["id"]] * by) if site["id"] in row else "" for site in places])
    listed: list[dict[str, Any]] = [
        {"what": what, "id": key, "zh": why.zh, "en": why.en}
        for what, part in (("demand", demand), ("site", sites))
        for key, why in sorted(part.untold.items())
    ]
    listed += [
        {"what": "demand", "id": key, "zh": why.zh, "en": why.en, "empty": 1}
        for key, why in sorted(demand.empty.items())
    ]
    return {"demand": points, "sites": places, "ways": rows, "cannot_tell": listed}


def _named(settings: Settings, paths: list[Path]) -> list[dict[str, Any]]:
    roads = settings.given.get("roads", {})
    files = [settings.path, *paths, *(settings.path.parent / str(name) for name in roads.values())]
    return [{"file": file.name, "sha256": sha256_file(file)} for file in files]


def _check_count(problem: Json, settings: Settings) -> None:
    most = len(problem["sites"])
    if problem.get("count", 1) > most:
        settings.faults.add(
            settings.at("count"),
            f"要选 {problem['count']} 个站点，只有 {most} 个",
            f"{problem['count']} of {most} sites",
        )
