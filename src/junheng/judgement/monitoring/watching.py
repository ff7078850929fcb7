"""``watch``: every rule over every subject of the latest year, and what could not be told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from junheng.basics import STAGES, Text
from junheng.judgement.monitoring.alert import LEVELS, Alert, Unwatched, Watch
from junheng.judgement.monitoring.fact_names import fact_name
from junheng.judgement.monitoring.joined import BEFORE, Seen, Years, years_of
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.speaking import LAST_YEAR, missing_alert, spoken
from junheng.judgement.monitoring.state import State, Subject, SubjectKey

_STAGE_ORDER = {str(stage): place for place, stage in enumerate(STAGES)}


def watch(
    states: Sequence[State], rules: Sequence[Rule], *, beside: Mapping[str, Sequence[Subject]] | None = None
) -> Watch:
    """The alerts of the latest of ``states`` (one county, one standard; any order), by ``rules``.

    ``beside``: subjects that no finding holds: ``future`` (``forecast_subjects``) and ``seats``
    (``admission_subjects``). Pure: the same states and rules give the same alerts in the same order. A rule whose
    condition cannot be told for a subject makes a ``no_data`` alert; one that can be told for none, because a table
    or the year before was not given at all, is listed in ``unwatched``.
    """
    years = beside_states(years_of(states), beside or {})
    found: list[Alert] = []
    blind: dict[SubjectKey, Blind] = {}
    unwatched: list[Unwatched] = []
    for rule in sorted(rules, key=lambda rule: rule.id):
        if rule.over == "missing":
            continue
        told = _Told(rule, years)
        found += told.alerts()
        idle = told.idle()
        if idle is not None:
            unwatched.append(idle)
        if idle is None or not idle.missing:
            told.collect(blind)
    found += _missing(rules, years, blind)
    return Watch(years.now.year, tuple(sorted(found, key=_order)), tuple(unwatched))


def beside_states(years: Years, beside: Mapping[str, Sequence[Subject]]) -> Years:
    """``years`` with the subjects that no finding holds added to the latest."""
    return replace(years, now=replace(years.now, subjects={**years.now.subjects, **beside}))  # type: ignore[dict-item] # keys are words of Over


@dataclass(slots=True)
class Blind:
    """What could not be told of one subject: facts that are missing, and the rules that wanted them."""

    seen: Seen
    missing: dict[str, Text] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)


class _Told:
    """One rule over all its subjects: where it holds, and where it cannot be told."""

    def __init__(self, rule: Rule, years: Years) -> None:
        self.rule, self.years = rule, years
        condition = rule.parsed(rule.when)
        self.held: list[Seen] = []
        self.unknown: list[Seen] = []
        self.names = [name for name in condition.names if name not in rule.lines]
        self.count = 0
        self.reported: set[str] = set()  # facts that some subject has
        for seen in years.seen(rule.over):
            self.count += 1
            self.reported |= {name for name in self.names if seen.facts.get(name) is not None}
            answer = condition.holds(seen.with_lines(rule))
            if answer is None:
                self.unknown.append(seen)
            elif answer:
                self.held.append(seen)

    def alerts(self) -> Iterator[Alert]:
        """One for each subject, the worst case speaking for all that share its key."""
        groups: defaultdict[SubjectKey, list[Alert]] = defaultdict(list)
        for seen in self.held:
            groups[seen.subject.key].append(spoken(self.rule, seen, self.years.now))
        for cases in groups.values():
            worst = max(cases, key=lambda alert: (alert.distance or 0.0, alert.value or 0.0))
            if self.rule.over == "future":
                worst = min(cases, key=lambda alert: alert.year)
            yield replace(worst, cases=len(cases))

    def missing(self, seen: Seen) -> list[str]:
        """The facts of the condition that this subject lacks."""
        return [name for name in self.names if seen.facts.get(name) is None]

    def idle(self) -> Unwatched | None:
        """Why the rule could not be told: a year or a fact that nobody has; None where only some subjects lack it."""
        if self.count == 0:
            words = Text("没有给出它所看的数据", "the data it looks at was not given")
            return Unwatched(self.rule.id, self.rule.name.text(), words)
        blind = [seen for seen in self.unknown if self.years.not_given(self.missing(seen))]
        if blind:
            return self._without_year(len(blind))
        lacking = [name for name in self.names if name not in self.reported]
        if not lacking or not self.unknown:
            return None
        names = [fact_name(self.rule.over, name) for name in lacking]
        told = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
        reason = Text(f"所有学校都没有：{told.zh}", f"no school reports: {told.en}")
        return Unwatched(self.rule.id, self.rule.name.text(), reason, tuple(lacking))

    def _without_year(self, blind: int) -> Unwatched:
        """A year before was not given: for all subjects, or for those that other facts do not decide."""
        given = [name for name, state in self.years.before.items() if state is None]
        back = min(BEFORE[prefix] for prefix in given if any(name.startswith(prefix) for name in self.names))
        words = Text(
            f"没有给出 {self.years.now.year - back} 年的结论，{blind} 处无法判定",
            f"the finding of {self.years.now.year - back} was not given: {blind} cannot be told",
        )
        return Unwatched(self.rule.id, self.rule.name.text(), words)

    def collect(self, blind: dict[SubjectKey, Blind]) -> None:
        """Add what could not be told to ``blind``; a new school lacks last year as a whole, once."""
        for seen in self.unknown:
            missing = self.missing(seen)
            if self.years.not_given(missing):
                continue  # told of once, as a rule left unwatched
            if not any(name.startswith(tuple(BEFORE)) for name in missing) or not self.years.is_new(
                seen.subject
            ):
                own = seen.subject.key
                entry = blind.setdefault(own, Blind(seen))
                entry.missing |= {name: fact_name(self.rule.over, name) for name in missing}
            else:
                own = (seen.subject.school_id, seen.subject.stage, "")
                school = Seen(replace(seen.subject, indicator="", name=Text("", "")), {})
                entry = blind.setdefault(own, Blind(school))
                entry.missing |= {"last_year": LAST_YEAR}
            entry.rules |= {self.rule.id: None}


def _missing(rules: Sequence[Rule], years: Years, blind: Mapping[SubjectKey, Blind]) -> Iterable[Alert]:
    for rule in rules:
        if rule.over == "missing":
            for entry in blind.values():
                missing = dict(sorted(entry.missing.items()))
                told = tuple(sorted(entry.rules))
                yield missing_alert(rule, entry.seen, years.now, missing, told)


def _order(alert: Alert) -> tuple[object, ...]:
    return (
        alert.kind != "warning",
        LEVELS.index(alert.level),
        _STAGE_ORDER.get(alert.stage, len(_STAGE_ORDER)),
        alert.rule,
        alert.school_id,
        alert.indicator,
    )
