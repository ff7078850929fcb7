import pytest

from junheng.basics import UserError
from junheng.planning.travel import limits, speed_from, speed_of, speeds


def test_every_speed_says_where_it_comes_from() -> None:
    assert set(speeds()) == {"walk", "bus", "car"}
    for speed in speeds().values():
        assert "本系统默认" in speed.source.zh
        assert "own default" in speed.source.en
        assert all(value >= 0 for value in (*speed.kmh.values(), speed.other, speed.wait_s))
    assert speed_of("步行").metres_a_second("town") == 1.0
    assert speed_of("bus").metres_a_second("trunk") * 3.6 == 40


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(UserError, match="不认识的出行方式"):
        speed_of("飞机")


def test_the_limits_of_a_grade() -> None:
    third, seventh = limits(3), limits(7)
    assert {limit.id for limit in third} == {
        "walk_low_grades",
        "commute",
        "radius_primary",
        "radius_rural_hebei",
    }
    assert {limit.id: limit.minutes or limit.metres for limit in seventh} == {
        "commute": 40,
        "radius_junior": 1000,
    }
    assert "walk_low_grades" not in {limit.id for limit in limits(4)}
    assert all(limit.source and limit.mark in {"checked", "unchecked", "local"} for limit in limits())


def test_a_county_s_own_speed() -> None:
    own = speed_from(
        {"mode": "bus", "kmh": {"县道": "36", "other": "18"}, "wait_s": "240", "source": "2025 年实测"}
    )
    assert own.metres_a_second("town") == 10.0
    assert own.metres_a_second("trunk") == speed_of("bus").metres_a_second("trunk")
    assert (own.other, own.wait_s, own.source.zh) == (18.0, 240.0, "2025 年实测")
    assert speed_from({"mode": "步行"}) == speed_of("walk")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"mode": "bus", "kmh": {"town": "25"}}, "没有写来源"),
        ({"mode": "bus", "kmh": {"天路": "25"}, "source": "x"}, "不认识的道路等级"),
        ({"mode": "bus", "kmh": {"town": "快"}, "source": "x"}, "不是 0 到 200"),
        ({"mode": "bus", "kmh": {"town": "-3"}, "source": "x"}, "不是 0 到 200"),
        ({"mode": "bus", "wait_s": "nan"}, "不是 0 到 7200"),
        ({}, "不认识的出行方式"),
    ],
)
def test_a_doubtful_speed_is_refused(entry: dict[str, object], said: str) -> None:
    with pytest.raises(UserError, match=said):
        speed_from(entry)
