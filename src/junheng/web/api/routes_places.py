"""Organisations: the part of the tree a token may see."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from junheng.basics import Text
from junheng.web.api.auth import acts_as, caller
from junheng.web.api.kinds import Scope
from junheng.web.api.paging import Cursor, Limit, Page, page
from junheng.web.api.service import Id, Schema, operation
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_see
from junheng.web.people.queries import within

router = Router(tags=["机构 | Organisations"])


class CodeOut(Schema):
    """A code and the years it held; ``last_year`` null: to this day."""

    code: str
    first_year: int
    last_year: int | None


class OrganisationOut(Schema):
    """A place of the tree."""

    id: int
    kind: str
    name: str
    parent: int | None
    codes: list[CodeOut]


class CallerOut(Schema):
    """The token that asks."""

    name: str
    prefix: str
    organisation: int
    scopes: list[str]
    expires_at: str


def told(place: Organisation) -> OrganisationOut:
    """A place as the interface tells it."""
    codes = [
        CodeOut(code=one.code, first_year=one.first_year, last_year=one.last_year)
        for one in place.codes.all()
    ]
    return OrganisationOut(id=place.pk, kind=place.kind, name=place.name, parent=place.parent_id, codes=codes)


def seen(request: HttpRequest, organisation: int, *kinds: str) -> Organisation:
    """An organisation this token may see. Raises Http404."""
    found = get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)
    if not may_see(acts_as(request), found) or (kinds and found.kind not in kinds):
        raise Http404
    return found


@operation(router, "GET", "/me", Scope.READ, Text("这个令牌", "This token"), CallerOut)
def me(request: HttpRequest) -> Any:
    """令牌的名称、机构、用途和到期日。 | Its name, organisation, scopes and last day."""
    token = caller(request)
    return CallerOut(
        name=token.name, prefix=token.prefix, organisation=token.organisation_id, scopes=token.scopes,
        expires_at=token.expires_at.isoformat(),
    )  # fmt: skip


@operation(router, "GET", "/organisations", Scope.READ, Text("机构树", "The tree"), Page[OrganisationOut])
def organisations(request: HttpRequest, cursor: Cursor = "", limit: Limit = 100) -> Any:
    """令牌的机构及其以下，按树的次序。 | The token's organisation and all below it, in the order of the tree."""
    rows = within(caller(request).organisation).prefetch_related("codes")
    mine = rows if may_see(acts_as(request), caller(request).organisation) else rows.none()
    return page(mine, "path", cursor, limit, told, is_down=False)


@operation(
    router,
    "GET",
    "/organisations/{organisation}",
    Scope.READ,
    Text("一个机构", "One organisation"),
    OrganisationOut,
)
def organisation(request: HttpRequest, organisation: Id) -> Any:
    """名称、上级和各年代码。 | Name, parent, and its codes by year."""
    return told(seen(request, organisation))
