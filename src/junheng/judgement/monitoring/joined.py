"""Every subject of the latest year with the facts of the two years before it, as a rule sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.fact_names import FACTS, Over
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.state import State, Subject

BEFORE: Mapping[str, int] = {"before_": 1, "before2_": 2}  # prefix → years back


@dataclass(frozen=True, slots=True)
class Seen:
    """A subject and all facts a rule may name, lines apart."""

    subject: Subject
    facts: Mapping[str, Value]

    def with_lines(self, rule: Rule) -> dict[str, Value]:
        """The facts beside the rule's lines for this stage."""
        return {**self.facts, **rule.lines_of(self.subject.stage)}


@dataclass(frozen=True, slots=True)
class Years:
    """The latest state and the ones a year and two before it, None where they were not given."""

    now: State
    before: Mapping[str, State | None]

    def seen(self, over: Over) -> Iterator[Seen]:
        """The subjects of the latest state with their own facts of the years before."""
        past = {prefix: _by_key(state, over) for prefix, state in self.before.items()}
        for subject in self.now.over(over):
            facts: dict[str, Value] = {name: subject.facts.get(name) for name in FACTS[over]}
            for prefix, subjects in past.items():
                own = subjects.get(subject.key)
                facts |= {f"{prefix}{name}": own.facts.get(name) if own else None for name in FACTS[over]}
            yield Seen(subject, facts)

    def not_given(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of ``names`` that ask for a year of which no finding was given."""
        absent = tuple(prefix for prefix, state in self.before.items() if state is None)
        return tuple(name for name in names if absent and name.startswith(absent))

    def is_new(self, subject: Subject) -> bool:
        """Whether last year, though given, did not know this school-stage."""
        last = self.before["before_"]
        return (
            last is not None
            and subject.school_id != ""
            and (subject.school_id, subject.stage) not in last.school_stages
        )


def years_of(states: Sequence[State]) -> Years:
    """The latest of ``states``, which need not be sorted, beside the two calendar years before it."""
    by_year = {state.year: state for state in states}
    latest = max(by_year)
    return Years(by_year[latest], {prefix: by_year.get(latest - back) for prefix, back in BEFORE.items()})


def _by_key(state: State | None, over: Over) -> dict[tuple[str, str, str], Subject]:
    """Classes change with the years: they have no past of their own."""
    if state is None or over == "class":
        return {}
    return {subject.key: subject for subject in state.over(over)}
