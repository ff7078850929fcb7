"""What everybody may know: the dictionary of the data, and the standards the site judges by."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from junheng.basics import Text, UserError
from junheng.data import ColumnSpec, TableSpec, load_dictionary
from junheng.standards import StandardHead, list_standards, resolve
from junheng.web.api.problems import Words
from junheng.web.api.service import Schema, operation

router = Router(tags=["词典与标准 | Dictionary and standards"])
Name = Annotated[str, Path(pattern=r"^[a-z0-9_-]{1,60}$")]


class ColumnOut(Schema):
    """A column: type, unit, bounds, the values it may take, and its privacy class."""

    name: str
    heading: Words
    meaning: Words
    type: str
    unit: str | None
    required: bool
    first_year: int | None
    privacy: str
    minimum: float | None
    maximum: float | None
    values: dict[str, Words]
    example: str


class TableHeadOut(Schema):
    """A table: its key columns and how many it has."""

    name: str
    sheet: Words
    meaning: Words
    key: list[str]
    columns: int


class TableSpecOut(Schema):
    """A table with its columns."""

    name: str
    sheet: Words
    meaning: Words
    key: list[str]
    columns: list[ColumnOut]


class StandardOut(Schema):
    """A standard: its document, since when it holds, the hash of its files."""

    id: str
    name: Words
    document: str
    title: str
    in_force_from: str
    is_in_force: bool
    sha256: str


def words(text: Text) -> Words:
    """A pair of the library as JSON."""
    return Words(zh=text.zh, en=text.en)


def told_column(one: ColumnSpec) -> ColumnOut:
    """A column as the interface tells it."""
    return ColumnOut(
        name=one.name, heading=words(one.heading), meaning=words(one.meaning), type=one.type, unit=one.unit or None,
        required=one.required, first_year=one.first_year, privacy=one.privacy, minimum=one.minimum,
        maximum=one.maximum, values={key: words(text) for key, text in one.values.items()}, example=one.example,
    )  # fmt: skip


def told_table(one: TableSpec) -> TableSpecOut:
    """A table as the interface tells it; packages hold it beside their data."""
    columns = [told_column(column) for column in one.columns.values()]
    return TableSpecOut(
        name=one.name, sheet=words(one.sheet), meaning=words(one.meaning), key=list(one.key), columns=columns
    )


@operation(router, "GET", "/dictionary", None, Text("数据词典", "The dictionary"), list[TableHeadOut])
def dictionary(request: HttpRequest) -> Any:
    """各表。 | Its tables."""
    return [
        TableHeadOut(name=one.name, sheet=words(one.sheet), meaning=words(one.meaning), key=list(one.key), columns=len(one.columns))
        for one in load_dictionary().tables.values()
    ]  # fmt: skip


@operation(
    router, "GET", "/dictionary/{table}", None, Text("一张表的各栏", "Columns of a table"), TableSpecOut
)
def table(request: HttpRequest, table: Name) -> Any:
    """类型、单位、取值、隐私级别。 | Type, unit, values and privacy class of each."""
    if table not in load_dictionary().tables:
        raise Http404
    return told_table(load_dictionary().tables[table])


@operation(router, "GET", "/standards", None, Text("标准", "Standards"), list[StandardOut])
def standards(
    request: HttpRequest,
    on: Annotated[
        date | None, Query(description="哪一天有效，缺省今天 | in force on; today when absent")
    ] = None,
) -> Any:
    """站点所用标准，及某日是否有效。 | The standards of the site, and whether each is in force on a day."""
    return [_told(one, on or timezone.localdate()) for one in list_standards()]


def _told(one: StandardHead, on: date) -> StandardOut:
    return StandardOut(
        id=one.id, name=words(one.name), document=one.document, title=one.title,
        in_force_from=one.in_force_from.isoformat(), is_in_force=_is_in_force(one.id, on), sha256=one.sha256,
    )  # fmt: skip


def _is_in_force(standard: str, on: date) -> bool:
    """As the library resolves it: a standard may be repealed, or lack a section on a day."""
    try:
        resolve(standard, on=on)
    except UserError:
        return False
    return True
