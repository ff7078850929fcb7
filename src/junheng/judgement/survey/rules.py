"""The sample's rules as the standard states them: size, groups, parents, valid return, rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Text, UserError, value_key
from junheng.data import load_dictionary
from junheng.standards import Citation, Item, Standard

PARENTS = "parents"


@dataclass(frozen=True, slots=True)
class SampleRules:
    """Shares and rates are exact; ``small_county`` None: the minimum holds for every county.

    ``others``: respondent groups beside the parents, ids of the dictionary; ``sources``: limit → citation.
    """

    standard: str
    item: str
    per_mille: Fraction
    minimum: int
    small_county: int | None
    parents: Fraction
    others: tuple[str, ...]
    rate: Fraction
    valid_return: Fraction | None
    citation: Citation
    sources: Mapping[str, Citation]

    def size(self, residents: int) -> int:
        """Respondents asked in a county of ``residents`` people, rounded up to whole persons.

        With ``small_county`` (basic-2012) a county below it takes the minimum; else never less than the minimum.
        """
        whole = -(-self.per_mille * residents // 1000)
        if self.small_county is not None:
            return self.minimum if residents < self.small_county else int(whole)
        return max(self.minimum, int(whole))


def sample_rules(standard: Standard) -> SampleRules:
    """The rules in the recognition item of ``standard`` as overlays left it. Raises UserError where it has none."""
    item = _survey_item(standard)
    limits = {name: limit.value for name, limit in item.limits.items()}
    needed = ("rate", "sample_per_mille", "sample_min", "parents", "groups")
    missing = [name for name in needed if name not in limits]
    if missing:
        raise _lacking(standard, item, missing)
    small, back = limits.get("small_county_residents"), limits.get("valid_return")
    return SampleRules(
        standard=standard.id,
        item=item.id,
        per_mille=_exact(limits["sample_per_mille"]),
        minimum=int(_exact(limits["sample_min"])),
        small_county=None if small is None else int(_exact(small)),
        parents=_exact(limits["parents"]),
        others=tuple(group for group in _groups(limits["groups"], item) if group != PARENTS),
        rate=_exact(limits["rate"]),
        valid_return=None if back is None else _exact(back),
        citation=item.citation,
        sources={name: item.citation_of(f"limits.{name}") for name in limits},
    )


def group_names() -> Mapping[str, Text]:
    """Respondent groups of the dictionary's survey table: id → name."""
    return load_dictionary().tables["survey"].columns["respondent_group"].values


def _survey_item(standard: Standard) -> Item:
    for item in standard.items:
        if item.part == "recognition" and item.evidence == "survey":
            return item
    raise UserError(
        Text(
            f"标准 {standard.id} 没有问卷调查的指标", f"the standard {standard.id} has no item with a survey"
        ),
        fix=Text("请用 quality-2017 或 basic-2012", "use quality-2017 or basic-2012"),
    )


def _groups(words: Any, item: Item) -> list[str]:
    column = load_dictionary().tables["survey"].columns["respondent_group"]
    known = {value_key(text.zh): name for name, text in column.values.items()}
    found = []
    for word in words:
        if value_key(word) not in known:
            raise UserError(
                Text(
                    f"{item.id} 的调查对象“{word}”不在字典中",
                    f"{item.id} names a group “{word}” not in the dictionary",
                ),
                fix=Text(
                    f"可用：{'、'.join(t.zh for t in column.values.values())}",
                    "use a group of the dictionary",
                ),
            )
        found.append(known[value_key(word)])
    return found


def _exact(value: Any) -> Fraction:
    return Fraction(str(value))


def _lacking(standard: Standard, item: Item, missing: list[str]) -> UserError:
    listed = "、".join(missing)
    return UserError(
        Text(f"标准 {standard.id} 的 {item.id} 缺少 {listed}", f"{item.id} of {standard.id} lacks {listed}"),
        why=Text("没有抽样规则就不能定样本", "without the rules there is no sample"),
        fix=Text("用省级叠加文件补上", "add them by an overlay"),
    )
