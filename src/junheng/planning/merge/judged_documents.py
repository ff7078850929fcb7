"""Duties shown by papers: there, unchanged, not of a later day; results, shares and days."""

from datetime import date
from fractions import Fraction

from junheng.planning.frozen import Json, exact
from junheng.planning.merge.scene import Scene
from junheng.planning.merge.verdicts import CANNOT_TELL, MET, NOT_MET, Judged


def judge_paper(scene: Scene, duty: Json, rows: list[Json]) -> Judged:
    """The verdict on a duty that is shown by papers. A hearing or consent is judged by its latest paper."""
    if not rows:
        return Judged(NOT_MET, "no_evidence")
    held = [row for row in rows if row["held"] == "held"]
    if not held:
        return Judged(
            CANNOT_TELL, "changed" if any(row["held"] == "changed" for row in rows) else "file_absent"
        )
    today = scene.problem["on"]
    past = [row for row in held if row.get("on", "") <= today]
    if not past:
        return Judged(NOT_MET, "not_yet")
    if duty["how"] == "publicity":
        return _publicity(scene, past)
    latest = max(past, key=lambda row: (row.get("on", ""), row["file"]))
    if duty["how"] == "hearing":
        return _hearing(latest)
    return _consent(scene, latest) if duty["how"] == "consent" else Judged(MET, "held")


def _hearing(row: Json) -> Judged:
    if "outcome" not in row:
        return Judged(CANNOT_TELL, "no_outcome")
    return Judged(MET, "held") if row["outcome"] == "agreed" else Judged(NOT_MET, "opposed")


def _consent(scene: Scene, row: Json) -> Judged:
    if not row.get("asked") or "agreed" not in row:
        return Judged(CANNOT_TELL, "no_count")
    figures = {"asked": row["asked"], "agreed": row["agreed"]}
    if Fraction(row["agreed"], row["asked"]) > exact(scene.rules["consent_over"]):
        return Judged(MET, "agreed", figures)
    return Judged(NOT_MET, "too_few", figures)


def _publicity(scene: Scene, rows: list[Json]) -> Judged:
    """The longest notice that is over by the day of judgement counts, both days included."""
    wanted, today = exact(scene.rules["notice_days"]), scene.problem["on"]
    dated = [row for row in rows if "on" in row and "until" in row]
    if not dated:
        return Judged(CANNOT_TELL, "no_days")
    ended = [row for row in dated if row["until"] <= today]
    if not ended:
        return Judged(NOT_MET, "running")
    days = max((date.fromisoformat(row["until"]) - date.fromisoformat(row["on"])).days + 1 for row in ended)
    figures = {"days": days, "limit": scene.rules["notice_days"]}
    return Judged(MET, "long_enough", figures) if days >= wanted else Judged(NOT_MET, "too_short", figures)
