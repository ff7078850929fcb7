"""The rule and the beacons of a draw in Chinese and English, for readers of either."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import Text
from junheng.reports.draws.wording import beacon_words, rule_lines

_UNITS = {
    "overflow": "Twins share one number and are admitted together; the last group may exceed the plan by its size less one.",
    "skip": "Twins share one number; where too few seats are left the group is passed over (a local rule).",
    "stop": "Twins share one number; where too few seats are left it ends there and the seats stay empty (a local rule).",
}
_LEFTOVERS = {
    "none": "Who is not admitted is placed elsewhere, outside this draw.",
    "spec_order": "Who is not admitted goes by number to schools with seats left, in the order published.",
    "by_lot": "Who is not admitted goes by number to schools with seats left, in an order drawn for each.",
}
_BEACONS = {
    "balls": "balls drawn in the hall",
    "lottery": "lottery",
    "drand": "drand public randomness",
    "pulse": "beacon",
}


def rule_texts(problem: Mapping[str, Any]) -> list[Text]:
    """The lines of ``rule_lines``, each with its English."""
    choices = max((len(stage["schools"]) for stage in problem["stages"]), default=0)
    is_band = problem["key"][0] == "band"
    english = [
        f"Compared by {'band of choices, then class' if is_band else 'class, then band of choices'}, then number.",
        _band(int(problem["band_width"]), choices),
        _ticket(problem),
        _UNITS[str(problem["units"])],
    ]
    if len(problem["stages"]) > 1:
        english.append(
            "One after the other: " + ", ".join(str(stage["id"]) for stage in problem["stages"]) + "."
        )
    english.append(_LEFTOVERS[str(problem["leftovers"])])
    return [Text(zh, en) for zh, en in zip(rule_lines(problem), english, strict=True)]


def _band(width: int, longest: int) -> str:
    if width == 1:
        return "First choices come first, then second ones, round by round; who is admitted stays admitted."
    if width >= longest:
        return "The order of choices gives no precedence at any school: listing one high or low gains nothing (deferred acceptance)."
    return f"Every {width} choices make a band, earlier bands first; within a band their order gives no precedence."


def _ticket(problem: Mapping[str, Any]) -> str:
    ranking, is_up = problem["ranking"], problem["order"] == "ascending"
    first = "the smaller" if is_up else "the larger"
    if ranking["method"] == "ring":
        return f"A ring: from number {ranking['start']} on, every {ranking['step']}th in turn; the smaller place first."
    if ranking["method"] == "tail_digits":
        tails = ", ".join(str(tail) for tail in ranking["tails"])
        return f"Last digits in the order drawn: {tails}; of equal ones the smaller number first."
    if ranking["method"] != "hmac":
        return f"Places by the numbers drawn in the hall and entered, {first} first."
    which = (
        "one for each school" if problem["tickets"] == "per_school" else "one for each family at all schools"
    )
    return f"Numbers are computed from the seed and the application's number (HMAC), {which}, {first} first."


def beacon_text(declared: Mapping[str, Any]) -> Text:
    """Which public event was declared, in one line; its own name stays as it was announced."""
    kind = str(declared["kind"])
    name = str(declared.get("name") or _BEACONS[kind])
    tail = {"drand": "round {round}", "pulse": "{pulse}", "lottery": "issue {issue}"}.get(kind, "").format(
        **declared
    )
    return Text(beacon_words(declared), f"{_BEACONS[kind] if kind == 'drand' else name} {tail}".strip())
