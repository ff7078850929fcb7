"""Maps of mergers: what has coordinates, before and after."""

from tests.planning.merge.small import Json, whole

from junheng.planning.merge import maps, solve


def located() -> Json:
    problem = whole()
    for at, row in enumerate([*problem["homes"], *problem["schools"]]):
        point = at if "id" in row else {"v": 10, "w": 11}[row["place"]]
        row |= {"lon": f"110.{point:02d}", "lat": "40.0"}
    return problem


def test_today_and_after() -> None:
    problem = located()
    today, after = maps(problem, solve(problem))
    assert [(flow.start, flow.end, flow.weight) for flow in today.flows] == [
        ("home:v", "T", 10),
        ("home:w", "T", 10),
    ]
    assert {flow.end for flow in after.flows} == {"A"}
    assert {place.id: place.kind for place in after.places} == {"A": "primary", "T": "merged"}
    assert [(area.name, area.value) for area in after.areas] == [("v", 10), ("w", 10)]


def test_no_coordinates_no_map() -> None:
    problem = whole()
    assert maps(problem, solve(problem)) == ()
