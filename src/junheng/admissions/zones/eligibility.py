"""Whether a child may apply to a school, and in which class: evidence against a dated rule.

The kinds of evidence (household register, property, residence permit, lease …), whose they must be and by which day are
data. The answer has three values: what hangs on an address or date that cannot be told is not decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from junheng.admissions.applications.rule import Name, RuleSource, read_yaml
from junheng.admissions.complaint import validated
from junheng.admissions.zones.match import match_address
from junheng.admissions.zones.table import ZoneTable
from junheng.basics import Text

State = Literal["eligible", "not_eligible", "cannot_tell"]
_Held = Literal["yes", "no", "unknown"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Need(_Part):
    """One thing a category asks for: evidence of a kind, held by one of ``holders``, dated by a day, in the zone."""

    kind: str
    holders: Annotated[list[str], Field(min_length=1)]
    in_zone: bool = True
    dated_by: date | None = None


class Category(_Part):
    """A way to be eligible; ``code`` is the priority class it gives. All ``needs`` must be met."""

    code: Annotated[int, Field(ge=0)]
    name: Name
    needs: Annotated[list[Need], Field(min_length=1)]


class EligibilityRule(_Part):
    """Kinds of evidence and categories, best first, in force between two days (both included)."""

    format: Literal["junheng/eligibility/1"]
    id: str
    name: Name
    source: RuleSource
    in_force_from: date
    in_force_to: date | None = None
    kinds: dict[str, Name]
    holders: dict[str, Name]
    categories: Annotated[list[Category], Field(min_length=1)]

    @model_validator(mode="after")
    def _known_words(self) -> "EligibilityRule":
        for category in self.categories:
            for need in category.needs:
                if need.kind not in self.kinds:
                    raise ValueError(f"{need.kind} is not among kinds")
                if unknown := set(need.holders) - set(self.holders):
                    raise ValueError(f"{sorted(unknown)[0]} is not among holders")
        if len({category.code for category in self.categories}) < len(self.categories):
            raise ValueError("two categories have one code")
        return self


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document a family shows. ``dated_on``: since when it holds (None: not stated)."""

    kind: str
    holder: str
    address: str
    dated_on: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer for one school: ``code`` is the class, None unless eligible; ``reasons`` tell every step."""

    state: State
    code: int | None
    reasons: tuple[Text, ...]


def read_eligibility_rule(path: Path) -> EligibilityRule:
    """The rule in the YAML file ``path``. Raises UserError naming the key at fault."""
    return validated(EligibilityRule, read_yaml(path), path.name)


def assess(
    rule: EligibilityRule, table: ZoneTable, evidence: Sequence[Evidence], school: str, on: date
) -> Eligibility:
    """Whether a family with ``evidence`` may apply to ``school`` on a day, by the first category it meets.

    A category that cannot be decided stops the search: a lower class than is due must not be given by mistake.
    """
    if on < rule.in_force_from or (rule.in_force_to is not None and on > rule.in_force_to):
        return Eligibility(
            "cannot_tell", None, (Text(f"{on} 本规则不在有效期内", f"the rule is not in force on {on}"),)
        )
    reasons: list[Text] = []
    for category in rule.categories:
        held = [_need(rule, table, evidence, need, school, on) for need in category.needs]
        name = category.name
        told = [reason for _, reason in held]
        zh, en = "；".join(t.zh for t in told), "; ".join(t.en for t in told)
        if all(state == "yes" for state, _ in held):
            reasons.append(Text(f"符合“{name.zh}”：{zh}", f"meets {name.en}: {en}"))
            return Eligibility("eligible", category.code, tuple(reasons))
        if all(state != "no" for state, _ in held):
            reasons.append(Text(f"“{name.zh}”无法判定：{zh}", f"{name.en} cannot be told: {en}"))
            return Eligibility("cannot_tell", None, tuple(reasons))
        reasons.append(Text(f"不符合“{name.zh}”：{zh}", f"does not meet {name.en}: {en}"))
    return Eligibility("not_eligible", None, tuple(reasons))


def _need(
    rule: EligibilityRule, table: ZoneTable, evidence: Sequence[Evidence], need: Need, school: str, on: date
) -> tuple[_Held, Text]:
    """Whether a need is met by any document, with the reason of the best one."""
    kind = rule.kinds[need.kind]
    shown = [item for item in evidence if item.kind == need.kind and item.holder in need.holders]
    if not shown:
        zh = "或".join(rule.holders[holder].zh for holder in need.holders)
        en = " or ".join(rule.holders[holder].en for holder in need.holders)
        return "no", Text(f"没有{zh}的{kind.zh}", f"no {kind.en} of {en}")
    found = [_document(table, item, need, school, on) for item in shown]
    order: tuple[_Held, ...] = ("yes", "unknown", "no")
    state, reason = min(found, key=lambda entry: order.index(entry[0]))
    return state, Text(f"{kind.zh}{reason.zh}", f"{kind.en} {reason.en}")


def _document(table: ZoneTable, item: Evidence, need: Need, school: str, on: date) -> tuple[_Held, Text]:
    if item.valid_to is not None and item.valid_to < on:
        return "no", Text(f"已于 {item.valid_to} 失效", f"expired on {item.valid_to}")
    if need.dated_by is not None and item.dated_on is not None and item.dated_on > need.dated_by:
        return "no", Text(
            f"登记于 {item.dated_on}，晚于 {need.dated_by}", f"dated {item.dated_on}, after {need.dated_by}"
        )
    states: list[tuple[_Held, Text]] = []
    if need.dated_by is not None and item.dated_on is None:
        states.append(("unknown", Text("没有登记日期", "has no date")))
    if need.in_zone:
        states.append(_in_zone(table, item, school, on))
    worst = next((entry for entry in states if entry[0] == "no"), None)
    unknown = next((entry for entry in states if entry[0] == "unknown"), None)
    met = states[-1] if states else ("yes", Text("符合要求", "fits"))
    return worst or unknown or met


def _in_zone(table: ZoneTable, item: Evidence, school: str, on: date) -> tuple[_Held, Text]:
    match = match_address(table, item.address, on)
    if match.state == "cannot_tell":
        return "unknown", Text(
            f"地址无法判定：{match.reason.zh}", f"address cannot be told: {match.reason.en}"
        )
    if school in match.schools:
        return "yes", Text(f"在片区内：{match.reason.zh}", f"lies in the zone: {match.reason.en}")
    return "no", Text(f"不在片区内：{match.reason.zh}", f"lies outside the zone: {match.reason.en}")
