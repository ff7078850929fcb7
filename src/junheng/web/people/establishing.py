"""The first places and the first administrator of a site that has nobody who could invite."""

import secrets
from collections.abc import Sequence

from django.db import transaction

from junheng.basics import Text, UserError
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.queries import held_today
from junheng.web.people.roles import Kind, Role

_KINDS = {
    4: (Kind.NATION, Kind.PROVINCE, Kind.CITY, Kind.COUNTY),
    3: (Kind.NATION, Kind.PROVINCE, Kind.COUNTY),
    2: (Kind.NATION, Kind.PROVINCE),
}


@transaction.atomic
def establish(
    names: Sequence[str], code: str, year: int, username: str, name: str
) -> tuple[Organisation, str]:
    """The county at the end of ``names`` (nation, province, perhaps city, county) and its administrator's password.

    Of two names (nation, province) it is the province, whose administrator then imports cities and counties.
    Places that stand already are used. Raises UserError for another number of names, a user name that is taken,
    and where an administrator is there who can invite.
    """
    kinds = _KINDS.get(len(names))
    if kinds is None or not all(names):
        raise UserError(
            Text("机构名称不是二至四级", "there are not two, three or four names of places"),
            fix=Text(
                "写成“国家/省/市/县”；直辖市写“国家/市/区”；全省写“国家/省”",
                "write nation/province/city/county, or without a city, or nation/province",
            ),
        )
    _require_nobody(kinds[-1], names[-1], username)
    above: Organisation | None = None
    for kind, word in zip(kinds[:-1], names[:-1], strict=True):
        above = _place(kind, word, above) or add_organisation(None, kind, word, above)
    last = _place(kinds[-1], names[-1], above)
    if last is None:
        last = add_organisation(None, kinds[-1], names[-1], above, code, year)
    password = secrets.token_urlsafe(12)
    account = Account.objects.create_user(username=username, password=password, name=name)
    give_post(None, account, last, Role.ADMINISTRATOR)
    return last, password


def _place(kind: Kind, name: str, above: Organisation | None) -> Organisation | None:
    return Organisation.objects.filter(kind=kind, name=name, parent=above).first()


def _require_nobody(kind: Kind, name: str, username: str) -> None:
    held = Post.objects.filter(held_today(), role=Role.ADMINISTRATOR, account__is_active=True)
    if held.filter(organisation__name=name, organisation__kind=kind).exists():
        raise UserError(
            Text(f"“{name}”已有系统管理员", f"“{name}” has an administrator"),
            fix=Text("请管理员在“人员”页邀请", "ask the administrator to invite on the People page"),
        )
    if Account.objects.filter(username=username).exists():
        raise UserError(Text(f"登录名“{username}”已被使用", f"the user name “{username}” is taken"))
