"""The local rule about moves after publication: dated, cited data; no national number exists."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from junheng.basics import Text, UserError

_SHIPPED = Path(__file__).parent / "move_rules.yaml"


@dataclass(frozen=True, slots=True)
class MoveRule:
    """``largest_share``: of a grade's children who may be in another class than published."""

    largest_share: Fraction
    document: str


def load_move_rule(on: date, path: Path | None = None) -> MoveRule:
    """The rule in force on a day, from ``path`` or the shipped example. UserError: none is."""
    found = yaml.safe_load((path or _SHIPPED).read_text(encoding="utf-8"))
    versions = [v for v in found["moves"]["versions"] if v["in_force_from"] <= on]
    if not versions:
        raise UserError(
            Text(f"{on} 没有生效的调班规则", f"No rule about moves is in force on {on}"),
            where=str(path or _SHIPPED.name),
            fix=Text("请写明生效日期更早的版本", "write a version in force from an earlier day"),
        )
    latest = max(versions, key=lambda version: version["in_force_from"])
    return MoveRule(Fraction(latest["value"]["largest_share"]), str(latest["source"]["document"]))
