"""Whether pseudonymous rows may be published: how many share the same choices and classes.

A row without a name still points at a child when nobody else wished the same with the same class: a neighbour who knows
the list finds the number. Salted pids do not help against that; only company does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.admissions.audit.publication import default_publication
from junheng.basics import Text

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Anonymity:
    """One look at the rows. ``alone``: rows whose combination nobody shares; ``below``: rows in groups below k."""

    seen: Text
    k: int
    rows: int
    combinations: int
    smallest: int
    alone: int
    below: int

    @property
    def is_safe(self) -> bool:
        """Whether every row has at least k-1 others like it."""
        return self.below == 0

    def as_json(self) -> dict[str, Any]:
        """The figures as plain data, without any row."""
        names = ("k", "rows", "combinations", "smallest", "alone", "below", "is_safe")
        return {
            "seen": {"zh": self.seen.zh, "en": self.seen.en},
            **{name: getattr(self, name) for name in names},
        }


@dataclass(frozen=True)
class AnonymityReport:
    """By choices and classes alone, and by everything that a published row shows."""

    wishes: Anonymity
    whole_row: Anonymity

    @property
    def may_publish(self) -> bool:
        """Whether rows may be published: both looks must be safe."""
        return self.wishes.is_safe and self.whole_row.is_safe

    @property
    def verdict(self) -> Text:
        """The answer in words, for the minutes and the notice."""
        worst = self.whole_row
        if self.may_publish:
            return Text(
                f"可以公布：每一行至少与 {worst.smallest - 1} 行相同（要求 k = {worst.k}）",
                f"may be published: every row has at least {worst.smallest - 1} like it (k = {worst.k})",
            )
        return Text(
            f"不宜公布：{worst.below} 行的志愿与类别组合少于 {worst.k} 人，其中 {worst.alone} 行独一无二；"
            "请只交公证、代表和审计人员，家长用查询条核对",
            f"not to be published: {worst.below} rows are in groups below {worst.k}, {worst.alone} are unique; hand them to"
            " notary, deputies and auditors only, parents check with their slips",
        )

    def as_json(self) -> dict[str, Any]:
        """Both looks and the verdict as plain data."""
        return {
            "may_publish": self.may_publish,
            "verdict": {"zh": self.verdict.zh, "en": self.verdict.en},
            "wishes": self.wishes.as_json(),
            "whole_row": self.whole_row.as_json(),
        }


def k_anonymity(rows: Sequence[Mapping[str, Any]], k: int | None = None) -> AnonymityReport:
    """How well the ``rows`` of a roll hide a child. ``k``: the smallest group allowed (default: as shipped).

    The whole row counts with flags, fallback schools and the number of children bound together, all of which a published
    row shows.
    """
    limit = default_publication().k_anonymity if k is None else k
    sizes = Counter(row["unit"] for row in rows)
    wishes = [(tuple(row["choices"]), tuple(row["classes"])) for row in rows]
    whole = [
        (
            *key,
            tuple(row.get("fallback", ())),
            tuple(sorted(row.get("flags", {}).items())),
            sizes[row["unit"]],
        )
        for key, row in zip(wishes, rows, strict=True)
    ]
    return AnonymityReport(
        _look(wishes, limit, Text("志愿和优先类别", "choices and classes")),
        _look(whole, limit, Text("公布行的全部内容", "everything a published row shows")),
    )


def _look(keys: Sequence[Key], k: int, seen: Text) -> Anonymity:
    groups = Counter(keys)
    return Anonymity(
        seen=seen,
        k=k,
        rows=len(keys),
        combinations=len(groups),
        smallest=min(groups.values(), default=0),
        alone=sum(1 for size in groups.values() if size == 1),
        below=sum(size for size in groups.values() if size < k),
    )
