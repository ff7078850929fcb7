"""Opens a county's verdict, or one of its coefficients of variation."""

from collections.abc import Iterator

from junheng.basics import Text
from junheng.judgement.explain_item import explain_item
from junheng.judgement.explain_locate import find_item, find_rule, find_stages
from junheng.judgement.explain_variation import explain_variation
from junheng.judgement.explain_words import clause, verdict_words
from junheng.judgement.explanation import Explanation
from junheng.judgement.finding import Finding
from junheng.standards import PART_NAMES


def explain_county(finding: Finding, indicator: str | None = None, stage: str | None = None) -> Explanation:
    """The county's verdict with its reasons; with ``indicator`` (key or name) that indicator in each stage.

    A declared item (``G4``) is opened down to its rows and clause.

    Raises UserError for an unknown indicator or stage.
    """
    county = finding.verdict["county"]
    verdict = verdict_words(county["verdict"])
    if indicator is None:
        return Explanation(
            Text(
                f"{county['name']} {finding.year} 年：{verdict.zh}",
                f"{county['name']} {finding.year}: {verdict.en}",
            ),
            children=tuple(_parts(finding)),
        )
    item = find_item(finding, indicator)
    if item is not None:
        return explain_item(finding, item)
    rule = find_rule(finding, indicator)
    found = tuple(explain_variation(finding, rule, name) for name in find_stages(finding, stage))
    if len(found) == 1:
        return found[0]
    title = Text(f"{county['name']} {rule.id} {rule.name.zh}", f"{county['name']} {rule.id} {rule.name.en}")
    return Explanation(title, children=found)


def _parts(finding: Finding) -> Iterator[Explanation]:
    county = finding.verdict["county"]
    for part, verdict in county["parts"].items():
        if verdict is not None:
            words = verdict_words(verdict)
            reasons = county["part_reasons"].get(part, [])
            name = next(text for key, text in PART_NAMES.items() if key == part)
            yield Explanation(
                Text(f"{name.zh}：{words.zh}", f"{name.en}: {words.en}"),
                tuple(Text(reason["zh"], reason["en"]) for reason in reasons),
            )
    if county["entry"] is not None:
        words = verdict_words(county["entry"]["verdict"])
        reason = county["entry"]["reason"]
        yield Explanation(
            Text(f"申报条件（另计）：{words.zh}", f"entry condition (apart): {words.en}"),
            (Text(reason["zh"], reason["en"]),),
        )
    if finding.standard.county_rule is not None:
        rule = finding.standard.county_rule
        yield clause(Text("县级规则", "the rule for counties"), rule.text, rule.citation)
