"""Opens a declared item: its tests with their figures and cells, relaxations, evidence, the clause."""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.basics import Text
from junheng.judgement.explain_item_cells import ItemCells, formula_of
from junheng.judgement.explain_words import citation_words, clause, quantity, reason_words, verdict_words
from junheng.judgement.explanation import Explanation, number_text
from junheng.judgement.finding import Finding
from junheng.standards import PART_NAMES, Item, describe

Json = Mapping[str, Any]
_SIGNS = {"不低于": "≥", "不超过": "≤", "小于": "<", "大于": ">"}


def explain_item(finding: Finding, item: Item) -> Explanation:
    """What ``item`` comes to in the county: every test down to its cells, and which schools miss it."""
    found = finding.verdict["items"][item.id]
    words, part = verdict_words(found["verdict"]), PART_NAMES[item.part]
    title = Text(
        f"{item.id} {item.name.zh}（{part.zh}）：{words.zh}",
        f"{item.id} {item.name.en} ({part.en}): {words.en}",
    )
    return Explanation(title, reason_words(found["reason"]), children=tuple(_children(finding, item, found)))


def _children(finding: Finding, item: Item, found: Json) -> Iterator[Explanation]:
    cells = ItemCells(finding)
    for test in found["tests"]:
        yield _test(finding, item, test, cells)
    missed = list(_missed(finding, item))
    if missed:
        yield Explanation(Text(f"未达到或无法判定的学校（{len(missed)}）", f"schools that miss it or cannot be told ({len(missed)})"),
                          tuple(missed))  # fmt: skip
    yield from relaxations(item, found["relaxed"])
    if found["attestations"]:
        yield Explanation(
            Text("佐证", "evidence"),
            tuple(_attested(row) for row in found["attestations"]),
            cells.of_attestation(item),
        )
    yield from item_clause(item)


def item_clause(item: Item) -> Iterator[Explanation]:
    """The words of the clause, and its limits."""
    yield clause(Text("条款", "the clause"), item.text, item.citation, *item.value_citations.values())
    lines = tuple(
        Text(f"{line.label.zh}：{line.value.zh}", f"{line.label.en}: {line.value.en}")
        for line in describe(item)
    )
    if lines:
        yield Explanation(Text("界限", "limits"), lines)


def _test(finding: Finding, item: Item, test: Json, cells: ItemCells) -> Explanation:
    fact = finding.item_facts.get(test["fact"])
    words = Text("只列数", "reported only") if test["verdict"] is None else verdict_words(test["verdict"])
    name = fact.name if fact is not None else _OTHER.get(test["fact"], Text(test["fact"], test["fact"]))
    lines = [*reason_words(test["reason"]), *_figures(item, test)]
    if fact is not None:
        formula = formula_of(fact, test["stage"])
        lines.insert(0, Text(f"算法：{formula.zh}", f"formula: {formula.en}"))
    own = fact is not None and test["schools"] is None
    shown = cells.of_county(fact) if own and fact is not None else ()
    if fact is not None and fact.over == "monitoring":
        shown = cells.of_county(fact)
    return Explanation(Text(f"{name.zh}：{words.zh}", f"{name.en}: {words.en}"), tuple(lines), shown)


_OTHER = {"attested": Text("凭佐证", "attested"), "score": Text("计分", "score")}


def _figures(item: Item, test: Json) -> Iterator[Text]:
    if test["schools"] is not None:
        told = test["schools"]
        yield Text(
            f"{told['of']} 个中达到 {told['met']}，未达到 {told['not_met']}，无法判定 {told['undecided']}",
            f"of {told['of']}: {told['met']} reach it, {told['not_met']} do not, {told['undecided']} cannot be told",
        )
    elif test["value"] is not None:
        line = (
            ""
            if test["line"] is None
            else f"，界限 {_SIGNS.get(test['comparison'], '')} {number_text(test['line'])}"
        )
        figure = f"{number_text(test['numerator'])} ÷ {number_text(test['denominator'])} = {number_text(test['value'])}"
        yield Text(figure + line, figure + line.replace("，界限", "; limit"))
    if test["shortfall"]:
        amount = quantity(test["shortfall"], test["shortfall_unit"])
        yield Text(f"缺口合计 {amount.zh}", f"short by {amount.en}")


def _missed(finding: Finding, item: Item) -> Iterator[Text]:
    seen = set()
    for row in (*finding.verdict["schools"], *finding.verdict["skipped"]):
        found = row.get("items", {}).get(item.id)
        key = row["school_id"] if found and found["per"] == "school" else (row["school_id"], row["stage"])
        if found and found["verdict"] != "met" and key not in seen:
            seen.add(key)
            why = found["reason"] or {"zh": "", "en": ""}
            words = verdict_words(found["verdict"])
            yield Text(f"{row['name']}：{words.zh}，{why['zh']}", f"{row['name']}: {words.en}, {why['en']}")


def relaxations(item: Item, used: Mapping[str, int] | tuple[str, ...]) -> Iterator[Explanation]:
    """Each relaxation with its words and source, and whether it set a line."""
    for relaxation in item.relaxations:
        times = used.get(relaxation.id, 0) if isinstance(used, Mapping) else int(relaxation.id in used)
        said = Text(f"用于 {times} 个", f"used for {times}") if times else Text("没有用到", "not used")
        yield Explanation(
            Text(f"放宽口径 {relaxation.id}：{said.zh}", f"relaxation {relaxation.id}: {said.en}"),
            (
                Text(f"{relaxation.name.zh}：{relaxation.text}", relaxation.name.en),
                Text(f"条件：{relaxation.when}", f"condition: {relaxation.when}"),
                *citation_words(relaxation.citation),
            ),
        )


def _attested(row: Json) -> Text:
    state = _STATES[row["state"]]
    rated, dated, until = (row[key] or "—" for key in ("rating", "dated_on", "expires_on"))
    return Text(
        f"{row['scope_id']} 评定“{rated}”，{dated} 起，有效期至 {until}：{state.zh}",
        f"{row['scope_id']} rated “{rated}”, {dated} to {until}: {state.en}",
    )


_STATES = {
    "used": Text("采用", "used"),
    "expired": Text("已失效，不采用", "expired, dropped"),
    "undated": Text("没有日期", "undated"),
    "unrated": Text("没有评定结果", "unrated"),
    "off_scale": Text("不在等级之内", "outside its scale"),
}
