"""Turns a rule, as written, into the checks it stands for, with every name in it looked up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from junheng.basics import Text, nearest
from junheng.data.checks.definition import IT, Check, CheckRule, RuleError
from junheng.data.checks.expression import Condition, compile_condition
from junheng.data.checks.facets import facet_terms, with_facet
from junheng.data.checks.sql import owner, view_columns
from junheng.data.checks.views import VIEWS
from junheng.data.checks.wording import placeholders
from junheng.data.dictionary import Dictionary


def expand(rule: CheckRule, dictionary: Dictionary) -> Iterator[Check]:
    """The checks that ``rule`` stands for. Raises RuleError when it names what its view does not have."""
    if rule.facet:
        for table, column in with_facet(rule.facet, dictionary):
            yield _check(rule, table, {IT: column}, dictionary)
        return
    if rule.view not in VIEWS and rule.view not in dictionary.tables:
        raise _unknown(rule.view, [*VIEWS, *dictionary.tables], "view")
    for bound in rule.bindings():
        yield _check(rule, rule.view, bound, dictionary)


def _check(rule: CheckRule, view: str, bound: Mapping[str, str], dictionary: Dictionary) -> Check:
    limits = {name: repr(value) for name, value in rule.limits.items()}
    meanings = {**bound, **limits, **rule.values}
    trusted = facet_terms(dictionary.column(view, bound[IT])) if rule.facet else {}
    known = view_columns(view, dictionary) | trusted.keys()
    condition = _known(compile_condition(rule.fails_when, meanings=meanings), known, "fails_when")
    shows = {
        name: _known(compile_condition(name, meanings=meanings, key=key), known, key)
        for key, name in _shown(rule, bound, known)
    }
    blames = _cells("blames", rule.blames, bound, view, dictionary)
    # Without its key a row could not be found again: a wrong key is reported, never blanked.
    lost = bool(rule.facet) and bound[IT] in {"year", *dictionary.tables[view].key}
    return Check(
        rule=rule,
        view=view,
        sql=_insert(condition, trusted),
        columns=tuple(sorted({*condition.columns} - trusted.keys())),
        shows={name: _insert(shown, trusted) for name, shown in shows.items()},
        blames=blames if rule.severity == "logic" and not lost else (),
        marks=_cells("marks", rule.marks, bound, view, dictionary) or blames,
        bound=bound,
    )


def _shown(rule: CheckRule, bound: Mapping[str, str], known: Iterable[str]) -> list[tuple[str, str]]:
    """(key, name) of every value the messages speak of; headings they ask for must be of a column."""
    for key, both in {"name": rule.name, "why": rule.why}.items():
        if any(placeholders(both.zh + both.en)):
            said = Text("是对一组问题说的，不能含某一行的值", "speaks of a whole group: it can hold no value")
            raise RuleError(said, key)
    templates = [("what", rule.what.zh), ("what", rule.what.en), ("fix", rule.fix.zh), ("fix", rule.fix.en)]
    values: dict[str, str] = {}
    for key, template in [*templates, ("cause", rule.cause)]:
        for name, heading in placeholders(template):
            if not heading:
                values.setdefault(name, key)
            elif bound.get(name, name) not in known:
                raise _unknown(name, known, key)
    return [(values[name], name) for name in sorted(values)]


def _known(condition: Condition, known: Iterable[str], key: str) -> Condition:
    for column in condition.columns:
        if column not in known:
            raise _unknown(column, known, key)
    return condition


def _cells(
    key: str, names: Sequence[str], bound: Mapping[str, str], view: str, dictionary: Dictionary
) -> tuple[tuple[str, str], ...]:
    found = []
    for name in names:
        column = bound.get(name, name)
        table = owner(view, column, dictionary)
        if table is None:
            raise _unknown(column, view_columns(view, dictionary), key)
        found.append((table, column))
    return tuple(found)


def _insert(condition: Condition, trusted: Mapping[str, str]) -> str:
    """The SQL with the facet's own terms (FLOOR, lists), which the grammar of rules does not offer."""
    sql = condition.sql
    for name, replacement in trusted.items():
        sql = sql.replace(f'"{name}"', replacement)
    return sql


def _unknown(word: str, candidates: Iterable[str], key: str) -> RuleError:
    near = nearest(word, sorted(candidates))
    hint = Text(f"，是否为“{near}”？", f"; did you mean “{near}”?") if near else Text("", "")
    return RuleError(Text(f"没有“{word}”{hint.zh}", f"there is no “{word}”{hint.en}"), key)
