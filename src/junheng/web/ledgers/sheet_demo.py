"""The made-up county's standing sheets: service of nearly every school, firms, purchases old and new."""

from datetime import date

from django.utils import timezone

from junheng.web.audit.chain import record
from junheng.web.ledgers.models import Sheet, SheetRow
from junheng.web.ledgers.reading import County

_FIRMS = (  # number, name, licensed, courses, staff, pupils, hours a week, prepaid, supervised
    ("F001", "XX艺术培训中心（演示）", "yes", 6, 14, 220, 36, 412000, 412000),
    ("F002", "XX体育俱乐部（演示）", "yes", 3, 8, 130, 20, 96000, 80000),
    ("F003", "XX书画社（演示）", "no", 1, 2, 25, 6, 15000, ""),
)
_STOCK = (
    ("books", "图书", 3000, 60000, 10, 12),
    ("computers", "学生用计算机", 45, 180000, 6, 7),
    ("furniture", "课桌椅", 400, 72000, "", 4),
)


def make_sheets(county: County, today: date) -> None:
    """Make them; one entry of the trail tells how many."""
    rows = []
    known = sorted((code, pk) for pk, code in county.codes.items() if code in county.schools)
    for at, (code, pk) in enumerate(known):
        if at % 17:
            rows.append(
                _row(county, pk, Sheet.SERVICE, str(today.year), _service(at, county.schools[code].pupils))
            )
        if at < 4:
            rows += [_row(county, pk, Sheet.STOCK, "", _purchase(one, today.year)) for one in _STOCK]
    names = (
        "firm_id",
        "name",
        "licensed",
        "courses",
        "staff",
        "pupils",
        "weekly_hours",
        "prepaid_yuan",
        "supervised_yuan",
    )
    for firm in _FIRMS:
        cells = {name: str(value) for name, value in zip(names, firm, strict=True) if value != ""}
        rows.append(_row(county, county.place.pk, Sheet.FIRM, str(firm[0]), cells))
    SheetRow.objects.bulk_create(rows, batch_size=500)
    detail: dict[str, object] = {"entries": len(rows)}
    record(None, "ledger.row", "organisation", county.place.pk, detail, organisation_id=county.place.pk)


def _service(at: int, pupils: float | None) -> dict[str, str]:
    wanting = int((pupils or 0) * 0.8)
    taking = wanting - (at % 5 == 0) * 12
    cells = {"plan": f"课后服务方案{at}.pdf", "wanting": str(wanting), "taking": str(taking)}
    cells |= {
        "collected_yuan": str(taking * 150),
        "subsidy_yuan": "20000",
        "spent_yuan": str(taking * 150 + 18000),
    }
    if at % 9:
        cells["published_on"] = f"{timezone.localdate().year}-03-01"
    else:
        del cells["plan"]
    return cells


def _purchase(one: tuple[str, str, int, int, object, int], year: int) -> dict[str, str]:
    category, name, quantity, value, life, age = one
    cells = {"category": category, "name": name, "quantity": str(quantity), "value_yuan": str(value)}
    return {**cells, "acquired_on": f"{year - age}-09-01", **({"life_years": str(life)} if life else {})}


def _row(county: County, place: int, sheet: str, key: str, cells: dict[str, str]) -> SheetRow:
    return SheetRow(
        county=county.place,
        place_id=place,
        sheet=sheet,
        key=key,
        cells=cells,
        by_name="演示",
        at=timezone.now(),
    )
