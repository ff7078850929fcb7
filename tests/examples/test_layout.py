"""The made-up geography: written the same again, fitting the example district, whole and connected."""

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from junheng.data import make_district
from junheng.planning.travel import read_roads

NAMES = ("make_layout", "make_roads", "make_years")


@pytest.fixture(scope="session")
def layout(example_district: Path) -> Path:
    return example_district.parent / "layout"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables_are_those_the_programs_write(layout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "examples" / "layout"
    folder.mkdir(parents=True)
    pair = tmp_path / "examples" / "plans" / "pair"
    pair.mkdir(parents=True)
    shutil.copy(layout.parent / "plans" / "pair" / "make_pair.py", pair)
    for name in NAMES:
        shutil.copy(layout / f"{name}.py", folder)
        subprocess.run([sys.executable, str(folder / f"{name}.py")], check=True)
    made = {path.name for path in folder.iterdir() if path.suffix in {".csv", ".geojson"}}
    assert made == {path.name for path in layout.iterdir() if path.suffix in {".csv", ".geojson"}}
    for name in sorted(made):
        assert (folder / name).read_bytes() == (layout / name).read_bytes(), name


def test_pupils_add_up_to_the_district(layout: Path) -> None:
    tables = {name: table.to_pylist() for name, table in make_district(years=[2024]).items()}
    blocks = rows(layout / "blocks.csv")
    for stage, column in (("primary", "小学"), ("junior", "初中")):
        own = Counter[str]()
        for block in blocks:
            own[block[f"现属{column}"]] += int(block[f"{column}生"])
        district = {row["school_id"]: row["pupils"] for row in tables["stage"] if row["stage"] == stage}
        assert own == {school: district[school] for school in own}
        left = {school for school in district if school not in own}
        kinds = {(row["kind"], row["ownership"]) for row in tables["school"] if row["school_id"] in left}
        assert kinds <= {("special", "public"), ("primary", "private")}
    for block in blocks:
        grades = [int(block[f"{digit}年级"]) for digit in "一二三四五六七八九"]
        assert (sum(grades[:6]), sum(grades[6:])) == (int(block["小学生"]), int(block["初中生"]))


def test_recent_history_is_the_district_s(layout: Path) -> None:
    wanted: dict[tuple[int, str, int], int] = defaultdict(int)
    for row in make_district(years=[2022, 2023, 2024])["class"].to_pylist():
        wanted[row["year"], row["school_id"], row["grade"]] += row["pupils"]
    seen = 0
    for row in rows(layout / "history.csv"):
        key = (int(row["年"]), row["学校标识码"], "一二三四五六七八九".index(row["年级"][0]) + 1)
        if key[0] >= 2022:
            assert int(row["在校生"]) == wanted[key]
            seen += 1
    assert seen > 1300


def test_zones_of_today_are_connected(layout: Path) -> None:
    near = defaultdict(set)
    for row in rows(layout / "neighbours.csv"):
        near[row["片块编号"]].add(row["相邻片块编号"])
        near[row["相邻片块编号"]].add(row["片块编号"])
    for column in ("现属小学", "现属初中"):
        zones = defaultdict(set)
        for row in rows(layout / "blocks.csv"):
            zones[row[column]].add(row["片块编号"])
        for school, zone in zones.items():
            reached, open_ends = {min(zone)}, [min(zone)]
            while open_ends:
                fresh = (near[open_ends.pop()] & zone) - reached
                reached |= fresh
                open_ends += fresh
            assert reached == zone, school


def test_blocks_tile_the_district(layout: Path) -> None:
    shapely = pytest.importorskip("shapely")
    read = [
        json.loads((layout / f"{name}.geojson").read_text(encoding="utf-8"))
        for name in ("blocks", "boundary")
    ]
    blocks, (boundary,) = ([shapely.geometry.shape(f["geometry"]) for f in part["features"]] for part in read)
    assert shapely.coverage_is_valid(blocks)
    assert boundary.symmetric_difference(shapely.union_all(blocks)).area < 1e-6 * boundary.area
    assert len(blocks) == len(rows(layout / "blocks.csv")) == 348


def test_every_node_reaches_every_other(layout: Path) -> None:
    from scipy.sparse.csgraph import connected_components

    roads = read_roads(layout / "roads.csv", layout / "nodes.csv")
    assert connected_components(roads.graph(), connection="strong")[0] == 1
    assert roads.unknown_classes == ()
    assert float((roads.metres / roads.straight.clip(1)).min()) > 1 / 1.01
