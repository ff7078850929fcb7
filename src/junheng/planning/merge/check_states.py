"""Check of states: nobody is further than its duties allow; a merger lacking one duty is not approved."""

from collections.abc import Mapping

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.merge.check_facts import wrong
from junheng.planning.merge.check_words import beside, figure, state

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
            found += _wrong_states(row, wanted, asked)
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
        what = Text("义务由数据成立的撤并", "mergers that hold by the data")
        found += [beside(what, *(figure(one) or what for one in (outcome["holds"], holds)))]
    return found


def _wrong_states(
    row: Json, wanted: tuple[str, str, str, list[str]], asked: Mapping[str, Json]
) -> list[Text]:
    """Which of the states, and what bars approval, is not as the duties give it."""
    words = (
        ("stated", Text("填报状态", "reported state")),
        ("reachable", Text("义务够到的状态", "state the duties allow")),
        ("state", Text("状态", "state")),
    )
    found = [
        beside(Text(f"{row['id']} 的{name.zh}", f"{row['id']}: {name.en}"), state(row[key]), state(right))
        for (key, name), right in zip(words, wanted, strict=False)
        if row[key] != right
    ]
    if row["bars"] != wanted[3]:
        told = [
            Text(
                "、".join(asked[key]["zh"] if key in asked else str(key) for key in keys) or "无",
                ", ".join(asked[key]["en"] if key in asked else str(key) for key in keys) or "none",
            )
            for keys in (row["bars"], wanted[3])
        ]
        found.append(beside(Text(f"{row['id']} 还缺的义务", f"{row['id']}: still lacking"), *told))
    return found
