"""The frozen problem of a county's sites, from a YAML file and tables; what is absent is listed,
never taken for 0."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from junheng.planning.frozen import FORMAT, Json
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record, read_records
from junheng.planning.site.reading.demand import SCENARIO_NAMES, SCENARIOS, Counts, demand_of
from junheng.planning.site.reading.forecasts import forecast_rows
from junheng.planning.site.reading.model_name import PAGE
from junheng.planning.site.reading.places import Point, doubtful, far_off, points_of, untold
from junheng.planning.site.reading.reach import Reach, inputs_of, reach_of, unit_of
from junheng.planning.site.reading.settings import Settings, library, read_settings, way_price, yuan
from junheng.planning.site.reading.sites import YES, add_freed, sites_of

_NEEDED = ("校址", "片块", "需求")


def read_problem(path: Path) -> Json:
    """The problem that the YAML file at ``path`` and its tables state. Raises UserError with every fault found."""
    faults = Gathered(PAGE)
    settings = read_settings(path, faults)
    files = settings.files()
    faults.refuse()
    tables = read_records(files, library("columns"), faults)
    if "forecast" in settings.given and "需求" not in tables:
        tables["需求"] = forecast_rows(settings, {row["town"] for row in tables.get("片块", [])})
    _require_tables(tables, files[0].name, faults)
    for name in ("校址", "片块"):
        tables[name] = [row for row in tables[name] if row["id"]]  # a blank id is a fault already
    return _frozen(settings, tables)


def _require_tables(tables: dict[str, list[Record]], file: str, faults: Gathered) -> None:
    """Refuse where a needed table is absent or empty, unless what was noted says why already."""
    lacking = [name for name in _NEEDED if not tables.get(name)]
    said = [what.zh for _, what in faults.found]
    for name in lacking:
        why = "缺少列" if name in tables else f"应为 {name}"
        if not any(why in words for words in said):
            faults.add(file, f"缺少表“{name}”或表中没有行", f"the sheet {name} is missing or empty")
    if lacking:
        faults.refuse()


def _frozen(settings: Settings, tables: dict[str, list[Record]]) -> Json:
    site_rows, block_rows = tables["校址"], sorted(tables["片块"], key=lambda row: row["id"])
    places, homes = points_of(site_rows, settings.faults), points_of(block_rows, settings.faults)
    _require_single(block_rows, settings.faults)
    has_table = bool(tables.get("路程"))
    doubts = set() if has_table else _doubts(places, homes, settings)
    if not has_table:
        _refuse_far(site_rows, places, homes, settings)
    lost = {name[1:] for name in doubts if name[0] == "s"}
    sites, unknown = sites_of(site_rows, places, lost, settings, is_located=not has_table)
    add_freed(tables.get("腾出", []), sites, site_rows, settings)
    names, counts = demand_of(tables["需求"], block_rows, settings.years, settings.faults)
    _doubt_order(tables["需求"], settings)
    head, budget = _head(settings, names), settings.budget()
    unit_of(settings)
    settings.faults.refuse()
    usable = {row["id"]: places[row["id"]] for row in sites}
    rows = [row for row in tables.get("路程", []) if row["site"] in usable or row["site"] not in places]
    reach = reach_of({row["id"]: homes[row["id"]] for row in block_rows}, usable, rows, settings)
    lost = {name[1:] for name in doubts if name[0] == "b"}
    blocks, empty, unplaced = _blocks(block_rows, counts, reach, lost, has_table)
    way = _way(settings, reach)
    settings.faults.refuse()
    return {
        **head, **way, **({} if budget is None else {"budget": budget}),
        "blocks": blocks, "sites": sites, "empty": empty, "cannot_tell": [*unknown, *unplaced],
        "doubts": settings.doubts, "defaults": settings.defaults, "inputs": inputs_of(settings),
    }  # fmt: skip


def _way(settings: Settings, reach: Reach) -> Json:
    """How ways were measured and what they cost."""
    return {
        "unit": reach.unit, "reach": reach.limit, "way_yuan": way_price(settings, reach.unit),
        "basis": {"zh": reach.basis.zh, "en": reach.basis.en}, "off_network": list(reach.off),
    }  # fmt: skip


def _doubts(
    places: Mapping[str, Point | None], homes: Mapping[str, Point | None], settings: Settings
) -> set[str]:
    """Sites (s…) and blocks (b…) whose coordinates cannot be right; both together tell where the middle is."""
    return doubtful(_both(places, homes), settings)


def _both(places: Mapping[str, Point | None], homes: Mapping[str, Point | None]) -> dict[str, Point | None]:
    """Sites (s…) and blocks (b…) in one."""
    sites = {f"s{name}": point for name, point in places.items()}
    return sites | {f"b{name}": point for name, point in homes.items()}


def _refuse_far(
    rows: list[Record],
    places: Mapping[str, Point | None],
    homes: Mapping[str, Point | None],
    settings: Settings,
) -> None:
    """A school that stands, at a place of another county: without it the whole plan would be another."""
    far, limit = far_off(_both(places, homes), settings), settings.figure("", "outside_km")
    for row in rows:
        if f"s{row['id']}" in far and row.word("existing", YES, settings.faults) == "yes":
            name = row["name"] or row["id"]
            settings.faults.add(
                row.at("lon"),
                f"现有学校{name}的坐标（{row['lon']}，{row['lat']}）离其他地点 {limit} 千米以上，不可能在本县；请改正坐标",
                f"{name} stands, but its coordinates ({row['lon']}, {row['lat']}) are {limit} km and more from all else: mend them",
            )


def _head(settings: Settings, names: list[str]) -> Json:
    county, faults = settings.part("county"), settings.faults
    lead = str(settings.given.get("lead", "mid"))
    if lead not in names:
        faults.add(settings.at("lead"), f"没有情景 {lead}", f"there is no scenario {lead}")
    rule = str(settings.part("unmet").get("rule", "priced"))
    if rule not in ("priced", "none"):
        faults.add(settings.at("unmet → rule"), f"“{rule}”应为 priced 或 none", "must be priced or none")
    coordinates = str(settings.given.get("coordinates", "surveyed"))
    if coordinates not in ("surveyed", "assumed"):
        where = settings.at("coordinates")
        faults.add(where, f"“{coordinates}”应为 surveyed 或 assumed", "must be surveyed or assumed")
    found: Json = {
        "format": FORMAT, "kind": "site", "model": "schools", "name": str(settings.given.get("name", "")),
        "county": {key: str(county.get(key, "")) for key in ("code", "name")},
        "coordinates": coordinates, "stage": settings.stage, "years": settings.years, "scenarios": names, "lead": lead,
        "class_pupils": int(settings.figure("", "class_pupils", whole=True, least=1)),
        "unmet": rule, "unmet_yuan": yuan(settings.figure("unmet", "wan")),
    }  # fmt: skip
    if "input" in settings.given:
        found["input"] = str(settings.given["input"])
    return found


def _doubt_order(rows: list[Record], settings: Settings) -> None:
    """Rows in which the low scenario lies above the middle one, or the high one below it."""
    for one, other in pairwise(SCENARIOS):
        turned = [row for row in rows if _is_above(row[one], row[other])]
        if turned:
            low, high, first = SCENARIO_NAMES[one], SCENARIO_NAMES[other], turned[0]
            settings.doubt(
                first.at(one),
                f"{low} {first[one]} 人大于{high} {first[other]} 人；这样的行共 {len(turned)} 行，照写的算",
                f"{one} ({first[one]}) is above {other} ({first[other]}); rows like this: {len(turned)}, taken as written",
            )


def _is_above(one: str, other: str) -> bool:
    return one.isdecimal() and other.isdecimal() and int(one) > int(other)


def _require_single(rows: list[Record], faults: Gathered) -> None:
    for before, row in pairwise(rows):
        if before["id"] == row["id"]:
            faults.add(row.at("id"), f"片块编号 {row['id']} 重复", f"the block {row['id']} appears twice")


def _blocks(
    rows: list[Record], counts: Counts, reach: Reach, lost: set[str], has_table: bool
) -> tuple[list[Json], list[str], list[Json]]:
    """Blocks of the plan, blocks without children, and blocks that cannot be placed, with their children."""
    found, empty, unplaced = [], [], []
    for row in rows:
        pupils = counts[row["id"]]
        if not any(any(values) for values in pupils.values()):
            empty.append(row["id"])
        elif not has_table and not (row["lon"] and row["lat"]):
            unplaced.append(untold(row, "block", "position", pupils))
        elif row["id"] in lost:
            unplaced.append(untold(row, "block", "inside", pupils))
        else:
            place = {key: row[key] for key in ("lon", "lat") if row[key]}
            name = row["name"] or row["id"]
            found.append(
                {"id": row["id"], "name": name, **place, "pupils": pupils, "ways": reach.ways[row["id"]]}
            )
    return found, empty, unplaced
