"""Writing the organisations of a plan in a few statements, paths and trail with them."""

import secrets

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, LPad

from junheng.web.audit.chain import Act, record_all
from junheng.web.people import tree
from junheng.web.people.imports.organisations import holders
from junheng.web.people.imports.plan import Plan, Step
from junheng.web.people.imports.reading import Line
from junheng.web.people.models import Account, Organisation, OrganisationCode
from junheng.web.people.roles import Kind

_BATCH = 500


@transaction.atomic
def write_organisations(actor: Account, plan: Plan) -> None:
    """Make and change what is planned, each with its entry in the trail. Raises ValidationError, and writes nothing."""
    made: dict[int, Organisation] = {}
    for kind in Kind:  # from the top down: a parent of the sheet is there before its children
        steps = [step for step in plan.makes if step.given["kind"] == kind]
        if steps:
            _make(actor, steps, made)
    for step in plan.changes:
        tree.rename(actor, step.target, step.given["name"])
        if step.given["moves"]:
            tree.move(actor, step.target, _place(step.given["parent"], made))
        if step.given["held"].last_year != step.given["last"]:
            tree.end_code(actor, step.given["held"], step.given["last"])


def _make(actor: Account, steps: list[Step], made: dict[int, Organisation]) -> None:
    mark = f"~{secrets.token_hex(8)}"  # a path of nobody's, until the numbers are known
    new = [
        Organisation(
            kind=step.given["kind"],
            name=step.given["name"],
            parent=_place(step.given["parent"], made),
            path=f"{mark}{number}",
        )
        for number, step in enumerate(steps)
    ]
    Organisation.objects.bulk_create(new, batch_size=_BATCH)
    above = Organisation.objects.filter(pk=OuterRef("parent_id")).order_by().values("path")[:1]
    own = LPad(Cast("pk", CharField()), 9, Value("0"))
    Organisation.objects.filter(path__startswith=mark).update(
        path=Concat(Subquery(above), own, Value("/"), output_field=CharField())
    )
    codes = []
    for step, one in zip(steps, new, strict=True):
        one.path = one.path_below(one.parent)
        made[step.row] = one
        given = step.given
        codes.append(
            OrganisationCode(
                organisation=one, code=given["code"], first_year=given["first"], last_year=given["last"]
            )
        )
    OrganisationCode.objects.bulk_create(codes, batch_size=_BATCH)
    record_all(actor, [_act(step, one) for step, one in zip(steps, new, strict=True)])


def _act(step: Step, one: Organisation) -> Act:
    detail = {"kind": str(one.kind), "name": one.name, "code": step.given["code"], "row": step.row}
    return Act("organisation.add", "organisation", one.pk, detail, one.pk)


def _place(parent: Organisation | Line, made: dict[int, Organisation]) -> Organisation:
    """The organisation a parent is: itself, the row just made, or the one that has the row's code."""
    if isinstance(parent, Organisation):
        return parent
    if parent.row in made:
        return made[parent.row]
    return holders([parent.cells["code"]])[parent.cells["code"]][0].organisation
