"""Opens a declared item: its words, limits and source, and why it has no verdict."""

from collections.abc import Iterator

from junheng.basics import Text
from junheng.judgement.explain_words import clause, reason_words, verdict_words
from junheng.judgement.explanation import Explanation
from junheng.judgement.finding import Finding
from junheng.standards import PART_NAMES, Item, describe


def explain_item(finding: Finding, item: Item) -> Explanation:
    """What the standard asks by ``item``, with each limit; this version does not compute it."""
    found = finding.verdict["items"][item.id]
    words, part = verdict_words(found["verdict"]), PART_NAMES[item.part]
    return Explanation(
        Text(
            f"{item.id} {item.name.zh}（{part.zh}）：{words.zh}",
            f"{item.id} {item.name.en} ({part.en}): {words.en}",
        ),
        (*reason_words(found["reason"]), *_uncomputed(found["value"])),
        children=tuple(_children(item)),
    )


def _uncomputed(value: float | None) -> tuple[Text, ...]:
    if value is not None:
        return ()
    return (
        Text(
            "本版本不计算这一项，只列出标准的要求",
            "not computed in this version: only what is asked is shown",
        ),
    )


def _children(item: Item) -> Iterator[Explanation]:
    sources = [item.citation, *item.value_citations.values()]
    yield clause(Text("条款", "the clause"), item.text, *sources)
    lines = tuple(
        Text(f"{line.label.zh}：{line.value.zh}", f"{line.label.en}: {line.value.en}")
        for line in describe(item)
    )
    if lines:
        yield Explanation(Text("界限", "limits"), lines)
