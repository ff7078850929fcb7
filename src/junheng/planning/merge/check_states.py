"""Check of states: nobody is further than its duties allow; a merger lacking one duty is not approved."""

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.merge.check_facts import wrong

PAPERS = ("document", "hearing", "consent", "publicity")


def check_states(problem: Json, outcome: Json) -> list[Text]:
    """State, reachable state, what bars approval, and which mergers hold by the data."""
    found, order = [], problem["states"]
    asked = {duty["id"]: duty for duty in problem["duties"]}
    stated = {row["id"]: row for row in problem["merges"]}
    for row in outcome["mergers"]:
        lacking = [duty["id"] for duty in row["duties"] if duty["verdict"] != "met"]
        reach = 0
        while reach + 1 < len(order) and not any(asked[key]["from"] == order[reach + 1] for key in lacking):
            reach += 1
        said = order.index(stated[row["id"]]["stated"])
        bars = [key for key in lacking if order.index(asked[key]["from"]) <= order.index("approved")]
        wanted = (stated[row["id"]]["stated"], order[reach], order[min(reach, said)], bars)
        if (row["stated"], row["reachable"], row["state"], row["bars"]) != wanted:
            found.append(
                wrong(
                    f"{row['id']} 的状态应为 {wanted[2]}", f"{row['id']}: the state is {wanted[2]}, {wanted}"
                )
            )
        if bars and row["state"] in ("approved", "carried_out"):
            found.append(
                wrong(f"{row['id']} 缺义务，不能批准", f"{row['id']} lacks duties and cannot be approved")
            )
    data = [key for key, duty in asked.items() if duty["how"] not in PAPERS]
    holds = [
        row["id"]
        for row in outcome["mergers"]
        if all(duty["verdict"] == "met" for duty in row["duties"] if duty["id"] in data)
    ]
    if outcome["holds"] != holds:
        found.append(wrong(f"数据上成立的撤并应为 {holds}", f"the mergers that hold are {holds}"))
    return found
