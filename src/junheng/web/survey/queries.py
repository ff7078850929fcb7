"""Reading surveys: how many came back by group and by school; after the count, what may be shown."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from junheng.judgement.survey import SurveyPlan, group_names
from junheng.web.front.words import half
from junheng.web.people.models import Organisation
from junheng.web.survey.models import Survey

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Returned:
    """Of a group, a school or all: papers asked for, come back, and of these valid (None where that is not told)."""

    name: str
    asked: int
    returned: int
    valid: int | None = None


def surveys_of(county: Organisation) -> QuerySet[Survey]:
    """A county's surveys, newest first, each with ``returned``."""
    found = Survey.objects.filter(county=county).annotate(returned=Count("papers"))
    return found.order_by("-year", "standard")  # said again: what is grouped loses the order of its model


def name_of(group: str) -> str:
    """A group in the reader's language."""
    return half(group_names()[group])


def total_of(survey: Survey) -> Returned:
    """All together: what everybody may know."""
    return Returned("", json.loads(survey.plan)["size"], survey.papers.count())


def groups_returned(survey: Survey, plan: SurveyPlan) -> list[Returned]:
    """By group, in the plan's order: two numbers of papers, nothing of what they say."""
    counted = survey.papers.order_by().values("group")
    found = {
        one["group"]: (one["all"], one["valid"])
        for one in counted.annotate(all=Count("pk"), valid=Count("pk", filter=Q(is_valid=True)))
    }
    return [
        Returned(name_of(group), quota, *found.get(group, (0, 0))) for group, quota in plan.groups.items()
    ]


def schools_returned(survey: Survey, plan: SurveyPlan) -> list[Returned]:
    """By school that hands out codes which say so, slowest first; empty once the codes are gone."""
    counted = survey.codes.exclude(school_id="").order_by().values("school_id")
    found = counted.annotate(all=Count("pk"), used=Count("pk", filter=Q(is_used=True)))
    rows = [
        Returned(plan.schools.get(one["school_id"], one["school_id"]), one["all"], one["used"])
        for one in found
    ]
    return sorted(rows, key=lambda one: (one.returned / one.asked, one.name))


def quotas(plan: SurveyPlan) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Names of the groups asked at schools, and each school's numbers in that order."""
    groups = [group for group in plan.groups if any(s.group == group and s.school_id for s in plan.slots)]
    held: Counter[tuple[str, str]] = Counter()
    for slot in plan.slots:
        held[slot.school_id, slot.group] += slot.quota
    lines = [(name, [held[code, group] for group in groups]) for code, name in plan.schools.items()]
    return [name_of(group) for group in groups], lines


def groups_counted(survey: Survey) -> list[Json]:
    """Every group as the library counted it: for the county's own return, never for a page."""
    groups: list[Json] = json.loads(survey.outcome)["groups"] if survey.outcome else []
    return groups


def shown_of(survey: Survey) -> Mapping[str, Any] | None:
    """The result with small groups left out; None where there is none, or all together are too few."""
    found: Json | None = json.loads(survey.public) if survey.public else None
    return found


def topics_of(survey: Survey) -> list[Json]:
    """Satisfied and answered by question, over all valid papers."""
    if not survey.public:
        return []
    found: list[Json] = json.loads(survey.outcome)["topics"]
    return found
