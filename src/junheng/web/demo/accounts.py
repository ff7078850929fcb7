"""The demonstration's people: an account a role, each with a random password, and the file that tells them."""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role, Section

_PEOPLE = (  # user name, name, role, where, what they see
    ("clerk", "填报员（演示）", Role.CLERK, Kind.SCHOOL, "本校：被退回的报表待改正再交"),
    ("head", "校长（演示）", Role.HEAD, Kind.SCHOOL, "本校：结论、报表、隐患整改"),
    ("officer", "业务人员（演示）", Role.OFFICER, Kind.COUNTY, "XX区：审核报表、两源核对、任务"),
    ("leader", "负责人（演示）", Role.LEADER, Kind.COUNTY, "XX区：全部，另可公布、看操作记录"),
    ("inspector", "督学（演示）", Role.INSPECTOR, Kind.CITY, "示例市：XX区、YY县并列，逐层打开到单元格"),
    ("administrator", "管理员（演示）", Role.ADMINISTRATOR, Kind.COUNTY, "XX区：人员、机构、接口"),
)
_SEEN_BY_KEEPER = "XX区：控辍保学台账（未成年人信息）"
_HEADING = "# 登录名 user\t口令 password\t姓名 name\t单位 place\t看什么 what to look at"


def add_people(places: Mapping[Kind, Organisation]) -> list[str]:
    """Make them; a line of each for the file."""
    lines = []
    for username, name, role, kind, seen in _PEOPLE:
        password = secrets.token_urlsafe(9)
        account = Account.objects.create_user(username=username, password=password, name=name, is_demo=True)
        section = Section.STATISTICS.value if role == Role.OFFICER else ""
        give_post(None, account, places[kind], role, section)
        lines.append(f"{username}\t{password}\t{name}\t{places[kind]}\t{seen}")
    return lines


def write_accounts(lines: Iterable[str], keeper: Iterable[str], others: Iterable[str]) -> Path:
    """The file of who signs in how and sees what, for its owner alone; ``others``: what is tried without an account."""
    path = Path(settings.HOME) / "demo-accounts.txt"
    told = [_HEADING, *lines, *(f"{line}\t{_SEEN_BY_KEEPER}" for line in keeper)]
    told += [f"# {one}" for one in others]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return path
