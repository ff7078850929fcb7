"""Makes the example ledgers of the made-up district: informatisation, campus safety, conduct, timetable.

The rates are those document 0 prints (internet 100 %, multimedia classes 98 %, live classrooms in 86 % of schools,
closed campus and one-key alarm 100 %, guards of city schools 100 %); everything else is invented.
Run ``python examples/make_ledgers.py`` in the root of the repository.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from junheng.data import check_snapshot, read_input
from junheng.judgement.ledgers import Ledger, ledger_forms, ledger_of
from junheng.judgement.ledgers.schools import LedgerSchool, ledger_schools
from junheng.planning.curriculum import Grade, grades_of, prescribed, timetable_forms
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column

HERE = Path(__file__).parent
YEAR, COUNTY, CHECKED = 2024, "999901", date(2024, 9, 10)
LIVE_SHARE, MULTIMEDIA_SHARE = 0.86, 0.98
WHAT = ("围墙破损", "消防通道堆物", "体育器材松动", "监控死角", "食堂证照过期", "宿舍插座老化")
Row = Sequence[str]


def main() -> None:
    """Write the four books into examples/ledgers."""
    snapshot = check_snapshot(read_input(HERE / "xx_district" / "2024.xlsx")).snapshot
    schools = ledger_schools(snapshot, YEAR, COUNTY)
    target = HERE / "ledgers"
    target.mkdir(exist_ok=True)
    makers: dict[str, Callable[[dict[str, LedgerSchool]], dict[str, list[Row]]]] = {
        "informatisation": informatisation,
        "safety": safety,
        "conduct": conduct,
    }
    for key, make in makers.items():
        (target / f"{key}.xlsx").write_bytes(book(ledger_of(key), make(schools)))
    (target / "timetable.xlsx").write_bytes(timetable(grades_of(snapshot, YEAR, COUNTY)))


def timetable(grades: Sequence[Grade]) -> bytes:
    """Full hours by the shipped curriculum, but for music and art at one school in six, science at one in twenty."""
    short = {"music": 6, "art": 6, "science": 20}
    schools = sorted({grade.school_id for grade in grades})
    rows: list[Row] = []
    for grade in grades:
        for subject in prescribed().subjects.values():
            asked = subject.periods.get(grade.grade)
            if asked is not None:
                lacks = (schools.index(grade.school_id) + 1) % short.get(subject.id, 10**6) == 0
                given = float(asked - lacks)
                rows.append((grade.school_id, str(grade.grade), "", subject.name.zh, f"{given:g}"))
    form = timetable_forms()["period"]
    columns = [Column(heading.title.zh, 16) for heading in form.headings.values()]
    return plain_book([Sheet(form.title.zh, columns, rows)], "课程表（虚构样例）")


def informatisation(schools: dict[str, LedgerSchool]) -> dict[str, list[Row]]:
    """Internet and bandwidth everywhere; classes and live rooms by their shares, spread evenly."""
    rows: list[Row] = []
    done = whole = 0
    for place, (key, school) in enumerate(schools.items(), start=1):
        classes = school.classes or 0
        whole += classes
        with_media = min(classes, -(-int(whole * MULTIMEDIA_SHARE * 1000) // 1000) - done)
        done += with_media
        live = round(place * LIVE_SHARE) > round((place - 1) * LIVE_SHARE)
        for item, value in (
            ("internet", "是"),
            ("bandwidth", "100"),
            ("multimedia_classes", str(with_media)),
            ("live_classroom", "是" if live else "否"),
        ):
            rows.append(record(key, item, value))
    return {"record": rows}


def safety(schools: dict[str, LedgerSchool]) -> dict[str, list[Row]]:
    """All rates in full; forty hazards in all states."""
    rows = [
        record(key, item, value)
        for key, school in schools.items()
        for item, value in (("closed_campus", "是"), ("alarm", "是"), ("unsafe_area", "0"))
        + ((("guards", "是"),) if school.area == "urban" else ())
    ]
    return {"record": rows, "finding": list(hazards(list(schools), Random(40)))}


def hazards(schools: list[str], source: Random) -> Iterator[Row]:
    """Hazards found from September on: mended and reviewed, mended, returned, open and overdue ones."""
    for number in range(1, 41):
        found = CHECKED + timedelta(days=source.randrange(60))
        mended = found + timedelta(days=source.randrange(5, 40)) if number % 4 else None
        reviewed = mended + timedelta(days=5) if mended and number % 4 > 1 else None
        result = "" if reviewed is None else "退回" if number % 12 == 3 else "通过"
        yield (
            f"2024-{number:03d}",
            source.choice(schools),
            "",
            source.choice(WHAT),
            source.choice(("一般", "一般", "较大", "重大")),
            str(found),
            "督导室",
            f"前{number:03d}.jpg",
            "",
            "",
            str(mended or ""),
            f"后{number:03d}.jpg" if mended else "",
            str(reviewed or ""),
            "督导室" if reviewed else "",
            result,
        )


def conduct(schools: dict[str, LedgerSchool]) -> dict[str, list[Row]]:
    """Every item kept but for a few schools; service at every school; five firms."""
    source = Random(5)
    items = [item.id for item in ledger_of("conduct").items]
    rows = [record(key, item, "否" if source.random() < 0.02 else "是") for key in schools for item in items]
    service: list[Row] = []
    for key, school in schools.items():
        wanting = int((school.pupils or 0) * 0.9)
        fee = wanting * 150
        service.append(
            (
                key,
                "方案.pdf",
                str(wanting),
                str(wanting),
                str(fee),
                str(wanting * 50),
                str(wanting * 190),
                "2024-12-20",
            )
        )
    firms: list[Row] = [
        (
            f"F{n:03d}",
            f"示例培训中心{n}",
            "否" if n == 5 else "是",
            "3",
            "8",
            str(60 * n),
            "20",
            str(9000 * n),
            str(9000 * n - 500 * (n == 4)),
        )
        for n in range(1, 6)
    ]
    return {"record": rows, "service": service, "firm": firms}


def record(school: str, item: str, value: str) -> Row:
    """One record, checked on the day, with evidence."""
    return (school, item, value, f"{item}-{school}.jpg", str(CHECKED), "", "")


def book(ledger: Ledger, tables: dict[str, list[Row]]) -> bytes:
    """The workbook with these sheets."""
    sheets = []
    for table, rows in tables.items():
        form = ledger_forms()[table]
        columns = [Column(heading.title.zh, 16) for heading in form.headings.values()]
        sheets.append(Sheet(form.title.zh, columns, rows))
    return plain_book(sheets, f"{ledger.name.zh}台账（虚构样例）")


if __name__ == "__main__":
    main()
