"""What a check is: a rule as written in YAML, and the checks it expands into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from junheng.basics import Text
from junheng.data.tables import Severity

Facet = Literal["required", "finite", "minimum", "maximum", "whole", "values"]

Absence = Literal["needed", "optional", "row"]

# The name that stands, in a rule, for the column of `each` (or of `facet`) it is being applied to.
IT = "it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """One entry of ``data/checks/library/*.yaml``. ``fails_when`` selects the rows that fail.

    ``view`` is a canonical table or one of the joined views of ``checks_views``; ``"*"`` with
    ``facet`` applies the rule to every dictionary column that has this facet. ``each`` repeats the
    rule, binding names to columns (a bare word binds ``it``). ``limits`` and ``values`` name numbers
    and sub-expressions for the condition and the messages. ``blames`` are the cells that count as
    missing when a logic rule fails; ``marks`` the cells to point at (default: the blamed). ``cause``
    is the grouping key: problems with the same cause are one group. ``absence`` marks a rule about
    blank cells: a column blank in every row is one problem when ``needed`` and none when ``optional``;
    ``row`` marks one about a whole row that is absent, told once instead of once for each of its columns.
    ``hides`` are rules that say no more of a cell once this one has spoken of it.
    ``name`` and ``why`` speak of a whole group and hold no values; ``what`` and ``fix`` may.
    """

    id: str
    severity: Severity
    view: str
    facet: Facet | None = None
    each: tuple[str | Mapping[str, str | int | float], ...] = ()
    limits: Mapping[str, int | float] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    fails_when: str
    absence: Absence | None = None
    blames: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    name: Text
    what: Text
    why: Text
    fix: Text
    cause: str = ""
    hides: tuple[str, ...] = ()
    source: str

    def bindings(self) -> tuple[Mapping[str, str], ...]:
        """The names bound in each repetition; one empty binding for a rule that is not repeated."""
        if not self.each:
            return ({},)
        return tuple(
            {IT: entry} if isinstance(entry, str) else {name: str(value) for name, value in entry.items()}
            for entry in self.each
        )


class RuleError(ValueError):
    """A rule that cannot be used: ``what`` is wrong, under ``key``. The loader adds file, line and id."""

    def __init__(self, what: Text, key: str) -> None:
        super().__init__(str(what))
        self.what = what
        self.key = key


@dataclass(frozen=True, slots=True)
class Check:
    """A rule applied to its columns, ready to run. ``sql`` is the failing condition over the columns
    of ``view``.

    ``shows`` are the SQL expressions of the values the messages name; ``bound`` maps bound names to columns;
    ``blames`` and ``marks`` are (table, column).
    """

    rule: CheckRule
    view: str
    sql: str
    columns: tuple[str, ...]
    shows: Mapping[str, str]
    blames: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
    bound: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The rule's id, shared by its repetitions."""
        return self.rule.id

    @property
    def key(self) -> str:
        """The id with the bound columns: unique among all checks."""
        if self.rule.facet:
            return f"{self.id}[{self.view}.{self.bound[IT]}]"
        return f"{self.id}[{self.bound[IT]}]" if IT in self.bound else self.id
