from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.travel import read_roads, ways

NODES = "结点编号,经度,纬度\n1,105.0,37.0\n2,105.01,37.0\n3,105.02,37.0\n"


def written(folder: Path, edges: str, nodes: str = NODES) -> tuple[Path, Path]:
    for name, text in (("roads.csv", edges), ("nodes.csv", nodes)):
        (folder / name).write_text(text, encoding="utf-8-sig")
    return folder / "roads.csv", folder / "nodes.csv"


def test_two_way_unless_said(tmp_path: Path) -> None:
    found = read_roads(*written(tmp_path, "起点,终点,长度米,等级,单向\n1,2,900,县道,否\n2,3,950,怪路,是\n"))
    assert (found.names, len(found.metres)) == (("1", "2", "3"), 3)
    assert found.unknown_classes == ("怪路",)
    assert set(found.class_names) == {"town", ""}
    places = {name: tuple(point) for name, point in zip(found.names, found.points.tolist(), strict=True)}
    reached = ways(places, places, limit=5000, roads=found)  # type: ignore[arg-type] # rows of two
    assert reached.of("1") == {"1": 0, "2": 900, "3": 1850}
    assert reached.of("3") == {"3": 0}


def test_english_headings_and_no_class(tmp_path: Path) -> None:
    found = read_roads(
        *written(tmp_path, "from,to,length_m\n1,2,900.5\n", "id,lon,lat\n1,105,37\n2,105.01,37\n")
    )
    assert found.metres.tolist() == [900.5, 900.5]


def test_all_faults_at_once_with_their_cells(tmp_path: Path) -> None:
    edges = "起点,终点,长度米,等级,单向\n1,9,900,,否\n1,2,很远,,否\n1,2,-5,,也许\n"
    with pytest.raises(UserError) as caught:
        read_roads(*written(tmp_path, edges))
    said = str(caught.value)
    for place in ("roads.csv B2", "roads.csv C3", "roads.csv C4", "roads.csv E4"):
        assert place in said
    assert "no node '9'" in said
    assert "4 处" in said


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ("结点编号,经度,纬度\n1,105,37\n1,105,38\n", "结点编号重复"),
        ("结点编号,经度,纬度\n1,37,105\n", "不是纬度"),
        ("结点编号,经度,纬度\n1,,37\n", "不是经度"),
        ("结点编号,经度,纬度\n,105,37\n", "结点没有编号"),
        ("结点编号,经度\n1,105\n", "纬度"),
        ("结点编号,经度,纬度\n", "没有结点"),
    ],
)
def test_bad_nodes(tmp_path: Path, nodes: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_roads(*written(tmp_path, "起点,终点,长度米\n1,1,5\n", nodes))


def test_no_road_and_no_column(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有道路"):
        read_roads(*written(tmp_path, "起点,终点,长度米\n"))
    with pytest.raises(UserError, match="终点"):
        read_roads(*written(tmp_path, "起点,长度米\n1,5\n"))
