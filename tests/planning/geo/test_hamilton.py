"""Real maps: the elementary catchments of Hamilton (Ontario) before and after its closures."""

from collections import Counter
from pathlib import Path

import pytest

from junheng.planning.geo import check_map, read_areas, read_map


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("hwdsb_elem_catchments_2010_11.geojson", {"overlap": 7, "gap": 4}),
        ("hwdsb_elem_catchments_2015_16.geojson", {"crossing": 3}),
    ],
)
def test_what_is_wrong_with_real_catchments(shared_data: Path, name: str, wanted: dict[str, int]) -> None:
    found = Counter(finding.code for finding in check_map(read_map([shared_data / "hamilton" / name])))
    assert {code: found[code] for code in wanted} == wanted


def test_real_schools_lie_within_the_board(shared_data: Path) -> None:
    folder = shared_data / "hamilton"
    boundary = read_areas(folder / "hwdsb_elem_catchments_2015_16.geojson")
    found = check_map(read_map([folder / "hamilton_schools_2011_2016.csv"]), boundary)
    schools = {finding.code for finding in found if finding.where.startswith("hamilton_schools")}
    assert schools == {"same_spot"}
