"""Sites: schools that stand and places where one may be built; what each may become,
and at what price."""

from collections.abc import Mapping
from fractions import Fraction

from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record
from junheng.planning.site.reading.places import Point, untold
from junheng.planning.site.reading.settings import Settings, yuan

YES = {"yes": ("是", "有", "1", "现有"), "no": ("否", "无", "0", "候选")}
_TOLD = {
    "open": "建校固定投资", "class": "每班投资", "yearly": "每校年运行费", "class_yearly": "每班年运行费", "close": "撤并费用",
}  # fmt: skip
_COSTS = {
    "fixed_yuan": ("open", "open_wan"),
    "step_yuan": ("class", "class_wan"),
    "yearly_yuan": ("yearly", "yearly_wan"),
    "class_yearly_yuan": ("class_yearly", "class_yearly_wan"),
    "close_yuan": ("close", "close_wan"),
}


def sites_of(
    records: list[Record],
    points: Mapping[str, Point | None],
    doubts: set[str],
    settings: Settings,
    *,
    is_located: bool,
) -> tuple[list[Json], list[Json]]:
    """Sites of the plan by id, and those it cannot place. ``is_located``: whether ways need coordinates."""
    found, unknown, seen = [], [], set()
    lacks: dict[str, list[Record]] = {}
    for row in sorted(records, key=lambda row: row["id"]):
        name = row["id"]
        if name in seen:
            settings.faults.add(row.at("id"), f"校址编号 {name} 重复", f"the site {name} appears twice")
        seen.add(name)
        word = row.word("existing", YES, settings.faults)
        is_existing, lacking = word == "yes", ""
        if is_located and points[name] is None:
            lacking = "position"
        elif name in doubts:
            lacking = "inside"
        elif is_existing and not row["classes"]:
            lacking = "classes"
        if lacking:
            unknown.append(untold(row, "site", lacking) | {"existing": int(is_existing)})
        elif word:  # else told: blank, or neither yes nor no
            found.append(_site(row, is_existing, lacks, settings) | _place(row, points[name]))
    _tell_lacking(lacks, settings)
    return found, unknown


def _tell_lacking(lacks: Mapping[str, list[Record]], settings: Settings) -> None:
    """Prices that are nowhere: a line for each, with the rows counted."""
    for name, rows in lacks.items():
        column, many = _TOLD[name], len(rows)
        settings.faults.add(
            rows[0].at(f"{name}_wan"),
            f"没有价格：表里{column}有 {many} 行空白（此为首行），costs_wan → {name} 也没有写",
            f"no price: {column} is blank in {many} {'row' if many == 1 else 'rows'} (this is the first), and so is "
            f"costs_wan → {name}",
        )


def _place(row: Record, point: Point | None) -> Json:
    return {} if point is None else {"lon": row["lon"], "lat": row["lat"]}


