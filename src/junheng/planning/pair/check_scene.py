"""What the rules say of a problem, formed anew for the check: who may be paired with whom."""

from junheng.basics import Text
from junheng.planning.frozen import Json

OPEN = "9999-12-31"


def wrong(zh: str, en: str) -> Text:
    """A broken line."""
    return Text(zh, en)


def in_force(problem: Json, day: str) -> list[Json]:
    """Memberships on a day: joined on or before it, and left after it or never."""
    return [row for row in problem["register"] if row["joined"] <= day and day < row.get("left", OPEN)]


def ties_on(problem: Json, day: str) -> list[tuple[str, str, str, str]]:
    """(group, form, core, member) of every member in force."""
    rows = in_force(problem, day)
    found = []
    for row in rows:
        if row["role"] == "member":
            leads = [
                other["school"]
                for other in rows
                if other["group"] == row["group"] and other["role"] == "core"
            ]
            found.append((row["group"], row["form"], leads[0], row["school"]))
    return sorted(found)


class Scene:
    """Schools by id, what holds on the day, and every pair the rules allow with (need, burden)."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.rules, self.mode = problem["rules"], problem["mode"]
        self.schools = {school["id"]: school for school in problem["schools"]}
        self.untold = {row["school_id"] for row in problem["cannot_tell"]}
        self.rows = in_force(problem, problem["on"])
        self.ties = ties_on(problem, problem["on"])
        self.leads = {
            r["school"] for r in self.rows if r["role"] == "core" and r["form"] == self.mode["form"]
        }
        self.tied = {member for _, _, _, member in self.ties}
        self.metres = {(row["a"], row["b"]): row["metres"] for row in problem["distances"]}
        self.allowed = {pair: self._weights(*pair) for pair in sorted(self.metres) if not self.refusal(*pair)}

    def is_blocked(self, school: str) -> bool:
        """In another exclusive group, where the planned form is exclusive."""
        form, exclusive = self.mode["form"], self.problem["exclusive"]
        if form not in exclusive:
            return False
        own = [row for row in self.rows if row["school"] == school and row["form"] in exclusive]
        return any(row["role"] == "member" or row["form"] != form for row in own)

    def seeks(self, school: str) -> bool:
        """A weak school, fully told, without a tie, of the need the mode asks for."""
        own = self.schools[school]
        if own["role"] != "weak" or school in self.untold or self.is_blocked(school):
            return False
        if school in self.tied:
            return False
        return bool(sum(part["need"] for part in own["stages"]) >= self.mode.get("least_need", 0))

    def places(self, school: str) -> int:
        """Partners a strong school may still take."""
        most = self.schools[school].get("partners", self.rules["most_partners"])
        return max(0, int(most) - sum(core == school for _, _, core, _ in self.ties))

    def shared(self, core: str, member: str) -> list[str]:
        """Stages of the member that the core has, too."""
        own = {part["stage"] for part in self.schools[core]["stages"]}
        return [part["stage"] for part in self.schools[member]["stages"] if part["stage"] in own]

    def refusal(self, core: str, member: str) -> str:
        """The rule that forbids a pair; "" where none does."""
        one, other = self.schools[core], self.schools[member]
        if one["role"] != "strong" or core in self.untold or self.is_blocked(core):
            return "核心校不是可用的强校 the core is no strong school that is free"
        if not self.seeks(member):
            return "成员校不是待结对的薄弱校 the member is no weak school that seeks a partner"
        if (core, member) not in self.metres or self.metres[core, member] > self.rules["most_metres"]:
            return "路程超出或未知 too far apart, or the distance is unknown"
        stages = self.shared(core, member)
        same = {p["stage"] for p in one["stages"]} == {p["stage"] for p in other["stages"]}
        if not stages or (self.rules["stages"] == "same" and not same):
            return "学段不符 the stages do not fit"
        if self.mode["kind"] == "trusteeship" and self.pupils(member) > one["capacity"]:
            return "超过承接能力 more pupils than it can take over"
        if self.rules["place"] == "must" and not self.crosses(core, member):
            return "须城乡结对 town and country must be joined"
        return ""

    def crosses(self, core: str, member: str) -> bool:
        """One in the country, the other not."""
        return [self.schools[key]["place"] == "rural" for key in (core, member)].count(True) == 1

    def _weights(self, core: str, member: str) -> tuple[int, int]:
        """Points of need (1 where every school must have a tie) and metres with the preference added."""
        parts = {part["stage"]: part["need"] for part in self.schools[member]["stages"]}
        need = 1 if self.rules["serve"] == "all" else sum(parts[stage] for stage in self.shared(core, member))
        is_preferred = self.rules["place"] != "prefer" or self.crosses(core, member)
        return need, self.metres[core, member] + (0 if is_preferred else self.rules["same_side_metres"])

    def pupils(self, school: str) -> int:
        """Pupils of a school taken over."""
        return int(sum(part["pupils"] for part in self.schools[school]["stages"]))

    def new_groups(self) -> int | None:
        """How many groups may be opened; None where the number is not limited."""
        if self.mode["kind"] != "groups" or "most_groups" not in self.mode:
            return None
        return max(0, int(self.mode["most_groups"]) - len(self.leads))
