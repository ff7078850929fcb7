"""``verify_alerts``: the alerts of ``junheng monitor`` raised again from the findings, by other code."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError
from junheng.verification.alert_facts import KNOWN, Facts, Subjects, subjects_of
from junheng.verification.meaning import condition_of, number_of
from junheng.verification.parse import parse
from junheng.verification.syntax import columns_of

Json = Mapping[str, Any]
ALERTS = "alerts.json"
LIBRARY = Path(__file__).parent.parent / "judgement" / "monitoring" / "library"  # data, not code
_BACK = {"before_": 1, "before2_": 2}
_ALIKE = ("over", "when", "closes_when", "level", "value", "threshold")
_CLOSE = 1e-9  # relative, of a shown double


@dataclass(frozen=True, slots=True)
class AlertCheck:
    """``rules``: those raised again; ``beyond``: rules over data no finding keeps; ``alerts``: those compared."""

    alerts: int
    rules: tuple[str, ...]
    beyond: tuple[str, ...]
    overlaid: tuple[str, ...]
    difference: Text | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return self.difference is None


def verify_alerts(folder: Path, findings: Path) -> AlertCheck:
    """Raise the alerts in ``folder`` again from the findings below ``findings``, known by their fingerprints.

    Each rule is held against the library (one that an overlay changed is taken as written, and named). Raises
    UserError where a finding is absent or changed, or alerts.json cannot be read.
    """
    told = _told(folder / ALERTS)
    years = dict(subjects_of(path) for path in _folders(told, findings))
    rules = [rule for rule in told["rules"] if rule["over"] != "missing"]
    overlaid = tuple(rule["id"] for rule in rules if rule["citation"].get("overlay"))
    within = [rule for rule in rules if _is_within(rule)]
    beyond = tuple(rule["id"] for rule in rules if rule not in within)
    raised = {alert["key"]: alert for alert in told["alerts"] if alert["rule"] in {r["id"] for r in within}}
    difference = next(_differences(told, within, overlaid, years, raised), None)
    return AlertCheck(len(raised), tuple(rule["id"] for rule in within), beyond, overlaid, difference)


def _told(path: Path) -> Json:
    try:
        found: Json = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(Text("无法读取监测结果", "the alerts cannot be read"), where=str(path)) from error
    return found


def _folders(told: Json, findings: Path) -> list[Path]:
    present = {
        sha256(path.read_bytes()).hexdigest(): path.parent for path in sorted(findings.rglob("verdict.json"))
    }
    absent = [entry["folder"] for entry in told["findings"] if entry["verdict_sha256"] not in present]
    if absent:
        raise UserError(
            Text(
                f"找不到当时的结论：{'、'.join(absent)}",
                f"findings are absent or changed: {', '.join(absent)}",
            ),
            where=str(findings),
            fix=Text("请给出存放各年结论的文件夹", "give the folder that holds the findings of all years"),
        )
    return [present[entry["verdict_sha256"]] for entry in told["findings"]]


def _is_within(rule: Json) -> bool:
    known = KNOWN.get(rule["over"], frozenset())
    names = {_plain(name) for name in columns_of(parse(rule["when"])) if name not in rule["lines"]}
    # Of schools that are not judged a finding tells too little, this year and the year before.
    return names <= known and (rule["over"] != "school" or "is_judged" in names)


def _plain(name: str) -> str:
    return next((name.removeprefix(prefix) for prefix in _BACK if name.startswith(prefix)), name)


def _differences(
    told: Json,
    rules: Sequence[Json],
    overlaid: Sequence[str],
    years: Mapping[int, Mapping[str, Subjects]],
    raised: Mapping[str, Json],
) -> Iterator[Text]:
    yield from _against_library([rule for rule in rules if rule["id"] not in overlaid])
    again: set[str] = set()
    for rule in rules:
        for key, facts in _held(rule, told, years):
            again.add(key)
            if key not in raised:
                yield Text(f"漏报 {key}", f"not raised: {key}")
            else:
                yield from _numbers(rule, facts, raised[key])
    for key in raised:
        if key not in again and raised[key]["kind"] == "warning":
            yield Text(f"多报 {key}", f"raised without reason: {key}")


def _against_library(rules: Sequence[Json]) -> Iterator[Text]:
    library: dict[str, list[Json]] = {}
    for path in sorted(LIBRARY.glob("*.yaml")):
        for entry in yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)["rules"]:
            library.setdefault(entry["id"], []).append(entry)
    for rule in rules:
        if not any(_same_rule(rule, entry) for entry in library.get(rule["id"], [])):
            yield Text(f"规则 {rule['id']} 与规则库不同", f"rule {rule['id']} differs from the library")


def _same_rule(rule: Json, entry: Json) -> bool:
    lines = json.loads(json.dumps(entry.get("lines", {})))
    return all(rule[name] == entry.get(name, "") for name in _ALIKE) and rule["lines"] == lines


def _held(rule: Json, told: Json, years: Mapping[int, Mapping[str, Subjects]]) -> Iterator[tuple[str, Facts]]:
    condition, county = parse(rule["when"]), told["county"]["code"]
    for place, own in years[told["year"]][rule["over"]].items():
        facts: Facts = dict.fromkeys(KNOWN[rule["over"]])
        facts |= own
        for prefix, back in _BACK.items():
            past = years.get(told["year"] - back, {}).get(rule["over"], {}).get(place, {})
            facts |= {f"{prefix}{name}": past.get(name) for name in KNOWN[rule["over"]]}
        for name, line in rule["lines"].items():
            drawn = line.get(place[1]) if isinstance(line, dict) else line
            facts[name] = None if drawn is None else Fraction(drawn)
        if condition_of(condition, facts) is True:
            yield ":".join((rule["id"], county, *place)), facts


def _numbers(rule: Json, facts: Facts, alert: Json) -> Iterator[Text]:
    for name in ("value", "threshold"):
        if not rule[name]:
            continue
        own = number_of(parse(rule[name]), facts)
        shown = alert[name]
        if (own is None) is not (shown is None) or (
            own is not None and abs(float(own) - shown) > _CLOSE * max(1.0, abs(shown))
        ):
            yield Text(
                f"{alert['key']} 的 {name}：{shown}，复算 {own}",
                f"{name} of {alert['key']}: {shown}, not {own}",
            )
