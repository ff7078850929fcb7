"""The frozen roll or papers of a survey held against the files they were read from."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, sha256_bytes, sha256_file
from junheng.data import read_input
from junheng.verification.survey_answers import Typed, typed_papers
from junheng.verification.survey_count import Code, Counted, Sheet, Terms, counted

Json = Mapping[str, Any]
Pairs = Iterator[tuple[str, Any, Any]]
_STAGES = ("primary", "junior")
_ANSWERS = (".json", ".csv", ".xlsx", ".xlsm")
_CODE_SALT = b"junheng/survey/code/v1\0"


def plan_input_pairs(roll: Json, given: Path) -> Pairs:
    """The roll as stated, and as the county's return at ``given`` has it. Raises UserError where it cannot be read."""
    snapshot = read_input(given)
    stated = {one["name"]: one["sha256"] for one in roll["inputs"]}
    yield "填报数据 input SHA-256", stated, {one.name: one.sha256 for one in snapshot.inputs}
    year, code = roll["year"], roll["county"]["code"]
    rows = {
        name: [row for row in snapshot.tables[name].to_pylist() if row["year"] == year]
        if name in snapshot.tables
        else []
        for name in ("school", "stage", "teacher_count", "county")
    }
    county: Mapping[str, Any] = next((row for row in rows["county"] if row["county_code"] == code), {})
    yield "residents", roll["county"]["residents"], county.get("residents")
    taught = {row["school_id"] for row in rows["stage"] if row["stage"] in _STAGES}
    own = {
        row["school_id"]: row
        for row in rows["school"]
        if row["county_code"] == code and row["school_id"] in taught
    }
    told = {one["school_id"]: one for one in roll["schools"]}
    yield "schools", sorted(told), sorted(own)
    for name, one in told.items():
        yield f"{name} name", one["name"], str(own[name]["name"] or name)
        yield f"{name} pupils", one["pupils"], _sum(rows["stage"], name, "pupils")
        yield f"{name} teachers", one["teachers"], _sum(rows["teacher_count"], name, "full_time")


def _sum(rows: list[dict[str, Any]], school: str, column: str) -> int | None:
    """Over the compulsory stages; None where one is absent, or none is told at all."""
    cells = [row.get(column) for row in rows if row["school_id"] == school and row["stage"] in _STAGES]
    return None if not cells or None in cells else sum(int(cell) for cell in cells if cell is not None)


def result_input_pairs(papers: Json, outcome: Json, given: Path, notes: list[Text]) -> Pairs:
    """The result beside what the answers below ``given`` come to, by the codes of the plan that lies there too."""
    files = [given] if given.is_file() else sorted(path for path in given.rglob("*") if path.is_file())
    answers = {sha256_file(path): path for path in files if path.suffix.lower() in _ANSWERS}
    typed: list[Typed] = []
    for name, stated in outcome["manifest"]["inputs"].items():
        yield f"答卷 answers {Path(name).name}", stated, stated if stated in answers else None
        typed += typed_papers(answers[stated], Path(name).name, papers["questionnaire"])
    yield from _topics(papers, outcome, typed)
    codes = _codes_of(papers["plan"], files)
    if codes is None:
        notes.append(
            Text(
                "--input 之下没有当时的方案文件夹：作答码没有核对",
                "the plan's folder is not below --input: codes were not looked at",
            )
        )
        return
    found = counted((Terms.of(papers), _by_code(typed, codes, papers)), papers["plan"]["groups"])
    yield from _again(outcome, found)


def _again(outcome: Json, found: Counted) -> Pairs:
    stated = {one["group"]: one for one in outcome["groups"]}
    for name, held in [("whole", found.whole), *found.groups.items()]:
        told = outcome["whole"] if name == "whole" else stated[name]
        for key in ("issued", "returned", "valid", "satisfied"):
            yield f"{name} {key} (--input)", told[key], getattr(held, key)
    refused = sorted((one["reason"], one["where"]) for one in outcome["invalid"])
    yield "invalid (--input)", refused, sorted(found.refused.elements())


def _codes_of(plan: Json, files: list[Path]) -> Mapping[str, Any] | None:
    """The hashes of the codes handed out, beside the very plan the result is of."""
    for path in files:
        held = path.with_name("codes.json")
        if path.name == "plan.json" and held.is_file() and json.loads(path.read_text("utf-8")) == plan:
            codes: Mapping[str, Any] = json.loads(held.read_text("utf-8"))["codes"]
            return codes
    return None


def _by_code(typed: list[Typed], codes: Mapping[str, Any], papers: Json) -> list[Code]:
    """The papers put together by their codes, in the order of files and rows."""
    overall = papers["questionnaire"]["overall"]
    found: dict[str, list[Typed]] = {}
    for number, one in enumerate(typed):
        found.setdefault(_hash(one.code) if one.code else f"#{number}", []).append(one)
    return [
        Code(
            codes[text]["group"] if text in codes else None,
            not text.startswith("#"),
            [Sheet(len(one.values), one.values.get(overall), one.where) for one in same],
        )
        for text, same in found.items()
    ]


def _hash(code: str) -> str:
    """Letters and digits in capitals count, nothing between them."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return sha256_bytes(_CODE_SALT + signs.encode("utf-8"))


def _topics(papers: Json, outcome: Json, typed: list[Typed]) -> Pairs:
    """By question, over the papers that count: those whose place is not told as refused."""
    refused = {one["where"] for one in outcome["invalid"]}
    satisfied = {one["value"] for one in papers["questionnaire"]["scale"] if one["is_satisfied"]}
    for told in outcome["topics"]:
        name = told["question"]
        given = [one.values[name] for one in typed if one.where not in refused and name in one.values]
        again = (sum(value in satisfied for value in given), len(given))
        yield f"topic {name} (--input)", (told["satisfied"], told["answered"]), again
