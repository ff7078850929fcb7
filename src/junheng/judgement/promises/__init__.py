"""Promises: every "next step" of a report as a tracked item whose state a later finding tells."""

from junheng.judgement.promises.facts import promise_facts, school_facts
from junheng.judgement.promises.promise import STATE_NAMES, Promise, State
from junheng.judgement.promises.state import Standing, check_measure, standing, standings_json

__all__ = [
    "STATE_NAMES",
    "Promise",
    "Standing",
    "State",
    "check_measure",
    "promise_facts",
    "school_facts",
    "standing",
    "standings_json",
]
