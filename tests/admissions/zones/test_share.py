"""In-zone pupils for item G13: counted by school and stage, absent while anybody cannot be told."""

from tests.admissions.zones.rows import DAY, road, table

from junheng.admissions import Resident, in_zone_counts, stage_rows
from junheng.data import load_dictionary

TABLE = table(road("A", "北街", 1, 99), road("B", "南街", 1, 99))


def test_counts_by_school_and_stage() -> None:
    residents = [Resident("SA", "primary", f"北街{n}号") for n in range(1, 8)]
    residents += [Resident("SA", "primary", "南街3号"), Resident("SB", "junior", "南街200号")]
    found = in_zone_counts(TABLE, residents, DAY)
    assert [(c.school_id, c.stage, c.pupils, c.in_zone, c.outside, c.in_zone_pupils) for c in found] == [
        ("SA", "primary", 8, 7, 1, 7),
        ("SB", "junior", 1, 0, 1, 0),
    ]
    assert found[0].bounds == (7, 7)


def test_one_who_cannot_be_told_leaves_the_figure_absent() -> None:
    residents = [Resident("SA", "primary", "北街1号")] + [Resident("SA", "primary", "某处")] * 2
    found = in_zone_counts(TABLE, residents, DAY)[0]
    assert found.in_zone_pupils is None
    assert found.bounds == (1, 3)
    assert list(found.undecided.values()) == [2]


def test_rows_fit_the_stage_table() -> None:
    rows = stage_rows(in_zone_counts(TABLE, [Resident("SA", "primary", "北街1号")], DAY), 2027)
    assert rows == [{"year": 2027, "school_id": "SA", "stage": "primary", "pupils": 1, "in_zone_pupils": 1}]
    assert set(rows[0]) <= set(load_dictionary().tables["stage"].columns)
