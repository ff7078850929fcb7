"""What programs send: cells, rows, explanations of a return, the return itself, a workbook."""

from typing import Annotated, Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router, Status, UploadedFile
from pydantic import Field

from junheng.basics import Text
from junheng.standards import list_standards
from junheng.web.api.auth import acts_as
from junheng.web.api.cells import CellsIn, write
from junheng.web.api.filed import FilingOut, RowOut, told_filing, told_row
from junheng.web.api.kinds import Scope
from junheng.web.api.problems import Refusal
from junheng.web.api.routes_filing import return_of
from junheng.web.api.routes_jobs import JobOut, told_job
from junheng.web.api.routes_places import seen
from junheng.web.api.service import Id, Schema, operation
from junheng.web.filing import actions, review
from junheng.web.filing.models import Filing
from junheng.web.filing.permissions import may_fill
from junheng.web.jobs.actions import ask_evaluation, require_code
from junheng.web.jobs.uploads import take
from junheng.web.people.permissions import may_evaluate
from junheng.web.people.roles import Kind

router = Router(tags=["提交 | Submit"])
_CREATED, _ACCEPTED = 201, 202
_FIRST, _LAST = 2000, 2100  # as the dictionary bounds the column

Plain = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]  # no control character reaches the database


class RowIn(Schema):
    """A further row: its table and its key columns."""

    table: str = Field(max_length=40)
    keys: dict[str, Plain] = Field(max_length=8)


class ExplanationIn(Schema):
    """Why an unlikely figure is right; ``key`` as the problem has it."""

    key: str = Field(pattern=r"^[0-9a-f]{64}$")
    words: Plain = Field(min_length=1, max_length=500)


def filled(request: HttpRequest, filing: int) -> Filing:
    """A return this token may fill: its school's own. Raises Http404."""
    found = return_of(request, filing)
    if not may_fill(acts_as(request), found):
        raise Http404
    return found


@operation(
    router, "PUT", "/returns/{filing}/cells", Scope.SUBMIT, Text("写入若干格", "Write cells"), FilingOut
)
def cells(request: HttpRequest, filing: Id, body: CellsIn) -> Any:
    """全部写入或全部不写。给出 seen（看到的旧值）或 revision 而与现值不符时答 409，说明谁改成了什么。
    | All or none. Where `seen` or `revision` is given and is not what stands there: 409, with who typed what."""
    return told_filing(write(acts_as(request), filled(request, filing), body))


@operation(
    router,
    "POST",
    "/returns/{filing}/rows",
    Scope.SUBMIT,
    Text("添加一行", "Add a row"),
    RowOut,
    status=_CREATED,
)
def row(request: HttpRequest, filing: Id, body: RowIn) -> Any:
    """又一个班级、教室或学段。 | A further class, room or stage."""
    made = actions.add_row(acts_as(request), filled(request, filing), body.table, body.keys)
    return Status(_CREATED, told_row(made))


@operation(
    router, "POST", "/returns/{filing}/explanations", Scope.SUBMIT, Text("说明一个经验问题", "Explain the unlikely"),
    FilingOut,
)  # fmt: skip
def explanation(request: HttpRequest, filing: Id, body: ExplanationIn) -> Any:
    """key 取自核对结果。 | `key` as the checks have it."""
    found = filled(request, filing)
    actions.explain(acts_as(request), found, body.key, body.words)
    return told_filing(found)


@operation(
    router, "POST", "/returns/{filing}/submit", Scope.SUBMIT, Text("提交报表", "Submit the return"), FilingOut
)
def submit(request: HttpRequest, filing: Id) -> Any:
    """与网页同一规则：逻辑问题须改完，经验问题须有说明。 | By the same rules as the page."""
    return told_filing(review.submit(acts_as(request), filled(request, filing)))


@operation(
    router, "POST", "/organisations/{organisation}/evaluations", Scope.SUBMIT,
    Text("上传数据请求评估", "Have a workbook evaluated"), JobOut, status=_ACCEPTED,
)  # fmt: skip
def evaluation(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Id,
    file: Annotated[
        UploadedFile, File(description="工作簿 .xlsx，或表格的 .zip | a workbook, or a zip of tables")
    ],
    standard: Annotated[str, Form(max_length=60)],
    year: Annotated[int, Form(ge=_FIRST, le=_LAST)],
) -> Any:
    """与网页同样检查文件；答 202 和任务。 | The same checks as the page; answers 202 and the job."""
    county = seen(request, organisation, Kind.COUNTY)
    if not may_evaluate(acts_as(request), county):
        raise Http404
    if standard not in {one.id for one in list_standards()}:
        raise Refusal(422, Text(f"没有标准 {standard}", f"no standard {standard}"))
    require_code(county, year)
    upload = take(acts_as(request), county, file)
    with transaction.atomic():
        job = ask_evaluation(acts_as(request), county, upload, standard, year)
    response.headers["Location"] = f"/api/v1/jobs/{job.pk}"
    return Status(_ACCEPTED, told_job(job))
