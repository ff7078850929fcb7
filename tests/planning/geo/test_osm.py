from pathlib import Path

import pytest
from tests.planning.geo.shapes import KM, corner

from junheng.basics import UserError
from junheng.planning.geo import import_osm
from junheng.planning.travel import read_roads, speed_of, ways

osmium = pytest.importorskip("osmium")
NODES = {
    1: (0.0, 0.0),
    2: (1.0, 0.0),
    3: (2.0, 0.0),
    4: (1.0, 1.0),
    5: (1.5, 0.0),
    6: (1.0, 2.0),
    9: (50.0, 50.0),
    8: (51.0, 50.0),
}
WAYS = [
    (11, [1, 2, 5, 3], {"highway": "residential"}),
    (12, [2, 4], {"highway": "tertiary", "oneway": "yes"}),
    (13, [4, 6], {"highway": "footway", "oneway": "-1"}),
    (14, [1, 6], {"highway": "proposed"}),
    (15, [1, 6], {"highway": "residential", "access": "private"}),
    (16, [9, 8], {"highway": "primary"}),
    (17, [3, 6], {"waterway": "river"}),
]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "made_up.osm.pbf"
    writer = osmium.SimpleWriter(str(path))
    for node, place in NODES.items():
        writer.add_node(osmium.osm.mutable.Node(id=node, location=corner(*place), version=1))
    for number, nodes, tags in WAYS:
        writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags, version=1))
    writer.close()
    return path


def test_roads_are_cut_where_they_meet(extract: Path, tmp_path: Path) -> None:
    assert import_osm(extract, tmp_path / "out") == (7, 5)  # node 5 only bends the road
    roads = read_roads(tmp_path / "out" / "roads.csv", tmp_path / "out" / "nodes.csv")
    assert set(roads.names) == {"n1", "n2", "n3", "n4", "n6", "n8", "n9"}
    places = {
        name: (float(lon), float(lat)) for name, (lon, lat) in zip(roads.names, roads.points, strict=True)
    }
    near = ways(places, places, limit=5000, roads=roads)
    assert near.of("n1") == {
        "n1": 0,
        "n2": pytest.approx(1000, abs=2),
        "n3": pytest.approx(2000, abs=2),
        "n4": pytest.approx(2000, abs=2),
    }
    assert "n2" not in near.of("n4")  # one way
    assert near.of("n6")["n4"] == pytest.approx(1000, abs=2)  # drawn against its direction
    assert near.cut_off == ("n8", "n9")
    assert ways(places, places, limit=3600, roads=roads, speed=speed_of("walk")).of("n4")["n2"] > 0
    assert roads.unknown_classes == ()


def test_the_box_leaves_out_what_lies_elsewhere(extract: Path, tmp_path: Path) -> None:
    box = (104.9, 36.9, 105.1, 37.0 + 5 * KM)
    assert import_osm(extract, tmp_path / "out", box) == (5, 4)


def test_bad_extracts_are_refused(extract: Path, tmp_path: Path) -> None:
    (tmp_path / "a.osm.pbf").write_bytes(b"nothing of the kind")
    with pytest.raises(UserError, match="无法读取"):
        import_osm(tmp_path / "a.osm.pbf", tmp_path / "out")
    with pytest.raises(UserError, match="没有道路"):
        import_osm(extract, tmp_path / "out", (0.0, 0.0, 1.0, 1.0))
