"""The sheets 拨付 (sums due and received) and 财政 (a county's yearly figures) as rows of a frozen problem."""

from collections.abc import Sequence

from junheng.basics import Text
from junheng.funding.exact import Json, exact, summed
from junheng.funding.problems import Problems
from junheng.funding.reading.sheets import Record


def payments_of(
    records: Sequence[Record], year: int, schools: Sequence[Json], problems: Problems
) -> list[Json]:
    """The rows of the sheet 拨付 for ``year``; sums for schools not listed and doubled rows are noted."""
    known = {school["school_id"] for school in schools}
    found: list[Json] = []
    seen: dict[tuple[str | None, ...], str] = {}
    for record in records:
        if record["year"] not in (str(year), None):
            continue
        if record["school_id"] not in known:
            what = Text("拨付给不在名单上的学校", "a sum for a school that is not listed")
            fix = Text("请核对学校标识码", "check the school's code")
            problems.add("unknown_school", record.at("school_id"), what, fix)
            continue
        key = tuple(record[name] for name in ("school_id", "kind", "yuan", "on", "document"))
        if key in seen:
            what = Text("同校同日同额登记了两次", "the same sum of the same day is entered twice")
            fix = Text("确为两笔的请写明不同文号", "if they are two, give each its own document number")
            problems.add("doubled_payment", f"{record.at()}（同 {seen[key]}）", what, fix)
        seen.setdefault(key, record.at())
        found.append({name: record[name] for name in ("school_id", "kind", "yuan", "on", "document")})
        found[-1]["at"] = record.at("yuan")
        if record["year"] is None:  # whose year it is of nobody knows: what the school received is unknown
            found[-1]["yuan"] = None
    return found


def with_reported(payments: list[Json], schools: Sequence[Json], problems: Problems) -> list[Json]:
    """``payments``, and where none is recorded as received what the school's return says it received, without a day.

    Where both say something else, that is noted, and the recorded sums stay.
    """
    found = list(payments)
    for school in schools:
        reported = school["reported_received_yuan"]
        own = [
            row
            for row in payments
            if row["school_id"] == school["school_id"] and row["kind"] in ("received", "advance", None)
        ]
        if reported is None or any(row["yuan"] is None or row["kind"] is None for row in own):
            continue
        if not own:
            row = {"school_id": school["school_id"], "kind": "received", "yuan": reported, "on": None}
            found.append({**row, "document": None, "at": school["finance_at"]})
        elif summed(row["yuan"] for row in own) != exact(reported):
            what = Text("“拨付”的到账与“经费”所报不符", "sums received differ from those of the return")
            fix = Text("请核对，以哪一个为准", "see which of them is right")
            problems.add("received_differs", school["finance_at"], what, fix)
    return found


def county_money_of(records: Sequence[Record], counties: Sequence[str], problems: Problems) -> list[Json]:
    """The rows of the sheet 财政; of two rows for one county and year neither is taken."""
    found: dict[tuple[str, str], Json] = {}
    for record in records:
        code, year = record["county_code"], record["year"]
        if code is None or year is None or code not in counties:
            continue
        if (code, year) in found:
            what = Text("同一县同一年填了两行", "two rows for one county and year")
            problems.add("doubled_county", record.at(), what, Text("请留一行", "keep one of them"))
            found[code, year]["values"] = {}
            continue
        values = {name: record[name] for name in record.values if name not in ("year", "county_code")}
        found[code, year] = {"county_code": code, "year": int(year), "values": values, "at": record.at()}
    return list(found.values())
