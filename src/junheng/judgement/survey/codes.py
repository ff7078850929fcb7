"""One-time answer codes: random, kept as hashes only, and of a school only where many share it."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.basics import normalise, sha256_bytes
from junheng.judgement.survey.plan import Slot, SurveyPlan
from junheng.judgement.survey.settings import Method

FORMAT = "junheng-survey-codes-1"
_BLOCK = 4


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """A code as printed, the group that may use it, and the school that hands it out ("": the county)."""

    text: str
    group: str
    school_id: str
    is_school_kept: bool  # whether the answer will be known to be from that school


def make_codes(plan: SurveyPlan, method: Method) -> list[AnswerCode]:
    """One code for every paper of the plan, within each slot in no order that says anything.

    A code names its school only where ``school_cell_min`` or more of the group are asked there: a principal's code
    would else be the principal's name.
    """
    seen: set[str] = set()
    return [
        AnswerCode(_fresh(method, seen), slot.group, slot.school_id, slot.quota >= method.school_cell_min)
        for slot in plan.slots
        for _ in range(slot.quota)
    ]


def _fresh(method: Method, seen: set[str]) -> str:
    while True:
        signs = "".join(secrets.choice(method.code_signs) for _ in range(method.code_length))
        if signs not in seen:
            seen.add(signs)
            return "-".join(signs[i : i + _BLOCK] for i in range(0, len(signs), _BLOCK))


def code_hash(text: str) -> str:
    """SHA-256 of a code as typed: case, blanks and dashes do not matter.

    >>> code_hash("abcd-efgh") == code_hash(" ABCD EFGH ")
    True
    """
    signs = "".join(sign for sign in normalise(text).upper() if sign.isalnum())
    return sha256_bytes(b"junheng/survey/code/v1\0" + signs.encode("utf-8"))


def codes_json(codes: Iterable[AnswerCode]) -> dict[str, Any]:
    """What the answering side keeps: hashes by group and (where allowed) school, sorted, no code."""
    found = sorted((code_hash(c.text), c.group, c.school_id if c.is_school_kept else "") for c in codes)
    return {"format": FORMAT, "codes": {text: {"group": g, "school_id": s} for text, g, s in found}}


def slots_of(content: Mapping[str, Any]) -> dict[str, Slot]:
    """Hash → group and school, each for one paper. Raises KeyError or TypeError for what is no such file."""
    return {
        text: Slot(str(told["group"]), str(told["school_id"]), 1) for text, told in content["codes"].items()
    }
