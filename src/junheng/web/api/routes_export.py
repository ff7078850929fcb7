"""Exports: a finding or a frozen year as one data package."""

from collections.abc import Iterator, Mapping
from typing import Literal

from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from junheng.basics import Text
from junheng.web.api.auth import acts_as
from junheng.web.api.kinds import Scope
from junheng.web.api.packages import Part, of_finding, of_year, pack
from junheng.web.api.problems import Refusal
from junheng.web.api.routes_filing import year_of
from junheng.web.api.routes_findings import of_county
from junheng.web.api.service import Id, binary, operation
from junheng.web.audit.chain import record

router = Router(tags=["导出 | Export"])
Format = Literal["csv", "parquet", "json"]
_ZIP = "application/zip"


@operation(
    router, "GET", "/findings/{finding}/export.zip", Scope.EXPORT, Text("导出一份结论", "Export a finding"),
    media=binary(_ZIP),
)  # fmt: skip
def finding(request: HttpRequest, finding: Id, format: Format = "csv") -> HttpResponseBase:  # noqa: A002 # its name in the address
    """指标值、单元格、结论、标准、词典和 SHA-256 清单。 | Values, cells, verdict, standard, dictionary, list of SHA-256."""
    found = of_county(request, finding)
    detail = {"finding": found.pk, "format": format}
    return _sent(request, f"finding-{found.pk}", of_finding(found, format), found.county_id, detail)


@operation(
    router, "GET", "/years/{county_year}/export.zip", Scope.EXPORT, Text("导出一个定稿年度", "Export a frozen year"),
    media=binary(_ZIP), also=(409,),
)  # fmt: skip
def year(request: HttpRequest, county_year: Id, format: Format = "csv") -> HttpResponseBase:  # noqa: A002 # its name in the address
    """定稿的各表、词典和 SHA-256 清单；未定稿答 409。 | The frozen tables, dictionary, list of SHA-256; 409 before."""
    found = year_of(request, county_year)
    if found.frozen_at is None:
        raise Refusal(409, Text("这一年还没有定稿", "this year is not frozen yet"))
    detail = {"year": found.year, "format": format}
    return _sent(request, f"year-{found.pk}", of_year(found, format), found.county_id, detail)


def _sent(
    request: HttpRequest, name: str, parts: Iterator[Part], county: int, detail: Mapping[str, object]
) -> HttpResponseBase:
    stream, sha256 = pack(name, parts)
    with transaction.atomic():
        told = {**detail, "sha256": sha256}
        record(acts_as(request), "export.take", "token", acts_as(request).pk, told, organisation_id=county)
    answer = FileResponse(stream, as_attachment=True, filename=f"junheng-{name}.zip", content_type=_ZIP)
    answer.headers["ETag"] = f'"{sha256[:32]}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
