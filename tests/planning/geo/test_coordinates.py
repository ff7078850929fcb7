import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.planning.geo import from_wgs84, system_of, to_wgs84
from junheng.planning.geo.coordinates import gcj_to_bd

# eviltransform (github.com/googollee/eviltransform), its published test values: WGS and GCJ latitude, longitude
EVIL = [
    (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
    (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
    (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
]


@pytest.mark.parametrize(("lat", "lon", "gcj_lat", "gcj_lon"), EVIL)
def test_published_pairs(lat: float, lon: float, gcj_lat: float, gcj_lon: float) -> None:
    assert from_wgs84(lon, lat, "gcj02") == pytest.approx((gcj_lon, gcj_lat), abs=1e-12)
    assert to_wgs84(gcj_lon, gcj_lat, "gcj02") == pytest.approx((lon, lat), abs=1e-10)


def test_published_values_of_baidu() -> None:
    """coordtransform (github.com/wandergis/coordtransform), its test of 116.404, 39.915."""
    assert from_wgs84(116.404, 39.915, "gcj02") == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-12
    )
    turned = gcj_to_bd(np.asarray(116.404), np.asarray(39.915))
    assert turned == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-12)


@settings(max_examples=examples(200), deadline=None)
@given(
    st.floats(73.6, 135),
    st.floats(18, 53.5),
    st.sampled_from(["gcj02", "bd09", "gk", "gk:105", "cgcs2000", "wgs84"]),
)
def test_there_and_back_within_a_centimetre(lon: float, lat: float, system: str) -> None:
    if system == "gk:105" and abs(lon - 105) > 3:
        lon = 105 + (lon - 105) / 30  # a plane is for its own zone
    back = to_wgs84(
        *(np.atleast_1d(part) for part in from_wgs84(np.atleast_1d(lon), np.atleast_1d(lat), system)), system
    )
    assert (float(back[0][0]), float(back[1][0])) == pytest.approx((lon, lat), abs=1e-7)


def test_nothing_moves_abroad() -> None:
    assert from_wgs84(-79.87, 43.25, "gcj02") == pytest.approx((-79.87, 43.25), abs=0)


def test_gauss_krueger_agrees_with_the_registry() -> None:
    """EPSG:4525 (zone 37 written) and EPSG:4546 (central meridian 111)."""
    pyproj = pytest.importorskip("pyproj")
    lon, lat = np.array([110.0188, 111.4]), np.array([40.0533, 39.2])
    for system, code in (("gk", 4525), ("gk:111", 4546)):
        wanted = pyproj.Transformer.from_crs("EPSG:4490", f"EPSG:{code}", always_xy=True).transform(lon, lat)
        assert np.allclose(from_wgs84(lon, lat, system), wanted, atol=1e-3)
        assert np.allclose(to_wgs84(*wanted, system), (lon, lat), atol=1e-9)
    six = pyproj.Transformer.from_crs("EPSG:4490", "EPSG:4497", always_xy=True).transform(
        lon, lat
    )  # 6-degree zone 19
    assert np.allclose(to_wgs84(*six, "gk"), (lon, lat), atol=1e-9)


@pytest.mark.parametrize("bad", ["mars", "gk:200", "gk:x", ""])
def test_unknown_systems_are_refused(bad: str) -> None:
    with pytest.raises(UserError, match="不认识"):
        system_of(bad)


def test_an_easting_without_its_zone_is_refused() -> None:
    with pytest.raises(UserError, match="带号 0"):
        to_wgs84(np.array([416276.0]), np.array([4435908.5]), "gk")


def test_the_words_of_officers() -> None:
    assert [system_of(word) for word in ("百度", "高德", "GCJ-02", "EPSG:4490", "GK:111")] == [
        "bd09", "gcj02", "gcj02", "cgcs2000", "gk:111",
    ]  # fmt: skip
