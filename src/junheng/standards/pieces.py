"""What the pieces of a standard say, without their sources: shared by files and resolved standard.

Bounds stand here so that a value from a file and a value from an overlay are held to the same ones.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from junheng.basics import Stage, Text

Comparison = Literal["不低于", "不超过", "小于", "大于"]
# The words that limits of declared items use; 以上 and 达到 include the number itself, 小于 and 高于 do not.
LimitWord = Literal["不低于", "不超过", "小于", "大于", "以上", "达到", "高于", "为"]
# Numbers come first, so that a limit read back from JSON ("0.95") is a number again.
LimitValue = Annotated[
    Decimal | Mapping[str, Decimal] | tuple[str, ...] | str, Field(union_mode="left_to_right")
]
Part = Literal["resource", "government", "quality", "recognition", "veto"]


def _in_both_languages(text: Text) -> Text:
    if not text.zh.strip() or not text.en.strip():
        raise ValueError("中文名和英文名都不能为空 | neither the Chinese nor the English may be empty")
    return text


Name = Annotated[Text, AfterValidator(_in_both_languages)]
Words = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Share = Annotated[Decimal, Field(ge=0, le=1)]
Amount = Annotated[Decimal, Field(ge=0)]
Weight = Annotated[Decimal, Field(gt=0)]


class Frozen(BaseModel):
    """Immutable, and strict about keys: an unknown key in a file is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class IndicatorValues(Frozen):
    """The words, levels and CV limits of one indicator; empty mappings where a standard has none."""

    text: Words  # the clause's words, Chinese
    meaning: Name | None = None  # what is counted, where the clause leaves it to a definition
    comparison: Comparison = "不低于"
    thresholds: Mapping[Stage, Amount] = {}
    floor_ratio: Share | None = None
    cv_limits: Mapping[Stage, Amount] = {}


class SchoolRuleValues(Frozen):
    """At least ``min_met`` of ``of`` indicators at their threshold, the rest at their floor."""

    min_met: Annotated[int, Field(ge=1)]
    of: Annotated[int, Field(ge=1)]
    text: Words


class CountyRuleValues(Frozen):
    """Share of counted school-stages that must pass (1: all)."""

    school_pass_share: Share
    text: Words


class VariationValues(Frozen):
    """How the between-school coefficient of variation is formed and tested."""

    weights: Literal["pupils", "none"]
    ddof: Literal[0, 1] = 0
    per_indicator: bool
    composite_limits: Mapping[Stage, Amount] = {}
    comparison: Comparison = "不超过"
    compare_decimals: Annotated[int, Field(ge=0)] | None = None
    text: Words


class CountingValues(Frozen):
    """Which school-stages are rows of the evaluation."""

    exclude_kinds: tuple[str, ...] = ()
    exclude_run_by: tuple[str, ...] = ()
    private_counted: bool = True
    teaching_point_policy: Literal["separate_if_ge_min", "merge_into_parent", "exclude"]
    teaching_point_min_pupils: Annotated[int, Field(ge=0)] = 0


class SplitValues(Frozen):
    """Weights per pupil by kind of school and stage, and the premises columns that are shared out."""

    weights: Mapping[str, Mapping[Stage, Weight]]
    columns: tuple[str, ...]


class RelaxationValues(Frozen):
    """Where expression ``when`` holds, ``add`` joins the numerator of the indicator rule named."""

    indicator: str  # rule id, R3
    when: Words
    add: Words
    text: Words


class Limit(Frozen):
    """One figure of a declared item; ``value`` by stage or kind of school where it differs."""

    name: Name
    value: LimitValue
    comparison: LimitWord | None = None
    unit: str = ""


class ItemRelaxationValues(Frozen):
    """Other limits for an item where ``when`` (an expression over columns) holds; its other limits stay."""

    name: Name
    when: Words
    text: Words
    limits: Mapping[str, Limit]


class ItemTest(Frozen):
    """What decides an item: a fact held against a limit, an attestation, or a score of other items.

    ``fact`` is an id of the item facts, ``limit`` and ``per`` are keys of the item's limits; ``only`` binds a fact's
    filters to limits; ``when`` (limit → value) says where the test decides. docs/method/items.md tells the rest.
    """

    fact: str = ""
    attested: bool = False
    score: tuple[str, ...] = ()
    limit: str = ""
    per: str = ""
    only: Mapping[str, str] = {}
    when: Mapping[str, str] = {}
    role: Literal["test", "precondition", "reported"] = "test"

    @model_validator(mode="after")
    def _says_one_thing(self) -> "ItemTest":
        if bool(self.fact) + self.attested + bool(self.score) != 1:
            raise ValueError("fact、attested、score 须有且只有一个 | exactly one of fact, attested and score")
        return self


class ItemValues(Frozen):
    """The words and limits of a declared item, and the tests that decide it; none: it is attested."""

    text: Words
    evidence: Literal["computed", "attested", "survey"]
    limits: Mapping[str, Limit] = {}
    tests: tuple[ItemTest, ...] = ()


class DeclarationValues(Frozen):
    """Words and figures by which nothing is judged: scope, entry condition, procedure."""

    text: Words
    limits: Mapping[str, Limit] = {}
