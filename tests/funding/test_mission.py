"""The sums that the mission's documents print: what their facts give, and how far that is from what they print."""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.funding.books import ARCHIVE

from junheng.funding import exact, planned_entitlement, read_aid, rules_for, work_out_aid

HOHHOT, BAOTOU = "150102", "150202"


def _due(pupils: dict[str, int], region: str, year: int, **counts: int) -> dict[str, Any]:
    """All pupils of a city as one school: the base does not depend on how they are spread, but for small schools."""
    row = {
        "school_id": "1",
        "name": "全市",
        "kind": "nine_year",
        "county_code": region,
        "ownership": "public",
        "urban_rural_code": "111",
    }
    told = {"boarders": 0, "bilingual_pupils": 0, "inclusive_pupils": 0, "home_taught_pupils": 0, **counts}
    stages = [
        {"school_id": "1", "stage": stage, "pupils": number, **told} for stage, number in pupils.items()
    ]
    return planned_entitlement([row], stages, budget_year=year)["1"]


def test_document_0_prints_more_than_its_printed_pupils_alone_are_due() -> None:
    """186,000 and 89,000 pupils at 650 and 850: 196.55 million; 272 million were paid."""
    pupils = {"primary": 186_000, "junior": 89_000}
    base = exact(_due(pupils, HOHHOT, 2020)["total_yuan"])
    assert base == 196_550_000
    paid = Fraction(272_000_000)
    assert paid - base == 75_450_000
    # Even if every pupil boarded and were taught in two languages, it would come to less than was paid.
    most = sum(
        exact(_due({stage: number}, HOHHOT, 2020, boarders=number, bilingual_pupils=number)["total_yuan"])
        for stage, number in pupils.items()
    )
    assert most == 271_205_000
    assert most < paid


def test_document_0s_amounts_are_those_of_the_rules() -> None:
    held = rules_for(HOHHOT, date(2020, 1, 1)).held
    assert held["base"].values == {"primary": "650", "junior": "850"}
    assert (held["bilingual"].values["rate"], held["boarding"].values["amount"]) == ("0.1", "200")
    assert held["special"].values["amount"] == "6000"


def test_document_3s_sums_bound_the_pupils_but_do_not_give_them() -> None:
    """205.64 million in 2017 at 600 and 800: 257,050 pupils at least were they all junior, 342,733 if all primary."""
    base = rules_for(BAOTOU, date(2017, 1, 1)).held["base"].values
    paid = Fraction(205_640_000)
    assert paid / exact(base["junior"]) == 257_050
    assert int(paid / exact(base["primary"])) == 342_733
    assert round(float(Fraction(190_590_000) / paid), 4) == 0.9268


def _shared_out(total: int, rows: int) -> list[int]:
    """``total`` yuan over ``rows`` in whole yuan, as even as may be."""
    each, rest = divmod(total, rows)
    return [each + (place < rest) for place in range(rows)]


def test_document_2s_archive_of_90660_pupil_times(tmp_path: Path) -> None:
    poor, others = _shared_out(36_190_000, 61_850), _shared_out(54_610_000 - 36_190_000, 90_660 - 61_850)
    loans = _shared_out(64_820_000, 8_470)
    with (tmp_path / "资助档案.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ARCHIVE)
        for word, sums in (("建档立卡", poor), ("其他困难", others)):
            writer.writerows(
                (
                    f"{word[:1]}{n // 2:05}",
                    "",
                    "小学",
                    word,
                    "地方资助",
                    ("2021秋", "2022春")[n % 2],
                    yuan,
                    "2022-06-01",
                )
                for n, yuan in enumerate(sums)
            )
        writer.writerows(
            (f"D{n:05}", "", "大学", "其他困难", "生源地信用助学贷款", "2021秋", yuan, "2021-11-01")
            for n, yuan in enumerate(loans)
        )
    found = work_out_aid(read_aid(tmp_path, on=date(2022, 8, 31)))
    assert (found["totals"]["all"]["times"], found["totals"]["all"]["yuan"]) == (90_660, "54610000")
    of_poor = found["totals"]["category"]["registered_poor"]
    assert (of_poor["times"], of_poor["yuan"]) == (61_850, "36190000")
    assert (found["apart"]["all"]["times"], found["apart"]["all"]["yuan"]) == (8_470, "64820000")
    assert found["findings"] == found["problems"] == []
