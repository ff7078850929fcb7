"""What the site asks of the library's monitoring: rules in force, states of the years, names."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from junheng.basics import Text, sha256_bytes
from junheng.draws import canonical_bytes
from junheng.judgement.monitoring import LEVEL_NAMES, LEVELS, Rule, load_rules
from junheng.web.monitoring.models import Alert, OwnValue
from junheng.web.people.models import Organisation
from junheng.web.people.queries import code_of

Json = Mapping[str, Any]
STAGE_MARK = ":"  # between a line's name and the stage it is for


def level_names() -> Mapping[str, Text]:
    """The levels, the most urgent first."""
    return {level: LEVEL_NAMES[level] for level in LEVELS}


def overlay_of(values: Sequence[OwnValue], region: str) -> str:
    """The library's overlay (YAML) of a county's own values; "" where it has none."""
    given = [one for one in values if one.value]
    if not given:
        return ""
    rules: dict[str, dict[str, Any]] = {}
    for one in given:
        lines = rules.setdefault(one.rule, {"id": one.rule, "set": {"lines": {}}})["set"]["lines"]
        name, _, stage = one.name.partition(STAGE_MARK)
        if stage:
            lines.setdefault(name, {})[stage] = one.value
        else:
            lines[name] = one.value
    newest = max(one.at for one in given)
    head = {
        "id": f"{region}-own",
        "region": region,
        "document": f"本县设定 own values of the county {newest:%Y-%m-%d}",
        "certainty": "local",
    }
    return yaml.safe_dump({"overlay": head, "rules": list(rules.values())}, allow_unicode=True)


def own_values(county: Organisation) -> list[OwnValue]:
    """A county's own values in force. One query."""
    return list(OwnValue.objects.filter(county=county, is_current=True).order_by("rule", "name"))


def rules_by(overlay: str, region: str, on: date) -> tuple[Rule, ...]:
    """The rules in force on a day under an overlay. Raises UserError where the library refuses it."""
    with _written(overlay) as paths:
        return load_rules(paths, on=on, region=region)


@contextmanager
def _written(overlay: str) -> Iterator[Sequence[Path]]:
    if not overlay:
        yield ()
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "本县.yaml"
        path.write_text(overlay, encoding="utf-8")
        yield (path,)


def region_of(county: Organisation, year: int) -> str:
    """The county's code in a year; "" where it has none."""
    return code_of(county, year) or ""


def digest_of(rules: Sequence[Rule]) -> str:
    """SHA-256 (hex) of the rules: which ones, with which lines and words."""
    return sha256_bytes(canonical_bytes({rule.id: rule.model_dump_json() for rule in rules}))


@cache
def _known(on: date) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in load_rules((), on=on)}


def rule_of_alert(alert: Alert) -> Rule | None:
    """The rule with the values that held when the alert was last seen; None where it is no longer known."""
    on, region = alert.last_seen.date(), region_of(alert.county, alert.year)
    held: dict[tuple[str, str], OwnValue] = {}
    for one in OwnValue.objects.filter(
        county=alert.county, rule=alert.rule, at__lte=alert.last_seen
    ).order_by("at"):
        held[one.rule, one.name] = one
    overlay = overlay_of(list(held.values()), region)
    rules = {rule.id: rule for rule in rules_by(overlay, region, on)} if overlay else _known(on)
    return rules.get(alert.rule)


def is_worse(now: Json, then: Json) -> bool:
    """Whether an alert (public form) is worse than it was: a higher level, further from its line, more cases."""
    urgency = [LEVELS.index(said["level"]) for said in (now, then)]
    if urgency[0] != urgency[1]:
        return urgency[0] < urgency[1]
    if now["distance"] is not None and then["distance"] is not None and now["distance"] != then["distance"]:
        return bool(now["distance"] > then["distance"])
    return bool(now["cases"] > then["cases"])
