"""Who may apply: registered long enough and not below the lowest score, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from junheng.admissions.quota.allocate import Allocation
from junheng.admissions.quota.exact_text import shown
from junheng.admissions.quota.problem import Pupil, Senior
from junheng.admissions.quota.rules import AdmissionRule
from junheng.basics import Text, UserError


@dataclass(frozen=True, slots=True)
class Screened:
    """A pupil after the conditions: the wishes open to him, or why there is none (``outcome`` None: he stands)."""

    pupil: Pupil
    open_wishes: tuple[str, ...]
    outcome: Literal["not_eligible", "below_line", "no_wish"] | None
    reason: Text | None


def screen(allocation: Allocation, rule: AdmissionRule) -> list[Screened]:
    """Every pupil in the order of the sheet. Raises UserError where a line the rule needs is absent."""
    years = allocation.rules.eligibility.years if allocation.rules.eligibility else Fraction(0)
    seniors = {senior.id: senior for senior in allocation.given.seniors}
    lines = {id_: _line(senior, rule) for id_, senior in seniors.items()}
    return [_screened(pupil, years, lines, seniors) for pupil in allocation.given.pupils]


def _line(senior: Senior, rule: AdmissionRule) -> Fraction | None:
    asked = rule.minimum_score
    if asked.kind == "none":
        return None
    line = senior.control_line if asked.kind == "control_line" else senior.reference_line
    if line is None:
        zh, en = (
            ("最低控制线", "control line") if asked.kind == "control_line" else ("参照线", "reference line")
        )
        raise UserError(
            Text(f"{senior.name} 没有填“{zh}”", f"{senior.name}: the {en} is blank"),
            where=senior.where,
            why=Text("规则规定了指标生最低分数", "the rules set a lowest score"),
            fix=Text("请补填，或把规则改为 minimum_score: none", "fill it in, or set minimum_score to none"),
        )
    return line - asked.points


def _screened(
    pupil: Pupil, years: Fraction, lines: Mapping[str, Fraction | None], seniors: Mapping[str, Senior]
) -> Screened:
    if pupil.years < years:
        return Screened(
            pupil,
            (),
            "not_eligible",
            Text(
                f"在本校连续在籍 {shown(pupil.years)} 年，不满 {shown(years)} 年",
                f"registered here for {shown(pupil.years)} years without a break, fewer than {shown(years)}",
            ),
        )
    if not pupil.wishes:
        return Screened(pupil, (), "no_wish", Text("没有填报指标志愿", "no wish for a quota seat"))
    passed = tuple(wish for wish in pupil.wishes if _reaches(pupil, lines[wish]))
    if passed:
        return Screened(pupil, passed, None, None)
    first = pupil.wishes[0]
    line = lines[first]
    told = "" if line is None else shown(line)
    return Screened(
        pupil,
        (),
        "below_line",
        Text(
            f"成绩 {shown(pupil.score)} 低于各志愿的最低分数（{seniors[first].name} {told}）",
            f"the score {shown(pupil.score)} is below the lowest score of every wish ({told})",
        ),
    )


def _reaches(pupil: Pupil, line: Fraction | None) -> bool:
    return line is None or pupil.score >= line
