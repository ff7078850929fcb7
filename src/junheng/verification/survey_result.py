"""A survey's result worked out a second time: papers that count, rates, intervals, verdicts, what is public."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, all_of
from junheng.verification.survey_count import Counted, Held, counted, held_of
from junheng.verification.survey_interval import interval
from junheng.verification.survey_rules import PARENTS, SurveyRules, survey_rules

Json = Mapping[str, Any]
Pairs = Iterator[tuple[str, Any, Any]]
LIBRARY = Path(__file__).parent.parent / "judgement" / "survey" / "library"  # data, not code
_HALF_LAST_PLACE = Decimal("0.000000501")  # ends are printed to six places


def result_pairs(
    folder: Path, papers: Json, outcome: Json, overlays: Sequence[Path], notes: list[Text]
) -> Pairs:
    """What the result states beside what the frozen papers come to."""
    plan = papers["plan"]
    rules = survey_rules(plan, overlays)
    _tell_own(papers, notes)
    yield "标准 standard SHA-256", outcome["manifest"]["standard_sha256"], rules.sha256
    yield "标准 standard SHA-256 (plan)", plan["standard_sha256"], rules.sha256
    found = counted(held_of(papers), plan["groups"])
    yield from refused_pairs(outcome, found)
    yield from _head(outcome, plan, rules, found, papers)
    yield from _groups(outcome, plan, found, papers)
    yield from _topics(outcome, papers)
    yield from _public(folder, outcome, papers)
    yield from _table(folder, outcome)


def _tell_own(papers: Json, notes: list[Text]) -> None:
    """Say where the questionnaire or the method is not the library's."""
    method = yaml.load((LIBRARY / "method.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    asked = yaml.load((LIBRARY / "questionnaires.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    library = [_asked(one) for one in asked["questionnaires"]]
    if {name: str(value) for name, value in papers["method"].items()} != {
        name: method[name] for name in papers["method"]
    }:
        notes.append(
            Text("方法是自备的，照写出的采用", "the method is of your own, taken as it stands: method.yaml")
        )
    if _asked(papers["questionnaire"]) not in library:
        notes.append(
            Text("问卷是自备的，照写出的采用", "the questionnaire is of your own, taken as it stands")
        )


def _asked(told: Json) -> Json:
    return {
        "id": told["id"],
        "overall": told["overall"],
        "questions": [(one["id"], one["topic"]) for one in told["questions"]],
        "scale": [(int(one["value"]), str(one["is_satisfied"]).lower()) for one in told["scale"]],
    }


def refused_pairs(outcome: Json, found: Counted) -> Pairs:
    """The papers that do not count, each with its reason; and the problems told of them."""
    stated = Counter((one["reason"], one["where"]) for one in outcome["invalid"])
    for reason, where in sorted({*stated, *found.refused}):
        key = (reason, where)
        yield f"invalid {reason} {where}", stated[key], found.refused[key]
    told = {
        one["cause"]: sorted(one["where"])
        for one in outcome["problems"]
        if one["cause"].startswith("survey.")
    }
    again: dict[str, list[str]] = {}
    for (reason, where), times in found.refused.items():
        again.setdefault(f"survey.{reason}", []).extend([where] * times)
    yield "problems", told, {cause: sorted(places) for cause, places in again.items()}


def _head(outcome: Json, plan: Json, rules: SurveyRules, found: Counted, papers: Json) -> Pairs:
    yield "plan", [outcome[key] for key in ("standard", "year", "county", "planned")], [
        plan[key] for key in ("standard", "year", "county", "size")
    ]  # fmt: skip
    yield "item", outcome["item"], rules.item
    yield "limit", outcome["limit"], str(rules.rate)
    yield "return_limit", outcome["return_limit"], _text(rules.valid_return)
    yield "confidence", outcome["confidence"], papers["method"]["confidence"]
    yield from _figures("whole", outcome["whole"], found.whole, plan["county"]["residents"], papers)
    rate = _verdict(found.whole.satisfied, found.whole.valid, rules.rate)
    yield "rate_verdict", outcome["rate_verdict"], rate
    back = None
    if rules.valid_return is not None:
        back = _verdict(found.whole.valid, found.whole.issued, rules.valid_return)
    yield "return_verdict", outcome["return_verdict"], back
    yield "verdict", outcome["verdict"], all_of([rate] if back is None else [rate, back])
    ends = interval(*_counts(found.whole), _confidence(papers), plan["county"]["residents"])
    near = ends is not None and Fraction(ends[0]) < rules.rate < Fraction(ends[1])
    yield "limit_within_interval", outcome["limit_within_interval"], near
    yield "weighted_by_plan", outcome["weighted_by_plan"], _text(_weighted(found))
    parents = found.groups[PARENTS].valid if PARENTS in found.groups else 0
    share = Fraction(parents, found.whole.valid) if found.whole.valid else None
    yield "valid_parents", outcome["valid_parents"], _text(share)


def _groups(outcome: Json, plan: Json, found: Counted, papers: Json) -> Pairs:
    yield "groups", [one["group"] for one in outcome["groups"]], list(plan["groups"])
    for one in outcome["groups"]:
        name = one["group"]
        yield from _figures(name, one, found.groups[name], plan["people"].get(name), papers)


def _figures(name: str, told: Json, held: Held, people: int | None, papers: Json) -> Pairs:
    for key in ("issued", "returned", "valid", "satisfied"):
        yield f"{name} {key}", told[key], getattr(held, key)
    yield f"{name} people", told["people"], people
    rate = Fraction(held.satisfied, held.valid) if held.valid else None
    yield f"{name} rate", told["rate"], _text(rate)
    back = Fraction(held.valid, held.issued) if held.issued else None
    yield f"{name} valid_return", told["valid_return"], _text(back)
    ends = interval(*_counts(held), _confidence(papers), people)
    yield f"{name} interval", told["interval"], _printed(told["interval"], ends)


def _printed(told: Sequence[float] | None, ends: tuple[Decimal, Decimal] | None) -> Sequence[float] | None:
    """``told`` where each end is the one found, to the last place printed; else what was found."""
    if ends is None:
        return None
    if told is not None and len(told) == len(ends):
        pairs = zip(told, ends, strict=True)
        if all(abs(Decimal(repr(one)) - end) <= _HALF_LAST_PLACE for one, end in pairs):
            return told
    return [round(float(end), 6) for end in ends]


def _counts(held: Held) -> tuple[int, int]:
    return held.satisfied, held.valid


def _confidence(papers: Json) -> Fraction:
    return Fraction(papers["method"]["confidence"])


def _verdict(part: int, whole: int, limit: Fraction) -> str:
    if not whole:
        return CANNOT_TELL
    return MET if part * limit.denominator >= limit.numerator * whole else NOT_MET


def _weighted(found: Counted) -> Fraction | None:
    """Rates weighed by the papers planned; None where a group that was asked has no valid paper."""
    asked = [held for held in found.groups.values() if held.issued]
    if not asked or not all(held.valid for held in asked):
        return None
    parts = [Fraction(held.issued * held.satisfied, held.valid) for held in asked]
    return sum(parts, Fraction(0)) / sum(held.issued for held in asked)


def _topics(outcome: Json, papers: Json) -> Pairs:
    """The topics' own answers are not frozen: that they may be true, and that of the deciding question."""
    asked, whole = papers["questionnaire"], outcome["whole"]
    told = outcome["topics"]
    yield "topics", [(one["question"], one["topic"]) for one in told], [
        (one["id"], one["topic"]) for one in asked["questions"]
    ]  # fmt: skip
    for one in told:
        may_be = 0 <= one["satisfied"] <= one["answered"] <= whole["valid"]
        yield f"topic {one['question']}", may_be, True
        if one["question"] == asked["overall"]:
            pair = (one["satisfied"], one["answered"])
            yield f"topic {one['question']}", pair, (whole["satisfied"], whole["valid"])


def _public(folder: Path, outcome: Json, papers: Json) -> Pairs:
    """Nothing public of few papers; no small group, nor one alone that the total would give away."""
    path, least = folder / "public.json", int(papers["method"]["suppress_below"])
    is_there = path.is_file()
    yield "public.json", is_there, outcome["whole"]["valid"] >= least
    if not is_there:
        return
    told = json.loads(path.read_text("utf-8"))
    alike = {key: value for key, value in told.items() if key in outcome and key not in ("format", "groups")}
    yield "public.json", alike, {key: outcome[key] for key in alike}
    answered = sorted((one["valid"], one["group"]) for one in outcome["groups"] if one["valid"])
    hidden = [name for valid, name in answered if valid < least]
    hidden = [name for _, name in answered[:2]] if len(hidden) == 1 else hidden
    yield "public.json hidden", sorted(told["hidden"]), sorted(hidden)
    shown = [one for one in outcome["groups"] if one["group"] not in hidden]
    yield "public.json groups", told["groups"], shown


def _table(folder: Path, outcome: Json) -> Pairs:
    """The dictionary's table for the county's return."""
    columns = ("year", "county_code", "respondent_group", "issued", "valid", "satisfied")
    head = (outcome["year"], outcome["county"]["code"])
    wanted = [
        [str(cell) for cell in (*head, one["group"], one["issued"], one["valid"], one["satisfied"])]
        for one in outcome["groups"]
    ]
    with (folder / "survey.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    yield "survey.csv", rows, [list(columns), *wanted]


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
