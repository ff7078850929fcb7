"""``recheck``: does recomputed data close a gap? Only data that passes does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from junheng.basics import Text
from junheng.judgement.monitoring.alert import Watch
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.fact_names import Over
from junheng.judgement.monitoring.gap import Gap, Recheck
from junheng.judgement.monitoring.joined import Seen, Years, years_of
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.state import State, Subject, SubjectKey
from junheng.judgement.monitoring.watching import beside_states, watch
from junheng.judgement.monitoring.wording import number_words


def recheck(
    gap: Gap,
    states: Sequence[State],
    rules: Sequence[Rule],
    *,
    beside: Mapping[str, Sequence[Subject]] | None = None,
) -> Recheck:
    """Whether the latest of ``states`` closes ``gap``; for many gaps at once keep one ``Rechecking``.

    ``closed`` only where the subject is there and, in every case of it, passes what the rule asks (``closes_when``, or
    else that ``when`` no longer holds). What is absent or cannot be told is ``cannot_tell``: a school that vanished, a
    fact no longer reported, a rule no longer in force, data older than the gap.
    """
    return Rechecking(states, rules, beside=beside).of(gap)


class Rechecking:
    """The latest data made ready for any number of gaps."""

    def __init__(
        self,
        states: Sequence[State],
        rules: Sequence[Rule],
        *,
        beside: Mapping[str, Sequence[Subject]] | None = None,
        found: Watch | None = None,
    ) -> None:
        """``found``: what ``watch`` gave for the same states and rules, where that is known already."""
        self.years = beside_states(years_of(states), beside or {})
        self._rules = {rule.id: rule for rule in rules}
        self._seen: dict[Over, dict[SubjectKey, list[Seen]]] = {}
        self._watch = partial(watch, states, rules, beside=beside)
        self._found = found

    def of(self, gap: Gap) -> Recheck:
        """What the data says of ``gap``."""
        rule = self._rules.get(gap.rule)
        if rule is None:
            return _unknown(Text(f"规则 {gap.rule} 已不在库中", f"rule {gap.rule} is no longer in force"))
        if self.years.now.county_code != gap.county_code:
            return _unknown(Text("数据是另一个县的", "the data is of another county"))
        if self.years.now.year < gap.year and rule.over != "future":
            return _unknown(Text("数据早于发现差距的年份", "the data is older than the gap"))
        if rule.over == "missing":
            return self._reported(gap)
        own = self._subjects(rule.over).get((gap.school_id, gap.stage, gap.indicator), [])
        if not own:
            year = self.years.now.year
            return _unknown(Text(f"{year} 年数据中没有该对象", f"the data of {year} does not have it"))
        return _answer(rule, own, self.years)

    def _subjects(self, over: Over) -> Mapping[SubjectKey, list[Seen]]:
        if over not in self._seen:
            found: defaultdict[SubjectKey, list[Seen]] = defaultdict(list)
            for seen in self.years.seen(over):
                found[seen.subject.key].append(seen)
            self._seen[over] = dict(found)
        return self._seen[over]

    def _reported(self, gap: Gap) -> Recheck:
        """A gap of missing data closes once the subject is there and nothing of it is missing any more."""
        if self._found is None:
            self._found = self._watch()
        if any(alert.key == gap.key for alert in self._found.alerts):
            return Recheck("open", Text("数据仍未报全", "the data is still incomplete"))
        if gap.school_id and (gap.school_id, gap.stage) not in self.years.now.school_stages:
            return _unknown(Text("数据中没有该校", "the data does not have the school"))
        idle = [rule.rule for rule in self._found.unwatched if rule.missing]
        if idle:
            told = "、".join(idle)
            return _unknown(Text(f"有规则没有数据可看：{told}", f"rules without any data: {told}"))
        return Recheck("closed", Text("数据已报全", "the data is complete"))


def _answer(rule: Rule, own: Sequence[Seen], years: Years) -> Recheck:
    answers = [(seen, _passes(rule, seen.with_lines(rule))) for seen in own]
    failing = [seen for seen, passes in answers if passes is False]
    unknown = [seen for seen, passes in answers if passes is None]
    shown = (failing or unknown or list(own))[0]
    facts = shown.with_lines(rule)
    value, threshold = (_number(rule, text, facts) for text in (rule.value, rule.threshold))
    year, numbers = years.now.year, _against(value, threshold)
    if failing:
        words = Text(f"{year} 年数据仍未通过{numbers.zh}", f"the data of {year} still fails{numbers.en}")
        return Recheck("open", words, _double(value), _double(threshold))
    if unknown:
        words = Text(f"{year} 年数据不足以判定", f"the data of {year} cannot tell")
        return Recheck("cannot_tell", words, _double(value), _double(threshold))
    words = Text(f"{year} 年重算数据已通过{numbers.zh}", f"the recomputed data of {year} passes{numbers.en}")
    return Recheck("closed", words, _double(value), _double(threshold))


def _passes(rule: Rule, facts: Mapping[str, Value]) -> bool | None:
    if rule.closes_when:
        return rule.parsed(rule.closes_when).holds(facts)
    held = rule.parsed(rule.when).holds(facts)
    return None if held is None else not held


def _against(value: Fraction | None, threshold: Fraction | None) -> Text:
    if value is None:
        return Text("", "")
    shown = number_words(value, threshold)
    if threshold is None:
        return Text(f"（{shown}）", f" ({shown})")
    line = number_words(threshold, value)
    return Text(f"（{shown}，界线 {line}）", f" ({shown}, line {line})")


def _number(rule: Rule, text: str, facts: Mapping[str, Value]) -> Fraction | None:
    return rule.parsed(text).number(facts) if text else None


def _double(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _unknown(reason: Text) -> Recheck:
    return Recheck("cannot_tell", reason)
