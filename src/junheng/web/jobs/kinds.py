"""Which command makes which kind of plan: the problem file's own ``kind`` picks it. Needs no Django."""

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.basics import Text


@dataclass(frozen=True, slots=True)
class PlanKind:
    """A kind of plan: the words of its command after ``junheng``, and its name."""

    command: tuple[str, ...]
    name: Text


PLAN_KINDS: Mapping[str, PlanKind] = {
    "invest": PlanKind(("plan", "invest"), Text("达标投入规划", "investment plan")),
    "rotate": PlanKind(("plan", "rotate"), Text("教师交流轮岗", "teacher rotation")),
    "staff": PlanKind(("plan", "staff"), Text("编制与县管校聘", "staffing")),
    "itinerant": PlanKind(("plan", "itinerant"), Text("走教与同步课堂", "itinerant teaching")),
    "pair": PlanKind(("plan", "pair"), Text("集团化与结对", "groups and twinning")),
    "site": PlanKind(("plan", "site"), Text("学校布局", "school sites")),
    "zone": PlanKind(("plan", "zone"), Text("学区", "zones")),
    "merge": PlanKind(("plan", "merge"), Text("学校撤并", "mergers")),
    "ledger": PlanKind(("plan", "ledger"), Text("项目台账", "project ledger")),
    "forecast": PlanKind(("forecast",), Text("学位预测", "seat forecast")),
}
