"""People of a workbook: who has an account gets the post, the others an invitation."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.chain import Act, record_all
from junheng.web.people.actions import VALID_DAYS, give_post, hashed
from junheng.web.people.imports.organisations import holders
from junheng.web.people.imports.plan import GIVE, INVITE, Plan, Step
from junheng.web.people.imports.reading import Line, Table
from junheng.web.people.models import Account, Invitation, Organisation, Post
from junheng.web.people.queries import held_posts, open_invitations, within
from junheng.web.people.roles import PLACES, Kind, Role

_BATCH = 500
Key = tuple[int, str, str, str]  # organisation, who, role, section


def plan_people(place: Organisation, table: Table) -> Plan:
    """What the rows would do below ``place``."""
    plan = Plan()
    known = holders(line.cells["code"] for line in table.lines)
    named = _accounts(place, {line.cells["username"] for line in table.lines})
    posts, seen = _there(place), set()
    for line in table.lines:
        found = _organisation(place, table, line, known)
        role = line.choices.get("role")
        if found is None or role is None or not line.cells["name"]:
            continue
        section = str(line.choices["section"].value) if "section" in line.choices else ""
        if not _fits(table, line, found, role, section):
            continue
        account = named.get(line.cells["username"]) if line.cells["username"] else None
        if line.cells["username"] and account is None:
            text = Text("本级没有这个登录名", "nobody of your tree has this user name")
            table.fault(line, "username", text)
            continue
        who = f"@{account.pk}" if account else line.cells["name"]
        key = (found.pk, who, str(role.value), section)
        if key in seen:
            table.fault(line, "name", Text("同一单位同名同角色重复", "one name and role twice in one place"))
        elif key in posts:
            plan.same += 1
        else:
            _add(plan, line, found, account, section)
        seen.add(key)
    plan.faults = table.faults
    return plan


def _there(place: Organisation) -> set[Key]:
    """Posts and open invitations there are, by name and by account."""
    found: set[Key] = set()
    for post in held_posts(place):
        for who in (post.account.name, f"@{post.account_id}"):
            found.add((post.organisation_id, who, post.role, post.section))
    for one in open_invitations(place).filter(account=None):
        found.add((one.organisation_id, one.name, one.role, one.section))
    return found


def _accounts(place: Organisation, names: set[str]) -> dict[str, Account]:
    """The accounts of ``names`` that hold or held a post in the tree: of others not even the existence is told."""
    wanted, found = sorted(name for name in names if name), {}
    for start in range(0, len(wanted), _BATCH):
        posts = Post.objects.filter(
            account__username__in=wanted[start : start + _BATCH],
            account__is_active=True,
            account__token=None,  # a token's account has the one post it was made with
            organisation__in=within(place),
        )
        for post in posts.select_related("account"):
            found[post.account.username] = post.account
    return found


def _organisation(place: Organisation, table: Table, line: Line, known: dict) -> Organisation | None:  # type: ignore[type-arg] # of holders
    if not line.cells["code"]:
        return None
    rows = [row.organisation for row in known.get(line.cells["code"], [])]
    inside = [one for one in rows if one.path.startswith(place.path) and not one.closed_on]
    if not inside:
        text = Text("机构代码不存在、已撤销或不在本级之内", "no such open organisation in your tree")
        table.fault(line, "code", text)
        return None
    found: Organisation = inside[0]
    return found


def _fits(table: Table, line: Line, place: Organisation, role: Role, section: str) -> bool:
    if len(line.cells["name"]) > 100:
        table.fault(line, "name", Text("姓名超过 100 字", "the name is over 100 signs"))
    elif Kind(place.kind) not in PLACES[role]:
        table.fault(line, "role", Text("这类机构没有这种角色", "such a place has no such role"))
    elif section and place.kind != Kind.COUNTY:
        table.fault(line, "section", Text("只有县级才有科室", "only a county has sections"))
    else:
        return True
    return False


def _add(plan: Plan, line: Line, place: Organisation, account: Account | None, section: str) -> None:
    role = line.choices["role"]
    text = f"{line.cells['name']} · {place} · {role.label}"
    given = {"name": line.cells["name"], "role": role, "section": section}
    step = Step(line.row, GIVE if account else INVITE, text, given, account, place)
    (plan.changes if account else plan.makes).append(step)


@transaction.atomic
def write_people(actor: Account, plan: Plan) -> list[tuple[Invitation, str]]:
    """Give the posts and make the invitations; returns these with their tokens, which are kept nowhere."""
    for step in plan.changes:
        if step.place is not None:
            give_post(actor, step.target, step.place, step.given["role"], step.given["section"])
    until = timezone.now() + timedelta(days=VALID_DAYS)
    made = []
    for step in plan.makes:
        token = secrets.token_urlsafe(32)
        invitation = Invitation(
            token_sha256=hashed(token),
            organisation=step.place,
            invited_by=actor,
            expires_at=until,
            **step.given,
        )
        made.append((invitation, token))
    Invitation.objects.bulk_create([one for one, _ in made], batch_size=_BATCH)
    record_all(actor, [_act(one) for one, _ in made])
    return made


def _act(one: Invitation) -> Act:
    detail = {"name": one.name, "role": str(one.role), "section": str(one.section)}
    return Act("invitation.send", "invitation", one.pk, detail, one.organisation_id)
