"""What a planned state is due: the same function, from rows with the dictionary's names."""

from pathlib import Path

from tests.funding.books import write_return

from junheng.data import of_year, read_input
from junheng.funding import planned_entitlement, read_funds, work_out


def test_todays_state_as_a_plan_is_due_what_it_is_due_today(tmp_path: Path) -> None:
    book = write_return(tmp_path / "book.xlsx", years=(2023, 2024), boarders=20)
    now = work_out(read_funds(book, year=2024))["schools"][0]["total_yuan"]
    tables = of_year(read_input(book).tables, 2023)
    rows = {name: tables[name].to_pylist() for name in ("school", "stage")}
    planned = planned_entitlement(rows["school"], rows["stage"], budget_year=2024)
    assert [one["total_yuan"] for one in planned.values()] == [now] == ["150000"]


def test_a_merger_costs_the_top_up_and_a_state_without_groups_cannot_be_told() -> None:
    """Two village schools of 40 and 70 are paid as 200 pupils; merged, as 110."""
    village = {"kind": "primary", "county_code": "150999", "ownership": "public", "urban_rural_code": "220"}
    none = {"boarders": 0, "inclusive_pupils": 0, "home_taught_pupils": 0}
    apart = planned_entitlement(
        [{"school_id": name, **village} for name in "ab"],
        [
            {"school_id": name, "stage": "primary", "pupils": pupils, **none}
            for name, pupils in (("a", 40), ("b", 70))
        ],
        budget_year=2024,
    )
    merged = planned_entitlement(
        [{"school_id": "a", **village}],
        [{"school_id": "a", "stage": "primary", "pupils": 110, **none}],
        budget_year=2024,
    )
    assert [one["total_yuan"] for one in apart.values()] == ["72000", "72000"]
    assert merged["a"]["total_yuan"] == "79200"
    bare = planned_entitlement(
        [{"school_id": "a", **village}],
        [{"school_id": "a", "stage": "primary", "pupils": 110}],
        budget_year=2024,
    )
    assert bare["a"]["total_yuan"] is None
