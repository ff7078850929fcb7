"""A county's own values of the rules: set by its leader, validated by the library, never overwritten."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from junheng.basics import Text
from junheng.judgement.monitoring import Rule
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.monitoring.library import STAGE_MARK, overlay_of, own_values, region_of, rules_by
from junheng.web.monitoring.models import OwnValue
from junheng.web.monitoring.writing import NEEDS_REASON, words_of
from junheng.web.people.models import Account, Organisation

SETTABLE = frozenset({"known"})  # certainty of lines that no authority states: the software's own defaults


@transaction.atomic
def set_value(
    actor: Account, county: Organisation, rule: str, line: str, value: str, why: str, now: datetime
) -> OwnValue:
    """A county's own value of a rule's line; "" gives the library's back. Gaps opened before keep theirs.

    Raises ValidationError for a line the rule has not, no number, no reason; UserError as the library does, and
    nothing is kept.
    """
    said = words_of(why, needed=NEEDS_REASON).zh
    given = _number(value)
    region, on = region_of(county, localdate(now).year), localdate(now)
    Organisation.objects.select_for_update().get(pk=county.pk)
    _require_line(rules_by("", region, on), rule, line)
    before = OwnValue.objects.filter(county=county, rule=rule, name=line, is_current=True)
    was = before.values_list("value", flat=True).first() or ""
    before.update(is_current=False)
    made = OwnValue.objects.create(
        county=county,
        rule=rule,
        name=line,
        value=given,
        why=said,
        by=actor,
        by_name=actor.name,
        at=now,
    )
    rules_by(overlay_of(own_values(county), region), region, on)
    detail = {"rule": rule, "line": line, "was": was, "value": given, "why": said}
    record(actor, "rule.value", "rule", rule, detail, organisation_id=county.pk)
    return made


def _number(value: str) -> str:
    said = value.strip()
    try:
        is_number = not said or Decimal(said).is_finite()
    except InvalidOperation:
        is_number = False
    if not is_number:
        raise ValidationError(
            half(Text("取值须是数字；留空即恢复原值", "a number, or nothing for the library's"))
        )
    return said


def lines_of(rule: Rule) -> dict[str, str]:
    """A rule's lines as text; one that differs by stage has an entry a stage, ``line:stage``."""
    found: dict[str, str] = {}
    for name, line in rule.lines.items():
        if isinstance(line, Decimal):
            found[name] = format(line, "f")
        else:
            found |= {f"{name}{STAGE_MARK}{stage}": format(one, "f") for stage, one in line.items()}
    return found


def is_settable(rule: Rule) -> bool:
    """Whether a county may set the rule's lines: the software's own defaults, not what an authority's text states."""
    return rule.citation.certainty in SETTABLE


def _require_line(rules: tuple[Rule, ...], rule: str, line: str) -> None:
    found = next((one for one in rules if one.id == rule), None)
    if found is None or line not in lines_of(found):
        raise ValidationError(half(Text("没有这条规则或界线", "no such rule or line")))
    if not is_settable(found):
        words = Text(
            "这条界线出自文件原文，不能改", "the line stands in an authority's text: it cannot be changed"
        )
        raise ValidationError(half(words))
