"""Aid: frozen problem → pure function → frozen outcome. Totals, what does not fit, and what may be made public."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.funding.aid_rates import place, rate_findings
from junheng.funding.exact import Json, spelled, summed
from junheng.funding.publication import public_part

Row = Mapping[str, Any]
BY = ("category", "scheme", "stage", "term")
_COMPULSORY = ("primary", "junior")


def work_out_aid(problem: Json) -> Json:
    """Totals (loans of students apart), findings, and the public part. See aid.schema.json."""
    rows = [dict(zip(problem["columns"], row, strict=True)) for row in problem["archive"]]
    schemes = problem["rules"]["scheme"]["values"]
    apart = [row for row in rows if schemes.get(row["scheme"], {}).get("apart") == "true"]
    aided = [row for row in rows if schemes.get(row["scheme"], {}).get("apart") != "true"]
    return {
        "format": problem["format"],
        "on": problem["on"],
        "totals": {"all": totals(aided), **{name: grouped(aided, name) for name in BY}},
        "apart": {"all": totals(apart), **{name: grouped(apart, name) for name in ("scheme", "term")}},
        "findings": [
            *_doubled(rows, problem),
            *_not_registered(aided, problem),
            *rate_findings(aided, problem),
        ],
        "publication": _publication(problem),
        "public": public_part(aided, apart, problem),
        "problems": problem["problems"],
    }


def totals(rows: Sequence[Row]) -> Json:
    """Pupil-times (rows), pupils, yuan; ``unknown``: rows whose sum is not known."""
    known = [row["yuan"] for row in rows if row["yuan"] is not None]
    return {
        "times": len(rows),
        "pupils": len({row["pupil_id"] for row in rows if row["pupil_id"]}),
        "yuan": spelled(summed(known)),
        "unknown": len(rows) - len(known),
    }


def grouped(rows: Sequence[Row], name: str) -> dict[str, Json]:
    """``totals`` by the value of one column; "" stands for rows where it is not known."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[name] or "", []).append(row)
    return {key: totals(found[key]) for key in sorted(found)}


def _doubled(rows: Sequence[Row], problem: Json) -> Iterator[Json]:
    """The same pupil in the same term in one scheme twice, or in two schemes that exclude each other."""
    schemes = problem["rules"]["scheme"]["values"]
    held: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row["pupil_id"] and row["scheme"] and row["term"]:
            group = schemes[row["scheme"]].get("group", row["scheme"])
            for day in problem["terms"][row["term"]]:
                held.setdefault((row["pupil_id"], group, day), []).append(row)
    for (pupil, group, day), found in sorted(held.items(), key=lambda one: one[0]):
        if len(found) > 1:
            kinds = {row["scheme"] for row in found}
            yield {
                "kind": "exclusive" if len(kinds) > 1 else "twice",
                "pupil_id": pupil,
                "group": group,
                "term_from": day,
                "at": [place(row, problem) for row in found],
            }


def _not_registered(rows: Sequence[Row], problem: Json) -> Iterator[Json]:
    """Aided pupils of compulsory schools who are not on the register; boarders' aid to who does not board."""
    if problem["register"] is None:
        return
    boards = dict(problem["register"])
    for row in rows:
        if row["stage"] not in _COMPULSORY or not row["pupil_id"]:
            continue
        told = {"pupil_id": row["pupil_id"], "at": [place(row, problem)]}
        if row["pupil_id"] not in boards:
            yield {"kind": "not_registered", **told}
        elif row["scheme"] == "living_boarder" and boards[row["pupil_id"]] == "false":
            yield {"kind": "does_not_board", **told}


def _publication(problem: Json) -> Json:
    """Whether policy and matters were made public by ``on``; cannot tell where nobody recorded it."""
    listed = problem["published"]
    if listed is None:
        return {"policy": "cannot_tell", "matter": "cannot_tell", "published": []}
    done = [one for one in listed if one["on"] and one["on"] <= problem["on"]]
    kinds = {one["kind"] for one in done}
    return {
        **{kind: "met" if kind in kinds else "not_met" for kind in ("policy", "matter")},
        "published": listed,
    }
