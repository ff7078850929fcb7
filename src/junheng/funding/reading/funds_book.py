"""From an ordinary input and the sheets 拨付 and 财政 to the frozen problem of operating funds."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from junheng.basics import Text, UserError, sha256_file
from junheng.data import Snapshot, read_input
from junheng.funding.exact import Json
from junheng.funding.library import rules_for
from junheng.funding.problems import Problems
from junheng.funding.reading.money_rows import county_money_of, payments_of, with_reported
from junheng.funding.reading.school_rows import school_rows, schools_of
from junheng.funding.reading.sheets import books_of, read_tables
from junheng.funding.training import training_rule

FORMAT = "junheng/funds/1"
_OWN = ("拨付", "财政")


def read_funds(
    book: Path,
    *,
    year: int,
    region: str = "",
    pupils_year: int | None = None,
    payments: Path | None = None,
    overlays: Sequence[Path] = (),
    on: date | None = None,
) -> Json:
    """The frozen problem of budget ``year`` for the schools whose county code begins with ``region``.

    ``book``: any input of ``junheng evaluate``; the sheets 拨付 and 财政 in it, or in ``payments``. ``pupils_year``:
    1 September of which year counts, where not as the rule says; ``on``: the day up to which sums count, by default
    the last of ``year``. Raises UserError for unreadable input, a year without pupils and a region without schools.
    """
    snapshot = read_input(book)
    problems = Problems()
    _unread(snapshot, problems)
    counties = _with_rules(snapshot, _counties(snapshot, region), year, pupils_year, overlays)
    _require_years(snapshot, {county["pupils_year"] for county in counties.values()}, year)
    paths, index = books_of(payments or book), school_rows(snapshot)
    tables = read_tables(paths, ("payment", "county_money"), problems)
    schools = [
        school
        for code, county in counties.items()
        for school in schools_of(index, code, county["pupils_year"], year, problems)
    ]
    sums = payments_of(tables.get("payment", []), year, schools, problems)
    return {
        "format": FORMAT,
        "year": year,
        "on": (on or date(year, 12, 31)).isoformat(),
        "inputs": _inputs(snapshot, paths),
        "counties": counties,
        "schools": schools,
        "payments": with_reported(sums, schools, problems),
        "county_money": county_money_of(tables.get("county_money", []), list(counties), problems),
        "problems": problems.as_json(),
    }


def _with_rules(
    snapshot: Snapshot, codes: Iterable[str], year: int, pupils_year: int | None, overlays: Sequence[Path]
) -> dict[str, Json]:
    """Each county's rules on the first day of the budget year, its name, and whose pupils count."""
    found, names = {}, _county_names(snapshot)
    for code in codes:
        rules = rules_for(code, date(year, 1, 1), overlays).as_json()
        found[code] = {
            **rules,
            "name": names.get(code) or code,
            "pupils_year": pupils_year or _pupils_year(rules, year),
            "training": training_rule(code, year),
        }
    return found


def _unread(snapshot: Snapshot, problems: Problems) -> None:
    """What reading found amiss, but for the sheets that are ours."""
    for found in snapshot.problems:
        if found.severity == "logic" and not any(found.sheet.startswith(own) for own in _OWN):
            at = f"{found.file} [{found.sheet}] {found.cell or found.row}"
            problems.add(f"{found.check}:{found.cause}", at, found.what, found.fix)


def _counties(snapshot: Snapshot, region: str) -> list[str]:
    codes = sorted(
        {str(code) for code in snapshot.tables["school"].column("county_code").to_pylist() if code}
    )
    found = [code for code in codes if code.startswith(region)]
    if not found:
        raise UserError(
            Text(
                f"没有 {region} 的学校（表中有 {'、'.join(codes)}）",
                f"no school of {region} (there are {codes})",
            ),
            fix=Text("请核对 --region", "check --region"),
        )
    return found


def _county_names(snapshot: Snapshot) -> dict[str, str | None]:
    rows = snapshot.tables["county"].to_pylist() if "county" in snapshot.tables else []
    return {row["county_code"]: row["county_name"] for row in rows}


def _pupils_year(rules: Json, year: int) -> int:
    rule = rules["rules"].get("counting")
    return year if rule is not None and rule["values"]["pupils_of"] == "current" else year - 1


def _require_years(snapshot: Snapshot, wanted: Iterable[int], year: int) -> None:
    absent = sorted(set(wanted) - set(snapshot.years()))
    if absent:
        told = "、".join(map(str, snapshot.years()))
        raise UserError(
            Text(
                f"没有 {absent[0]} 年9月1日的学生数（有 {told}）",
                f"no pupils of 1 September {absent[0]} (there are {told})",
            ),
            why=Text(
                f"{year} 预算年度按规则用 {absent[0]} 年的在校生",
                f"by the rule budget year {year} rests on the pupils of {absent[0]}",
            ),
            fix=Text(
                f"补上该年数据，或用 --pupils-of {snapshot.years()[-1] if snapshot.years() else year} 说明以哪年为准",
                "add that year, or say with --pupils-of which year counts",
            ),
        )


def _inputs(snapshot: Snapshot, paths: Sequence[Path]) -> list[Json]:
    found = {one.name: one.sha256 for one in snapshot.inputs}
    found |= {path.name: sha256_file(path) for path in paths if path.name not in found}
    return [{"name": name, "sha256": sha256} for name, sha256 in sorted(found.items())]
