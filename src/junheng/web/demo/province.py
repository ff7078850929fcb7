"""A made-up province of any size: data by the library, places by the import of workbooks, findings in one pass a year."""

import io
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from junheng.basics import Text, UserError
from junheng.data import make_nation
from junheng.web.demo.judging import STANDARD
from junheng.web.findings.actions import Asked
from junheng.web.findings.in_bulk import evaluate_all
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.imports.actions import carry_out, look, take
from junheng.web.people.imports.columns import COLUMNS, SHEETS
from junheng.web.people.models import Account, Import, Organisation
from junheng.web.people.roles import Kind, Role

NAME = "示例大省（虚构样例）"
_SEED, _COUNTIES_A_CITY = 6100, 10
_TOLD = 10  # counties between two lines of progress
_FIRST_SCHOOL = 500_001  # no code of the made-up city's schools
_FIRST_CITY_CODE = 990_000_001
_PEOPLE = (
    ("province", "省督学（演示）", Role.INSPECTOR),
    ("province-administrator", "省管理员（演示）", Role.ADMINISTRATOR),
)
Row = tuple[str, str, str, str]  # kind, name, code, code of the place above


@dataclass(frozen=True, slots=True)
class Size:
    """How many counties and schools, and the years that are judged, the last one last."""

    counties: int
    schools: int
    years: Sequence[int]


def make_province(size: Size) -> Iterator[Text]:
    """Make it, telling each step. Raises UserError where the site has one already."""
    if Organisation.objects.filter(name=NAME).exists():
        raise UserError(
            Text("站点已有这个虚构的省", "the site has this made-up province already"),
            fix=Text("换一个空的 --home 再试", "try again in an empty --home"),
        )
    folder = Path(settings.HOME) / "demo" / "province"
    make_nation(size.schools, size.years, folder, _SEED, counties=size.counties, first=_FIRST_SCHOOL)
    yield Text(f"数据写在 {folder}", f"data in {folder}")
    with transaction.atomic():
        province, people = _province()
        _add_places(people[-1], province, _rows(folder, size.years[0]), size.years[0])
    yield Text(
        f"{size.counties} 个县、{size.schools} 所学校", f"{size.counties} counties, {size.schools} schools"
    )
    for year in size.years:
        yield from _judged(Asked(folder, STANDARD, year), size.counties)


def _judged(asked: Asked, counties: int) -> Iterator[Text]:
    """All counties of a year, told by the ten."""
    found = evaluate_all(None, asked, lambda _words: None, has_documents=False)
    for count, _ in enumerate(found, 1):
        if count % _TOLD == 0 or count == counties:
            yield Text(f"{asked.year} 年：已评估 {count} 个县", f"{asked.year}: {count} counties judged")


def _province() -> tuple[Organisation, list[Account]]:
    """It and its two accounts, whose passwords go to a file of its own."""
    nation = Organisation.objects.filter(kind=Kind.NATION, name="全国").first()
    nation = nation or add_organisation(None, Kind.NATION, "全国", None)
    province = add_organisation(None, Kind.PROVINCE, NAME, nation)
    path, made = Path(settings.HOME) / "demo-province-accounts.txt", []
    lines = []
    for username, name, role in _PEOPLE:
        password = secrets.token_urlsafe(9)
        made.append(Account.objects.create_user(username, password=password, name=name, is_demo=True))
        give_post(None, made[-1], province, role)
        lines.append(f"{username}\t{password}\t{name}\t{province}\n")
    path.write_text("".join(lines), encoding="utf-8")
    path.chmod(0o600)
    return province, made


def _rows(folder: Path, year: int) -> Iterator[Row]:
    """Cities, counties and schools, as the generated table of schools names them."""
    table = pq.read_table(
        folder / "school.parquet", columns=["school_id", "name", "county_code"], filters=[("year", "=", year)]
    )
    codes = sorted(set(table["county_code"].to_pylist()))
    for number in range(-(-len(codes) // _COUNTIES_A_CITY)):
        yield Kind.CITY.value, f"第{number + 1:02}市", str(_FIRST_CITY_CODE + number), ""
    for number, code in enumerate(codes):
        yield (
            Kind.COUNTY.value,
            f"第{number + 1:03}县",
            code,
            str(_FIRST_CITY_CODE + number // _COUNTIES_A_CITY),
        )
    for row in table.to_pylist():
        yield Kind.SCHOOL.value, row["name"], row["school_id"], row["county_code"]


def _add_places(actor: Account, province: Organisation, rows: Iterator[Row], first_year: int) -> None:
    """By the workbook an administrator would upload, looked at and carried out."""
    content = _workbook(rows, first_year)
    given = take(actor, province, Import.What.ORGANISATIONS, SimpleUploadedFile("机构.xlsx", content))
    plan = look(given)
    if plan.faults:
        fault: Any = plan.faults[0]
        raise UserError(fault.why, where=fault.where)
    carry_out(actor, given, plan.digest)


def _workbook(rows: Iterator[Row], first_year: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(SHEETS[Import.What.ORGANISATIONS])
        sheet.write_row(0, 0, [column.title for column in COLUMNS[Import.What.ORGANISATIONS]])
        for number, (kind, name, code, above) in enumerate(rows, 1):
            sheet.write_row(number, 0, [kind, name, code, above, str(first_year)])
    return out.getvalue()
