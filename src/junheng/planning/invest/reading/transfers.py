"""Teachers who may move between schools of a stage: which kinds, at what cost, how many at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import amount, share, yuan_per
from junheng.planning.invest.reading.lines import Lines
from junheng.planning.invest.reading.measures import PERSON, persons_of, transfer_name
from junheng.planning.invest.reading.problem_file import Asked

_KEYS = ("stage", "gives", "cost", "unit", "at_most")


@dataclass(frozen=True, slots=True)
class Transfers:
    """``rows``: of the frozen problem; ``shares``: of a school's teachers of the kind, how many may leave at most."""

    rows: tuple[dict[str, Any], ...] = ()
    shares: Mapping[str, Fraction] | None = None

    def of_stage(self, stage: str) -> list[dict[str, Any]]:
        """The transfers between schools of ``stage``."""
        return [row for row in self.rows if row["stage"] == stage]

    def as_goods(self) -> dict[str, dict[str, Any]]:
        """By id, with what the table of limits asks of measures."""
        return {
            row["id"]: {**row, "kind": "move", "whole": 1, "unit": PERSON.zh, "unit_en": PERSON.en}
            for row in self.rows
        }


def read_transfers(asked: Asked, lines: Lines, faults: Gathered) -> Transfers:
    """The transfers of the problem file. A person who moves is all of ``gives`` and none of the other kinds."""
    rows: dict[str, dict[str, Any]] = {}
    shares: dict[str, Fraction] = {}
    for place, given in enumerate(asked.transfers):
        where = asked.file.where("transfers", place)
        row = _row(given, where, lines, faults)
        most = share(str(given.get("at_most", "")))
        if most is None or not 0 <= most <= 1:
            fix = Text(
                "写该校这类教师的比例，例如 at_most: 10%",
                "a share of the school's such teachers: at_most: 10%",
            )
            faults.add(where, "没有写明最多可调出的比例", "it is not stated how many may leave", fix)
        if row is None or most is None:
            continue
        if row["id"] in rows:
            fix = Text("请只留一条", "leave one")
            faults.add(where, f"调动 {row['id']} 写了两次", f"transfer {row['id']} is listed twice", fix)
        rows[row["id"]], shares[row["id"]] = row, most
    return Transfers(tuple(rows[key] for key in sorted(rows)), shares)


def _row(given: Mapping[str, Any], where: str, lines: Lines, faults: Gathered) -> dict[str, Any] | None:
    stage, chosen = str(given.get("stage", "")), given.get("gives", [])
    kinds = persons_of(lines, stage) if stage in lines.stages else {}
    unknown = set(given) - set(_KEYS)
    wrong = [key for key in chosen if key not in kinds] if isinstance(chosen, list) else [chosen]
    if unknown or not kinds or wrong or not chosen:
        told = "、".join(map(str, [*unknown, *wrong])) or stage
        fix = Text(
            f"写 stage: {'/'.join(lines.stages)} 和 gives: {list(kinds) or '[R1]'}",
            f"write stage: {'/'.join(lines.stages)} and gives: {list(kinds) or '[R1]'}",
        )
        faults.add(where, f"调动写法不对：{told}", f"the transfer cannot be read: {told}", fix)
        return None
    cost, unit = amount(str(given.get("cost", ""))), yuan_per(str(given.get("unit", "")))
    if cost is None or cost < 0 or not unit:
        fix = Text(
            "写 cost: 9000 和 unit: 元；不花钱写 0", "write cost: 9000 and unit: 元; 0 if it costs nothing"
        )
        faults.add(where, "没有写明每调动一人的费用", "it is not stated what moving one person costs", fix)
        return None
    ordered = [key for key in kinds if key in chosen]
    name = transfer_name(stage, kinds, ordered)
    return {
        "id": f"move:{stage}:{'+'.join(ordered)}",
        "zh": name.zh,
        "en": name.en,
        "stage": stage,
        "gives": dict.fromkeys(ordered, 1),
        "cost_yuan": number(cost * unit),
    }
