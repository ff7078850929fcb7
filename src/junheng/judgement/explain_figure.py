"""Opens a number of the report by its id: where it stands in the finding, and what explains it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.basics import Text, UserError, nearest
from junheng.judgement.explain_county import explain_county
from junheng.judgement.explain_figure_sum import SENSITIVITY, explain_sum
from junheng.judgement.explain_indicator import explain_indicator
from junheng.judgement.explain_school import explain_school
from junheng.judgement.explain_words import verdict_words
from junheng.judgement.explanation import Explanation
from junheng.judgement.finding import Finding

Json = Mapping[str, Any]
_LISTED = 200  # schools named under a count


def explain_figure(finding: Finding, figure: str) -> Explanation:
    """The figure with this id or name ("F12", "primary.R1.met").

    Raises UserError when no report has been made, or it has no such figure (naming the nearest).
    """
    figures = finding.figures()
    by_id = {str(entry["id"]): entry for entry in figures}
    names = {str(entry.get("name", "")): entry for entry in figures}
    chosen = by_id.get(figure) or by_id.get(figure.upper()) or names.get(figure)
    if chosen is None:
        raise _no_figure(figure, [*by_id, *names])
    return _figure(finding, chosen, by_id)


def _no_figure(figure: str, known: Sequence[str]) -> UserError:
    if not known:
        return UserError(
            Text(
                "这份结论还没有报告，没有可追溯的编号",
                "The finding has no report yet, so no numbered figures",
            ),
            fix=Text("请先运行 junheng report", "run junheng report first"),
        )
    guess = nearest(figure, known) or known[0]
    return UserError(
        Text(f"报告中没有编号 {figure}", f"The report has no figure {figure}"),
        fix=Text(f"最接近的是 {guess}", f"the nearest is {guess}"),
    )


def _figure(finding: Finding, entry: Json, by_id: Mapping[str, Json]) -> Explanation:
    refs = entry.get("refs") or {}
    shown = entry.get("text") or entry.get("value")
    lines = []
    if refs.get("file"):
        place = f"{refs['file']} {refs.get('path', '')}".strip()
        lines.append(Text(f"取自 {place}", f"taken from {place}"))
    return Explanation(
        Text(f"{entry['id']} {entry['label']}：{shown}", f"{entry['id']} {entry['label']}: {shown}"),
        tuple(lines),
        children=(*_made_of(finding, refs, by_id), *_behind(finding, entry, refs)),
    )


def _made_of(finding: Finding, refs: Json, by_id: Mapping[str, Json]) -> Iterator[Explanation]:
    """A share is its part over its whole, a sum its parts: each is a figure of its own."""
    ids = [refs[key] for key in ("part", "whole") if key in refs] + list(refs.get("parts") or [])
    for name in ids:
        if str(name) in by_id:
            yield _figure(finding, by_id[str(name)], by_id)


def _behind(finding: Finding, entry: Json, refs: Json) -> Iterator[Explanation]:
    stage, indicator, school = refs.get("stage"), refs.get("indicator"), refs.get("school_id")
    listed = explain_sum(finding, str(refs.get("path", ""))) if refs.get("file") == SENSITIVITY else None
    if listed is not None:
        yield listed
    elif school and indicator:
        yield explain_indicator(finding, str(school), str(indicator), stage)
    elif school:
        yield explain_school(finding, str(school), stage)
    elif indicator and stage:
        if entry.get("kind") in {"count", "share", "indicator_count", "shortfall", "shortfall_total"}:
            yield _schools(finding, str(stage), str(indicator))
        yield explain_county(finding, str(indicator), str(stage))
    elif stage and entry.get("kind") in {"count", "share", "school_count"}:
        yield _passing(finding, str(stage))
    elif entry.get("kind") == "county_verdict":
        yield explain_county(finding)


def _schools(finding: Finding, stage: str, key: str) -> Explanation:
    rows = [row for row in finding.verdict["schools"] if row["stage"] == stage and key in row["indicators"]]
    found = [(row["name"], row["indicators"][key]["verdict"]) for row in rows]
    return Explanation(Text("由这些学校得出", "made of these schools"), tuple(_by_verdict(found)))


def _passing(finding: Finding, stage: str) -> Explanation:
    found = [(row["name"], row["verdict"]) for row in finding.verdict["schools"] if row["stage"] == stage]
    return Explanation(Text("由这些学校得出", "made of these schools"), tuple(_by_verdict(found)))


def _by_verdict(found: Sequence[tuple[str, str | None]]) -> Iterator[Text]:
    for verdict in ("met", "not_met", "cannot_tell", None):
        names = [name for name, own in found if own == verdict]
        if names:
            words = verdict_words(verdict)
            listed = "、".join(names[:_LISTED]) + ("…" if len(names) > _LISTED else "")
            yield Text(f"{words.zh} {len(names)} 所：{listed}", f"{words.en} {len(names)}")
