"""Problems of real catchments: Hamilton (Ontario) public elementary schools before and after closures.

python make_hamilton.py FOLDER_OF_HAMILTON OUT writes schools, catchments with matching ids, and five problems. Data:
soukhova/hamONdests, CC BY 4.0; nothing of it is shipped. Pupils are spread evenly in their catchment: no homes are public.
"""

import csv
import json
import sys
from pathlib import Path

LAYERS = {
    "2011": ("hwdsb_elem_catchments_2010_11", "SCHNAME"),
    "2016": ("hwdsb_elem_catchments_2015_16", "SchoolName"),
}
SAME = {"105": "104", "348": "346"}  # one school under two ids: Dr. (J. Edgar) Davey, Queen Victoria
MOVED = {"28", "458"}  # Bellmoore, Winona: a new building elsewhere by 2016
HEAD = ("学校标识码", "学校名称", "经度", "纬度", "在校生", "学位", "停办")
PROBLEM = """kind: zone
mode: {mode}
name: Hamilton {title}
county: {{code: "000000", name: Hamilton}}
stage: primary
from: {day}
tables: {{学校: {schools}}}
catchments: {{file: catchments_{today}.geojson, id: id, name: name}}
cut: {{cells: {cells}{beside}}}
limits: {{reach_m: 8000}}
contiguity: connected
weights: {{moved: {moved}}}
"""
BESIDE = ", with: {file: catchments_2016.geojson, id: id, name: name, title: 关停后 2015–16 | after closures}"


def write(source: Path, out: Path, cells: int = 9, moved: int = 500) -> None:
    """Write tables, layers and problems (audits of 2011, 2016 and across the closures; plans of 2016 and of the closures) into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    held = {year: _write_layer(source, out, year) for year in LAYERS}
    rows = {key: row for key, row in _schools(source).items() if key[0] in held[key[1]]}
    for name, pupils_of, schools_of in (
        ("2011", "2011", "2011"),
        ("2016", "2016", "2016"),
        ("closures", "2011", "2016"),
    ):
        _write_schools(out / f"schools_{name}.csv", rows, pupils_of, schools_of)
    made = (
        ("audit_2011", "audit", "2011", "schools_2011.csv", "2010-09-01", ""),
        ("audit_closures", "audit", "2011", "schools_closures.csv", "2015-09-01", BESIDE),
        ("audit_2016", "audit", "2016", "schools_2016.csv", "2016-09-01", ""),
        ("plan_2016", "plan", "2016", "schools_2016.csv", "2016-09-01", ""),
        ("plan_closures", "plan", "2011", "schools_closures.csv", "2015-09-01", BESIDE),
    )
    for name, mode, today, schools, day, beside in made:
        text = PROBLEM.format(
            mode=mode,
            title=name,
            day=day,
            schools=schools,
            today=today,
            beside=beside,
            cells=cells,
            moved=moved,
        )
        (out / f"{name}.yaml").write_text(text, "utf-8")


def _write_layer(source: Path, out: Path, year: str) -> set[str]:
    """Write a year's catchments, two double ids set right; the ids. Schools without one (grades 6–8) have no zone."""
    file, name = LAYERS[year]
    layer = json.loads((source / f"{file}.geojson").read_text("utf-8"))
    for feature in layer["features"]:
        own = feature["properties"]
        feature["properties"] = {"id": _key(str(own["SchoolID"]), year), "name": own[name]}
    (out / f"catchments_{year}.geojson").write_text(json.dumps(layer, ensure_ascii=False), "utf-8")
    return {feature["properties"]["id"] for feature in layer["features"]}


def _key(key: str, year: str) -> str:
    """A school's id in a year's problem; a moved school has another one in its new building."""
    plain = key.split(".")[0]
    return f"{plain}-{year}" if plain in MOVED and year == "2016" else SAME.get(plain, plain)


def _schools(source: Path) -> dict[tuple[str, str], dict[str, str]]:
    """(id, year) → row of every public elementary school."""
    with (source / "hamilton_schools_2011_2016.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if (r["System"], r["Level"]) == ("Public", "Elementary")]
    return {
        (_key(row["SchoolID"], year), year): row for row in rows for year in LAYERS if year in row["Year"]
    }


def _write_schools(
    path: Path, rows: dict[tuple[str, str], dict[str, str]], pupils: str, schools: str
) -> None:
    """Schools of year ``schools`` with the enrolment of year ``pupils``; those gone by then are marked closed."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEAD)
        for key in sorted({key for key, _ in rows}):
            now, then = rows.get((key, pupils)), rows.get((key, schools))
            place = then or now
            if place is None or (now is None and pupils == schools):
                continue
            year = schools if then else pupils
            enrolled = now[f"ON_Enrol_{pupils}"] if now else ""
            seats = int(float(place[f"OTGC{year}"])) if place[f"OTGC{year}"] not in ("", "NA") else ""
            writer.writerow(
                (key, place["Name"], place["lon"], place["lat"], enrolled, seats, "" if then else "是")
            )


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
