"""Which room decides a draw: admission or class formation, seen through one door."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from junheng.basics import Text, UserError
from junheng.cli.draw.hall_numbers import problem_of_forms
from junheng.cli.draw.plan import Plan

if TYPE_CHECKING:
    from junheng.draws import Entrant, Outcome


class Decider(Protocol):
    """What the steps of a draw ask of the room that decides it."""

    def entrants(self, plan: Plan, given: Path) -> "list[Entrant]":
        """The children in the officers' workbook. Raises UserError while anything blocks the freeze."""

    def read_problem(self, plan: Plan, given: Path | None) -> dict[str, Any]:
        """The problem that the plan's rules state; class formation may take the rest from the workbook ``given``."""

    def check_spec(self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Raise UserError where rules and roll do not fit, or could not be decided."""

    def warnings(self, spec: Mapping[str, Any]) -> list[Text]:
        """What families should be told about the rule."""

    def run_draw(
        self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes, engine: str
    ) -> "Outcome":
        """Decide."""

    def tickets(
        self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes
    ) -> dict[str, str]:
        """The ticket of every child by its code, as published (64 hex digits, or a rank drawn in the hall)."""

    def reasons(self, slip: Mapping[str, Any], transcript: Mapping[str, Any]) -> list[str]:
        """A sentence for each school the child listed: why, or why not."""


_TRIAL_SEED = bytes(32)  # of a trial whose result nobody sees
MARK_UNIT = "0.5"  # of marks, where the rules do not say: as the intake is read then


class Admission:
    """The room of admission."""

    def entrants(self, plan: Plan, given: Path) -> "list[Entrant]":
        """Children of the application forms, checked by the plan's intake rule."""
        from junheng.admissions import (
            make_entrants,
            read_applications,
            read_exceptions,
            read_intake_rule,
        )

        if plan.intake is None:
            raise UserError(
                Text(
                    "招生抽签的方案缺少 intake（报名规则文件）",
                    "an admission plan names its intake rule (intake)",
                ),
                where=str(plan.path),
                fix=Text("样例见 examples/admission", "see examples/admission"),
            )
        exceptions = read_exceptions(plan.exceptions) if plan.exceptions else ()
        rule, problem = read_intake_rule(plan.intake), problem_of_forms(plan.rules)
        return make_entrants(read_applications(given), rule, problem, exceptions)

    def read_problem(self, plan: Plan, given: Path | None) -> dict[str, Any]:
        """Schools, pools, stages and the rule."""
        from junheng.admissions import read_problem

        return read_problem(plan.rules).as_json()

    def check_spec(self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Every row must fit the problem, and the rule must be able to decide: found now, not after the beacon."""
        self.run_draw(spec, rows, _TRIAL_SEED, "auto")

    def warnings(self, spec: Mapping[str, Any]) -> list[Text]:
        """Where the rule rewards strategic lists, families must know."""
        from junheng.admissions import strategic_warning

        found = strategic_warning(spec["problem"])
        return [found] if found else []

    def run_draw(
        self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes, engine: str
    ) -> "Outcome":
        """Seats."""
        from junheng.admissions import run_draw

        return run_draw(spec, rows, seed, engine)  # type: ignore[arg-type]  # the room checks the engine's name

    def tickets(
        self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes
    ) -> dict[str, str]:
        """One ticket for each child: that of its unit."""
        from junheng.admissions import market_from, order_of

        market = market_from(spec["problem"], rows)
        order = order_of(market, str(spec["hash"]), seed)
        by_unit = {unit: order.ticket_text(index, None) for index, unit in enumerate(market.units)}
        return {row["pid"]: by_unit[row["unit"]] for row in rows}

    def reasons(self, slip: Mapping[str, Any], transcript: Mapping[str, Any]) -> list[str]:
        """Each school against its cut-offs."""
        from junheng.admissions import slip_reason

        tickets = slip.get("tickets") or slip["ticket"]
        schools = transcript["result"]["schools"]
        found = slip_reason(transcript["spec"]["problem"], slip["row"], slip["result"], schools, tickets)
        return [f"{reason.name} {reason.school}：{reason.text.zh}。{reason.text.en}." for reason in found]


class Classes:
    """The room of class formation."""

    def entrants(self, plan: Plan, given: Path) -> "list[Entrant]":
        """Children of the intake workbook."""
        from junheng.class_formation import entrants
        from junheng.cli.classes.rules import read_with_rules

        return entrants(read_with_rules(given, plan.rules)[0])

    def read_problem(self, plan: Plan, given: Path | None) -> dict[str, Any]:
        """Groups, classes, covariates and the method; what the rules leave unsaid is in the workbook's plan sheet."""
        from junheng.class_formation import declared_problem, plan_from
        from junheng.cli.classes.rules import read_rules, read_with_rules

        if given is not None:
            return declared_problem(plan_from(read_with_rules(given, plan.rules)[1]))
        return declared_problem(plan_from({"mark_unit": MARK_UNIT, **read_rules(plan.rules)}))

    def check_spec(self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Every row must belong to a group, and classes can be formed at all: found now, not after the beacon."""
        self.run_draw(spec, rows, _TRIAL_SEED, "auto")

    def warnings(self, spec: Mapping[str, Any]) -> list[Text]:
        """Nothing a family could do differently."""
        return []

    def run_draw(
        self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes, engine: str
    ) -> "Outcome":
        """Classes."""
        from junheng.class_formation import run_draw

        return run_draw(spec, rows, seed, engine)

    def tickets(
        self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes
    ) -> dict[str, str]:
        """No ticket is shown: places rest on the whole intake."""
        return {}

    def reasons(self, slip: Mapping[str, Any], transcript: Mapping[str, Any]) -> list[str]:
        """No school was chosen."""
        return []


def decider(kind: str) -> Decider:
    """The room that decides draws of this kind (admission or classes)."""
    return Admission() if kind == "admission" else Classes()
