"""Dated versions: what was in force when, what changed, who is affected; the past is not rewritten."""

from pathlib import Path

import pytest
from tests.planning.zone.tables import HEAD, TABLES, said, written

from junheng.planning.zone.problem import read_problem
from junheng.planning.zone.versions import all_versions, assigned, changes, in_force, lineage


def _version(key: str, since: str, zones: str, until: str = "") -> dict[str, object]:
    rows = [{"block": block, "zone": zone} for block, zone in zip("ABC", zones, strict=False)]
    return {"id": key, "from": since, "assignment": rows} | ({"until": until} if until else {})


OLD, NEW = _version("甲", "2019-09-01", "XXY"), _version("乙", "2022-09-01", "XYY")
NO_ZONE = TABLES["片块"].replace(",S1,", ",,").replace(",S2,", ",,")
ROWS = "".join(f"v1,2019-09-01,,{block},S1\n" for block in "ABCDEF")
LATER = "".join(
    f"v2,2022-09-01,,{block},{zone}\n" for block, zone in zip("ABCDEF", ["S1"] * 3 + ["S2"] * 3, strict=True)
)
SHEET = "版本,起始日期,截止日期,片块编号,学区编号\n"


def test_a_version_is_in_force_until_the_day_before_the_next() -> None:
    found = lineage([NEW, OLD])
    assert [(v["id"], v["from"], v.get("until")) for v in found] == [
        ("甲", "2019-09-01", "2022-08-31"),
        ("乙", "2022-09-01", None),
    ]
    assert [(in_force([OLD, NEW], day) or {}).get("id") for day in ("2019-08-31", "2022-08-31", "2022-09-01", "2030-01-01")] == [
        None, "甲", "乙", "乙",
    ]  # fmt: skip


def test_nothing_is_overwritten() -> None:
    before = [OLD.copy(), NEW.copy()]
    lineage(before, _version("丙", "2025-09-01", "YYY"))
    assert before == [OLD, NEW]
    with pytest.raises(ValueError, match="begins before"):
        lineage(before, _version("丙", "2022-09-01", "YYY"))


def test_an_end_of_its_own_leaves_a_gap() -> None:
    ended = _version("甲", "2019-09-01", "XXY", "2021-07-31")
    assert in_force([ended, NEW], "2021-12-01") is None
    assert lineage([ended, NEW])[0]["until"] == "2021-07-31"


def test_what_changed_and_who_is_affected() -> None:
    found = changes(assigned(OLD), {"A": "X", "B": "Y", "D": "Y"}, {"A": 1, "B": 2, "C": 3})
    assert found == [
        {"block": "B", "from": "X", "to": "Y", "pupils": 2},
        {"block": "C", "from": "Y", "to": "", "pupils": 3},
        {"block": "D", "from": "", "to": "Y"},
    ]


def test_the_last_version_is_today(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, 片块=NO_ZONE, 沿革=SHEET + LATER + ROWS))
    assert [v["id"] for v in found["versions"]] == ["v1", "v2"]
    assert assigned(found["today"])["D"] == "S2"
    assert found["blocks"][2]["now"] == ["S1"]


def test_the_plan_becomes_the_next_version(tmp_path: Path) -> None:
    found = read_problem(
        written(tmp_path, HEAD + "version: 2025版\n", 片块=NO_ZONE, 沿革=SHEET + ROWS + LATER)
    )
    plan = {"assignment": [{"block": "A", "zone": "S2"}]}
    versions = all_versions(found, plan)
    assert [(v["id"], v.get("until")) for v in versions] == [
        ("v1", "2022-08-31"), ("v2", "2025-08-31"), ("2025版", None),
    ]  # fmt: skip


def test_todays_zones_are_the_first_version_where_their_day_is_told(tmp_path: Path) -> None:
    found = read_problem(written(tmp_path, HEAD + "today_from: 2019-09-01\n"))
    assert [(v["id"], len(v["assignment"])) for v in found["versions"]] == [("2019-09-01", 6)]


def test_a_gap_between_versions_is_listed(tmp_path: Path) -> None:
    ended = ROWS.replace("2019-09-01,,", "2019-09-01,2021-07-31,")
    found = read_problem(written(tmp_path, 片块=NO_ZONE, 沿革=SHEET + ended + LATER))
    assert any("没有有效的学区" in row["zh"] for row in found["warnings"] if row["about"] == "versions")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (ROWS + LATER.replace("2022-09-01", "2025-09-01"), ["沿革.csv B8", "不能改写"]),
        (ROWS + LATER.replace("2022-09-01", "2019-09-01"), ["同日起始"]),
        (ROWS.replace("2019-09-01,,", "2019-09-01,2023-01-01,") + LATER, ["同时有效"]),
        (ROWS.replace("2019-09-01,,", "2019-09-01,2018-01-01,"), ["截止早于起始"]),
        (ROWS + "v1,2019-09-01,,A,S2\n", ["沿革.csv D8", "两个学区"]),
        (ROWS.replace("2019-09-01,,A", "2019-09-02,,A"), ["两个日期"]),
        (ROWS.replace("2019-09-01,,A", "someday,,A"), ["两个日期"]),
    ],
)
def test_contradictory_versions_are_refused(tmp_path: Path, rows: str, words: list[str]) -> None:
    message = said(written(tmp_path, 片块=NO_ZONE, 沿革=SHEET + rows))
    for word in words:
        assert word in message, message