def _site(row: Record, is_existing: bool, lacks: dict[str, list[Record]], settings: Settings) -> Json:
    faults = settings.faults
    classes = (row.count("classes", faults) or 0) if is_existing else 0
    step = row.count("step", faults, least=1) or int(
        settings.figure("sizes", "step_existing" if is_existing else "step", whole=True, least=1)
    )
    most = row.count("most_classes", faults)
    if most is None and not is_existing:
        faults.add(row.at("most_classes"), "候选校址须写最多教室数", "a candidate needs its most classes")
    least = 0
    if not is_existing:
        given = row.count("least_classes", faults)
        wanted = int(settings.figure("sizes", "least_classes", whole=True)) if given is None else given
        least = -(-max(1, wanted) // step)
    steps = max(0, (classes if most is None else most) - classes) // step
    if most is not None and most < classes:
        settings.doubt(
            row.at("most_classes"),
            f"{row['name']}现有教室 {classes} 间，多于最多教室数 {most}；现有的照算，不能扩建",
            f"{row['name']} has {classes} classrooms, more than its most ({most}); they count, none can be added",
        )
    if not is_existing and most is not None and steps < least:
        faults.add(
            row.at("most_classes"),
            f"最多 {most} 班建不成最少 {least * step} 班的学校",
            f"{most} classes at most, at least {least * step} are needed",
        )
    return {
        "id": row["id"], "name": row["name"], "existing": int(is_existing),
        "classes": [classes] * len(settings.years), "step": step, "least": least, "most": steps,
        "may_close": int(_may_close(row, is_existing, settings)),
        "from": row.count("from", faults) or settings.years[0],
        **_prices(row, is_existing, (step, steps), lacks, settings),
        **_sizes(row, is_existing, settings),
        **_must(row, is_existing, classes, step, least, settings),
    }  # fmt: skip


def _may_close(row: Record, is_existing: bool, settings: Settings) -> bool:
    """By the table; else as the file says of all existing schools (fixed unless it says free)."""
    rule = str(settings.given.get("existing", "fixed"))
    if rule not in ("fixed", "free"):
        settings.faults.add(settings.at("existing"), f"“{rule}”应为 fixed 或 free", "must be fixed or free")
    word = row.word("may_close", YES, settings.faults)
    return is_existing and (word == "yes" or (not word and rule == "free"))


def _prices(
    row: Record,
    is_existing: bool,
    sizes: tuple[int, int],
    lacks: dict[str, list[Record]],
    settings: Settings,
) -> Json:
    """Yuan; a price that is needed and neither in the table nor in the file is noted in ``lacks``: none is assumed."""
    step, steps = sizes
    found: Json = {}
    for key, (name, column) in _COSTS.items():
        given = row.number(column, settings.faults)
        wan = settings.cost(name) if given is None else given
        unused = (
            (name == "open" and is_existing)
            or (name == "close" and not is_existing)
            or (name == "class" and not steps)
        )
        if wan is None and not unused and not row[column]:
            lacks.setdefault(name, []).append(row)
        found[key] = 0 if unused else yuan((wan or Fraction(0)) * (step if name == "class" else 1))
    return found


def _sizes(row: Record, is_existing: bool, settings: Settings) -> Json:
    """Least and most pupils. A school that stands may be as small as it is, unless the table says otherwise."""
    least, most = (row.count(name, settings.faults) for name in ("pupils_least", "pupils_most"))
    if least is None:
        least = 0 if is_existing else int(settings.figure("sizes", "pupils_least", whole=True))
    if most is None:
        most = int(settings.figure("sizes", "pupils_most", whole=True))
    found = {"pupils_least": least, "pupils_most": most}
    if found["pupils_least"] > found["pupils_most"]:
        settings.faults.add(
            row.at("pupils_least"), "最小规模大于最大规模", "the least size is above the most"
        )
    return found


def _must(row: Record, is_existing: bool, classes: int, step: int, least: int, settings: Settings) -> Json:
    """The school an estate must bring: open with so many classes when the estate is handed over."""
    faults: Gathered = settings.faults
    year, wanted = row.count("must_year", faults), row.count("must_classes", faults)
    if year is None:
        if wanted is not None:
            faults.add(row.at("must_year"), "写了须建班数，没有写须建成年份", "classes are due, but no year")
        return {}
    steps = max(least, -(-max(0, (wanted or 0) - classes) // step))
    found: Json = {"year": year, "steps": steps}
    if row["estate"]:
        found["estate"] = row["estate"]
    return {"must": found} if year <= settings.years[-1] else {}


def add_freed(records: list[Record], sites: list[Json], table: list[Record], settings: Settings) -> None:
    """Rooms that other uses give back (or take) from a year on: they stand without any building.

    ``table``: the rows of all sites. What a site that the plan cannot place would get is passed over.
    """
    rows, named = {row["id"]: row for row in sites}, {row["id"]: row for row in table}
    for record in records:
        year = record.count("year", settings.faults)
        classes = record.number("classes", settings.faults, whole=True, least=-(10**4))
        if record["site"] in named and record["site"] not in rows:
            _require_rooms(named[record["site"]], settings.faults)
        elif record["site"] not in rows:
            settings.faults.add(
                record.at("site"), f"没有校址 {record['site']}", f"there is no site {record['site']}"
            )
        elif year is not None and classes is not None:
            row = rows[record["site"]]
            row["classes"] = [
                stood + (int(classes) if at >= year else 0)
                for at, stood in zip(settings.years, row["classes"], strict=True)
            ]
            if min(row["classes"]) < 0:
                settings.faults.add(record.at("classes"), "教室数减到了 0 以下", "classrooms fall below 0")


def _require_rooms(row: Record, faults: Gathered) -> None:
    """Rooms cannot be added to a number that is not known."""
    if not row["classes"] and not any(where == row.at("classes") for where, _ in faults.found):
        faults.add(
            row.at("classes"),
            f"{row['name']}的现有教室数为空，“腾出”的教室无从相加",
            f"the classrooms of {row['name']} are blank: those freed cannot be added to them",
        )
