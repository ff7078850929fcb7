"""Each duty of each merger: met, not met or cannot tell, with the reason and the figures it rests on."""

from collections.abc import Callable

from junheng.planning.frozen import Json
from junheng.planning.merge.judged_documents import judge_paper
from junheng.planning.merge.judged_pupils import boarding, radius, remote, time
from junheng.planning.merge.judged_schools import boarding_places, class_size, school_size, seats
from junheng.planning.merge.scene import Assignment, Scene
from junheng.planning.merge.verdicts import Judged

_COMPUTED: dict[str, Callable[[Scene, str, Json, Assignment], Judged]] = {
    "time": time,
    "radius": radius,
    "no_boarding": boarding,
    "remote": remote,
    "class_size": class_size,
    "school_size": school_size,
    "seats": seats,
    "boarding_places": boarding_places,
}


def judge(scene: Scene, merge: str, assignment: Assignment) -> list[Json]:
    """Rows {"id", "verdict", "why", "figures", "evidence"} of every duty of a merger, in the order of the library."""
    found = []
    for duty in scene.problem["duties"]:
        held = [
            row for row in scene.problem["evidence"] if row["merge"] == merge and row["duty"] == duty["id"]
        ]
        rule = _COMPUTED.get(duty["how"])
        judged = rule(scene, merge, duty, assignment) if rule else judge_paper(scene, duty, held)
        found.append(
            {
                "id": duty["id"],
                "verdict": judged.verdict,
                "why": judged.why,
                "figures": judged.figures,
                "evidence": sorted({row["sha256"] for row in held if row["held"] == "held"}),
            }
        )
    return found


def holds(duties: list[Json], scene: Scene) -> bool:
    """Whether every duty that data decides is met: the merger could be carried out, papers apart."""
    computed = {duty["id"] for duty in scene.problem["duties"] if duty["how"] in _COMPUTED}
    return all(row["verdict"] == "met" for row in duties if row["id"] in computed)


def reachable(duties: list[Json], scene: Scene) -> str:
    """The farthest state all of whose duties, and those of the states before it, are met."""
    states = scene.problem["states"]
    verdicts = {row["id"]: row["verdict"] for row in duties}
    wanted = {duty["id"]: states.index(duty["from"]) for duty in scene.problem["duties"]}
    barred = [at for key, at in wanted.items() if verdicts[key] != "met"]
    return str(states[min(barred, default=len(states)) - 1])
